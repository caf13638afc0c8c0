import DocketCore

/// Fields that a query may name, in English or Chinese.
enum QueryField: CaseIterable {
    case kind, series, agency, date, status, classification, source, scope, meeting, item, speaker

    init?(name: String) {
        let name = name.lowercased()
        guard let field = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
        self = field
    }

    private var names: [String] {
        switch self {
        case .kind: ["kind", "類別"]
        case .series: ["series", "會議", "系列"]
        case .agency: ["agency", "機關"]
        case .date: ["date", "日期"]
        case .status: ["status", "狀態"]
        case .classification: ["classification", "密等"]
        case .source: ["source", "來源"]
        case .scope: ["scope", "範圍"]
        case .meeting: ["meeting", "次別"]
        case .item: ["item", "列管"]
        case .speaker: ["speaker", "發言人"]
        }
    }

    /// The condition that `value` states.
    /// - Throws: `ArchiveError.malformedQuery` at `offset`.
    func filter(_ value: String, offset: Int) throws -> SearchFilters {
        var filters = SearchFilters()
        switch self {
        case .kind: filters.kinds = [try Self.choose(value, Self.kinds, offset)]
        case .series: filters.series = [value]
        case .agency: filters.agencies = [value]
        case .status: filters.statuses = [value]
        case .classification: filters.classifications = [try Self.choose(value, Self.levels, offset)]
        case .source: filters.sourceKinds = [try Self.choose(value, Self.sources, offset)]
        case .scope: filters.scopes = [value]
        case .meeting: filters.meetings = [try Self.ordinal(value, offset)]
        case .item: filters.items = [value]
        case .speaker: filters.speakers = [value]
        case .date: (filters.from, filters.to) = try Self.dates(value, offset)
        }
        return filters
    }

    // MARK: - Values

    private static func choose<Value: RawRepresentable & CaseIterable>(
        _ name: String, _ names: [String: Value], _ offset: Int
    ) throws -> Value where Value.RawValue == String {
        if let value = names[name] { return value }
        let lower = name.lowercased()
        if let value = Value.allCases.first(where: { $0.rawValue.lowercased() == lower }) { return value }
        let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw ArchiveError.badQuery(at: offset, "沒有這個值，可用：\(known)", "unknown value, known are \(known)")
    }

    private static func ordinal(_ value: String, _ offset: Int) throws -> Int {
        guard let number = Int(value), number > 0 else {
            throw ArchiveError.badQuery(at: offset, "會議次別是數字，如 213", "the number of a meeting is a number such as 213")
        }
        return number
    }

    private static let kinds: [String: ResultKind] = [
        "結論": .conclusion, "決議": .conclusion, "議題": .agendaItem, "議程": .agendaItem, "段落": .passage, "目錄": .entry,
        "檔案": .entry, "質詢": .question,
    ]

    private static let levels: [String: Classification] = [
        "公開": .public, "普通": .public, "內部": .internal, "密": .restricted, "機密": .confidential, "極機密": .secret,
        "絕對機密": .topSecret,
    ]

    private static let sources: [String: SourceKind] = [
        "文件": .document, "紀錄": .minutes, "會議紀錄": .minutes, "議程": .agenda, "出席": .attendance, "報告": .report,
        "公文": .letter, "逐字稿": .transcript, "錄音": .audio, "檔案": .record,
    ]

    /// Reads a date or a range of either calendar: 2021-10, 110.10.26, 2021..2022, ..110年12月.
    private static func dates(_ value: String, _ offset: Int) throws -> (String?, String?) {
        let marks = ["..", "～", "~", "至"]
        guard let mark = marks.first(where: { value.contains($0) }), let cut = value.firstRange(of: mark) else {
            let day = try date(Substring(value), offset)
            return (day, day)
        }
        let (first, last) = (value[..<cut.lowerBound], value[cut.upperBound...])
        guard !first.isEmpty || !last.isEmpty else {
            throw ArchiveError.badQuery(at: offset, "日期範圍要有起日或迄日", "a range of dates needs a first or a last day")
        }
        return (
            try first.isEmpty ? nil : date(first, offset),
            try last.isEmpty ? nil : date(last, offset + value[..<cut.upperBound].utf8.count)
        )
    }

    private static func date(_ text: Substring, _ offset: Int) throws -> String {
        guard let date = IndexDate(typed: String(text)) else {
            throw ArchiveError.badQuery(
                at: offset, "不是如 2021-10-26 或 110.10.26 的日期", "not a date like 2021-10-26 or 110.10.26")
        }
        return date.iso
    }
}
