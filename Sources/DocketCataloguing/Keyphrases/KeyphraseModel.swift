import DocketText
import Foundation

/// Finds the phrases that stand for a Chinese text, in no vocabulary: logistic regression over the signs of every candidate.
///
/// Kept as JSON: {"version", "dense": numbers, "scale", "hashed": base64 of one signed byte a bucket, in parts of the scale}.
public struct KeyphraseModel: Sendable, Equatable {
    /// Version of the set of signs.
    public static let version = 1
    var dense: [Float]
    var hashed: [Float]

    init(dense: [Float], hashed: [Float]) {
        self.dense = dense
        self.hashed = hashed
    }

    private struct File: Codable {
        var version: Int
        var dense: [Float]
        var scale: Float
        var hashed: Data
    }

    /// Reads the bytes of a file of weights.
    /// - Throws: `SubjectError.badPhraseModel` when they are not of this version and form.
    public init(_ bytes: some Sequence<UInt8>) throws(SubjectError) {
        let file: File
        do { file = try JSONDecoder().decode(File.self, from: Data(bytes)) } catch { throw .badPhraseModel }
        guard file.version == Self.version, file.dense.count == PhraseTable.denseCount,
            file.hashed.count == PhraseTable.buckets, file.scale.isFinite,
            file.dense.allSatisfy({ $0.isFinite && abs($0) < 1e4 })
        else { throw .badPhraseModel }
        dense = file.dense
        hashed = file.hashed.map { Float(Int8(bitPattern: $0)) * file.scale }
    }

    /// The bytes that `init` reads; weights of buckets are rounded to a part of the largest.
    public var bytes: [UInt8] {
        let largest = hashed.reduce(0) { max($0, abs($1)) }
        let scale = max(largest, 1e-6) / 127
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = Data(hashed.map { UInt8(bitPattern: Int8(($0 / scale).rounded())) })
        let rounded = dense.map { ($0 * 10_000).rounded() / 10_000 }
        // Encoding numbers and bytes cannot fail.
        return (try? encoder.encode(File(version: Self.version, dense: rounded, scale: scale, hashed: data))).map(
            Array.init)
            ?? []
    }

    /// A phrase that stands for a text.
    public struct Phrase: Sendable, Equatable {
        /// Its words as first written.
        public var text: String
        /// Probability that a cataloguer would give it.
        public var score: Double
        /// Its places in the text, UTF-8 bytes, in order.
        public var ranges: [Range<Int>]
    }

    /// The best phrases of a document, best first; of equal ones the earlier first.
    public func phrases(in document: SubjectDocument, limit: Int = 10) -> [Phrase] {
        let table = PhraseTable(TextUnits(document.text), titleEnd: document.titleEnd)
        let scores = table.phrases.map { score($0, table) }
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        let bytes = Array(document.text.utf8)
        return order.prefix(max(0, limit)).map { index in
            let phrase = table.phrases[index]
            return Phrase(
                text: String(decoding: bytes[table.range(of: phrase)], as: UTF8.self),
                score: SubjectWeights.probability(Double(scores[index])),
                ranges: phrase.starts.map { table.range(from: Int($0), phrase.units.count) })
        }
    }

    func score(_ phrase: PhraseTable.Phrase, _ table: PhraseTable) -> Float {
        var sum: Float = 0
        table.signs(of: phrase, dense: { sum += dense[$0] * $1 }, hashed: { sum += hashed[$0] * $1 })
        return sum
    }
}

// MARK: - Training

extension KeyphraseModel {
    /// A record with the keyphrases that its authors gave it.
    public struct Example: Sendable {
        /// Title and text.
        public var document: SubjectDocument
        /// The keyphrases; those that do not stand in the text teach nothing.
        public var phrases: [String]

        /// An example.
        public init(document: SubjectDocument, phrases: [String]) {
            self.document = document
            self.phrases = phrases
        }
    }

    /// A model of `examples`: stochastic descent on the penalized logistic loss (Bottou 2010, "Large-scale machine learning
    /// with stochastic gradient descent"), the same for the same examples in the same order.
    public init(training examples: [Example], passes: Int = 12, cost: Double = 0.3) {
        var random = SplitRandom(state: 20_261_121)
        let samples = Samples(examples, &random)
        var order = Array(0..<samples.answers.count)
        let penalty = 1 / (cost * Double(max(1, order.count)))
        var weights = [Float](repeating: 0, count: PhraseTable.denseCount + PhraseTable.buckets)
        var (scale, step) = (1.0, 0)
        for _ in 0..<passes {
            for index in stride(from: order.count - 1, to: 0, by: -1) {
                order.swapAt(index, Int(random.next() % UInt64(index + 1)))
            }
            for sample in order {
                let rate = 0.1 / (1 + 0.1 * penalty * Double(step))
                step += 1
                scale *= 1 - rate * penalty
                let range = Int(samples.bounds[sample])..<Int(samples.bounds[sample + 1])
                var sum: Float = 0
                for index in range { sum += weights[Int(samples.signs[index])] * samples.values[index] }
                let chance = SubjectWeights.probability(Double(sum) * scale)
                let change = Float(rate * ((samples.answers[sample] ? 1 : 0) - chance) / scale)
                for index in range { weights[Int(samples.signs[index])] += change * samples.values[index] }
                if scale < 1e-4 {
                    for index in weights.indices { weights[index] *= Float(scale) }
                    scale = 1
                }
            }
        }
        for index in weights.indices { weights[index] *= Float(scale) }
        dense = Array(weights.prefix(PhraseTable.denseCount))
        hashed = Array(weights.dropFirst(PhraseTable.denseCount))
    }

    private struct Samples {
        var bounds: [Int32] = [0]
        var signs: [Int32] = []
        var values: [Float] = []
        var answers: [Bool] = []
        /// Wrong candidates of a record that are learned from.
        static let wrong = 250

        init(_ examples: [Example], _ random: inout SplitRandom) {
            for example in examples {
                let table = PhraseTable(TextUnits(example.document.text), titleEnd: example.document.titleEnd)
                let wanted = Set(example.phrases.map { Self.key(TextUnits($0)) })
                var wrong: [Int] = []
                for (index, phrase) in table.phrases.enumerated() {
                    let key = phrase.units.map { table.text.units[Int($0)].key }
                    if wanted.contains(key) { add(phrase, table, true) } else { wrong.append(index) }
                }
                for index in 0..<min(Self.wrong, wrong.count) {
                    wrong.swapAt(index, index + Int(random.next() % UInt64(wrong.count - index)))
                    add(table.phrases[wrong[index]], table, false)
                }
            }
        }

        private static func key(_ units: TextUnits) -> [UInt32] { units.units.map(\.key) }

        private mutating func add(_ phrase: PhraseTable.Phrase, _ table: PhraseTable, _ answer: Bool) {
            var (signs, values) = (self.signs, self.values)
            (self.signs, self.values) = ([], [])
            table.signs(
                of: phrase,
                dense: {
                    signs.append(Int32($0))
                    values.append($1)
                },
                hashed: {
                    signs.append(Int32($0 + PhraseTable.denseCount))
                    values.append($1)
                })
            (self.signs, self.values) = (signs, values)
            bounds.append(Int32(signs.count))
            answers.append(answer)
        }
    }
}

/// Numbers that are the same in every process (Steele, Lea and Flood 2014, SplitMix64).
struct SplitRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
