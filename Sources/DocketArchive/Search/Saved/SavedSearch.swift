public import DocketCore
import DocketText
import Foundation

/// A search that is kept under a name: what was typed, not what was understood, so that "last year" counts from the day
/// it is run.
///
/// Its name and words are seen by all who may open the library.
public struct SavedSearch: Sendable, Equatable {
    /// One line of 1...100 characters; names that differ only in case, width, script or blanks are the same.
    public var name: String
    /// The words, at most 8 KiB.
    public var words: String
    /// Conditions beside the words.
    public var filters: SearchFilters
    /// Order of hits; nil is relevance where there are words, else date.
    public var order: SearchRequest.Order?
    /// How the words are read.
    public var mode: SearchRequest.Mode
    /// Words that are taken as they stand.
    public var literal: Set<String>
    /// Who saved it; set by the library.
    public internal(set) var savedBy = ""
    /// When, ISO 8601 in UTC; set by the library.
    public internal(set) var savedAt = ""
    /// When viewers of the same clearance and scopes were last told what is new; nil when never.
    public internal(set) var toldAt: String?
    /// Name of this saving: another one after the search was replaced.
    var id = ""

    /// A search to be saved.
    public init(
        name: String, words: String, filters: SearchFilters = SearchFilters(), order: SearchRequest.Order? = nil,
        mode: SearchRequest.Mode = .automatic, literal: Set<String> = []
    ) {
        self.name = name
        self.words = words
        self.filters = filters
        self.order = order
        self.mode = mode
        self.literal = literal
    }

    /// The search as `viewer` runs it; "last year" counts from `today`, ISO 8601.
    public func request(viewer: Viewer, today: String?, limit: Int = 10) -> SearchRequest {
        var request = SearchRequest(
            words, filters: filters, viewer: viewer, order: order, limit: limit, mode: mode, today: today)
        request.literal = literal
        return request
    }

    // MARK: - Names

    /// Longest name, in characters.
    static let longestName = 100
    /// Longest words, in UTF-8 bytes.
    static let longestWords = 8 << 10

    /// The name without blanks around it and with single ones in it.
    /// - Throws: `ArchiveError.refused(.badValue)` when it is empty, too long, or no single line.
    static func checked(name: String) throws -> String {
        let words = name.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }).joined(separator: " ")
        let isLine = words.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: false
            default: !scalar.properties.isBidiControl
            }
        }
        guard isLine, words.unicodeScalars.count <= longestName, !key(words).isEmpty else {
            throw ArchiveError.refused(
                .badValue(
                    object: "--save",
                    reason: LocalizedText(
                        zhHant: "名稱須為一行、1 至 \(longestName) 字",
                        en: "a name is one line of 1 to \(longestName) characters")))
        }
        return words
    }

    /// What names are compared by.
    static func key(_ name: String) -> String {
        Folding.key(name).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Name of the object in errors and in the audit trail.
    static func object(_ name: String) -> String { "search:\(name)" }
}

/// Why a saved search cannot be had or made.
public enum SavedSearchProblem: Sendable, Equatable {
    /// Nothing is saved under the name, or something else by now.
    case absent
    /// Another search has the name.
    case taken
    /// The library has as many as it takes.
    case tooMany(limit: Int)

    /// The line for a person.
    func explanation(_ name: String) -> LocalizedText {
        switch self {
        case .absent:
            LocalizedText(
                zhHant: "沒有名為「\(name)」的已存檢索；請以 docket search --list-saved 查看",
                en: "there is no saved search \"\(name)\"; docket search --list-saved shows them")
        case .taken:
            LocalizedText(
                zhHant: "已有名為「\(name)」的已存檢索；請換一個名稱，或加 --replace 取代",
                en: "a search is saved as \"\(name)\"; use another name, or add --replace")
        case .tooMany(let limit):
            LocalizedText(
                zhHant: "已存檢索達 \(limit) 筆上限，未儲存「\(name)」；請先以 --forget 刪除不用的",
                en: "\(limit) searches are saved, the most there can be, and \"\(name)\" was not;"
                    + " remove one with --forget")
        }
    }
}

/// A saved search as its row holds it.
struct SavedSearchBody: Codable {
    /// Raised when a search means something that older programs would leave out.
    static let form = 1

    var form = Self.form
    var words: String
    var order: SearchRequest.Order?
    var mode: SearchRequest.Mode?
    var literal: [String]?
    var kinds: [ResultKind]?
    var series: [String]?
    var agencies: [String]?
    var statuses: [String]?
    var sourceKinds: [SourceKind]?
    var classifications: [Classification]?
    var scopes: [String]?
    var meetings: [Int]?
    var items: [String]?
    var speakers: [String]?
    var from: String?
    var to: String?

    init(_ search: SavedSearch) {
        func list<Value: Comparable>(_ values: Set<Value>) -> [Value]? { values.isEmpty ? nil : values.sorted() }
        func cases<Value: RawRepresentable & Hashable>(_ values: Set<Value>) -> [Value]?
        where Value.RawValue == String { values.isEmpty ? nil : values.sorted { $0.rawValue < $1.rawValue } }
        let filters = search.filters
        (words, order, mode, literal) = (search.words, search.order, search.mode, list(search.literal))
        (kinds, series, agencies) = (cases(filters.kinds), list(filters.series), list(filters.agencies))
        (statuses, sourceKinds) = (list(filters.statuses), cases(filters.sourceKinds))
        (classifications, scopes) = (cases(filters.classifications), list(filters.scopes))
        (meetings, items, speakers) = (list(filters.meetings), list(filters.items), list(filters.speakers))
        (from, to) = (filters.from, filters.to)
    }

    func search(named name: String) -> SavedSearch {
        let filters = SearchFilters(
            kinds: Set(kinds ?? []), series: Set(series ?? []), agencies: Set(agencies ?? []),
            statuses: Set(statuses ?? []), sourceKinds: Set(sourceKinds ?? []),
            classifications: Set(classifications ?? []), scopes: Set(scopes ?? []), meetings: Set(meetings ?? []),
            items: Set(items ?? []), speakers: Set(speakers ?? []), from: from, to: to)
        return SavedSearch(
            name: name, words: words, filters: filters, order: order, mode: mode ?? .automatic,
            literal: Set(literal ?? []))
    }
}
