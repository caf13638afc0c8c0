import DocketCore
import DocketText

/// Looks for other spellings of one run or word.
struct PartSearch {
    let source: any PostingSource
    let viewer: Viewer
    let limits: SpellingSuggester.Limits
    let deadline: SearchDeadline
    let text: SpelledText
    let part: SpelledText.Part
    /// Looks into the index that are left.
    var looks: Int

    /// What the first look at a part of the index gives.
    private struct Sight: Sendable {
        var counts: [String: Int]
        var recent: [String: Int]
        var spent: Int
    }

    // MARK: - Runs

    mutating func run() async throws -> [ScoredCorrection] {
        let folded = Array(part.folded.prefix(SpelledText.longest))
        let neighbours = RunSpelling.pairs(folded)
        let (pairs, recent) = try await sight(Set(neighbours), isWanted: Self.holding(folded))
        let whole = part.characters.string
        var isFound = false
        if part.characters.count <= RunSpelling.longestTerm, !neighbours.contains(where: { pairs[$0] == nil }) {
            var counts = try await VisibleCounts([.text(whole)], in: source, viewer: viewer, deadline: deadline)
            let count = try counts.count(.text(whole))
            if count >= SpellingSuggester.wellFound { return [] }
            isFound = count > 0
        }
        let spelling = RunSpelling(part, pairs: neighbours.map { pairs[$0] ?? 0 }, isFound: isFound)
        let search = self
        let isTerm = part.characters.count <= RunSpelling.longestTerm
        var found: [ScoredCorrection] = []
        for (step, isLargest) in Self.steps where looks > 0 {
            found += try await round(isLargest: isLargest) {
                try spelling.candidates(step, in: TermView(reader: $0, segments: $1, recent: recent))
            } count: {
                try await search.counted($0, of: spelling)
            }
            // What explains only a part of a term need not be what was meant.
            if found.contains(where: { $0.isWhole || !isTerm }) { return found }
        }
        return found
    }

    /// What is tried, and whether in the largest segment or in the others: the likeliest place everywhere, then the rest.
    private static let steps: [(RunSpelling.Step, isLargest: Bool)] = [
        (.likely, true), (.likely, false), (.possible, true), (.gaps, true), (.possible, false),
    ]

    /// Tells terms of two characters one of which is in the run.
    private static func holding(_ folded: [Unicode.Scalar]) -> @Sendable (UnsafeRawBufferPointer) -> Bool {
        // Few: looked through faster than hashed.
        let wanted = Array(Set(folded.map { SpellingBytes.packed($0) }))
        return { term in
            guard term.count == 6, term[0] >= 0xE3 else { return false }
            return wanted.contains(SpellingBytes.packed(term, 0)) || wanted.contains(SpellingBytes.packed(term, 3))
        }
    }

    /// Counts of terms, and of all that `isWanted` in documents that no segment holds.
    ///
    /// A viewer who may not see all is told of what that viewer may see.
    private mutating func sight(
        _ terms: Set<String>, isWanted: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
    ) async throws -> (counts: [String: Int], recent: [String: Int]) {
        let sights = try await source.readTerms(looks: looks, deadline: deadline) { reader in
            let before = reader.looksLeft
            let view = TermView(reader: reader, segments: reader.segments, recent: try reader.recent(isWanted))
            return Sight(counts: try view.counts(of: terms), recent: view.recent, spent: before - reader.looksLeft)
        }
        looks -= sights.reduce(0) { max($0, $1.spent) }
        var counts = sights.reduce(into: [:]) { $0.merge($1.counts) { $0 + $1 } }
        if viewer.clearance < .topSecret || viewer.scopes != nil {
            var visible = try await VisibleCounts(
                Set(counts.keys.map { .text($0) }), in: source, viewer: viewer, deadline: deadline)
            for term in counts.keys {
                let count = try visible.count(.text(term))
                counts[term] = count > 0 ? count : nil
            }
        }
        return (counts, sights.reduce(into: [:]) { $0.merge($1.recent) { $0 + $1 } })
    }

    /// Candidates from the largest segment of each part and what no segment holds, or from the other segments, counted.
    private mutating func round(
        isLargest: Bool, _ candidates: @escaping @Sendable (TermReader, [IndexSegment]) throws -> [SpellingCandidate],
        count: ([SpellingCandidate]) async throws -> [ScoredCorrection]
    ) async throws -> [ScoredCorrection] {
        let results = try await source.readTerms(looks: looks, deadline: deadline) { reader in
            let before = reader.looksLeft
            let segments = isLargest ? reader.segments.prefix(1) : reader.segments.dropFirst()
            let found = segments.isEmpty && !isLargest ? [] : try candidates(reader, Array(segments))
            return (found, before - reader.looksLeft)
        }
        looks -= results.reduce(0) { max($0, $1.1) }
        var merged: [SpellingCandidate: Int] = [:]
        for candidate in results.flatMap(\.0) {
            var key = candidate
            key.estimate = 0
            merged[key, default: 0] += candidate.estimate
        }
        var left = SpellingCandidate.ordered(
            merged.map { key, estimate in
                var candidate = key
                candidate.estimate = estimate
                return candidate
            })
        for _ in 0..<limits.rounds where !left.isEmpty {
            try deadline.check()
            let found = try await count(Array(left.prefix(limits.counted)))
            if !found.isEmpty { return found }
            left.removeFirst(min(limits.counted, left.count))
        }
        return []
    }

