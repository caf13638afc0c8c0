import DocketCore
import DocketText
import Foundation

@testable import DocketArchive

/// What a search should find, decided by looking through every document: no postings, no positions, no terms but stems and
/// values, which are the tokenizer's own matter.
struct SearchOracle {
    private(set) var documents: [String: Entry] = [:]

    struct Entry {
        var document: IndexDocument
        var fields: [[Unicode.Scalar]]
        var values: Set<String>
    }

    /// Stands between runs of characters and around words in a normalized text.
    private static let gap = Unicode.Scalar(0x0A as UInt8)

    mutating func apply(_ change: IndexChange) {
        switch change {
        case .put(let document):
            var values: Set<String> = []
            let texts = (document.isTitleSearched ? [document.title] : []) + document.fields.map(\.text)
            for text in texts {
                SearchTokenizer().index(text) { token in
                    if [.stem, .number, .date, .word].contains(token.kind) { values.insert(token.term) }
                }
            }
            documents[document.id] = Entry(document: document, fields: texts.map(Self.normalized), values: values)
        case .remove(let id, _): documents[id] = nil
        case .removeSource(let source): documents = documents.filter { $0.value.document.source != source }
        }
    }

    /// Ids of all documents that match and that the viewer may see.
    func matches(_ query: SearchQuery, viewer: Viewer) -> Set<String> {
        Set(
            documents.values.filter { entry in
                viewer.sees(entry.document.classification, scope: entry.document.scope) && matches(query, entry)
            }.map(\.document.id))
    }

    private func matches(_ query: SearchQuery, _ entry: Entry) -> Bool {
        switch query {
        case .everything: true
        case .words(let words): matches(words, entry)
        case .question: false
        case .filter(let filters): Self.matches(filters, entry.document)
        case .and(let parts): parts.allSatisfy { matches($0, entry) }
        case .or(let parts): parts.contains { matches($0, entry) }
        case .not(let part): !matches(part, entry)
        case .condition(let part): matches(part, entry)
        }
    }

    private func matches(_ words: SearchWords, _ entry: Entry) -> Bool {
        if words.synonyms.contains(where: { matches(SearchWords($0, isQuoted: true), entry) }) { return true }
        if let facts = words.facts, Self.matchesAny(facts, entry.document) { return true }
        if let distance = words.distance { return isNear(words.text, distance, entry) }
        if words.isPrefix {
            return entry.fields.contains { Self.contains($0, Self.normalized(words.text), isOpen: true) }
        }
        let wanted = Self.normalized(words.text)
        if wanted.count <= 2 { return true }
        if entry.fields.contains(where: { Self.contains($0, wanted) }) { return true }
        return !words.isQuoted && WordForm(words.text).otherTerms.contains { entry.values.contains($0) }
    }

    private static func matches(_ filters: SearchFilters, _ document: IndexDocument) -> Bool {
        func meets<Value: Hashable>(_ wanted: Set<Value>, _ value: Value?) -> Bool {
            wanted.isEmpty || value.map(wanted.contains) ?? false
        }
        func named(_ wanted: Set<String>, _ values: [String]) -> Bool {
            wanted.isEmpty || !Set(wanted.map(Folding.key)).isDisjoint(with: values.map(Folding.key))
        }
        return meets(filters.kinds, document.kind) && meets(filters.sourceKinds, document.sourceKind)
            && meets(filters.classifications, document.classification)
            && named(filters.series, document.series.map { [$0] } ?? [])
            && named(filters.statuses, document.status.map { [$0] } ?? [])
            && named(filters.agencies, document.agencies) && named(filters.scopes, [document.scope])
            && meets(Set(filters.meetings.map(String.init)), document.facts["meeting"])
            && named(filters.items, document.facts["tracked"]?.split(separator: " ").map(String.init) ?? [])
            && named(filters.speakers, document.facts["speaker"].map { [$0] } ?? [])
            && isInside(document.date, filters)
    }

    /// True when one of the facts holds.
    private static func matchesAny(_ facts: SearchFilters, _ document: IndexDocument) -> Bool {
        var one = SearchFilters()
        one.agencies = facts.agencies
        if !one.agencies.isEmpty, matches(one, document) { return true }
        one = SearchFilters()
        one.speakers = facts.speakers
        if !one.speakers.isEmpty, matches(one, document) { return true }
        one = SearchFilters()
        one.items = facts.items
        return !one.items.isEmpty && matches(one, document)
    }

