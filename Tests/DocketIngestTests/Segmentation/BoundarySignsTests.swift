import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

@Suite struct BoundarySignsTests {
    private func turns(_ seed: UInt64) -> [SpokenTurn] {
        var generator = SeededGenerator(seed: seed)
        return (0..<120).map { place in
            let topic = place / 40
            let words = (0..<8).map { _ in "議題\(topic)之\(Int.random(in: 0..<6, using: &generator))" }.joined(
                separator: "，")
            return SpokenTurn(speaker: "\(topic * 2 + Int.random(in: 0..<2, using: &generator))", text: words)
        }
    }

    @Test func `each weight belongs to the sign in its place`() {
        #expect(BoundarySigns(turns(1)).columns.map(\.name) == TopicModel.weights.map(\.0))
    }

    @Test(arguments: 0..<10)
    func `every sign has a finite value at every place`(seed: UInt64) {
        for column in BoundarySigns(turns(seed)).columns {
            #expect(column.values.count == 120 && column.values.allSatisfy(\.isFinite), "\(column.name), seed \(seed)")
        }
    }

    @Test(arguments: 0..<20)
    func `sliding windows give what counting anew gives`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let lists = (0..<40).map { _ in
            (0..<Int.random(in: 0...5, using: &generator)).map { _ in Int32.random(in: 0..<12, using: &generator) }
        }
        let weights = (0..<12).map { _ in Float.random(in: 0...2, using: &generator) }
        let sizes = lists.map { Double($0.count) }
        var cohesion = SlidingCohesion(lists, weights: weights)
        for window in [3.0, 9, 30] {
            let values = cohesion.similarities(window: window, sizes: sizes)
            for place in lists.indices {
                let expected = likeness(lists, weights, sizes, place, window)
                #expect(abs(values[place] - expected) < 1e-6, "seed \(seed), window \(window), place \(place)")
            }
        }
    }

    private func likeness(
        _ lists: [[Int32]], _ weights: [Float], _ sizes: [Double], _ place: Int, _ window: Double
    ) -> Double {
        var (low, sum) = (place, 0.0)
        while low > 0, sum < window, sum + sizes[low - 1] <= window || low == place {
            low -= 1
            sum += sizes[low]
        }
        var (high, ahead) = (place, 0.0)
        while high < lists.count, ahead < window || high == place {
            ahead += sizes[high]
            high += 1
        }
        func vector(_ range: Range<Int>) -> [Double] {
            var counts = [Double](repeating: 0, count: weights.count)
            for word in lists[range].joined() { counts[Int(word)] += 1 }
            return zip(counts, weights).map { $0.squareRoot() * Double($1) }
        }
        let (left, right) = (vector(low..<place), vector(place..<high))
        let product = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
        let scale = (left.reduce(0) { $0 + $1 * $1 } * right.reduce(0) { $0 + $1 * $1 }).squareRoot()
        return scale > 1e-9 ? min(1, product / scale) : 0
    }

    @Test func `a curve's valleys are measured from the heights around them`() {
        let values = [3.0, 1, 2, 0, 5]
        #expect(Curve.depths(values, reach: 1) == [0, 3, 0, 7, 0])
        #expect(Curve.depths(values, reach: 4) == [2, 6, 4, 8, 0])
    }

    @Test func `phrases are heard at the place they belong`() {
        let cues = CuePhrases.shared
        #expect(cues.goesOn(CuePhrases.plain("我們進行下一案。")) && cues.goesOn(CuePhrases.plain("OK, let's move on.")))
        #expect(cues.opens(CuePhrases.plain("好，那我們")) && !cues.opens(CuePhrases.plain("他說好")))
        #expect(cues.closes(CuePhrases.plain("以上報告，謝謝。")) && !cues.closes(CuePhrases.plain("以上報告。")))
        #expect(!cues.goesOn(CuePhrases.plain("the nextitem")))
    }
}
