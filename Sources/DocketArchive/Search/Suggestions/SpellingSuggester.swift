import DocketCore
import DocketText

/// Proposes other spellings of words of a query that the library holds and the viewer may see.
///
/// Which characters may be wrong is told by pairs of neighbours; what may stand there instead is looked for among terms of
/// the index; what is proposed was counted for the viewer, with as much of the word around it as the library has. All of
/// this is done in a fixed number of looks into the index.
struct SpellingSuggester {
    /// How much is looked at in one call.
    struct Limits: Sendable {
        /// Words of the query.
        var words = 16
        /// Runs and words whose spelling is doubted.
        var parts = 6
        /// Rows of terms that are read in each part of the index.
        var looks = 256
        /// Candidates that are counted for the viewer, in one go.
        var counted = 6
        /// Times that is done for a run or word.
        var rounds = 2
        /// Proposals for a word.
        var proposals = 3
    }

    /// Documents from which on what was typed is found well.
    static let wellFound = 100
    /// How many times more documents another spelling must have than one that is found.
    static let muchMore = 10

    let source: any PostingSource
    let viewer: Viewer
    let limits: Limits

    init(_ source: any PostingSource, viewer: Viewer, limits: Limits = Limits()) {
        (self.source, self.viewer, self.limits) = (source, viewer, limits)
    }

    /// Other spellings of words that find nothing, or much less than another spelling would.
    ///
    /// - Parameters:
    ///   - words: as typed, without operators; a question may be one word.
    ///   - deadline: when it must end.
    /// - Returns: spellings that there are, best first, at most three a word; words in the order given.
    /// - Throws: `ArchiveError.corrupt`, `.unavailable` when the time is over, or `CancellationError`.
    func corrections(of words: [String], deadline: SearchDeadline) async throws -> [SpellingCorrection] {
        var corrections: [SpellingCorrection] = []
        var (looks, parts) = (limits.looks, limits.parts)
        var seen: Set<String> = []
        for word in words.prefix(limits.words) where seen.insert(word).inserted {
            let text = SpelledText(word)
            var found: [ScoredCorrection] = []
            for part in text.parts where parts > 0 && looks > 0 {
                parts -= 1
                try deadline.check()
                var search = PartSearch(
                    source: source, viewer: viewer, limits: limits, deadline: deadline, text: text, part: part,
                    looks: looks)
                found += part.isRun ? try await search.run() : try await search.word()
                looks = search.looks
            }
            corrections += ScoredCorrection.best(found, limit: limits.proposals)
        }
        return corrections
    }
}

/// A correction with what it is worth beside others.
struct ScoredCorrection {
    var correction: SpellingCorrection
    /// True where the whole run or word was found with it.
    var isWhole: Bool
    var score: Double

    /// The best of a word, one for each replacement.
    static func best(_ found: [ScoredCorrection], limit: Int) -> [SpellingCorrection] {
        let sorted = found.sorted { left, right in
            if left.score != right.score { return left.score > right.score }
            if left.correction.reason != right.correction.reason {
                return left.correction.reason.place < right.correction.reason.place
            }
            return left.correction.replacement.utf8.lexicographicallyPrecedes(right.correction.replacement.utf8)
        }
        var seen: Set<String> = []
        return sorted.filter { seen.insert(Folding.key($0.correction.replacement)).inserted }.prefix(limit)
            .map(\.correction)
    }
}
