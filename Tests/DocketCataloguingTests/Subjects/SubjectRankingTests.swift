import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketCataloguing

@Suite struct SubjectRankingTests {
    @Test(arguments: 0..<200)
    func `a list has the length of greatest expected use`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let chances = (0..<Int.random(in: 1...14, using: &random)).map { _ in Double.random(in: 0...0.9, using: &random)
        }
        .sorted(by: >)
        let expected = max(1, chances.reduce(0, +))
        let ideal = (0..<10).reduce(0.0) { $0 + min(1, max(0, expected - Double($1))) / log2(Double($1) + 2) }
        func use(_ length: Int) -> Double {
            let five = chances.prefix(min(5, length))
            let gain = chances.prefix(length).enumerated().reduce(0.0) { $0 + $1.element / log2(Double($1.offset) + 2) }
            return 2 * five.reduce(0, +) / (Double(five.count) + expected) + ListLength.completeness * gain / ideal
        }
        let best = (1...min(10, chances.count)).map(use).max() ?? 0
        #expect(abs(use(min(10, ListLength.best(chances))) - best) < 1e-9, "seed \(seed)")
    }

    @Test func `fitted weights have the least loss`() {
        var random = SeededGenerator(seed: 3)
        var fit = LogisticFit(width: 3)
        for _ in 0..<400 {
            let (one, two) = (Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random))
            fit.signs += [1, one, two]
            fit.answers.append(2 * one - two + Double.random(in: -1...1, using: &random) > 0.3)
        }
        func loss(_ weights: [Double]) -> Double {
            var total = 0.0
            for (sample, answer) in fit.answers.enumerated() {
                let sum = (0..<3).reduce(0.0) { $0 + weights[$1] * fit.signs[sample * 3 + $1] }
                total += log(1 + exp(answer ? -sum : sum))
            }
            return total
        }
        let found = fit.weights(prior: [0, 0, 0], penalty: 1e-9)
        #expect(found[1] > 1 && found[2] < -0.5)
        for index in 0..<3 {
            for step in [-0.05, 0.05] {
                var other = found
                other[index] += step
                #expect(loss(other) > loss(found))
            }
        }
        let held = fit.weights(prior: [0, 0, 0], penalty: 1e9)
        #expect(abs(held[1]) < 0.01 && abs(held[2]) < 0.01, "a strong hold keeps the prior")
    }

    @Test func `an answer can only order the candidates`() {
        let terms = ["a", "b", "c"].map { SubjectTerm($0, concept: ConceptReference(vocabulary: "v", uri: $0)) }
        let result = SubjectIndexer.checked(["c", "x", "c", "a"], terms)
        #expect(result.terms.map(\.label) == ["c", "a", "b"])
        #expect(result.named == 2)
        #expect(result.unknown == ["x"])
        #expect(result.repeated == ["c"])
        #expect(SubjectIndexer.checked([], terms).terms == terms)
    }

    private struct Scripted: SubjectReranker {
        var answer: [String]
        func order(of terms: [SubjectTerm], for document: SubjectDocument) async throws -> [String] { answer }
    }

    @Test func `a reranker chooses among more than are shown, and invents nothing`() async throws {
        let vocabulary = try SubjectSamples.vocabulary(labels: ["採購", "契約", "檔案"])
        let indexer = SubjectIndexer(vocabulary, weights: .plain)
        let document = SubjectDocument(text: "採購採購與契約、檔案")
        let reranker = Scripted(answer: ["c:9999", SubjectSamples.uri(2)])
        let result = try await indexer.reranked(document, SubjectRequest(limit: 2), by: reranker)
        #expect(result.terms.map(\.label) == ["檔案", "採購"])
        #expect(result.unknown == ["c:9999"])
    }
}
