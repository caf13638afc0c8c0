/// Chooses units that together cover the weightiest terms within a budget of length.
///
/// The gain of a unit is the sum of its terms' weights, each multiplied by `decay` for every chosen unit that already
/// has it, over the unit's length to the power `lengthPower`: a monotone submodular coverage maximised by the
/// cost-scaled greedy rule (Lin and Bilmes 2010, "Multi-document Summarization via Budgeted Maximization of Submodular
/// Functions"). Gains only fall, so a heap of stale gains is recomputed lazily: no pair of units is ever compared.
struct CoverageSelector: Sendable {
    /// How much of a term's weight is left for the next unit that has it, 0...1.
    var decay = 0.5
    /// 0 ignores length, 1 divides by it.
    var lengthPower = 0.65
    /// Part of the first choice's gain below which a unit is not worth its place, 0...1.
    var floor = 0.0

    /// Positions, in ascending order, of units whose sizes together are at most `budget`.
    ///
    /// A term without a weight counts nothing; `boost` is a factor of each unit's gain.
    func choose(_ units: [Unit], weights: [UInt64: Double], boost: [Double], budget: Int) -> [Int] {
        var uses: [UInt64: Int] = [:]
        let powers = (0..<12).map { power($0) }
        func gain(_ index: Int) -> Double {
            let unit = units[index]
            var sum = 0.0
            for term in unit.terms {
                guard let weight = weights[term] else { continue }
                sum += weight * powers[min(uses[term] ?? 0, powers.count - 1)]
            }
            return sum * boost[index] / lengthScale(unit.size)
        }
        var heap = Heap()
        for index in units.indices where units[index].size <= budget {
            let value = gain(index)
            if value > 0 { heap.push(value, index) }
        }
        var chosen: [Int] = []
        var length = 0
        var least = 0.0
        while let top = heap.pop() {
            guard length + units[top.index].size <= budget else { continue }
            let value = gain(top.index)
            if let next = heap.top, value < next.value - 1e-12 {
                if value > 0 { heap.push(value, top.index) }
                continue
            }
            if chosen.isEmpty { least = value * floor }
            guard value >= least else { break }
            chosen.append(top.index)
            length += units[top.index].size
            for term in units[top.index].terms { uses[term, default: 0] += 1 }
        }
        return chosen.sorted()
    }

    private func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1.0) { value, _ in value * decay } }

    /// `size` to the power `lengthPower`, by squaring roots so that it is equal on every machine.
    private func lengthScale(_ size: Int) -> Double {
        let eighths = Int((lengthPower * 8).rounded())
        let root = Double(max(1, size)).squareRoot().squareRoot().squareRoot()
        return (0..<eighths).reduce(1.0) { value, _ in value * root }
    }
}

/// Largest value first; equal values by the lower index.
private struct Heap {
    private var items: [(value: Double, index: Int)] = []

    var top: (value: Double, index: Int)? { items.first }

    mutating func push(_ value: Double, _ index: Int) {
        items.append((value, index))
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(items[child], items[parent]) else { return }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> (value: Double, index: Int)? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return first }
        items[0] = last
        var parent = 0
        while true {
            var best = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && precedes(items[child], items[best]) {
                best = child
            }
            guard best != parent else { return first }
            items.swapAt(parent, best)
            parent = best
        }
    }

    private func precedes(_ left: (value: Double, index: Int), _ right: (value: Double, index: Int)) -> Bool {
        left.value == right.value ? left.index < right.index : left.value > right.value
    }
}
