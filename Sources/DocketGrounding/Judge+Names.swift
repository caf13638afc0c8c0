internal import DocketCore
internal import DocketText

// MARK: - Names

extension Judge {
    /// Persons and agencies: in the evidence, and in the same place.
    mutating func checkNames() {
        for mention in claim.mentions {
            let range = claim.tokens(in: mention.range)
            guard !range.isEmpty else { continue }
            switch mention.kind {
            case .agency: checkAgency(mention, range)
            case .person: checkPerson(mention, range)
            default: break
            }
        }
        checkLatinNames()
        checkFullNames()
        checkProposers()
        checkTitles()
    }

    private mutating func checkAgency(_ mention: Mention, _ range: Range<Int>) {
        if isOwnName(range) { return }
        guard !isKnown(agency: mention.name ?? mention.words), !isKnown(agency: mention.words) else {
            return checkAgencyPlace(mention, range)
        }
        let isAdded = coverage(clause(of: range.lowerBound)) < 0.4
        report(isAdded ? .addedName : isAddressee(range) ? .addressee : .agency, claim: range)
    }

    /// True for 本局 with words before it that the finder took for a name: 包括本局.
    private func isOwnName(_ range: Range<Int>) -> Bool {
        range.count >= 2 && tokens[range.upperBound - 2].key == Self.own
            && Self.ownEndings.contains(tokens[range.upperBound - 1].key)
    }

    /// True for the agency after 請: whom a conclusion charges.
    private func isAddressee(_ range: Range<Int>) -> Bool {
        range.lowerBound > 0 && ["請", "请"].contains { Folding.key($0) == tokens[range.lowerBound - 1].key }
    }

    /// True when the evidence or a title has the agency under this name, its full form or its short one.
    func isKnown(agency name: String) -> Bool {
        let key = Folding.key(Self.withoutCity(name))
        if evidence.folded.contains(key) || evidence.titles.contains(key) || evidence.dense.contains(key) {
            return true
        }
        let scalars = Array(key)
        // What the finder took for a name may begin with a word before it: 待人事處.
        for start in scalars.indices.dropFirst()
        where scalars.count - start >= 3 && 2 * (scalars.count - start) > scalars.count {
            let rest = String(scalars[start...])
            if !Self.genericNames.contains(rest), evidence.folded.contains(rest) { return true }
        }
        return evidence.agencies.contains { Self.abbreviates(scalars, $0) || Self.abbreviates($0, scalars) }
    }

    /// What names of agencies end in and that names none by itself.
    private static let genericNames: Set<String> = Set(
        "委員會 管理處 管理局 工程處 事業處 辦事處 辦公室 基金會 研究院 圖書館 博物館 服務中心 中心 分局 總隊 大隊 協會 公會 學會 小組 公司 有限公司 小學 中學 大學 醫院 法院 檢察署 政府 市政府 縣政府 區公所 公所"
            .split(separator: " ").map { Folding.key(String($0)) })

    static func withoutCity(_ name: String) -> String {
        for word in ["市政府", "縣政府"] {
            if let range = name.firstRange(of: word), range.upperBound < name.endIndex {
                return String(name[range.upperBound...])
            }
        }
        return name
    }

    /// True when `short` is made of characters of `long` in order, first and last included: 觀傳局 of 觀光傳播局.
    private static func abbreviates(_ short: [Character], _ long: [Character]) -> Bool {
        guard short.count >= 2, short.count < long.count, short.first == long.first, short.last == long.last else {
            return false
        }
        var position = 0
        for character in long where position < short.count && short[position] == character { position += 1 }
        return position == short.count
    }

    private mutating func checkAgencyPlace(_ mention: Mention, _ range: Range<Int>) {
        // The endings of agencies are alike; what tells them apart is how they begin.
        let head = range.prefix(2)
        guard isDisplaced(head) || coverage(head) == 0, !isBound(range) else { return }
        let name = Folding.key(mention.name ?? mention.words)
        for slot in slots(for: range, reach: 3) {
            if let own = ownAgency(in: slot) {
                guard !isOwn(name, at: own.lowerBound) else { return }
                return report(.agency, claim: range, evidence: own)
            }
            guard let other = self.mention(.agency, in: slot) else { continue }
            let key = Folding.key(other.words)
            guard !key.hasSuffix(name), !name.hasSuffix(key), key.suffix(4) != name.suffix(4) else { return }
            let tokens = evidence.analysed.tokens(in: other.range)
            return report(isAddressee(range) ? .addressee : .actorSwap, claim: range, evidence: tokens)
        }
    }

    /// 本處, 本局, 本府 in a slot.
    private func ownAgency(in slot: Range<Int>) -> Range<Int>? {
        slot.dropLast().first { source[$0].key == Self.own && Self.ownEndings.contains(source[$0 + 1].key) }.map {
            $0..<$0 + 2
        }
    }

    private static let own = Folding.key("本")
    private static let ownEndings: Set<String> = Set(
        "局 處 府 會 部 院 署 所 校 室 科".split(separator: " ").map { Folding.key(String($0)) })

