internal import DocketCore
internal import DocketText

/// Counts of a vote as minutes write them: 贊成9票、反對3票、棄權1票; 7 in favour, 3 against, 1 abstention.
struct Vote: Hashable {
    /// Those for it.
    let inFavour: Int
    /// Those against it.
    let against: Int
    /// Those who abstained, when it is written.
    let abstaining: Int
    /// Voters present as the same sentence gives them.
    let present: Int?
    /// Bytes from the first count to the last.
    let range: Range<Int>

    /// All votes cast, abstentions included.
    var total: Int { inFavour + against + abstaining }

    /// The first vote in `text`; nil when it has no count for and none against.
    init?(in text: String) { self.init(NumberParser().quantities(in: text), Array(text.utf8)) }

    /// The first vote among `quantities` of a text.
    init?(_ quantities: [Quantity], _ bytes: [UInt8]) {
        var found: [Role: (Int, Range<Int>)] = [:]
        for quantity in quantities {
            guard let value = quantity.value.wholeValue, (0..<100_000).contains(value), quantity.upper == nil,
                let role = Role(of: quantity, in: bytes), found[role] == nil
            else { continue }
            found[role] = (value, quantity.range)
        }
        guard let inFavour = found[.inFavour], let against = found[.against] else { return nil }
        self.inFavour = inFavour.0
        self.against = against.0
        abstaining = found[.abstaining]?.0 ?? 0
        present = found[.present]?.0
        let ranges = [inFavour.1, against.1] + [found[.abstaining]?.1].compactMap { $0 }
        range = (ranges.map(\.lowerBound).min() ?? 0)..<(ranges.map(\.upperBound).max() ?? 0)
    }

    private enum Role: CaseIterable {
        case inFavour, against, abstaining, present

        /// Words right before a Chinese count and right behind an English one.
        var words: (before: [String], behind: [String]) {
            switch self {
            case .inFavour:
                (["贊成", "同意", "贊成者", "同意者", "可決"], ["in favour", "in favor", "for,", "for;", "ayes", "votes for"])
            case .against: (["反對", "不同意", "反對者", "否決"], ["against", "opposed", "noes"])
            case .abstaining: (["棄權", "棄權者", "廢票"], ["abstention", "abstain"])
            case .present:
                (
                    ["在場", "在場委員", "在場議員", "在場代表", "在場人數", "出席委員", "出席議員", "出席代表", "出席人員", "實到", "表決人數", "出席"],
                    ["members present", "voting members", "voters present", "voters"]
                )
            }
        }

        init?(of quantity: Quantity, in bytes: [UInt8]) {
            let before = Vote.text(bytes, max(0, quantity.range.lowerBound - 24)..<quantity.range.lowerBound)
                .filter { !$0.isWhitespace && !"：:計共為有".contains($0) }
            let behind = Vote.text(
                bytes, quantity.numeralRange.upperBound..<min(bytes.count, quantity.numeralRange.upperBound + 28)
            )
            .lowercased().trimmingPrefix { !$0.isLetter }
            let isPeople = ["票", "人", "位", "名", ""].contains(quantity.unit)
            let role = Self.allCases.reversed().first { role in
                (isPeople && role.words.before.contains { before.hasSuffix($0) })
                    || role.words.behind.contains { behind.hasPrefix($0) }
            }
            guard let role, !(role == .inFavour && before.hasSuffix("不同意")) else { return nil }
            self = role
        }
    }

    private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        var lower = range.lowerBound
        while lower < range.upperBound, bytes[lower] & 0xC0 == 0x80 { lower += 1 }
        return String(decoding: bytes[lower..<range.upperBound], as: UTF8.self)
    }
}

