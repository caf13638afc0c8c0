import DocketCore

/// Finds whom a conclusion asks to act: 請…, 由…辦理, 交…審查, 會同…, 副知…, and groups such as 各位主秘.
///
/// An agency is one of the roster, else what ends as names of agencies do; a group is a phrase that ends in a word for
/// many (機關, 局處, 同仁 …).
struct AddresseeReader: Sendable {
    let text: ByteText
    let directory: PersonDirectory
    let phrases: PersonPhraseReader

    /// An addressee found in the text.
    struct Hit: Sendable {
        var range: Range<Int>
        var role: Role
        var isGroup: Bool
        /// Agency of a person who is named.
        var agency: String?
    }

    /// Role of an addressee, as `Addressee.role` spells it.
    enum Role: String, Sendable {
        case lead, support, notice
    }

    /// All addressees of the conclusion at `range`, in order, each once.
    func addressees(in range: Range<Int>) -> [Hit] {
        var hits: [Hit] = []
        for sentence in sentences(in: range) {
            var asked: [Hit] = []
            for request in requests(in: sentence) {
                if let referred = referred(request, in: sentence) {
                    asked.append(referred)
                    continue
                }
                let list = entities(from: request.end, before: sentence.upperBound, role: .lead)
                if !list.isEmpty {
                    asked += list
                } else if let before = subject(before: request.start, in: sentence) {
                    asked.append(before)
                }
            }
            asked += marked(in: sentence)
            if asked.isEmpty, let subject = openingSubject(sentence) { asked.append(subject) }
            if asked.isEmpty { asked = english(sentence) }
            hits += asked
        }
        var seen: Set<String> = []
        return hits.sorted { $0.range.lowerBound < $1.range.lowerBound }
            .filter { seen.insert(text.words($0.range)).inserted }
    }

    /// Start of the first request (請, 函請, 交…) in `range`, whether or not it names anyone.
    func firstRequest(in range: Range<Int>) -> Int? {
        for sentence in sentences(in: range) {
            if let request = requests(in: sentence).first { return request.start }
        }
        return nil
    }

    private func sentences(in range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = range.lowerBound
        var offset = start
        while let next = text.scalar(at: offset, before: range.upperBound) {
            if Stop.sentence.contains(next.value) || next.value == 0x0A {
                result.append(start..<offset)
                start = next.next
            }
            offset = next.next
        }
        if start < range.upperBound { result.append(start..<range.upperBound) }
        return result
    }

    // MARK: 請

    /// Characters before 請 that make another word of it: 建請, 提請, 邀請 ….
    private static let notBefore: Set<UInt32> = Set("建申提邀聘懇敬呈報陳轉洽擬聲".unicodeScalars.map(\.value))
    /// What after 請 makes another word of it: 請示, 請假, 請查照 ….
    private static let notAfter: [Needle] = [
        "示", "假", "款", "購", "領", "託", "益", "求", "願", "查照", "公決", "審議", "鑒核", "鑑核", "核示", "辭", "調", "帖", "柬", "討論",
    ]

    private func requests(in sentence: Range<Int>) -> [(start: Int, end: Int)] {
        var found: [(start: Int, end: Int)] = []
        var offset = sentence.lowerBound
        while let at = text.first("請", in: offset..<sentence.upperBound) {
            offset = at + 3
            var start = at
            if let before = text.scalar(endingAt: at, after: sentence.lowerBound) {
                if Self.notBefore.contains(before.value) { continue }
                // 函請 at the start is the request itself; later it is what the one asked will do.
                if before.value == 0x51FD {
                    guard found.isEmpty, text.trimmed(sentence).lowerBound == before.start else { continue }
                    start = before.start
                }
            }
            if Self.notAfter.contains(where: { text.has($0, at: offset, before: sentence.upperBound) }) { continue }
            found.append((start, offset))
        }
        let head = text.trimmed(sentence).lowerBound
        if found.isEmpty, text.has("交", at: head, before: sentence.upperBound) { found.append((head, head + 3)) }
        return found
    }

