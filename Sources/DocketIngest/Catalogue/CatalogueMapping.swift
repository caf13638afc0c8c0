public import DocketCore

/// Which column of a list is which part of an entry, and how cells are read.
///
/// Written as YAML; every key may be missing, and what is missing is guessed from the names of the columns:
/// ```
/// level: item
/// encoding: CP950
/// delimiter: tab
/// skip: 2
/// separators: "；、"
/// dates: roc
/// columns:
///   檔號: fileNumber
///   發文日: { to: creationDate, dates: roc }
///   主題: subjects.topic
///   備註: note.備註
///   序號: ignore
/// constants:
///   agencyCode: 301000000A
/// ```
public struct CatalogueMapping: Sendable, Equatable {
    /// Level of every row; nil when a column says it, or the number of parts of 檔號.
    public var level: CatalogueEntry.Level?
    /// Encoding; nil to tell it from the bytes.
    public var encoding: TextEncoding?
    /// What separates cells; nil to tell it from the head.
    public var delimiter: Delimiter?
    /// Rows before the head.
    public var skip = 0
    /// Characters that separate several values in a cell of a field that lists things, and subject terms.
    public var separators = "；;、"
    /// How dates are written where a column does not say.
    public var dates: DateForm = .auto
    /// What columns are, by their names in the head.
    public var columns: [String: Column] = [:]
    /// Values that every entry gets where its row has none.
    public var constants: [CatalogueField: String] = [:]
    /// True for lists that Docket wrote: "；" alone separates, in every field, and a backslash takes the meaning of the next character.
    public var isEscaped = false

    /// A mapping that leaves everything to the guess.
    public init() {}

    /// What separates cells.
    public enum Delimiter: String, Sendable, CaseIterable {
        case comma, tab, semicolon

        /// The byte.
        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .tab: 0x09
            case .semicolon: UInt8(ascii: ";")
            }
        }
    }

    /// What one column is.
    public struct Column: Sendable, Equatable {
        /// Part of the entry.
        public var target: Target
        /// How its dates are written; nil for the mapping's own.
        public var dates: DateForm?

        /// A column.
        public init(_ target: Target, dates: DateForm? = nil) {
            self.target = target
            self.dates = dates
        }
    }

    /// A part of an entry that a column can fill.
    public enum Target: Sendable, Equatable {
        case field(CatalogueField)
        case fileNumber
        case part(NumberPart)
        case subjects(Vocabulary.Kind?)
        case note(String)
        case identity
        case level
        case ignore

        /// One component of a file number.
        public enum NumberPart: String, Sendable, CaseIterable {
            case year, classNumber, caseNumber, volume, item
        }

        /// The target that a mapping names: a field ("creationDate" or 文件產生日期), "fileNumber", "fileNumber.year", "subjects",
        /// "subjects.place", "note", "note.備註", "id", "level", "ignore"; nil for anything else.
        public init?(_ name: String) {
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            guard let first = parts.first else { return nil }
            let rest = parts.count > 1 ? parts[1] : nil
            switch (first, rest) {
            case ("fileNumber", nil): self = .fileNumber
            case ("fileNumber", let rest?):
                guard let part = NumberPart(rawValue: rest) else { return nil }
                self = .part(part)
            case ("subjects", nil): self = .subjects(nil)
            case ("subjects", let rest?):
                guard let kind = Vocabulary.Kind(words: rest) else { return nil }
                self = .subjects(kind)
            case ("note", let rest): self = .note(rest ?? "")
            case ("id", nil): self = .identity
            case ("level", nil): self = .level
            case ("ignore", nil): self = .ignore
            default:
                guard let field = CatalogueField.named(name) else { return nil }
                self = .field(field)
            }
        }

        /// The name that `init(_:)` reads.
        public var name: String {
            switch self {
            case .field(let field): field.rawValue
            case .fileNumber: "fileNumber"
            case .part(let part): "fileNumber." + part.rawValue
            case .subjects(let kind): kind.map { "subjects." + $0.rawValue } ?? "subjects"
            case .note(let type): type.isEmpty ? "note" : "note." + type
            case .identity: "id"
            case .level: "level"
            case .ignore: "ignore"
            }
        }
    }
}

extension CatalogueField {
    /// The field of this name: as Docket writes it, or its name for people in either language.
    static func named(_ name: String) -> CatalogueField? {
        CatalogueField(rawValue: name) ?? allCases.first { $0.name.zhHant == name || $0.name.en == name }
    }
}

// MARK: - Reading

