import DocketCore
import DocketText

/// A word or name that the library holds and that begins as what is being typed.
public struct QueryCompletion: Sendable, Hashable, Codable {
    /// What is completed.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case word, series, agency
    }

    /// The word or name, with what was typed.
    public var text: String
    /// What it is.
    public var kind: Kind
    /// Documents that the viewer may see and that hold it; at least 1.
    public var documents: Int

    /// A completion.
    public init(text: String, kind: Kind, documents: Int) {
        (self.text, self.kind, self.documents) = (text, kind, documents)
    }
}

extension SpellingSuggester {
    /// Rows of terms that are read for each kind, and candidates that are counted for the viewer.
    private static let rows = 24
    private static let mostCounted = 16
    /// Characters that are tried behind those added before.
    private static let mostFollowing = 3
    /// Characters by which a run is completed.
    private static let longestEnding = 3
    /// Endings that are followed further.
    private static let mostOpen = 2

    /// What may be being typed: names of series and agencies that begin so, and words that go on from the last run or word.
    ///
    /// Those in the most documents come first, at most `limit`.
    /// - Throws: as `corrections`.
    func completions(of prefix: String, limit: Int, deadline: SearchDeadline) async throws -> [QueryCompletion] {
        let text = String(String.UnicodeScalarView(prefix.unicodeScalars.prefix(SpelledText.longest)))
        guard limit > 0, !Folding.key(text).allSatisfy(\.isWhitespace) else { return [] }
        var found: [QueryCompletion] = []
        for (family, kind) in [(IndexTerm.Family.series, QueryCompletion.Kind.series), (.agency, .agency)] {
            found += try await names(family, kind, with: text, deadline)
        }
        let spelled = SpelledText(text)
        // A single character has no pair, and stands where a part would.
        if let last = spelled.parts.last, last.range.upperBound == spelled.characters.count {
            let head = Array(spelled.characters[..<last.range.lowerBound]).string
            found += try await (last.isRun ? endings(last.characters, deadline) : words(last, deadline)).map {
                QueryCompletion(text: head + $0.text, kind: .word, documents: $0.documents)
            }
        } else if let last = spelled.characters.last, SpelledText("\(last)\(last)").parts.first?.isRun == true {
            let head = Array(spelled.characters.dropLast()).string
            found += try await endings([last], deadline).map {
                QueryCompletion(text: head + $0.text, kind: .word, documents: $0.documents)
            }
        }
        let sorted = found.sorted { left, right in
            if left.documents != right.documents { return left.documents > right.documents }
            if left.kind != right.kind { return left.kind != .word && right.kind == .word }
            return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }
        var seen: Set<String> = []
        return Array(sorted.filter { seen.insert(Folding.key($0.text)).inserted }.prefix(limit))
    }

    // MARK: - Names

    private func names(
        _ family: IndexTerm.Family, _ kind: QueryCompletion.Kind, with text: String, _ deadline: SearchDeadline
    ) async throws -> [QueryCompletion] {
        let first = family.prefix + Folding.key(text)
        let terms = try await terms(with: first, deadline) { term in
            first.utf8.elementsEqual(term.prefix(first.utf8.count))
        }
        var counts = try await VisibleCounts(
            Set(terms.map { .fact($0) }), in: source, viewer: viewer, deadline: deadline)
        return try terms.compactMap { term in
            let documents = try counts.count(.fact(term))
            return documents > 0
                ? QueryCompletion(text: IndexTerm.value(term).shown, kind: kind, documents: documents) : nil
        }
    }

    /// Terms of the index that begin with `first`, the commonest first, whoever may see them; `isWanted` tells them among
    /// those of documents that no segment holds.
    private func terms(
        with first: String, _ deadline: SearchDeadline,
        isWanted: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
    ) async throws -> [String] {
        let found = try await source.readTerms(looks: limits.looks, deadline: deadline) { reader in
            // What is most common is common in the largest segment too.
            let largest = Array(reader.segments.prefix(1))
            let view = TermView(reader: reader, segments: largest, recent: try reader.recent(isWanted))
            return try view.terms(with: first, rows: Self.rows)
        }
        let counts = found.reduce(into: [String: Int]()) { $0.merge($1) { $0 + $1 } }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostCounted).map(\.key)
    }

    // MARK: - Words

    private func words(
        _ part: SpelledText.Part, _ deadline: SearchDeadline
    ) async throws -> [(text: String, documents: Int)] {
        let first = part.folded.string
        let terms = try await terms(with: first, deadline) { term in
            first.utf8.elementsEqual(term.prefix(first.utf8.count))
        }
        var counts = try await VisibleCounts(
            Set(terms.map { .text($0) }), in: source, viewer: viewer, deadline: deadline)
        return try terms.compactMap { term in
            let documents = try counts.count(.text(term))
            let typed = part.characters.string
            return documents > 0 && term != first
                ? (typed + String(Substring(term.utf8.dropFirst(first.utf8.count))), documents) : nil
        }
    }

    /// A run with the characters that follow it in the documents, by steps: behind the first one is added while most of the
    /// documents go on so.
    private func endings(
        _ run: [Unicode.Scalar], _ deadline: SearchDeadline
    ) async throws -> [(text: String, documents: Int)] {
        typealias Open = (text: [Unicode.Scalar], documents: Int)
        var open: [Open] = [(run, 0)]
        var found: [Open] = []
        for step in 0..<Self.longestEnding where !open.isEmpty {
            var next: [Open] = []
            for held in open {
                try deadline.check()
                let longer = try await longer(held.text, step == 0 ? Self.mostCounted : Self.mostFollowing, deadline)
                let kept = step == 0 ? longer : longer.filter { $0.documents * 3 >= held.documents * 2 }
                if kept.isEmpty, step > 0 { found.append(held) }
                next += kept
            }
            open = Array(
                next.sorted { ($1.documents, $0.text.string) < ($0.documents, $1.text.string) }.prefix(Self.mostOpen))
        }
        return try await written(found + open, typed: run.count, deadline)
    }

    /// A run with each character that follows its last one in documents that the viewer may see.
    private func longer(
        _ run: [Unicode.Scalar], _ most: Int, _ deadline: SearchDeadline
    ) async throws -> [(text: [Unicode.Scalar], documents: Int)] {
        guard let last = run.last else { return [] }
        let first = Folding.key(String(last))
        let terms = try await terms(with: first, deadline) { term in
            first.utf8.elementsEqual(term.prefix(first.utf8.count))
        }
        let pairs = terms.filter { $0.unicodeScalars.count == 2 }.prefix(most)
        let texts = pairs.map { run + $0.unicodeScalars.suffix(1) }
        var counts = try await VisibleCounts(
            Set(texts.map { .text($0.string) }), in: source, viewer: viewer, deadline: deadline)
        return try texts.compactMap { text in
            let documents = try counts.count(.text(text.string))
            return documents > 0 ? (text, documents) : nil
        }
    }

    /// Runs as documents write them, behind what was typed.
    private func written(
        _ runs: [(text: [Unicode.Scalar], documents: Int)], typed: Int, _ deadline: SearchDeadline
    ) async throws -> [(text: String, documents: Int)] {
        var counts = try await VisibleCounts(
            Set(runs.map { .text($0.text.string) }), in: source, viewer: viewer, deadline: deadline)
        var shown: [(text: String, documents: Int)] = []
        for run in runs {
            let ending = try await counts.spelling(of: run.text.string)?.dropFirst(typed)
            shown.append((Array(run.text.prefix(typed) + (ending ?? run.text.dropFirst(typed))).string, run.documents))
        }
        return shown
    }
}
