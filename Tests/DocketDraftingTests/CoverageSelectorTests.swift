import DocketTestSupport
import Testing

@testable import DocketDrafting

@Suite struct CoverageSelectorTests {
    private static func units(_ seed: UInt64) -> (units: [Unit], weights: [UInt64: Double], boost: [Double]) {
        var generator = SeededGenerator(seed: seed)
        let units = (0..<40).map { index in
            Unit(
                utterance: index, position: 0, range: index..<index + 1, text: "", isVerbatim: true,
                terms: Array(
                    Set(
                        (0..<Int.random(in: 0...9, using: &generator)).map { _ in
                            UInt64.random(in: 1...30, using: &generator)
                        })
                ).sorted(),
                size: Int.random(in: 1...20, using: &generator))
        }
        let weights = Dictionary(
            uniqueKeysWithValues: (1...30).map { (UInt64($0), Double(Int.random(in: 0...9, using: &generator))) })
        return (units, weights, units.map { _ in Double(Int.random(in: 1...3, using: &generator)) })
    }

    /// The same greedy rule with every gain computed anew at every step.
    private func greedy(_ units: [Unit], _ weights: [UInt64: Double], _ boost: [Double], budget: Int) -> [Int] {
        var uses: [UInt64: Int] = [:]
        var chosen: [Int] = []
        var length = 0
        while true {
            var best: (gain: Double, index: Int)?
            for (index, unit) in units.enumerated() where !chosen.contains(index) && length + unit.size <= budget {
                let sum = unit.terms.reduce(0.0) { sum, term in
                    sum + (weights[term] ?? 0) * (0..<(uses[term] ?? 0)).reduce(1.0) { value, _ in value * 0.5 }
                }
                let root = Double(max(1, unit.size)).squareRoot().squareRoot().squareRoot()
                let gain = sum * boost[index] / (0..<5).reduce(1.0) { value, _ in value * root }
                if gain > 0, gain > (best?.gain ?? 0) + 1e-12 { best = (gain, index) }
            }
            guard let best else { return chosen.sorted() }
            chosen.append(best.index)
            length += units[best.index].size
            for term in units[best.index].terms { uses[term, default: 0] += 1 }
        }
    }

    @Test(arguments: 0..<100)
    func `lazy selection equals the plain greedy rule and keeps the budget`(seed: UInt64) {
        let (units, weights, boost) = Self.units(seed)
        let budget = Int(seed % 60) + 5
        let chosen = CoverageSelector(decay: 0.5, lengthPower: 0.625).choose(
            units, weights: weights, boost: boost, budget: budget)
        #expect(chosen == greedy(units, weights, boost, budget: budget), "seed \(seed)")
        #expect(chosen.reduce(0) { $0 + units[$1].size } <= budget)
    }

    @Test func `nothing is chosen for nothing`() {
        #expect(CoverageSelector().choose([], weights: [:], boost: [], budget: 100).isEmpty)
        let (units, weights, boost) = Self.units(1)
        #expect(CoverageSelector().choose(units, weights: weights, boost: boost, budget: 0).isEmpty)
    }
}

@Suite struct DeterministicMathTests {
    @Test(arguments: [0.001, 0.5, 1, 1.5, 2, 2.718281828459045, 10, 12345.678])
    func `the logarithm is right to twelve digits`(value: Double) {
        var back = 1.0
        // e^log(value) by its series, halved until small.
        let exponent = DeterministicMath.log(value) / 1024
        var term = 1.0
        back = 1
        for n in 1...20 {
            term *= exponent / Double(n)
            back += term
        }
        for _ in 0..<10 { back *= back }
        #expect(abs(back - value) / value < 1e-11)
    }
}
