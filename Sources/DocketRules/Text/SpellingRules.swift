internal import DocketCore
internal import DocketText

/// TXT-02: a name of the roster written with 台 where the roster has 臺, or the other way round.
struct RosterSpelling: Rule {
    let card = RuleCard(
        "TXT-02", .warning,
        finds: LocalizedText(
            "機關或人名之「臺」、「台」與名冊所載不同。",
            "An agency or person whose 臺 or 台 is not the one of the roster."),
        remedy: LocalizedText("請依名冊用字更正；引用原文者不改。", "Write it as the roster does; leave quotations alone."),
        silent: LocalizedText(
            "名冊未收之名稱，如以「台」登記之名稱；名冊兩種寫法並列者；逐字稿。",
            "Names that the roster does not hold, such as those registered with 台; names it lists both ways; "
                + "transcripts."
        ))

    func findings(on reading: SourceReading) -> [Finding] {
        let table = Spellings(reading.context)
        guard !table.isEmpty else { return [] }
        var places: [Int: [Range<Int>]] = [:]
        for match in table.matches(in: reading.bytes) { places[match.word, default: []].append(match.range) }
        return places.sorted { $0.key < $1.key }.map { word, ranges in
            card.finding(at: reading.place(clean: ranges), table.message(word))
        }
    }

    func findings(on reading: DraftReading) -> [Finding] {
        let table = Spellings(reading.context)
        guard reading.isChinese, !table.isEmpty else { return [] }
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            for match in table.matches(in: Array(claim.text.utf8)) {
                findings.append(card.finding(at: reading.place(claim, in: block), table.message(match.word)))
            }
        }
        return findings
    }
}

/// The wrong spellings of the roster's names, with the right ones.
private struct Spellings {
    private var words: [String] = []
    /// The roster's spelling of a wrong word; nil for a word that is right.
    private var right: [String?] = []
    private let matcher: WordMatcher

    init(_ context: RuleContext) {
        var names = Set<String>()
        for agency in context.roster.agencies {
            names.formUnion([agency.officialName] + agency.shortNames + agency.aliases)
        }
        names.formUnion(context.roster.persons.map(\.name))
        names.formUnion(context.series.compactMap(\.hostAgency))
        names = names.filter { name in name.count >= 2 && name.contains { $0 == "臺" || $0 == "台" } }
        for name in names.sorted() {
            words.append(name)
            right.append(nil)
            for variant in Self.variants(of: name) where !names.contains(variant) {
                words.append(variant)
                right.append(name)
            }
        }
        matcher = WordMatcher(words)
    }

    var isEmpty: Bool { words.isEmpty }

    /// Wrong spellings in a text.
    func matches(in bytes: [UInt8]) -> [WordMatcher.Match] {
        matcher.matches(in: bytes).filter { right[$0.word] != nil }
    }

    func message(_ word: Int) -> LocalizedText {
        let (wrong, name) = (words[word], right[word] ?? words[word])
        return LocalizedText("「\(wrong)」與名冊所載「\(name)」用字不同。", "\(wrong) is \(name) in the roster.")
    }

    /// All other ways to write the first four 臺 or 台 of a name.
    private static func variants(of name: String) -> [String] {
        var variants = [""]
        var choices = 0
        for character in name {
            let isChoice = (character == "臺" || character == "台") && choices < 4
            if isChoice { choices += 1 }
            variants = variants.flatMap { isChoice ? [$0 + "臺", $0 + "台"] : [$0 + String(character)] }
        }
        return variants.filter { $0 != name }
    }
}

/// TXT-03: a word that recognition or typing confused with one of like shape.
struct ConfusedWords: Rule {
    let card = RuleCard(
        "TXT-03", .warning,
        finds: LocalizedText(
            "字形相近而誤植之詞，如「廣續列管」應為「賡續列管」。",
            "A word mistaken for one of like shape, such as 廣續列管 for 賡續列管."),
        remedy: LocalizedText("請核對原件；確為誤植者再更正。", "Compare with the original and correct it there if it is wrong."),
        silent: LocalizedText(
            "前後文使該字詞成立者，如「推廣續辦」、「自主辨識」；逐字稿。",
            "Words that their neighbours make right, as in 推廣續辦 or 自主辨識; transcripts."))

    func findings(on reading: SourceReading) -> [Finding] {
        Confusion.found(in: reading.bytes).map { confusion, range in
            card.finding(at: reading.place(clean: range), confusion.message, remedy: confusion.remedy)
        }
    }

    func findings(on reading: DraftReading) -> [Finding] {
        guard reading.isChinese else { return [] }
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            for (confusion, _) in Confusion.found(in: Array(claim.text.utf8)) {
                findings.append(
                    card.finding(at: reading.place(claim, in: block), confusion.message, remedy: confusion.remedy))
            }
        }
        return findings
    }
}

/// A word never meant, the one meant, and the neighbours with which it is another word after all.
private struct Confusion {
    let wrong: String
    let right: String
    /// Characters before it that make it innocent.
    var notAfter = ""
    /// Characters behind it that make it innocent.
    var notBefore = ""

    static let all: [Confusion] = [
        Confusion(wrong: "廣續", right: "賡續", notAfter: "推增寬深拓加"),
        Confusion(wrong: "摺節", right: "撙節", notAfter: "對紙"),
        Confusion(wrong: "擲節", right: "撙節", notAfter: "投"),
        Confusion(wrong: "擷節", right: "撙節", notBefore: "目錄"),
        Confusion(wrong: "辨理", right: "辦理", notAfter: "分思明論慎"),
        Confusion(wrong: "承辨", right: "承辦"),
        Confusion(wrong: "主辨", right: "主辦", notBefore: "識別明認"),
        Confusion(wrong: "協辨", right: "協辦", notBefore: "識別明認"),
        Confusion(wrong: "撒銷", right: "撤銷"),
        Confusion(wrong: "撒回", right: "撤回"),
        Confusion(wrong: "列菅", right: "列管"),
        Confusion(wrong: "主菅", right: "主管"),
        Confusion(wrong: "菅理", right: "管理"),
        Confusion(wrong: "業己", right: "業已", notAfter: "專畢行"),
        Confusion(wrong: "巿政府", right: "市政府"),
        Confusion(wrong: "巿長", right: "市長"),
        Confusion(wrong: "巿民", right: "市民"),
        Confusion(wrong: "曰期", right: "日期"),
        Confusion(wrong: "査照", right: "查照"),
        Confusion(wrong: "檔棄", right: "檔案"),
        Confusion(wrong: "薄冊", right: "簿冊"),
    ]

    private static let matcher = WordMatcher(all.map(\.wrong))

    /// Confusions in a text with their bytes.
    static func found(in bytes: [UInt8]) -> [(Confusion, Range<Int>)] {
        matcher.matches(in: bytes).compactMap { match in
            let confusion = all[match.word]
            let before = bytes[max(0, match.range.lowerBound - 3)..<match.range.lowerBound]
            let after = bytes[match.range.upperBound..<min(bytes.count, match.range.upperBound + 3)]
            let isInnocent =
                confusion.notAfter.contains { $0.utf8.elementsEqual(before) }
                || confusion.notBefore.contains { $0.utf8.elementsEqual(after) }
            return isInnocent ? nil : (confusion, match.range)
        }
    }

    var message: LocalizedText {
        LocalizedText("「\(wrong)」疑為「\(right)」之誤。", "\(wrong) is probably \(right).")
    }

    var remedy: LocalizedText {
        LocalizedText(
            "請核對原件；確為誤植者改為「\(right)」。", "Compare with the original; write \(right) if it is wrong.")
    }
}
