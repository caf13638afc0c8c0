import DocketCore
import DocketText

/// What the first lines of a paper show of its kind, title and date.
struct TextTraits {
    private let lines: [Substring]
    /// The same lines without any white space, for labels that are spread out (主　旨).
    private let dense: [String]

    /// Lines that are looked at.
    private static let considered = 60

    /// True for a transcript that begins with somebody's words.
    private let isSpokenAtOnce: Bool

    init(_ text: ExtractedText) {
        isSpokenAtOnce =
            text.kind == .transcript && text.passages.first.map { $0.kind == .utterance && $0.mark == nil } ?? false
        var lines: [Substring] = []
        for line in text.text.prefix(40_000).split(separator: "\n") {
            let ink = line.trimmed
            if !ink.isEmpty { lines.append(ink) }
            if lines.count == Self.considered { break }
        }
        self.lines = lines
        dense = lines.map { $0.filter { !$0.isWhitespace } }
    }

    // MARK: Kind

    /// Kind by words that each kind of paper has to have; `document` when none fits.
    var kind: SourceKind {
        if isLetter { return .letter }
        let titles = titles
        let lower = titles.map { $0.lowercased() }
        func named(_ words: String...) -> Bool { titles.contains { title in words.contains(where: title.contains) } }
        if titles.contains(where: { $0.hasSuffix("逐字稿") }) || lower.contains(where: { $0.contains("transcript") }) {
            return .transcript
        }
        if isMinutes { return .minutes }
        if named("議程") || lower.contains(where: { $0.contains("agenda") }) { return .agenda }
        if named("簽到", "出席名單", "出席名冊", "與會人員名單") || isAttendanceTable
            || lower.contains(where: { $0.contains("attendance") || $0.contains("sign-in") })
        {
            return .attendance
        }
        return isReport(titles, lower) ? .report : .document
    }

    /// The first lines that can be a title: no label, no outline marker, without what stands in brackets at the end.
    private var titles: [String] {
        zip(lines, dense).prefix(4).compactMap { line, dense in
            guard dense.count <= 60, !dense.contains("："), LeadingMarker(line) == nil else { return nil }
            let open = dense.lastIndex { $0 == "（" || $0 == "(" }
            let isClosed = dense.last == "）" || dense.last == ")"
            return isClosed ? open.map { String(dense[..<$0]) } ?? dense : dense
        }
    }

    private func hasLabel(_ names: String...) -> Bool {
        dense.contains { line in
            names.contains { line.hasPrefix($0) && [":", "："].contains(line.dropFirst($0.count).first) }
        }
    }

    private var isLetter: Bool {
        guard hasLabel("主旨") else { return false }
        return hasLabel("受文者", "發文日期", "發文字號", "說明", "擬辦", "辦法", "正本", "速別")
            || dense.prefix(4).contains { line in ["函", "簽", "公告", "令"].contains { line.hasSuffix($0) } }
    }

    /// A title that ends in 紀錄 (or holds "minutes") and a sign of who presided or when.
    private var isMinutes: Bool {
        let isNamed = titles.contains { title in
            !title.contains("宣讀") && !title.contains("確認")
                && (["紀錄", "記錄", "議事錄"].contains { title.hasSuffix($0) || title.contains("會議" + $0) }
                    || title.contains("紀錄摘要"))
        }
        if isNamed, hasLabel("主席", "主持人", "召集人", "時間", "會議時間", "開會時間") { return true }
        let signs = ["present", "chair", "apologies", "attendance", "attendees", "in attendance"]
        let lower = lines.map { $0.lowercased() }
        return lower.prefix(5).contains { $0.contains("minutes") && $0.count <= 120 }
            && lower.contains { line in signs.contains { line.hasPrefix($0) } }
    }

    /// A table whose head names people and how they attended.
    private var isAttendanceTable: Bool {
        guard let head = lines.first, head.contains("\t") else { return false }
        let names = Set(head.split(separator: "\t").map { $0.trimmed.lowercased() })
        return !names.isDisjoint(with: ["姓名", "name"])
            && !names.isDisjoint(with: ["出席別", "出席", "出席狀況", "出席情形", "簽到", "status", "attendance"])
    }

    private func isReport(_ titles: [String], _ lower: [String]) -> Bool {
        titles.contains { title in
            Self.reportWords.contains(where: title.contains) || Self.reportEnds.contains { title.hasSuffix($0) }
        }
            || lower.contains { line in
                ["annualreport", "workreport", "progressreport", "annualplan"].contains(where: line.contains)
            }
    }