    private static func isInside(_ date: String?, _ filters: SearchFilters) -> Bool {
        if filters.from == nil, filters.to == nil { return true }
        guard let date else { return false }
        // First and last day of a partial date; no month is longer than "31" as text.
        let (first, last) = (
            date + String("-01-01".suffix(10 - date.count)), date + String("-12-31".suffix(10 - date.count))
        )
        let from = filters.from.map { $0 + String("-01-01".suffix(10 - $0.count)) } ?? "0000"
        let to = filters.to.map { $0 + String("-12-31".suffix(10 - $0.count)) } ?? "9999"
        return first >= from && (last <= to || (date.count == 7 && date <= to.prefix(7) && isMonthEnd(to)))
    }

    private static func isMonthEnd(_ day: String) -> Bool {
        guard let date = IndexDate(day), let month = date.month else { return true }
        return date.day == IndexDate.days(in: month, of: date.year)
    }

    // MARK: - Text

    /// Folded characters of runs and words, each run and word between gaps.
    static func normalized(_ text: String) -> [Unicode.Scalar] {
        var result = [gap]
        var wasIdeograph = false
        for scalar in Folding.key(text).unicodeScalars {
            guard let isIdeograph = kind(scalar) else {
                if result.last != gap { result.append(gap) }
                continue
            }
            if result.last != gap, isIdeograph != wasIdeograph { result.append(gap) }
            result.append(scalar)
            wasIdeograph = isIdeograph
        }
        if result.last != gap { result.append(gap) }
        return result
    }

    /// True for characters that are searched one by one, false for those of words, nil for what stands between.
    private static func kind(_ scalar: Unicode.Scalar) -> Bool? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: return false
        case ..<0x80: return nil
        case 0x30FB, 0x30A0: return nil
        case 0x3040...0x30FF, 0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xAC00...0xD7A3, 0x1100...0x11FF:
            return true
        case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return true
        default: return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal ? false : nil
        }
    }

    // MARK: - Near each other

    /// True when a start of each word can be chosen so that all lie within `distance` places: a character or a word is one
    /// place, what stands between runs another, and four stand between two texts.
    private func isNear(_ text: String, _ distance: Int, _ entry: Entry) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace).map { Self.normalized(String($0)) }.filter {
            $0.count > 2
        }
        if words.isEmpty { return true }
        var starts = [[Int]](repeating: [], count: words.count)
        var first = 0
        for field in entry.fields {
            var last = -1
            for (number, word) in words.enumerated() {
                let (found, end) = Self.starts(of: word, in: field)
                starts[number] += found.map { first + $0 }
                last = end
            }
            if last >= 0 { first += last + 4 }
        }
        guard starts.allSatisfy({ !$0.isEmpty }) else { return false }
        // The smallest spread begins with one of the starts.
        return starts.joined().contains { least in
            starts.allSatisfy { $0.contains { $0 >= least && $0 <= least + distance } }
        }
    }

    /// Places at which `word` starts in a normalized text, and the last place of the text; -1 without any.
    private static func starts(of word: [Unicode.Scalar], in text: [Unicode.Scalar]) -> (starts: [Int], last: Int) {
        var places: [Int] = []
        var place = -1
        var isWord = false
        for (index, scalar) in text.enumerated() {
            if scalar == gap {
                // Nothing stands before the first run.
                place += index == 0 ? 0 : 1
                isWord = false
            } else if kind(scalar) == true || !isWord {
                place += 1
                isWord = kind(scalar) == false
            }
            places.append(place)
        }
        var core = Array(word)
        if kind(core[1]) == true { core.removeFirst() }
        if kind(core[core.count - 2]) == true { core.removeLast() }
        let lead = core[0] == gap ? 1 : 0
        guard core.count <= text.count else { return ([], place - 1) }
        let found = (0...(text.count - core.count)).filter { start in
            core.indices.allSatisfy { text[start + $0] == core[$0] }
        }.map { places[$0 + lead] }
        // The mark behind the last run is no place.
        return (found, text.count > 2 ? place - 1 : -1)
    }

    /// True when `wanted` stands in `text`: words whole but for the last of an open one, characters at either end anywhere in a
    /// run.
    private static func contains(
        _ text: [Unicode.Scalar], _ wanted: [Unicode.Scalar], isOpen: Bool = false
    ) -> Bool {
        if wanted.count <= 2 { return true }
        var core = wanted[...]
        if isOpen, kind(wanted[wanted.count - 2]) == false { core = core.dropLast() }
        if kind(wanted[1]) == true { core = core.dropFirst() }
        if kind(wanted[wanted.count - 2]) == true { core = core.dropLast() }
        guard core.count <= text.count else { return false }
        let core0 = Array(core)
        return (0...(text.count - core0.count)).contains { start in
            for offset in core0.indices where text[start + offset] != core0[offset] { return false }
            return true
        }
    }
}
