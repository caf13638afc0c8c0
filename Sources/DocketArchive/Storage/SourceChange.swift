public import DocketCore
import DocketText

/// One correction of a source's field; the text itself is corrected by a new text version.
public enum SourceChange: Sendable, Equatable {
    /// Title for lists.
    case title(String)
    /// Kind.
    case kind(SourceKind)
    /// BCP 47 tag of the language.
    case language(String)
    /// Date of the thing, ISO 8601; nil for unknown.
    case date(String?)
    /// Secrecy level; a lower one needs a reason.
    case classification(Classification)
    /// Who may see it beside the level; "" for the whole library.
    case scope(String)
    /// A fact by name ("agency", "series", "ordinal", "code" …); nil takes it away.
    case fact(String, String?)

    /// Name of the field in revisions and on the command line.
    public var field: String {
        switch self {
        case .title: "title"
        case .kind: "kind"
        case .language: "language"
        case .date: "date"
        case .classification: "classification"
        case .scope: "scope"
        case .fact(let name, _): name
        }
    }

    /// Fields that a person can correct by name; other facts belong to the readers.
    public static let fields = [
        "title", "kind", "language", "date", "classification", "scope", "series", "ordinal", "agency", "code",
        "category", "discipline", "subjects",
    ]

    /// Reads `field=value` as a person writes it; an empty value of date or fact takes it away.
    ///
    /// - Throws: `ArchiveError.refused(.badValue)` for a field that there is not, or a value that it cannot have.
    public init(field: String, value: String) throws {
        func refuse(_ zhHant: String, _ en: String) -> ArchiveError {
            .refused(.badValue(object: "\(field)=\(value)", reason: LocalizedText(zhHant: zhHant, en: en)))
        }
        func choose(_ words: [String]) -> ArchiveError {
            refuse("可用：" + words.joined(separator: "、"), "one of " + words.joined(separator: ", "))
        }
        switch field {
        case "title": self = .title(value)
        case "kind":
            guard let kind = SourceKind(rawValue: value) else {
                throw choose(SourceKind.allCases.map(\.rawValue))
            }
            self = .kind(kind)
        case "language": self = .language(value)
        case "date":
            guard value.isEmpty || CalendarDate(iso: value) != nil else {
                throw refuse("YYYY、YYYY-MM 或 YYYY-MM-DD，且須為實有之日", "YYYY, YYYY-MM or YYYY-MM-DD, a day that there is")
            }
            self = .date(value.isEmpty ? nil : value)
        case "classification":
            guard let level = Classification(rawValue: value) else {
                throw choose(Classification.allCases.map(\.rawValue))
            }
            self = .classification(level)
        case "scope": self = .scope(value)
        case "ordinal":
            guard value.isEmpty || Int(value).map((1..<100_000).contains) ?? false else {
                throw refuse("1 至 99999 之整數", "a whole number from 1 to 99999")
            }
            self = .fact(field, value.isEmpty ? nil : value)
        case _ where Self.fields.contains(field): self = .fact(field, value.isEmpty ? nil : value)
        default: throw Self.unknownField(field)
        }
    }

    private static func unknownField(_ name: String) -> ArchiveError {
        .refused(
            .badValue(
                object: name,
                reason: LocalizedText(
                    zhHant: "沒有這個欄位；可更正：" + fields.joined(separator: "、"),
                    en: "there is no such field; these can be set: " + fields.joined(separator: ", "))))
    }

    /// Changes the document; gives the field's old and new value for the revision, nil when they are equal.
    func apply(to document: inout SourceDocument) -> FieldChange? {
        let old: String
        let new: String
        switch self {
        case .title(let value): (old, new) = (document.title, value); document.title = value
        case .kind(let value): (old, new) = (document.kind.rawValue, value.rawValue); document.kind = value
        case .language(let value): (old, new) = (document.language, value); document.language = value
        case .date(let value): (old, new) = (document.date ?? "", value ?? ""); document.date = value
        case .classification(let value):
            (old, new) = (document.classification.rawValue, value.rawValue)
            document.classification = value
        case .scope(let value): (old, new) = (document.scope, value); document.scope = value
        case .fact(let name, let value):
            (old, new) = (document.facts[name] ?? "", value ?? "")
            document.facts[name] = value
        }
        return old == new ? nil : FieldChange(field: field, from: old, to: new)
    }
}

/// What one revision did to one field.
public struct FieldChange: Sendable, Equatable, Codable {
    /// Name of the field; "version" for a new text version.
    public var field: String
    /// Value before, "" when there was none.
    public var from: String
    /// Value after, "" when it was taken away.
    public var to: String
}

/// One correction of a source.
public struct SourceRevision: Sendable, Equatable, Codable {
    /// Revision that it made, from 2.
    public var revision: Int
    /// When, ISO 8601 in UTC.
    public var time: String
    /// Who.
    public var actor: String
    /// Why, "" where none was asked for.
    public var reason: String
    /// What.
    public var changes: [FieldChange]
}