    private static let reportEnds = ["報告", "計畫", "統計", "成果", "辦理情形", "推動情形", "執行情形"]

    private static let reportWords = [
        "工作報告", "業務報告", "施政報告", "年度計畫", "施政計畫", "工作計畫", "執行報告", "成果報告", "統計報告", "專案報告", "辦理情形報告",
        "報告書", "年報", "季報", "月報",
    ]

    /// Words of which a title of the kind has one.
    private static func titleWords(_ kind: SourceKind) -> [String] {
        switch kind {
        case .minutes: ["紀錄", "記錄", "議事錄", "inutes"]
        case .agenda: ["議程", "genda"]
        case .attendance: ["簽到", "出席名", "ttendance"]
        case .transcript: ["逐字稿", "ranscript"]
        case .report: reportWords + ["eport", "lan"]
        default: []
        }
    }

    // MARK: Classification

    /// Level that a field 密等 or a stamp of its own line states; nil when none does.
    var classification: Classification? {
        for line in dense {
            if line.hasPrefix("密等"), let colon = line.firstIndex(where: { $0 == "：" || $0 == ":" }) {
                return Classification(written: String(line[line.index(after: colon)...]))
            }
        }
        let stamps: Set<String> = ["密", "機密", "極機密", "絕對機密"]
        return dense.prefix(10).first(where: stamps.contains).flatMap { Classification(written: $0) }
    }

    // MARK: Title

    /// What the field 主旨 of a letter says, at most 80 characters.
    var subject: String? {
        guard let index = dense.firstIndex(where: { $0.hasPrefix("主旨") }) else { return nil }
        let words = lines[index].drop { $0 != "：" && $0 != ":" }.dropFirst().trimmed
        return words.isEmpty ? nil : String(words.prefix(80))
    }

    /// Title for lists: the subject of a letter, else the first lines that are no label; at most 80 characters.
    func title(of kind: SourceKind) -> String {
        if kind == .letter, let subject { return subject }
        // The head of a table and the first words of a talk are no title.
        if lines.first?.contains("\t") ?? false || isSpokenAtOnce { return "" }
        let words = Self.titleWords(kind)
        let named = lines.prefix(6).first { line in line.count <= 80 && words.contains { line.contains($0) } }
        guard let first = named ?? lines.first(where: { $0.contains { $0.isLetter } }) ?? lines.first else { return "" }
        let isBody = "局處府會部院司".contains(first.last ?? " ")
        if isBody, first.count <= 20, let index = lines.firstIndex(of: first), index + 1 < lines.count,
            lines[index + 1].count <= 30, !lines[index + 1].contains("：")
        {
            return String(first + lines[index + 1])
        }
        return String(first.prefix(80))
    }

    // MARK: Date

    private static let dateLabels = [
        "時間", "日期", "發文日期", "公告日期", "收件日期", "案號", "會議時間", "開會時間", "會議日期", "中華民國", "date", "time", "received",
        "caseno",
    ]

    /// First full date on a line that is labelled as the time of the thing, else in a short line of the head: the title,
    /// or the office and its date below it; "YYYY-MM-DD".
    var date: String? {
        let head = Array(zip(lines, dense).prefix(25))
        for (line, dense) in head {
            let lower = dense.lowercased()
            guard Self.dateLabels.contains(where: lower.hasPrefix) else { continue }
            if let date = Self.day(in: dense) ?? Self.day(in: line) { return date }
        }
        for (line, dense) in head.prefix(4) where dense.count <= 80 && LeadingMarker(line) == nil {
            if let date = Self.day(in: line) ?? Self.day(in: dense) { return date }
        }
        return nil
    }

    /// The first date of a line that names year, month and day.
    static func day(in line: some StringProtocol) -> String? {
        DateParser().expressions(in: String(line.prefix(400))).lazy
            .first { $0.written.year != nil && $0.written.day != nil && !$0.isRelative }?.start?.iso
    }
}

extension ISODate {
    /// The date of a catalogue field: ISO 8601, "072/02/14", "1131105", "20240930", "113年9月24日".
    ///
    /// Nil for anything else, a month or a year alone among it.
    static func record(_ text: String) -> String? {
        day(text) ?? DateParser.metadata(text).flatMap { $0.day == nil ? nil : $0.iso } ?? TextTraits.day(in: text)
    }
}