    /// 交法制、科技及資訊兩委員會審查: the committees as one phrase.
    private func referred(_ request: (start: Int, end: Int), in sentence: Range<Int>) -> Hit? {
        guard text.has("交", at: request.start, before: sentence.upperBound) else { return nil }
        var end = request.end
        while let next = text.scalar(at: end, before: sentence.upperBound), next.value != 0xFF0C { end = next.next }
        let clause = request.end..<end
        for noun: Needle in ["委員會", "黨團"] {
            if let at = text.first(noun, in: clause) {
                let range = clause.lowerBound..<at + noun.bytes.count
                let isOne = text.first("、", in: range) == nil && text.first("兩", in: range) == nil
                return Hit(range: range, role: .lead, isGroup: !isOne || noun.bytes.count == 6)
            }
        }
        return nil
    }

    /// The entities listed from `start`: 教育局、工務局與各機關.
    private func entities(from start: Int, before end: Int, role: Role) -> [Hit] {
        var hits: [Hit] = []
        var offset = text.afterBlanks(start..<end)
        while hits.count < 64, let hit = entity(at: offset, before: end, role: role) {
            hits.append(hit)
            guard let next = connector(at: hit.range.upperBound, before: end) else { break }
            offset = next
        }
        return hits
    }

    private func connector(at start: Int, before end: Int) -> Int? {
        var offset = text.afterBlanks(start..<end)
        // A note in brackets behind a name does not end the list.
        if let open = text.scalar(at: offset, before: end), Bracket.opening.contains(open.value) {
            var close = open.next
            while let next = text.scalar(at: close, before: end), !Bracket.closing.contains(next.value) {
                close = next.next
            }
            offset = min(end, close + (close < end && text.bytes[close] == 0x29 ? 1 : 3))
        }
        for word: Needle in ["、", "以及", "及", "與", "和", "暨", "並", ", ", " and "]
        where text.has(word, at: offset, before: end) {
            return text.afterBlanks(offset + word.bytes.count..<end)
        }
        return nil
    }

    private func entity(at start: Int, before end: Int, role: Role) -> Hit? {
        let scalars = window(from: start, before: end, limit: 44)
        guard !scalars.isEmpty else { return nil }
        if let length = directory.listedAgency(scalars.map(\.scalar)[...]) {
            return Hit(range: start..<scalars[length - 1].end, role: role, isGroup: false)
        }
        if let end = group(scalars) { return Hit(range: start..<end, role: role, isGroup: true) }
        if let head = scalars.first?.scalar, Self.verbs.contains(head) { return nil }
        if let end = unlistedAgency(scalars) { return Hit(range: start..<end, role: role, isGroup: false) }
        return person(scalars, start: start, role: role)
    }

    typealias Window = [(scalar: Unicode.Scalar, end: Int)]

    /// Up to `limit` scalars without a sentence or clause mark.
    private func window(from start: Int, before end: Int, limit: Int) -> Window {
        var result: Window = []
        var offset = start
        while result.count < limit, let next = text.scalar(at: offset, before: end) {
            if next.value == 0xFF0C || next.value == 0x3001 || Stop.sentence.contains(next.value)
                || Stop.colon.contains(next.value) || Bracket.opening.contains(next.value) || next.value == 0x2C
            {
                break
            }
            result.append((Unicode.Scalar(next.value) ?? " ", next.next))
            offset = next.next
        }
        return result
    }

    // MARK: Groups