extension CatalogueMapping {
    /// The mapping of `value`, the keys of a mapping file.
    ///
    /// - Throws: `CatalogueMappingError` with the key that means nothing or has no value of its form.
    public init(keys value: [String: MappingValue]) throws(CatalogueMappingError) {
        for (key, value) in value.sorted(by: { $0.key < $1.key }) {
            switch (key, value) {
            case ("level", .word(let word)): level = try Self.known(word, key, CatalogueEntry.Level.init(words:))
            case ("encoding", .word(let word)): encoding = try Self.known(word, key, TextEncoding.init(named:))
            case ("delimiter", .word(let word)): delimiter = try Self.known(word, key, Delimiter.init(named:))
            case ("skip", .word(let word)):
                skip = try Self.known(word, key) { Int($0).flatMap { (0...1000).contains($0) ? $0 : nil } }
            case ("separators", .word(let word)): separators = word
            case ("dates", .word(let word)): dates = try Self.known(word, key, DateForm.init(rawValue:))
            case ("columns", .keys(let columns)):
                for (name, column) in columns { self.columns[name] = try Self.column(column, "columns.\(name)") }
            case ("constants", .keys(let constants)):
                for (name, constant) in constants {
                    guard case .word(let word) = constant else { throw .badValue(key: "constants.\(name)") }
                    self.constants[try Self.known(name, "constants.\(name)", CatalogueField.named)] = word
                }
            case ("level", _), ("encoding", _), ("delimiter", _), ("skip", _), ("separators", _), ("dates", _),
                ("columns", _), ("constants", _):
                throw .badValue(key: key)
            default: throw .unknownKey(key: key)
            }
        }
    }

    private static func known<Value>(
        _ word: String, _ key: String, _ read: (String) -> Value?
    ) throws(CatalogueMappingError) -> Value {
        guard let value = read(word) else { throw .badValue(key: key) }
        return value
    }

    private static func column(_ value: MappingValue, _ key: String) throws(CatalogueMappingError) -> Column {
        switch value {
        case .word(let word): return Column(try known(word, key, Target.init(_:)))
        case .keys(let keys):
            guard case .word(let to)? = keys["to"] else { throw .badValue(key: key + ".to") }
            var column = Column(try known(to, key + ".to", Target.init(_:)))
            for (name, value) in keys where name != "to" {
                guard name == "dates", case .word(let word) = value else { throw .unknownKey(key: "\(key).\(name)") }
                column.dates = try known(word, "\(key).dates", DateForm.init(rawValue:))
            }
            return column
        }
    }
}

/// A value of a mapping file: a word, or keys with values of their own.
public enum MappingValue: Sendable, Equatable, Decodable {
    case word(String)
    case keys([String: MappingValue])

    /// Reads a scalar or a mapping.
    public init(from decoder: any Decoder) throws {
        if let keys = try? [String: MappingValue](from: decoder) {  // A scalar, then; or nothing that is known here.
            self = .keys(keys)
        } else {
            self = .word(try decoder.singleValueContainer().decode(String.self))
        }
    }
}

/// Why a mapping file cannot be used.
public enum CatalogueMappingError: ExplainedError, Equatable {
    /// A key that means nothing.
    case unknownKey(key: String)
    /// A key whose value is not of its form.
    case badValue(key: String)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .unknownKey(let key):
            LocalizedText(
                zhHant: "欄位對照檔沒有 \(key) 這個設定；請參閱 docs/exchange.md",
                en: "mapping file: there is no key \(key); see docs/exchange.md")
        case .badValue(let key):
            LocalizedText(
                zhHant: "欄位對照檔的 \(key) 不是可用的值；請參閱 docs/exchange.md",
                en: "mapping file: \(key) has no value that is known here; see docs/exchange.md")
        }
    }
}

extension CatalogueMapping.Delimiter {
    /// By name, or the character itself.
    init?(named name: String) {
        switch name {
        case ",": self = .comma
        case "\t", "\\t": self = .tab
        case ";": self = .semicolon
        default: self.init(rawValue: name)
        }
    }
}

extension TextEncoding {
    /// The encoding of a name that people use; letter case and hyphens do not count.
    init?(named name: String) {
        let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
        let others: [String: TextEncoding] = [
            "big5": .cp950, "ms950": .cp950, "gbk": .gb18030, "gb2312": .gb18030, "utf16": .utf16LittleEndian,
            "utf8bom": .utf8, "cp1252": .windows1252, "latin1": .windows1252,
        ]
        let known = Self.allCases.first { $0.rawValue.lowercased().filter { $0.isLetter || $0.isNumber } == key }
        guard let found = known ?? others[key] else { return nil }
        self = found
    }
}

extension CatalogueEntry.Level {
    /// The level that a cell or element names.
    init?(words: String) {
        switch words.lowercased().filter({ !$0.isWhitespace }) {
        case "item", "案件", "件", "案件級": self = .item
        case "folder", "file", "案卷", "卷", "案卷級": self = .folder
        default: return nil
        }
    }
}
