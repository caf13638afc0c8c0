import DocketCore
import DocketTestSupport
import Testing

@testable import DocketCataloguing

@Suite struct SubjectStateTests {
    /// Made once: every test reads it.
    private static let learnedOnce = Result { try made() }

    private func learned() throws -> (SubjectIndexer, [CataloguedRecord]) { try Self.learnedOnce.get() }

    private static func made() throws -> (SubjectIndexer, [CataloguedRecord]) {
        var random = SeededGenerator(seed: 8)
        let vocabulary = try SubjectSamples.vocabulary(labels: (0..<12).map { _ in SubjectSamples.text(2, &random) })
        var indexer = SubjectIndexer(vocabulary, weights: .plain)
        let records = SubjectSamples.records(40, concepts: 12, &random)
        for record in records { indexer.learn(record) }
        indexer.train(records.map { ($0.id, $0.document) }, prior: .plain)
        for record in SubjectSamples.records(5, concepts: 12, &random) { indexer.learn(record) }
        return (indexer, records)
    }

    @Test func `a state goes on where the other stopped`() throws {
        let (indexer, records) = try learned()
        let read = try SubjectIndexer(indexer.vocabulary, state: indexer.state)
        #expect(read.state == indexer.state)
        #expect(read.weights == indexer.weights)
        for record in records {
            #expect(read.suggestions(for: record.document) == indexer.suggestions(for: record.document))
        }
    }

    @Test func `every beginning of a state is refused`() throws {
        let (indexer, _) = try learned()
        let state = indexer.state
        for count in stride(from: 0, to: state.count, by: max(1, state.count / 200)) {
            #expect(throws: SubjectError.self) {
                _ = try SubjectIndexer(indexer.vocabulary, state: Array(state.prefix(count)))
            }
        }
        #expect(throws: SubjectError.badState(byte: state.count)) {
            _ = try SubjectIndexer(indexer.vocabulary, state: state + [0])
        }
    }

    @Test(arguments: 0..<100)
    func `a damaged state is refused or read, and never harms`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let (indexer, records) = try learned()
        var state = indexer.state
        for _ in 0..<3 {
            let place = Int.random(in: 0..<state.count, using: &random)
            state[place] = UInt8.random(in: 0...255, using: &random)
        }
        // Damage that still makes sense gives other suggestions, all from the vocabulary.
        guard let read = try? SubjectIndexer(indexer.vocabulary, state: state) else { return }
        for uri in read.concepts(for: records.map(\.document)).joined() {
            #expect(indexer.vocabulary.position(of: uri) != nil, "seed \(seed)")
        }
    }

    @Test func `concepts that a newer vocabulary lacks are passed over`() throws {
        let (indexer, records) = try learned()
        let smaller = try SubjectSamples.vocabulary(Array(indexer.vocabulary.concepts.prefix(6)))
        let read = try SubjectIndexer(smaller, state: indexer.state)
        #expect(read.recordCount == indexer.recordCount)
        #expect(read.concepts(for: records.map(\.document)).joined().allSatisfy { smaller.position(of: $0) != nil })
    }

    @Test func `weights are read as written, and others are refused`() throws {
        let (indexer, _) = try learned()
        #expect(indexer.weights.values.allSatisfy { abs($0) < 1e4 }, "\(indexer.weights.values)")
        #expect(try SubjectWeights(indexer.weights.bytes) == indexer.weights)
        for bad in ["", "{}", #"{"version":2,"weights":{}}"#, #"{"version":1,"weights":{"named":1}}"#] {
            #expect(throws: SubjectError.badWeights) { _ = try SubjectWeights(Array(bad.utf8)) }
        }
    }
}
