public import DocketCore
import DocketText
import Foundation

/// Suggests subject terms: concepts of one vocabulary, each with its reasons, and learns from what people decide.
///
/// A value: one indexer may be read by many at once, and a copy that learns leaves the other as it was. What it gives depends
/// on the vocabulary, the weights and the catalogued records alone.
public struct SubjectIndexer: Sendable {
    /// The vocabulary that terms come from.
    public let vocabulary: Vocabulary
    /// Language in which terms are written, BCP 47.
    public let language: String
    /// How signs are added up.
    public internal(set) var weights: SubjectWeights

    let matcher: LabelMatcher
    /// For each concept the one that is suggested for it: itself, what replaced it, or -1.
    let target: [Int32]
    var memory: SubjectMemory

    /// An indexer that has learned nothing yet.
    public init(_ vocabulary: Vocabulary, weights: SubjectWeights, language: String = "zh-Hant") {
        self.vocabulary = vocabulary
        self.language = language
        self.weights = weights
        target = Self.targets(vocabulary)
        matcher = LabelMatcher(vocabulary, target: target)
        memory = SubjectMemory(labels: Self.labelGrams(vocabulary, target))
    }

    /// Number of catalogued records that it has learned from.
    public var recordCount: Int { memory.liveCount }

    // MARK: - Suggesting

    /// Terms for one document, best first.
    public func suggestions(for document: SubjectDocument, _ request: SubjectRequest = SubjectRequest())
        -> [SubjectTerm]
    {
        suggestions(for: document, request, SubjectScratch())
    }

    /// The URIs of the terms for each document, best first: the same choice as `suggestions`, without reasons.
    public func concepts(
        for documents: some Sequence<SubjectDocument>, _ request: SubjectRequest = SubjectRequest()
    ) -> [[String]] {
        let scratch = SubjectScratch()
        let filter = Filter(request, vocabulary)
        return documents.map { document in
            let reading = Reading(document, matcher)
            return chosen(reading, filter, scratch).list.map { vocabulary.concepts[Int($0.concept)].uri }
        }
    }

    private func suggestions(
        for document: SubjectDocument, _ request: SubjectRequest, _ scratch: SubjectScratch
    ) -> [SubjectTerm] {
        let reading = Reading(document, matcher)
        let (list, signs) = chosen(reading, Filter(request, vocabulary), scratch)
        let reasons = ReasonMaker(indexer: self, document: document, reading: reading, signs: signs)
        return list.map { choice in
            let concept = vocabulary.concepts[Int(choice.concept)]
            let why = reasons.reasons(for: choice.concept)
            return SubjectTerm(
                concept.label(in: language) ?? concept.uri, kind: reasons.kind(of: choice.concept, why),
                concept: ConceptReference(vocabulary: vocabulary.name, uri: concept.uri), score: choice.score,
                reasons: why)
        }
    }

    /// A text with the places of labels in it.
    struct Reading {
        var units: TextUnits
        var matches: [LabelMatcher.Match]
        var namings: [SubjectSigns.Naming]

        init(_ document: SubjectDocument, _ matcher: LabelMatcher) {
            units = TextUnits(document.text)
            matches = matcher.matches(in: units)
            var titleEnd = units.units.count
            if let first = units.units.firstIndex(where: { $0.range.lowerBound >= document.titleEnd }) {
                titleEnd = first
            }
            namings = SubjectSigns.namings(matches, matcher, units, titleEnd: titleEnd)
        }
    }

    struct Choice: Equatable {
        var concept: Int32
        var score: Double
    }

    func chosen(_ reading: Reading, _ filter: Filter, _ scratch: SubjectScratch) -> (
        list: [Choice], signs: SubjectSigns
    ) {
        let signs = SubjectSigns(reading.units, namings: reading.namings, memory: memory, hasKin: hasKin, scratch)
        var choices = scores(signs).filter { filter.allows($0.concept) }
        choices.sort { ($1.score, $0.concept) < ($0.score, $1.concept) }
        if !filter.request.isWhole {
            choices.removeSubrange(min(choices.count, ListLength.best(choices.map(\.score)))...)
        }
        return (Array(choices.prefix(filter.request.limit)), signs)
    }

