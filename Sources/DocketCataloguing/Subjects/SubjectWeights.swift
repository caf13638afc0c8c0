import Foundation

/// The weights by which the signs of a suggestion are added up: logistic regression, so that a score is a probability.
///
/// Kept as JSON: {"version", "weights": {name: number}}. A file of another version is refused.
public struct SubjectWeights: Sendable, Equatable {
    /// Version of the set of signs that this program reads.
    public static let version = 1

    /// Weight of each sign, in the order of `SubjectSigns.names`; the constant first.
    var values: [Double]

    init(values: [Double]) { self.values = values }

    /// Weights that know nothing but that a label in the text speaks for its concept; for tests and as a last resort.
    public static let plain: SubjectWeights = {
        var values = [Double](repeating: 0, count: SubjectSigns.names.count)
        for (name, value) in [("constant", -4.5), ("named", 1.5), ("free", 1), ("inTitle", 0.8), ("given", 0.5)] {
            if let index = SubjectSigns.names.firstIndex(of: name) { values[index] = value }
        }
        return SubjectWeights(values: values)
    }()

    private struct File: Codable {
        var version: Int
        var weights: [String: Double]
    }

    /// Reads the bytes of a file of weights.
    /// - Throws: `SubjectError.badWeights` when they are not of this version and form.
    public init(_ bytes: some Sequence<UInt8>) throws(SubjectError) {
        let file: File
        do { file = try JSONDecoder().decode(File.self, from: Data(bytes)) } catch { throw .badWeights }
        guard file.version == Self.version else { throw .badWeights }
        var values: [Double] = []
        for name in SubjectSigns.names {
            guard let value = file.weights[name], value.isFinite, abs(value) < 1e4 else { throw .badWeights }
            values.append(value)
        }
        self.values = values
    }

    /// The bytes that `init` reads, the same for the same weights.
    public var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let weights = Dictionary(uniqueKeysWithValues: zip(SubjectSigns.names, values))
        // Encoding numbers and ASCII names cannot fail.
        return (try? encoder.encode(File(version: Self.version, weights: weights))).map(Array.init) ?? []
    }

    /// The sum for one candidate.
    @inline(__always)
    func sum(_ signs: ArraySlice<Double>) -> Double {
        var total = 0.0
        var index = signs.startIndex
        for weight in values {
            total += weight * signs[index]
            index += 1
        }
        return total
    }

    /// Probability of a sum.
    static func probability(_ sum: Double) -> Double { 1 / (1 + exp(-sum)) }
}

// MARK: - Fitting

/// Finds weights by Newton's method on the penalized logistic loss; the same input gives the same weights.
struct LogisticFit {
    /// Signs of all samples, one after the other.
    var signs: [Double] = []
    /// Whether each sample is right.
    var answers: [Bool] = []
    let width: Int

    init(width: Int) { self.width = width }

    /// Weights of least loss, held near `prior` with a force of `penalty` on standardized signs; the first is free.
    func weights(prior: [Double], penalty: Double, steps: Int = 25) -> [Double] {
        guard !answers.isEmpty else { return prior }
        let spread = spreads()
        // The constant is all but free; a sign that never changes is not.
        let forces = spread.indices.map { $0 == 0 ? 1e-3 : penalty * (spread[$0] * spread[$0] + 1e-4) }
        var weights = prior
        for _ in 0..<steps {
            var (gradient, matrix) = derivatives(weights)
            for index in 0..<width {
                gradient[index] += forces[index] * (weights[index] - prior[index])
                matrix[index * width + index] += forces[index]
            }
            let step = Self.solve(matrix, gradient, width)
            // A whole step may overshoot where the answers are nearly certain: half of it then, and half again.
            let before = loss(weights, prior, forces)
            var (share, next) = (1.0, weights)
            for _ in 0..<30 {
                next = zip(weights, step).map { $0 - share * $1 }
                if loss(next, prior, forces) <= before { break }
                share /= 2
            }
            let largest = zip(step, spread).map { abs($0 * share) * max($1, 1e-6) }.max() ?? 0
            weights = next
            if largest < 1e-5 { break }
        }
        return weights.allSatisfy(\.isFinite) ? weights : prior
    }

    /// Half the penalty, and the logarithm of how unlikely the answers are.
    private func loss(_ weights: [Double], _ prior: [Double], _ forces: [Double]) -> Double {
        var total = 0.0
        for index in 0..<width {
            total += forces[index] * (weights[index] - prior[index]) * (weights[index] - prior[index]) / 2
        }
        signs.withUnsafeBufferPointer { signs in
            for sample in 0..<answers.count {
                var sum = 0.0
                for index in 0..<width { sum += weights[index] * signs[sample * width + index] }
                let wrong = answers[sample] ? -sum : sum
                total += wrong > 30 ? wrong : log(1 + exp(wrong))
            }
        }
        return total
    }

    private func spreads() -> [Double] {
        let count = Double(answers.count)
        return (0..<width).map { index in
            var (sum, square) = (0.0, 0.0)
            for sample in 0..<answers.count {
                let value = signs[sample * width + index]
                sum += value
                square += value * value
            }
            return max(0, square / count - (sum / count) * (sum / count)).squareRoot()
        }
    }

    private func derivatives(_ weights: [Double]) -> ([Double], [Double]) {
        var gradient = [Double](repeating: 0, count: width)
        var matrix = [Double](repeating: 0, count: width * width)
        signs.withUnsafeBufferPointer { signs in
            for sample in 0..<answers.count {
                let base = sample * width
                var sum = 0.0
                for index in 0..<width { sum += weights[index] * signs[base + index] }
                let chance = SubjectWeights.probability(sum)
                let (error, curve) = (chance - (answers[sample] ? 1 : 0), max(1e-6, chance * (1 - chance)))
                for row in 0..<width where signs[base + row] != 0 {
                    gradient[row] += error * signs[base + row]
                    let value = curve * signs[base + row]
                    for column in 0...row { matrix[row * width + column] += value * signs[base + column] }
                }
            }
        }
        for row in 0..<width { for column in 0..<row { matrix[column * width + row] = matrix[row * width + column] } }
        return (gradient, matrix)
    }

    /// Solves a symmetric positive system by Cholesky decomposition.
    static func solve(_ matrix: [Double], _ right: [Double], _ width: Int) -> [Double] {
        var lower = matrix
        for row in 0..<width {
            for column in 0...row {
                var sum = matrix[row * width + column]
                for index in 0..<column { sum -= lower[row * width + index] * lower[column * width + index] }
                lower[row * width + column] =
                    row == column ? max(sum, 1e-12).squareRoot() : sum / lower[column * width + column]
            }
        }
        var solution = right
        for row in 0..<width {
            for index in 0..<row { solution[row] -= lower[row * width + index] * solution[index] }
            solution[row] /= lower[row * width + row]
        }
        for row in stride(from: width - 1, through: 0, by: -1) {
            for index in (row + 1)..<max(row + 1, width) {
                solution[row] -= lower[index * width + row] * solution[index]
            }
            solution[row] /= lower[row * width + row]
        }
        return solution
    }
}
