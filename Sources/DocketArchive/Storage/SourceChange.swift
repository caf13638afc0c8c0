public import DocketCore

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

    /// Reads `field=value` as a person writes it; an empty value of date or fact takes it away.
    ///
    /// - Throws: `ArchiveError.refused(.invalid)` for a value that the field cannot have.
    public init(field: String, value: String) throws {
        func refuse(_ reason: String) -> ArchiveError {
            .refused(.invalid(object: "\(field)=\(value)", reason: reason))
        }
        switch field {
        case "title": self = .title(value)
        case "kind":
            guard let kind = SourceKind(rawValue: value) else {
                throw refuse("one of " + SourceKind.allCases.map(\.rawValue).joined(separator: ", "))
            }
            self = .kind(kind)
        case "language": self = .language(value)
        case "date":
            guard value.isEmpty || Self.isDate(value) else { throw refuse("YYYY, YYYY-MM or YYYY-MM-DD") }
            self = .date(value.isEmpty ? nil : value)
        case "classification":
            guard let level = Classification(rawValue: value) else {
                throw refuse("one of " + Classification.allCases.map(\.rawValue).joined(separator: ", "))
            }
            self = .classification(level)
        case "scope": self = .scope(value)
        case "ordinal":
            guard value.isEmpty || Int(value) != nil else { throw refuse("a whole number") }
            self = .fact(field, value.isEmpty ? nil : value)
        case "":
            throw refuse("the field has no name")
        default: self = .fact(field, value.isEmpty ? nil : value)
        }
    }

    /// True for "YYYY", "YYYY-MM" and "YYYY-MM-DD" with a month and a day that can be.
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let widths = [4, 2, 2]
        guard (1...3).contains(parts.count) else { return false }
        for (part, width) in zip(parts, widths)
        where part.utf8.count != width || !part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return false
        }
        let numbers = parts.compactMap { Int($0) }
        return (numbers.count < 2 || (1...12).contains(numbers[1]))
            && (numbers.count < 3 || (1...31).contains(numbers[2]))
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