    private static let groupNouns: [[Unicode.Scalar]] = [
        "府會聯絡人", "府會聯絡員", "聯絡員", "聯絡人", "主任秘書", "主秘", "局處", "機關", "單位", "科室", "處室", "公所",
        "學校", "同仁", "人員", "首長", "主管", "廠商", "委員", "黨團", "組室", "機構", "議員", "館所", "代表",
    ].map { Array($0.unicodeScalars) }
    private static let groupHeads: Set<Unicode.Scalar> = Set("各全相權主未已尚所有與業本其前上該逾尚承".unicodeScalars)
    /// Characters at which a noun phrase ends and a verb begins.
    static let verbs: Set<Unicode.Scalar> = Set("於就將依並向按俟提儘與及暨針對宣督".unicodeScalars)
    /// Two characters that begin a verb, the first of which may stand in a name (工務局, 自來水處, 應用科).
    private static let verbPairs: Set<String> = [
        "務必", "自行", "自即", "確實", "確認", "參加", "參照", "參考", "配合", "加強", "加速", "協助", "協調", "應於", "應將", "應依",
        "會同", "和各", "應就", "應確", "自本", "自明",
    ]
    /// Characters that no agency's name has.
    static let notInNames: Set<Unicode.Scalar> = Set("只有沒是的之在被把等可能已未而且或如若因者須得請送".unicodeScalars)

    /// End of a group phrase at the head of `window`: 各位主秘, 權管相關局處, 尚未提供之5個機關.
    private func group(_ window: Window) -> Int? {
        let scalars = window.map(\.scalar)
        guard let head = scalars.first else { return nil }
        let isCounted = ("0"..."9").contains(head) || Numerals.digit(head.value) != nil
        let hasOf = scalars.prefix(24).contains("之") || scalars.prefix(24).contains("的")
        guard Self.groupHeads.contains(head) || isCounted || hasOf || startsWithNoun(scalars[...]) else { return nil }
        var index = 0
        while index < min(scalars.count, 26) {
            if let noun = Self.groupNouns.first(where: { starts(scalars[index...], with: $0) }) {
                var last = index + noun.count
                // 各局處的府會聯絡員, 各機關主任秘書: the phrase goes on to the last noun of it.
                while last < scalars.count, let more = followingNoun(scalars, from: last) { last = more }
                return window[last - 1].end
            }
            if index > 0, !hasOf, stops(scalars, index) { return nil }
            index += 1
        }
        return nil
    }

    /// True where a verb begins, so that a name cannot go on.
    func stops(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        if Self.verbs.contains(scalars[index]) { return true }
        guard index + 1 < scalars.count else { return false }
        return Self.verbPairs.contains(String(scalars: scalars[index...index + 1]))
    }

    private func startsWithNoun(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        Self.groupNouns.contains { starts(scalars, with: $0) }
    }

    private func followingNoun(_ scalars: [Unicode.Scalar], from index: Int) -> Int? {
        let skip = scalars[index] == "的" || scalars[index] == "之" ? 1 : 0
        for noun in Self.groupNouns where starts(scalars[(index + skip)...], with: noun) {
            return index + skip + noun.count
        }
        return nil
    }

    func starts(_ scalars: ArraySlice<Unicode.Scalar>, with noun: [Unicode.Scalar]) -> Bool {
        scalars.count >= noun.count && zip(scalars, noun).allSatisfy { $0 == $1 }
    }

    // MARK: Subjects before 請, and other marks

    /// …之主辦機關，請確實把握: the noun phrase that ends the clause before.
    private func subject(before request: Int, in sentence: Range<Int>) -> Hit? {
        // A clause is short; what stands further back is not its subject.
        var start = max(sentence.lowerBound, request - 300)
        while start < request, text.bytes[start] & 0xC0 == 0x80 { start += 1 }
        let head = text.trimmed(start..<request)
        guard text.ends(head, with: "，") || text.ends(head, with: ",") else { return nil }
        let clause = text.trimmed(head.lowerBound..<head.upperBound - (text.ends(head, with: "，") ? 3 : 1))
        let words = text.words(clause)
        let nouns = Self.groupNouns.map { String(String.UnicodeScalarView($0)) } + ["者"]
        guard nouns.contains(where: words.hasSuffix) else { return nil }
        let part = text.parts(clause, where: { $0 == 0xFF0C }).last ?? clause
        return Hit(range: part.lowerBound..<clause.upperBound, role: .lead, isGroup: true)
    }

