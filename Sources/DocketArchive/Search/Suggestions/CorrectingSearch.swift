import DocketCore
import DocketText

/// Searches, and where nothing holds all the words asks whether they were meant otherwise.
///
/// What was typed and stands nowhere is looked for as the library spells it, and the answer says so; a request takes that
/// back by naming the word in `literal`. Where nothing at all is found the parts that find something are named.
struct CorrectingSearch {
    let index: PostingSearchIndex

    /// The answer to a request.
    /// - Throws: as `SearchIndex.search`.
    func search(_ request: SearchRequest) async throws -> SearchAnswer {
        var answer = try await index.search(request)
        guard request.limit > 0, answer.complete, isLoose(answer) else { return answer }
        let literal = Set(request.literal.map { Folding.key($0) })
        let words = request.text.split(whereSeparator: \.isWhitespace).map(String.init).filter {
            !literal.contains(Folding.key($0))
        }
        let deadline = SearchDeadline(request.timeLimit)
        let suggester = SpellingSuggester(index.source, viewer: request.viewer)
        let isQuestion = Interrogatives.isQuestion(request.text)
        answer.corrections = try await suggester.corrections(of: words, deadline: deadline).filter {
            Self.isLikely($0, inQuestion: isQuestion)
        }
        if request.mode == .automatic, !answer.corrections.isEmpty {
            var other = request
            var applied: [SpellingCorrection] = []
            for word in words {
                guard let best = answer.corrections.first(where: { $0.word == word }) else { continue }
                other.text = other.text.replacing(word, with: best.replacement)
                applied.append(best)
            }
            var corrected = try await index.search(other)
            if corrected.total.count > 0 {
                corrected.corrections = answer.corrections
                corrected.reading.understood += applied.map { correction in
                    UnderstoodWords(
                        .spelling, correction.typed, meaning: correction.found, effect: .alternatives)
                }
                return corrected
            }
        }
        if answer.total.count == 0 {
            answer.related = try await suggester.related(to: words, deadline: deadline)
        }
        return answer
    }

    /// Longest word of which a character may be missing or too many, in characters: longer ones are phrases that others
    /// phrase differently.
    private static let longestWord = 6

    /// False for spellings that differ from what people say in other words for the same.
    private static func isLikely(_ correction: SpellingCorrection, inQuestion: Bool) -> Bool {
        guard !changesJoining(correction) else { return false }
        return switch correction.reason {
        case .homophone, .lookalike, .variant, .swapped: true
        case .typing, .missing, .extra:
            correction.typed.utf8.allSatisfy { $0 < 0x80 }
                || (!inQuestion && correction.word.unicodeScalars.count <= longestWord)
        }
    }

    /// True where the character that differs only joins words: 資訊局的 is no slip for 資訊局提.
    private static func changesJoining(_ correction: SpellingCorrection) -> Bool {
        let typed = Array(Folding.key(correction.typed).unicodeScalars)
        let found = Array(Folding.key(correction.found).unicodeScalars)
        let same = zip(typed, found).prefix { $0 == $1 }.count
        return same < typed.count && FramingWords.joining.contains(typed[same])
    }

    /// True when nothing holds all the words.
    private func isLoose(_ answer: SearchAnswer) -> Bool {
        if answer.total.count == 0 { return true }
        guard answer.narrowTotal == nil else { return false }
        switch answer.reading.breadth {
        case .exact, .matter: return false
        case .any, .withoutConditions: return true
        }
    }
}