    /// True when 本處 at an evidence token is the agency `name`: that of its speaker, or of the document.
    private func isOwn(_ name: String, at index: Int) -> Bool {
        let label = evidence.analysed.speakers[source[index].turn]
        return label.contains(name) || evidence.titles.contains(name) || evidence.titles.isEmpty && label.isEmpty
    }

    private func mention(_ kind: Mention.Kind, in slot: Range<Int>) -> Mention? {
        guard !slot.isEmpty, slot.upperBound <= source.count else { return nil }
        let bytes = source[slot.lowerBound].range.lowerBound..<source[slot.upperBound - 1].range.upperBound
        return evidence.analysed.mentions.first { $0.kind == kind && bytes.overlaps($0.range) }
    }

    private mutating func checkPerson(_ mention: Mention, _ range: Range<Int>) {
        guard isKnown(person: mention) else {
            let isAdded = coverage(clause(of: range.lowerBound)) < 0.4
            return report(isAdded ? .addedName : .person, claim: range)
        }
        let name = mention.name ?? mention.surname ?? ""
        let part = range.prefix(max(1, AnalysedText.keys(of: name).count))
        guard isDisplaced(part), !isBound(part) else { return }
        for slot in slots(for: part, reach: 2) {
            guard let other = self.mention(.person, in: slot),
                other.name ?? other.surname != mention.name ?? mention.surname
            else {
                continue
            }
            return report(.person, claim: range, evidence: evidence.analysed.tokens(in: other.range))
        }
    }

    private func isKnown(person mention: Mention) -> Bool {
        let persons = evidence.analysed.mentions.filter { $0.kind == .person }
        if let name = mention.name {
            // 沈秘書長維岳 is read as 沈維岳, which the text does not have in one piece.
            let isRead = persons.contains { $0.name == name }
            guard isRead || evidence.folded.contains(Folding.key(name)) else { return false }
            // 王孟超執行秘書 where the evidence has 王孟超執行長 and another 執行秘書.
            let same = persons.filter { $0.name == name && $0.title != nil }
            guard let title = mention.title, !same.isEmpty, !same.contains(where: { $0.title == title }) else {
                return true
            }
            return !persons.contains { $0.title == title && $0.name != name }
        }
        guard let surname = mention.surname, let title = mention.title else { return true }
        return evidence.folded.contains(Folding.key(surname + title))
            || persons.contains { $0.surname == surname && $0.title == title }
    }

    /// Capitalized words that the evidence does not have at all.
    private mutating func checkLatinNames() {
        for (index, token) in tokens.enumerated() where token.kind == .word && !evidence.has(token.key) {
            guard let first = claim.words(token.range).unicodeScalars.first, ("A"..."Z").contains(first),
                !Self.notNames.contains(token.key)
            else { continue }
            // A capital alone may be a country or the first word of a sentence; a name speaks, or stands beside
            // another capital.
            let isAdded =
                isLiteral(at: index, .close) && index > 0 && tokens[index - 1].sentence == token.sentence
                && Speech.length(tokens, index - 1) == 0
            guard Speech.follows(tokens, index) || isBesideCapital(index) || isAdded else { continue }
            report(isAdded ? .addedName : .person, claim: index..<index + 1)
        }
    }

    /// Two names that the evidence has, but never beside each other: the first with another's last.
    private mutating func checkFullNames() {
        for index in tokens.indices.dropLast() where tokens[index].kind == .word && tokens[index + 1].kind == .word {
            let (first, last) = (tokens[index].key, tokens[index + 1].key)
            guard isCapital(index, tokens, claim), isCapital(index + 1, tokens, claim), !evidence.has(first, last),
                tokens[index].clause == tokens[index + 1].clause, evidence.has(first), evidence.has(last)
            else { continue }
            let other = source.indices.dropLast().first { place in
                source[place].key == first && source[place + 1].key != last
                    && isCapital(place, source, evidence.analysed)
                    && source[place].clause == source[place + 1].clause
                    && isCapital(place + 1, source, evidence.analysed)
            }
            guard let other, !Self.notNames.contains(first) else { continue }
            report(.person, claim: index..<index + 2, evidence: other..<other + 2)
        }
    }

    /// Words with which a sentence begins.
    private static let notNames: Set<String> = Set(
        "he she they it we i you who this that these those the a an both all some many most moreover furthermore however also then therefore besides meanwhile finally additionally there here after before when while since although though but and so as if in on at for by to"
            .split(separator: " ").map(String.init))

    /// True when 委員 or another office ends directly before a token.
    private static func endsOffice(_ tokens: [Token], _ index: Int) -> Bool {
        offices.contains { keys in
            index >= keys.count && keys.indices.allSatisfy { tokens[index - keys.count + $0].key == keys[$0] }
        }
    }

    private static let offices = "委員 議員 代表 立委 院委員".split(separator: " ").map { AnalysedText.keys(of: String($0)) }