/// MIN-17: votes that do not add up to the voters present.
struct VoteCounts: Rule {
    let card = RuleCard(
        "MIN-17", .error,
        finds: LocalizedText(
            "贊成、反對與棄權票數之和與在場得表決人數不符。",
            "Votes for, against and abstaining that do not add up to the voters present."),
        remedy: LocalizedText("請核對票數與在場人數。", "Check the votes and the number present."),
        silent: LocalizedText(
            "未載在場人數且無出席名單者；出席為「如簽到表」而未連結名單者；主席未投票，較連結之名單少一票者。",
            "Minutes that give neither the number present nor a list; those that refer to a sign-in sheet that is not "
                + "linked; one vote fewer than a linked list, where the chair did not vote."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes else { return [] }
        return votes(in: reading).compactMap { vote in
            guard let present = vote.present ?? minutes.attendeeCount ?? linkedCount(in: reading, vote),
                present != vote.total
            else { return nil }
            let message = LocalizedText(
                "票數合計 \(vote.total)，在場 \(present) 人。", "\(vote.total) votes, \(present) voters present.")
            return card.finding(at: reading.place(clean: vote.range), message)
        }
    }

    /// Number of attendees of the list that is linked to the meeting; the chair among them may have left the vote to others.
    private func linkedCount(in reading: SourceReading, _ vote: Vote) -> Int? {
        let listed = reading.context.attendance.filter { $0.role == .attendee }.count
        return listed == 0 || vote.total == listed - 1 ? nil : listed
    }

    /// Votes of the text, one a line at most.
    private func votes(in reading: SourceReading) -> [Vote] {
        var votes: [Vote] = []
        var next = 0
        let all = reading.quantities
        for index in 0...reading.bytes.count where index == reading.bytes.count || reading.bytes[index] == 0x0A {
            var inLine: [Quantity] = []
            while next < all.count, all[next].range.lowerBound < index {
                inLine.append(all[next])
                next += 1
            }
            if inLine.count >= 2, let vote = Vote(inLine, reading.bytes) { votes.append(vote) }
        }
        return votes
    }
}

/// MIN-24: an observer who moves, seconds or votes.
struct ObserverRights: Rule {
    let card = RuleCard(
        "MIN-24", .error,
        finds: LocalizedText("列席人員經記載為動議、附議或表決。", "An observer recorded as moving, seconding or voting."),
        remedy: LocalizedText(
            "列席者無動議、附議與表決權；請核對出列席身分或姓名。",
            "Observers neither move nor second nor vote; check who attended as what, and the name."),
        silent: LocalizedText(
            "名單未列姓名者；同時列於出席名單者；否定之敘述，如「未參與表決」。",
            "Lists without names; people who are also listed as attendees; denials such as 未參與表決."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes else { return [] }
        let observers = Observers(minutes.attendance + reading.context.attendance)
        return observers.acts(in: reading.bytes).map { name, range in
            card.finding(at: reading.place(clean: range), message(name))
        }
    }

    func findings(on reading: DraftReading) -> [Finding] {
        let observers = Observers(reading.context.attendance)
        guard !observers.isEmpty else { return [] }
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            findings += observers.acts(in: Array(claim.text.utf8)).map { name, _ in
                card.finding(at: reading.place(claim, in: block), message(name))
            }
        }
        return findings
    }

    private func message(_ name: String) -> LocalizedText {
        LocalizedText("列席人員\(name)記載為動議、附議或表決。", "\(name), an observer, is recorded as moving, seconding or voting.")
    }
}

/// Observers of a meeting, searched for by name.
private struct Observers {
    private let names: [String]
    private let matcher: WordMatcher

    init(_ attendance: [Attendance]) {
        let attendees = Set(attendance.filter { $0.role == .attendee }.compactMap(\.person.name))
        let observers = Set(attendance.filter { $0.role == .observer }.compactMap(\.person.name))
        names = observers.subtracting(attendees).filter { $0.count >= 2 }.sorted()
        matcher = WordMatcher(names)
    }

    var isEmpty: Bool { names.isEmpty }

    private static let acts = ["動議", "附議", "提出修正案", "贊成票", "反對票", "投票", "參與表決", "舉手贊成", "moved", "seconded", "voted"]
    private static let labels = ["動議人：", "提案人：", "附議人：", "連署人：", "贊成者：", "反對者：", "moved by ", "seconded by "]
    private static let denials = ["未", "不", "無", "非", "not ", "did"]

    /// Names with what they did, where a verb follows in the same clause or a label stands before in the same sentence.
    func acts(in bytes: [UInt8]) -> [(String, Range<Int>)] {
        matcher.matches(in: bytes).compactMap { match in
            let behind = Self.text(bytes, match.range.upperBound..<min(bytes.count, match.range.upperBound + 60))
                .prefix { !"，。；：、\n,.;:".contains($0) }
            let before = Self.text(bytes, max(0, match.range.lowerBound - 120)..<match.range.lowerBound)
            let sentence = before.split(omittingEmptySubsequences: false) { "。；\n".contains($0) }.last ?? ""
            let acts = Self.acts.contains { behind.contains($0) } && !Self.denials.contains { behind.contains($0) }
            let labelled = Self.labels.contains { sentence.lowercased().contains($0) }
            return acts || labelled ? (names[match.word], match.range) : nil
        }
    }

    private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        var lower = range.lowerBound
        while lower < range.upperBound, bytes[lower] & 0xC0 == 0x80 { lower += 1 }
        return String(decoding: bytes[lower..<range.upperBound], as: UTF8.self)
    }
}
