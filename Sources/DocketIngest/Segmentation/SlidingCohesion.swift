import Foundation

/// Likeness of what stands before and after every place of a sequence of word lists.
///
/// Two windows of equal size slide over the sequence; their counts, their lengths and their product are kept up to date word
/// by word, so that the whole takes time in proportion to the number of words.
struct SlidingCohesion {
    private let lists: [[Int32]]
    private let weights: [Float]
    private var left: [Int32]
    private var right: [Int32]
    private var product = 0.0
    private var leftSquare = 0.0
    private var rightSquare = 0.0

    /// Prepares to compare `lists`, whose numbers are places in `weights`.
    init(_ lists: [[Int32]], weights: [Float]) {
        self.lists = lists
        self.weights = weights
        left = [Int32](repeating: 0, count: weights.count)
        right = left
    }

    /// Cosine of the weighted roots of counts in windows of `size` on either side of each place, 0...1.
    ///
    /// `sizes` says what each list adds to a window, at least 0.
    mutating func similarities(window size: Double, sizes: [Double]) -> [Double] {
        var ends = [0.0]
        for value in sizes { ends.append((ends.last ?? 0) + value) }
        var result = [Double](repeating: 1, count: lists.count)
        var (low, middle, high) = (0, 0, 0)
        for place in lists.indices {
            let reach = Self.first(from: high, in: ends, atLeast: ends[place] + size)
            let stop = min(lists.count, max(reach, place + 1))
            while high < stop { addRight(high); high += 1 }
            while middle < place { moveLeft(middle); middle += 1 }
            let start = min(Self.first(from: low, in: ends, atLeast: ends[place] - size), max(0, place - 1))
            while low < start { dropLeft(low); low += 1 }
            let scale = (max(0, leftSquare) * max(0, rightSquare)).squareRoot()
            result[place] = scale > 1e-9 ? min(1, max(0, product / scale)) : 0
        }
        while low < middle { dropLeft(low); low += 1 }
        while middle < high { dropRight(middle); middle += 1 }
        (product, leftSquare, rightSquare) = (0, 0, 0)
        return result
    }

    /// First index at or after `index` whose end is at least `value`; the windows only move forward.
    private static func first(from index: Int, in ends: [Double], atLeast value: Double) -> Int {
        var index = index
        while index < ends.count - 1, ends[index] < value { index += 1 }
        return index
    }

    // MARK: - Windows

    private mutating func addRight(_ place: Int) {
        for word in lists[place] { change(Int(word), left: 0, right: 1) }
    }

    private mutating func dropRight(_ place: Int) {
        for word in lists[place] { change(Int(word), left: 0, right: -1) }
    }

    private mutating func moveLeft(_ place: Int) {
        for word in lists[place] { change(Int(word), left: 1, right: -1) }
    }

    private mutating func dropLeft(_ place: Int) {
        for word in lists[place] { change(Int(word), left: -1, right: 0) }
    }

    private mutating func change(_ word: Int, left leftChange: Int32, right rightChange: Int32) {
        let weight = Double(weights[word])
        let square = weight * weight
        guard square > 0 else { return }
        product -= square * (Double(left[word]) * Double(right[word])).squareRoot()
        left[word] += leftChange
        right[word] += rightChange
        product += square * (Double(left[word]) * Double(right[word])).squareRoot()
        leftSquare += square * Double(leftChange)
        rightSquare += square * Double(rightChange)
    }
}

/// Shapes of a curve over the places of a talk.
enum Curve {
    /// Deviation from the mean in units of the standard deviation.
    static func standardized(_ values: [Double]) -> [Double] {
        let count = Double(max(1, values.count))
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let deviation = max(variance.squareRoot(), 1e-6)
        return values.map { ($0 - mean) / deviation }
    }

    /// How deep each place lies below the highest within `reach` places before it and after it, both together.
    static func depths(_ values: [Double], reach: Int) -> [Double] {
        let before = runningMaximum(values, reach: reach)
        let after = Array(runningMaximum(values.reversed(), reach: reach).reversed())
        return values.indices.map { before[$0] + after[$0] - 2 * values[$0] }
    }

    /// Highest value among each place and the `reach` before it, in linear time.
    private static func runningMaximum(_ values: [Double], reach: Int) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(values.count)
        var falling: [Int] = []
        var head = 0
        for (place, value) in values.enumerated() {
            while falling.count > head, values[falling[falling.count - 1]] <= value { falling.removeLast() }
            falling.append(place)
            while falling[head] < place - reach { head += 1 }
            result.append(values[falling[head]])
        }
        return result
    }
}
