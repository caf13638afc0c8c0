extension CatalogueField {
    /// What the values of a field look like in their normal form.
    public enum Form: Sendable {
        /// Any text.
        case text
        /// ISO 8601 of the precision that is known.
        case date
        /// Decimal digits.
        case count
        /// Years in digits, or "permanent".
        case retention
        /// A word of `Classification`.
        case classification
        /// "open", "restricted", "unreviewed".
        case access
        /// One of four dispositions.
        case disposition
        /// A file number with slashes.
        case fileNumber
        /// A code of an agency: 8 to 10 digits and capital letters (DOMAIN.md section 4.5).
        case agencyCode
    }

    /// The form of its values.
    public var form: Form {
        switch self {
        case .creationDate, .dateFrom, .dateTo, .declassifiedOn, .cataloguedOn, .filedOn, .transferredOn, .destroyedOn:
            .date
        case .extentCount, .volumeCount: .count
        case .retention, .originalRetention: .retention
        case .classification: .classification
        case .accessRestriction, .publicationRestriction: .access
        case .disposition: .disposition
        case .relatedItems, .relatedFolders: .fileNumber
        case .agencyCode: .agencyCode
        default: .text
        }
    }

    /// True for a field that lists things, one a value; false for one that commonly has a single value.
    public var isList: Bool {
        switch self {
        case .storageMedia, .otherSenders, .recipients, .attachments, .relatedItems, .relatedAgencies, .relatedFolders:
            true
        default: false
        }
    }

    /// The level that alone has the field; nil for a field of both.
    public var level: CatalogueEntry.Level? {
        if self < .subject { return nil }
        return self < .creator ? .item : .folder
    }

    /// A value of normal form as people read it; text, dates and numbers as they are.
    public func words(for value: String) -> LocalizedText {
        if form == .retention {
            if value == "permanent" { return LocalizedText(zhHant: "永久", en: "permanent") }
            let isNumber = !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return LocalizedText(zhHant: isNumber ? value + "年" : value, en: isNumber ? value + " years" : value)
        }
        return Self.tables[form]?.first { $0.value == value }?.words ?? LocalizedText(zhHant: value, en: value)
    }

    /// The normal form of words that people use for a value, in either language; nil for others and for fields of another form.
    ///
    /// Letter case and white space do not count. All words that `words(for:)` gives are known, and others that lists use.
    public func value(ofWords words: String) -> String? {
        let key = words.lowercased().filter { !$0.isWhitespace }
        if form == .classification {
            return Classification(words: words).flatMap { $0 > .internal ? $0.rawValue : nil }
        }
        return Self.tables[form]?.first { $0.keys.contains(key) }?.value
    }

    private struct Word: Sendable {
        var value: String
        var words: LocalizedText
        var keys: Set<String>

        init(_ value: String, _ zhHant: String, _ en: String, _ others: String...) {
            self.value = value
            words = LocalizedText(zhHant: zhHant, en: en)
            keys = Set(([value, zhHant, en] + others).map { $0.lowercased().filter { !$0.isWhitespace } })
        }
    }

    private static let tables: [Form: [Word]] = [
        .classification: [
            Word("restricted", "密", "Restricted"), Word("confidential", "機密", "Confidential"),
            Word("secret", "極機密", "Secret"), Word("topSecret", "絕對機密", "Top Secret"),
        ],
        .access: [
            Word("open", "開放", "open", "可開放", "全部開放", "公開", "可供閱覽"),
            Word("restricted", "限制", "restricted", "限制應用", "不開放", "不公開", "不予開放", "部分限制", "部分開放"),
            Word("unreviewed", "未審查", "unreviewed", "待審", "未審", "尚未審查"),
        ],
        .disposition: [
            Word("nationalArchives", "列為國家檔案", "national archives", "移轉國家檔案"),
            Word("permanentAtAgency", "機關永久保存", "kept permanently at the agency", "機關永久"),
            Word("appraiseAtExpiry", "屆期後鑑定", "appraise at expiry", "屆期鑑定"),
            Word("destroy", "依規定程序銷毀", "destroy", "銷毀", "定期銷毀"),
        ],
    ]
}

extension Vocabulary.Kind {
    /// Its name for people, as a type of subject term.
    public var name: LocalizedText {
        switch self {
        case .person: LocalizedText(zhHant: "人名", en: "person")
        case .corporateBody: LocalizedText(zhHant: "機關團體", en: "corporate body")
        case .place: LocalizedText(zhHant: "地名", en: "place")
        case .event: LocalizedText(zhHant: "事件", en: "event")
        case .topic: LocalizedText(zhHant: "主題", en: "topic")
        case .time: LocalizedText(zhHant: "時間", en: "time")
        case .form: LocalizedText(zhHant: "形式", en: "form")
        }
    }

    /// The kind that `words` names, in either language or as Docket writes it; nil for others.
    public init?(words: String) {
        let key = words.lowercased().filter { !$0.isWhitespace }
        let found = Self.allCases.first {
            [$0.rawValue, $0.name.zhHant, $0.name.en].contains { $0.lowercased().filter { !$0.isWhitespace } == key }
        }
        guard let found else { return nil }
        self = found
    }
}

extension CatalogueEntry {
    /// The highest level that the entry states anywhere: of its sources, or as its field 密等.
    public var highestClassification: Classification {
        values(.classification).compactMap { Classification(rawValue: $0) ?? Classification(words: $0) ?? .restricted }
            .reduce(classification, max)
    }

    /// True for what no list that leaves the agency may show (CAT-10): 密 and above.
    public var isClassified: Bool { highestClassification >= .restricted }
}