    /// A name before a title at a place where the evidence has another name before the same title.
    private mutating func checkTitles() {
        for index in tokens.indices.dropFirst(2) {
            guard let title = Titles.length(tokens, index), let home = homeTokens(of: index) else { continue }
            let name = index - 2..<index
            guard tokens[name].allSatisfy({ $0.kind == .han && $0.clause == tokens[index].clause }), isDisplaced(name),
                !Connectives.contains(tokens[name].map(\.key))
            else { continue }
            let isNamed = isTitledName(name, index..<index + title, in: 0..<source.count)
            let isUnknown =
                coverage(name) == 0 && !evidence.has(tokens[index - 2].key, tokens[index - 1].key)
            guard isNamed || isUnknown, !Titles.endsAgency(tokens[index - 1]) else { continue }
            let keys = tokens[index..<index + title].map(\.key)
            guard
                let other = home.first(where: { start in
                    start > home.lowerBound && start + title <= home.upperBound
                        && keys.indices.allSatisfy { source[start + $0].key == keys[$0] }
                }), !isTitledName(name, index..<index + title, in: home)
            else { continue }
            report(.person, claim: name, evidence: max(home.lowerBound, other - 3)..<other)
        }
    }

    /// True when the two characters stand before the title somewhere in `window`.
    private func isTitledName(_ name: Range<Int>, _ title: Range<Int>, in window: Range<Int>) -> Bool {
        let keys = tokens[name.lowerBound..<title.upperBound].map(\.key)
        guard window.count >= keys.count else { return false }
        return (window.lowerBound...window.upperBound - keys.count).contains { start in
            keys.indices.allSatisfy { source[start + $0].key == keys[$0] }
        }
    }

    /// True when the word beside `index` is capitalized and unknown too.
    private func isBesideCapital(_ index: Int) -> Bool {
        [index - 1, index + 1].contains { other in
            guard tokens.indices.contains(other), tokens[other].clause == tokens[index].clause,
                !evidence.has(tokens[other].key),
                let first = claim.words(tokens[other].range).unicodeScalars.first
            else { return false }
            return ("A"..."Z").contains(first)
        }
    }

    /// 呂學樟等35位委員所提: the name before 等 and a number of persons.
    private mutating func checkProposers() {
        let marks = Folding.key("等")
        for index in tokens.indices.dropFirst(2) where tokens[index].key == marks {
            guard index + 1 < tokens.count, tokens[index + 1].kind == .number else { continue }
            var start = index
            while start > 0, index - start < 4, tokens[start - 1].kind == .han,
                tokens[start - 1].clause == tokens[index].clause,
                !Self.endsOffice(tokens, start)
            { start -= 1 }
            let name = start..<index
            guard name.count >= 2, name.count <= 4, isDisplaced(name) || coverage(name) < 0.67, !isProposer(name) else {
                continue
            }
            let other = nearest(from: index, within: 1).map { max(0, $0.evidence - name.count)..<$0.evidence }
            report(.person, claim: name, evidence: other)
        }
    }
}

extension Judge {
    /// True when the home sentence has the name before 等.
    private func isProposer(_ name: Range<Int>) -> Bool {
        guard let home = homeLine(of: name.upperBound) else { return false }
        let keys = tokens[name.lowerBound...name.upperBound].map(\.key)
        guard home.count >= keys.count else { return false }
        return (home.lowerBound...home.upperBound - keys.count).contains { start in
            keys.indices.allSatisfy { source[start + $0].key == keys[$0] }
        }
    }
}

/// Verbs of speech.
enum Speech {
    static let verbs: [[String]] =
        """
        指出 表示 說明 補充說明 建議 認為 強調 指示 報告 提到 裁示 說 said say stated suggested asked according_to explained argued \
        noted told added
        """.split(separator: " ").map { AnalysedText.keys(of: String($0).replacing("_", with: " ")) }

    private static let table = KeyTable(verbs)

    /// The verb at `index`, by the number of its tokens; 0 when none stands there.
    static func length(_ tokens: [Token], _ index: Int) -> Int { table.length(tokens, index) ?? 0 }

    /// True when a verb of speech stands within three tokens after `index`.
    static func follows(_ tokens: [Token], _ index: Int) -> Bool {
        (1...3).contains { index + $0 < tokens.count && length(tokens, index + $0) > 0 }
    }
}

/// Words by their first token.
struct KeyTable: Sendable {
    private var words: [String: [[String]]] = [:]

    init(_ all: [[String]]) {
        for keys in all { if let first = keys.first { words[first, default: []].append(keys) } }
        words = words.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// Number of tokens of the longest word that begins at a token; nil when none does.
    func length(_ tokens: [Token], _ index: Int) -> Int? {
        guard tokens.indices.contains(index), let candidates = words[tokens[index].key] else { return nil }
        return candidates.first { keys in
            index + keys.count <= tokens.count && keys.indices.allSatisfy { tokens[index + $0].key == keys[$0] }
        }?.count
    }
}
