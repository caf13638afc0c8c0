import DocketArchive
import DocketCore
import Foundation

/// SplitMix64: the same catalogue for the same seed.
struct Randomness: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(max(1, bound))) }
}

/// Writes catalogue records that are like real ones: each character follows the two before it as somewhere in the sample,
/// but for two in a hundred, which make the long tail of rare pairs that a large collection has.
struct Catalogue: Sendable {
    private let sample: [UInt32]
    /// For each place of the sample, the number of the pair that stands there.
    private let pairs: [Int32]
    /// For each pair, where its places begin in `places`, and the end of the last.
    private let starts: [Int]
    private let places: [Int32]
    private let agencies: [String]

    /// - Parameter texts: real texts in Chinese, together at least some 100,000 characters.
    init(_ texts: [String]) {
        sample = texts.joined(separator: "。").unicodeScalars.map(\.value)
        var numbers: [UInt64: Int32] = [:]
        let pairs = (0..<max(0, sample.count - 2)).map { [sample] index in
            let pair = UInt64(sample[index]) << 32 | UInt64(sample[index + 1])
            let number = numbers[pair] ?? Int32(numbers.count)
            numbers[pair] = number
            return number
        }
        var lists = [[Int32]](repeating: [], count: numbers.count)
        for (place, pair) in pairs.enumerated() { lists[Int(pair)].append(Int32(place)) }
        starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        places = Array(lists.joined())
        self.pairs = pairs
        agencies = (0..<120).map { number in
            let kinds = ["局", "處", "所", "委員會", "中心"]
            let names = ["教育", "衛生", "資訊", "都市發展", "交通", "環境保護", "社會", "勞動", "文化", "地政", "消防", "民政"]
            return "\(number / 60 == 0 ? "臺北市" : "新北市")\(names[number % 12])\(kinds[number / 12 % 5])\(number % 7)"
        }
    }

    /// Scopes of the few records that have one.
    static let scopes = ["機關甲", "機關乙", "機關丙"]

    /// Record `number` in its `revision`; always the same.
    func record(_ number: Int, revision: Int = 0) -> IndexDocument {
        var random = Randomness(UInt64(number) &* 1_000_003 &+ UInt64(revision))
        let source = SourceID(rawValue: Self.name(number))
        let title = text(12 + random.below(18), &random)
        let body = text(90 + random.below(240), &random)
        let year = 1990 + min(random.below(36), random.below(36) + 12)
        let date = "\(year)-\(Self.two(1 + random.below(12)))-\(Self.two(1 + random.below(28)))"
        return IndexDocument(
            id: source.rawValue, kind: .entry, source: source, external: "R\(number)", title: title,
            fields: [
                IndexField(
                    .body, body, span: SourceSpan(source, version: revision + 1, 0..<body.utf8.count))
            ],
            date: date, series: "系列\(random.below(40))",
            agencies: [agencies[min(random.below(120), random.below(120))]],
            status: random.below(4) == 0 ? "列管" : nil, sourceKind: .record,
            classification: random.below(20) == 0 ? .internal : .public,
            scope: random.below(10) == 0 ? Self.scopes[random.below(Self.scopes.count)] : "")
    }

    /// An identity that looks like those of the library.
    static func name(_ number: Int) -> String {
        let digits = String(UInt64(number) &* 2_654_435_761 % 1_099_511_627_776, radix: 32).uppercased()
        return "01J8" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
            + String(1_000_000_000 + number)
    }

    /// A part of record `number`, as somebody might look for.
    func phrase(_ number: Int, revision: Int = 0, length: Int, _ random: inout Randomness) -> String {
        let scalars = Array(record(number, revision: revision).fields[0].text.unicodeScalars)
        for _ in 0..<50 {
            let start = random.below(scalars.count - length)
            let part = scalars[start..<start + length]
            if part.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) }) {
                return String(String.UnicodeScalarView(part))
            }
        }
        return "資料"
    }

    private func text(_ count: Int, _ random: inout Randomness) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 3 + 64)
        var place = random.below(pairs.count)
        for _ in 0..<count {
            if random.below(100) < 2 {
                place = random.below(pairs.count)
            } else {
                let pair = Int(pairs[min(place, pairs.count - 1)])
                place = Int(places[starts[pair] + random.below(starts[pair + 1] - starts[pair])]) + 1
            }
            let scalar = Unicode.Scalar(sample[min(place + 1, sample.count - 1)]) ?? " "
            bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        }
        var text = String(decoding: bytes, as: UTF8.self)
        if random.below(6) == 0 {
            text += "於\(98 + random.below(15))年\(1 + random.below(12))月\(1 + random.below(28))日辦理"
        }
        if random.below(6) == 0 { text += "計\(random.below(90_000))件" }
        return text
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
