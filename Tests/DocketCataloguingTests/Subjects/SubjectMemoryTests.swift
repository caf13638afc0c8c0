import DocketCore
import DocketTestSupport
import Testing

@testable import DocketCataloguing

@Suite struct SubjectMemoryTests {
    @Test(arguments: 0..<30)
    func `what is left of any changes is the memory of the records that are left`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let vocabulary = try SubjectSamples.vocabulary(
            labels: (0..<20).map { _ in SubjectSamples.text(Int.random(in: 2...4, using: &random), &random) })
        var changed = SubjectIndexer(vocabulary, weights: .plain)
        var kept: [String: CataloguedRecord] = [:]
        for record in SubjectSamples.records(40, concepts: 20, &random) {
            var record = record
            // A third of the changes replace or take out an earlier record.
            if let old = kept.keys.sorted().randomElement(using: &random), Bool.random(using: &random) {
                record.id = old
                if Bool.random(using: &random) {
                    changed.forget(old)
                    kept[old] = nil
                    continue
                }
            }
            changed.learn(record)
            kept[record.id] = record
        }
        var fresh = SubjectIndexer(vocabulary, weights: .plain)
        for id in kept.keys.sorted() { fresh.learn(try #require(kept[id])) }
        #expect(changed.state == fresh.state, "seed \(seed)")
        #expect(changed.memory.squares == fresh.memory.squares, "seed \(seed)")
        #expect(changed.memory.labelProducts == fresh.memory.labelProducts, "seed \(seed)")
        let document = SubjectDocument(text: SubjectSamples.text(50, &random))
        let isSame = changed.suggestions(for: document) == fresh.suggestions(for: document)
        #expect(isSame, "seed \(seed)")
    }

    @Test(arguments: 0..<20)
    func `sums are those of all pairs of records`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let vocabulary = try SubjectSamples.vocabulary(labels: (0..<6).map { _ in SubjectSamples.text(3, &random) })
        var indexer = SubjectIndexer(vocabulary, weights: .plain)
        for record in SubjectSamples.records(25, concepts: 6, &random) { indexer.learn(record) }
        let memory = indexer.memory
        let vectors = memory.records.map { record in
            Dictionary(
                uniqueKeysWithValues: memory.weights(
                    of: record.grams.map { (memory.gramNumbers.find(UInt64($0.key)), $0.count) }
                ).map { ($0.gram, Int64($0.weight)) })
        }
        for concept in Int32(0)..<6 {
            var sum: [Int32: Int64] = [:]
            for (record, vector) in zip(memory.records, vectors) where record.given.contains(concept) {
                sum.merge(vector, uniquingKeysWith: +)
            }
            #expect(memory.squares[Int(concept)] == sum.values.reduce(0) { $0 + $1 * $1 }, "seed \(seed)")
        }
    }

    @Test func `leaving a record out is as if it had never been learned`() throws {
        var random = SeededGenerator(seed: 4)
        let vocabulary = try SubjectSamples.vocabulary(labels: (0..<8).map { _ in SubjectSamples.text(2, &random) })
        var all = SubjectIndexer(vocabulary, weights: .plain)
        let records = SubjectSamples.records(30, concepts: 8, &random)
        for record in records { all.learn(record) }
        for record in records {
            var others = all
            others.forget(record.id)
            let scratch = SubjectScratch()
            let reading = SubjectIndexer.Reading(record.document, all.matcher)
            let without = SubjectSigns(
                reading.units, namings: reading.namings, memory: all.memory, hasKin: all.hasKin,
                without: all.memory.places[record.id], scratch)
            let never = SubjectSigns(
                reading.units, namings: reading.namings, memory: others.memory, hasKin: others.hasKin, scratch)
            #expect(without.concepts == never.concepts)
            #expect(zip(without.rows, never.rows).allSatisfy { abs($0 - $1) < 0.01 })
        }
    }
}