    /// Those of some candidates that the viewer's documents hold, with as much of the run around them as there is.
    private func counted(_ candidates: [SpellingCandidate], of run: RunSpelling) async throws -> [ScoredCorrection] {
        let all = candidates.map { ($0, SpellingWindow.windows(of: $0, in: run)) }
        let wanted = all.flatMap { $0.1 }.flatMap { [$0.found, $0.typed] }.map { VisibleCounts.Wanted.text($0) }
        var counts = try await VisibleCounts(Set(wanted), in: source, viewer: viewer, deadline: deadline)
        var found: [ScoredCorrection] = []
        for (candidate, windows) in all {
            var best: (window: SpellingWindow, documents: Int)?
            var absent: [SpellingWindow] = []
            // What holds a text that is not there is not there either.
            for window in windows where !absent.contains(where: window.holds) {
                let documents = try counts.count(.text(window.found))
                guard documents > 0 else {
                    absent.append(window)
                    continue
                }
                let typed = try counts.count(.text(window.typed))
                let isMore = candidate.reason.isConfusion && typed * SpellingSuggester.muchMore < documents
                let isWorth = window.isWhole || run.support(candidate.range.lowerBound) < documents
                if typed == 0 || isMore, isWorth { best = (window, documents) }
            }
            guard var best else { continue }
            var candidate = candidate
            // A character from the index is folded: a document says how it is written.
            if !candidate.reason.isConfusion, !candidate.text.isEmpty, candidate.reason != .swapped,
                let written = try await counts.spelling(of: best.window.found)
            {
                candidate.text = Array(written[best.window.before...].prefix(candidate.text.count))
                best.window.replace(candidate.text)
            }
            let weight = 2 * best.window.found.unicodeScalars.count
            found.append(scored(candidate, best.window, best.documents, weight: weight))
        }
        // A spelling that goes with more of what was typed makes others of less weight idle.
        let longest = found.map(\.correction.found.unicodeScalars.count).max() ?? 0
        return found.filter { $0.correction.found.unicodeScalars.count + 1 >= longest }
    }

    private func scored(
        _ candidate: SpellingCandidate, _ window: SpellingWindow, _ documents: Int, weight: Int
    ) -> ScoredCorrection {
        let offset = part.range.lowerBound
        let range = candidate.range.lowerBound + offset..<candidate.range.upperBound + offset
        return ScoredCorrection(
            correction: SpellingCorrection(
                word: text.word, replacement: text.replacing(range, with: candidate.text), typed: window.typed,
                found: window.found, documents: documents, reason: candidate.reason),
            isWhole: window.isWhole, score: Double(candidate.strength + weight + 64 - documents.leadingZeroBitCount))
    }

    // MARK: - Words

    mutating func word() async throws -> [ScoredCorrection] {
        guard let spelling = WordSpelling(part) else { return [] }
        var counts = try await VisibleCounts([.word(spelling.word)], in: source, viewer: viewer, deadline: deadline)
        guard try counts.count(.word(spelling.word)) == 0 else { return [] }
        let recent = try await sight([], isWanted: { spelling.distance(to: $0) != nil }).recent
        let search = self
        for isLargest in [true, false] where looks > 0 {
            let found = try await round(isLargest: isLargest) {
                try spelling.candidates(in: TermView(reader: $0, segments: $1, recent: recent))
            } count: {
                try await search.counted($0)
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    private func counted(_ candidates: [SpellingCandidate]) async throws -> [ScoredCorrection] {
        let words = candidates.map { $0.text.string }
        var counts = try await VisibleCounts(
            Set(words.map { .text($0) }), in: source, viewer: viewer, deadline: deadline)
        return try zip(candidates, words).compactMap { candidate, word in
            let documents = try counts.count(.text(word))
            guard documents > 0 else { return nil }
            let window = SpellingWindow(
                found: Self.cased(word, as: part.characters), typed: part.characters.string, isWhole: true)
            var shown = candidate
            shown.text = Array(window.found.unicodeScalars)
            return scored(shown, window, documents, weight: 0)
        }
    }

    /// A word in capitals where what was typed is.
    private static func cased(_ word: String, as typed: [Unicode.Scalar]) -> String {
        let letters = typed.filter { $0.properties.isAlphabetic }
        if letters.allSatisfy({ $0.properties.isUppercase }) { return word.uppercased() }
        guard letters.first?.properties.isUppercase == true else { return word }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}

/// UTF-8 of three bytes as a number.
enum SpellingBytes {
    static func packed(_ scalar: Unicode.Scalar) -> UInt32 {
        var packed: UInt32 = 0
        for byte in UTF8.encode(scalar).map(Array.init) ?? [] { packed = packed << 8 | UInt32(byte) }
        return packed
    }

    @inline(__always)
    static func packed(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt32 {
        UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    }
}
