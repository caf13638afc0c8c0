import DocketCore
import DocketText

/// Takes a title apart: {issuer}第{N}次{series}紀錄 and its relatives, and English titles.
struct MinutesTitle: Sendable, Equatable {
    var issuer: String?
    var series: String?
    var ordinal: Int?

    private static let suffixes = [
        "議事紀錄", "議事錄", "紀錄", "記錄", "議事日程", "議程", "簽到表", "簽到簿",
        "簽到單", "出席名單", "出列席名單", "出席人員名單", "名單", "開會通知", "資料", "結論", "決議", "逐字稿",
        "速記錄", "（草案）", "(草案)", "（稿）", "(稿)",
    ]

    /// Reads `title` with the names of known series and agencies at hand.
    init(_ title: String, series known: [MeetingSeries], directory: PersonDirectory) {
        let plain = Self.collapsed(title)
        if plain.unicodeScalars.contains(where: { Title.isHan($0.value) }) {
            readChinese(plain, directory)
        } else {
            readEnglish(title)
        }
        let hit = known.filter { !$0.name.isEmpty && title.contains($0.name) }.max { $0.name.count < $1.name.count }
        if let hit { series = hit.name }
    }

    private static func collapsed(_ title: String) -> String {
        title.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\t" || $0.isNewline }).joined()
    }

    // MARK: Chinese

    private mutating func readChinese(_ title: String, _ directory: PersonDirectory) {
        var words = PersonPhraseReader.withoutNotes(title)
        if let wrapped = Self.withoutSuffix(words) { words = wrapped }
        guard let found = Self.ordinal(in: words) else {
            series = words.isEmpty ? nil : words
            split(words, directory)
            return
        }
        ordinal = found.number
        let before = String(words[..<found.range.lowerBound])
        var name = String(words[found.range.upperBound...])
        let (rest, term) = Self.withoutTerm(before)
        split(rest, directory)
        let remainder = series ?? ""
        if name != "會議", !name.isEmpty {
            name = remainder + name
        } else if remainder.hasSuffix("會報") || remainder.hasSuffix("會議") {
            name = remainder
        } else {
            // 第52次會議 alone names no series: the body that meets does.
            name = (remainder.isEmpty ? issuer ?? "" : remainder) + term + "會議"
        }
        series = name
    }

    private static func withoutSuffix(_ words: String) -> String? {
        for suffix in suffixes where words.hasSuffix(suffix) && words.count > suffix.count {
            let head = String(words.dropLast(suffix.count))
            return withoutSuffix(head) ?? head
        }
        return nil
    }

    /// 第213次, 第十六次 and the place of it; the last one counts.
    static func ordinal(in words: String) -> (number: Int, range: Range<String.Index>)? {
        var result: (Int, Range<String.Index>)?
        var start = words.startIndex
        while let sign = words[start...].firstIndex(of: "第") {
            start = words.index(after: sign)
            guard let end = words[start...].firstIndex(of: "次") else { break }
            let numeral = words[start..<end]
            guard numeral.count <= 10, let value = number(String(numeral).trimmingBlanks) else { continue }
            result = (value, sign..<words.index(after: end))
        }
        return result
    }

    private static func number(_ words: String) -> Int? {
        if let value = Int(words) { return value > 0 && value < 100_000 ? value : nil }
        return ChineseNumeral.value(of: words)
    }

    /// Splits off terms that number again from one: 第五屆第一會期, 113年, 113年度.
    private static func withoutTerm(_ words: String) -> (rest: String, term: String) {
        var rest = words
        var term = ""
        while true {
            let ends = ["會期", "屆", "年度", "年"]
            guard let end = ends.first(where: { rest.hasSuffix($0) }) else { return (rest, term) }
            var head = rest.dropLast(end.count)
            while let last = head.last, last.isNumber || "一二三四五六七八九十百○〇零".contains(last) { head.removeLast() }
            if head.last == "第" { head.removeLast() }
            if head.hasSuffix("中華民國") { head.removeLast(4) } else if head.hasSuffix("民國") { head.removeLast(2) }
            guard head.count < rest.count - end.count else { return (rest, term) }
            if !end.hasPrefix("年") { term = String(rest.dropFirst(head.count)) + term }
            rest = String(head)
        }
    }

    /// Issuer and what is left for the name of the series.
    private mutating func split(_ words: String, _ directory: PersonDirectory) {
        guard !words.isEmpty else {
            series = nil
            return
        }
        let scalars = Array(words.unicodeScalars)
        var cut = 0
        for end in directory.agencyEnds(scalars + ["　"]) where end > 0 && end <= scalars.count {
            let head = String(scalars: scalars[..<end])
            if directory.isListed(head) || AgencyWord.strongEndings.contains(scalars[end - 1].value)
                || head.hasSuffix("委員會")
            {
                cut = end
            }
        }
        issuer = cut > 0 ? String(scalars: scalars[..<cut]) : nil
        series = cut < scalars.count ? String(scalars: scalars[cut...]) : nil
    }

    // MARK: English

    private mutating func readEnglish(_ title: String) {
        ordinal = Self.englishOrdinal(in: title)
        if let group = Self.englishGroup(title) { series = group }
    }

    /// Ordinal of "3rd meeting", "meeting 7" or "Meeting No 12"; nil when the words name none.
    static func englishOrdinal(in title: String) -> Int? {
        let words = title.prefix(400).split { $0.isWhitespace || ",:();.".contains($0) }.map(String.init)
        let lowered = words.map { $0.lowercased() }
        for (index, word) in lowered.enumerated() {
            if let number = englishOrdinal(word), index + 1 < lowered.count,
                lowered[index + 1] == "meeting" || lowered[index + 1] == "session"
            {
                return number
            } else if ["meeting", "no", "number", "session"].contains(word), index + 1 < words.count,
                let number = Int(words[index + 1]), number > 0, number < 1900
            {
                return number
            }
        }
        return nil
    }

    private static func englishOrdinal(_ word: String) -> Int? {
        let names = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth",
        ]
        if let index = names.firstIndex(of: word) { return index + 1 }
        let digits = word.prefix { $0.isNumber }
        guard !digits.isEmpty, ["st", "nd", "rd", "th"].contains(String(word.dropFirst(digits.count))) else {
            return nil
        }
        return Int(digits).flatMap { $0 > 0 && $0 < 100_000 ? $0 : nil }
    }

    /// The body's name: what stands between "of the" and the end, or before a dash or comma.
    private static func englishGroup(_ title: String) -> String? {
        var words = title.trimmingBlanks
        for joint in ["meeting of the ", "Meeting of the ", "meeting of ", "Minutes of the ", "Agenda of the "] {
            if let range = words.firstRange(of: joint) { words = String(words[range.upperBound...]) }
        }
        for end in [
            " – ", " - ", " — ", ": ", ", ", " minutes", " Minutes", " agenda", " Agenda", " Meeting ", " meeting ",
        ] {
            if let range = words.firstRange(of: end) { words = String(words[..<range.lowerBound]) }
        }
        let group = words.trimmingBlanks
        return group.isEmpty ? nil : group
    }
}