    /// Entities behind words that give a role.
    private func marked(in sentence: Range<Int>) -> [Hit] {
        let marks: [(Needle, Role)] = [
            ("會同", .support), ("協同", .support), ("偕同", .support), ("副知", .notice), ("知會", .notice), ("由", .lead),
        ]
        var hits: [Hit] = []
        for (mark, role) in marks {
            var offset = sentence.lowerBound
            while let at = text.first(mark, in: offset..<sentence.upperBound) {
                offset = at + mark.bytes.count
                let list = entities(from: offset, before: sentence.upperBound, role: role)
                if role != .lead
                    || list.first.map({ acts(after: $0.range.upperBound, before: sentence.upperBound) }) ?? false
                {
                    hits += role == .lead ? list.filter { !$0.isGroup || list.count == 1 } : list
                }
            }
        }
        return hits
    }

    /// 由X負責, 由X辦理: a verb of acting close behind.
    private func acts(after start: Int, before end: Int) -> Bool {
        let window = start..<min(end, start + 36)
        let verbs: [Needle] = [
            "負責", "辦理", "抽查", "彙整", "控管", "主政", "統籌", "追蹤", "列管", "核對", "規劃", "研議", "研擬", "提報", "提出", "召集",
            "督導", "協助", "處理", "審查", "邀集", "舉行", "召開",
        ]
        return verbs.contains { text.first($0, in: window) != nil }
    }

    /// 各機關…應…: a group at the head of a sentence that asks nobody else.
    private func openingSubject(_ sentence: Range<Int>) -> Hit? {
        let range = text.trimmed(sentence)
        guard let hit = entity(at: range.lowerBound, before: range.upperBound, role: .lead),
            hit.isGroup || directory.isListed(text.words(hit.range))
        else { return nil }
        let rest = hit.range.upperBound..<range.upperBound
        let modal = ["應", "務必", "須", "不得", "一律", "毋須"].contains { (needle: Needle) in
            text.first(needle, in: rest) != nil
        }
        return modal ? hit : nil
    }

    // MARK: English

    /// Tom Yeh to send …; Owner: Priya Nair.
    private func english(_ sentence: Range<Int>) -> [Hit] {
        let range = text.trimmed(sentence)
        guard !range.isEmpty, text.bytes[range.lowerBound] < 0x80 else { return [] }
        let window = range.lowerBound..<min(range.upperBound, range.lowerBound + 90)
        for needle: Needle in [" to ", " will ", " shall ", ": ", " – ", " - "] {
            guard let at = text.first(needle, in: window) else { continue }
            let names = text.parts(range.lowerBound..<at) { $0 == 0x2C || $0 == 0x26 || $0 == 0x3B }
                .flatMap { split($0, at: " and ") }
            let hits = names.compactMap { name -> Hit? in
                let words = text.words(name)
                if directory.isListed(words) { return Hit(range: name, role: .lead, isGroup: false) }
                guard let parts = phrases.parts(of: words),
                    directory.names.contains(parts.name ?? "") || directory.surnames.contains(parts.surname ?? "")
                else { return nil }
                return Hit(range: name, role: .lead, isGroup: false, agency: parts.agency)
            }
            if !hits.isEmpty, hits.count == names.count { return hits }
        }
        return []
    }

    private func split(_ range: Range<Int>, at needle: Needle) -> [Range<Int>] {
        guard let at = text.first(needle, in: range) else { return [text.trimmed(range)] }
        return [text.trimmed(range.lowerBound..<at)] + split(at + needle.bytes.count..<range.upperBound, at: needle)
    }
}