    /// All candidates with their probabilities, in order of concepts.
    func scores(_ signs: SubjectSigns) -> [Choice] {
        signs.concepts.enumerated().map { position, concept in
            let start = position * SubjectSigns.width
            let refusals = Double(memory.rejections[Int(concept)]) / Double(1 + memory.given[Int(concept)])
            let sum = weights.sum(signs.rows[start..<start + SubjectSigns.width]) - log(1 + refusals)
            return Choice(concept: concept, score: SubjectWeights.probability(sum))
        }
    }

    /// True when some concept one step away is what `isWanted` wants.
    func hasKin(_ concept: Int32, _ isWanted: (Int32) -> Bool) -> Bool {
        let one = vocabulary.concepts[Int(concept)]
        return one.broader.contains(where: isWanted) || one.narrower.contains(where: isWanted)
            || one.related.contains(where: isWanted)
    }

    // MARK: - Vocabulary

    /// What is suggested for each concept; a deprecated one leads to what replaced it, through at most eight steps.
    private static func targets(_ vocabulary: Vocabulary) -> [Int32] {
        vocabulary.concepts.indices.map { position in
            var current = position
            for _ in 0..<8 {
                guard case .deprecated(let replacements) = vocabulary.concepts[current].status else {
                    return Int32(current)
                }
                guard let next = replacements.first else { return -1 }
                current = Int(next)
            }
            return -1
        }
    }

    private static func labelGrams(_ vocabulary: Vocabulary, _ target: [Int32]) -> [[(key: UInt32, count: UInt16)]] {
        var labels = [[UInt32]](repeating: [], count: target.count)
        for (position, concept) in vocabulary.concepts.enumerated() where target[position] >= 0 {
            for label in concept.labels.prefix(64) {
                GramScan.forEach(in: TextUnits(label.text)) { labels[Int(target[position])].append($0) }
            }
        }
        return labels.map(counted)
    }

    /// Keys with how often each stands there, ascending.
    static func counted(_ keys: [UInt32]) -> [(key: UInt32, count: UInt16)] {
        var result: [(key: UInt32, count: UInt16)] = []
        for key in keys.sorted() {
            if let last = result.last, last.key == key {
                result[result.count - 1].count += last.count < .max ? 1 : 0
            } else {
                result.append((key, 1))
            }
        }
        return result
    }
}

extension SubjectIndexer {
    /// Which concepts a request lets through.
    struct Filter {
        let request: SubjectRequest
        private let vocabulary: Vocabulary
        private let excluded: Set<Int32>
        private let below: Set<Int32>?

        init(_ request: SubjectRequest, _ vocabulary: Vocabulary) {
            self.request = request
            self.vocabulary = vocabulary
            excluded = Set(request.excluded.compactMap { vocabulary.position(of: $0).map(Int32.init) })
            guard !request.schemes.isEmpty else {
                below = nil
                return
            }
            var found = Set(request.schemes.compactMap { vocabulary.position(of: $0).map(Int32.init) })
            var open = Array(found)
            while let next = open.popLast() {
                for narrower in vocabulary.concepts[Int(next)].narrower where found.insert(narrower).inserted {
                    open.append(narrower)
                }
            }
            below = found
        }

        func allows(_ concept: Int32) -> Bool {
            if excluded.contains(concept) { return false }
            if let below, !below.contains(concept) { return false }
            guard let kinds = request.kinds else { return true }
            return vocabulary.concepts[Int(concept)].kind.map(kinds.contains) ?? false
        }
    }
}

/// How many terms of a ranked list to show.
enum ListLength {
    /// How much a list that holds all right terms counts beside one without wrong ones.
    static let completeness = 5.0

    /// The length of greatest expected use, at least 1: expected F1 of the first five plus `completeness` times expected NDCG
    /// of the first ten, given the probability of each term.
    static func best(_ chances: [Double]) -> Int {
        let expected = max(1, chances.reduce(0, +))
        var ideal = 0.0
        for rank in 0..<10 { ideal += min(1, max(0, expected - Double(rank))) / log2(Double(rank) + 2) }
        var (right, gain, best, length, five) = (0.0, 0.0, -1.0, 1, 0.0)
        for (rank, chance) in chances.prefix(10).enumerated() {
            right += chance
            gain += chance / log2(Double(rank) + 2)
            if rank < 5 { five = 2 * right / (Double(rank + 1) + expected) }
            let use = five + completeness * gain / ideal
            if use > best { (best, length) = (use, rank + 1) }
        }
        return chances.count > 10 && length == 10 ? chances.count : length
    }
}
