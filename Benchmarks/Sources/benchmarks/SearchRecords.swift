import DocketArchive
import DocketCore
import Foundation

/// Catalogue records of the project's own, the same for the same number: title of 20 to 60 characters, abstract of 80 to
/// 200, subjects, agency, date and code.
///
/// Words come from a vocabulary in which the word of rank r is as likely as 1 / (r + 20): the commonest words of two
/// characters stand in 20 to 50 of a hundred records, and neighbours of words make the long tail of rare pairs.
struct SearchRecords: Sendable {
    /// SplitMix64.
    struct Randomness: RandomNumberGenerator {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 0x9E37_79B9_7F4A_7C15 }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next() >> 1) % max(1, bound) }
    }

    static let vocabulary = 40_000
    /// Ranks of the words that stand in 20 to 50 of a hundred records.
    static let commonest = 0..<24

    /// The words by rank.
    let words: [String]
    let agencies: [String]
    private let subjects: [String]
    /// Share of the words up to each rank, of `shareWhole`.
    private let shares: [UInt32]
    private static let shareWhole = 1 << 30

    init() {
        var random = Randomness(20_261_121)
        var words: [String] = []
        var seen: Set<String> = []
        while words.count < Self.vocabulary {
            // One word in six has three characters, one in twelve four.
            let kind = random.below(12)
            let length = words.count < 200 || kind > 2 ? 2 : kind > 0 ? 3 : 4
            let word = String((0..<length).map { _ in Self.character(&random) })
            if seen.insert(word).inserted { words.append(word) }
        }
        self.words = words
        var sum = 0.0
        let sums = (0..<words.count).map { rank -> Double in
            sum += 1 / Double(rank + 21)
            return sum
        }
        shares = sums.map { UInt32($0 / sum * Double(Self.shareWhole)) }
        agencies = (0..<120).map { number in
            let names = ["教育", "衛生", "資訊", "都市發展", "交通", "環境保護", "社會", "勞動", "文化", "地政", "消防", "民政"]
            let kinds = ["局", "處", "所", "委員會", "中心"]
            return "\(number < 60 ? "臺北市" : "新北市")\(names[number % 12])\(kinds[number / 12 % 5])"
        }
        subjects = (0..<2_000).map { _ in words[random.below(5_000)] + words[random.below(5_000)] }
    }

    /// One of 3,500 ideographs; that of rank r is as likely as 1 / (r + 10), as in prose: 500 make two thirds of it.
    private static func character(_ random: inout Randomness) -> Character {
        let place = Int(10 * pow(351, Double(random.below(1 << 30)) / Double(1 << 30))) - 10
        return Character(Unicode.Scalar(0x4E00 + UInt32(place * 5 + place % 3)) ?? "一")
    }

    static let functionWords = ["的", "之", "與", "及", "在", "為", "於", "和", "或", "有"]
    static let latin = ["GIS", "APP", "COVID", "report", "web", "IoT", "5G", "data", "open", "QR"]

    /// Record `number`.
    func record(_ number: Int) -> IndexDocument {
        var random = Randomness(UInt64(number) &+ 1)
        let source = SourceID(rawValue: Self.name(number))
        let title = text(20 + random.below(41), &random)
        let body = text(80 + random.below(121), &random)
        let terms = (0..<1 + random.below(4)).map { _ in subjects[random.below(2_000) * random.below(2_000) / 2_000] }
        let agency = agencies[random.below(120) * random.below(120) / 120]
        let year = 1990 + max(random.below(36), random.below(36))
        let date = "\(year)-\(Self.two(1 + random.below(12)))-\(Self.two(1 + random.below(28)))"
        // As a library stores a catalogue record: the title and behind it the abstract as its text, the rest as facts.
        let start = title.utf8.count + 1
        var record = IndexDocument(
            id: source.rawValue, kind: .entry, source: source, external: "R\(number)", title: title,
            fields: [
                IndexField(.body, body, span: SourceSpan(source, version: 1, start..<start + body.utf8.count)),
                IndexField(.body, terms.joined(separator: "；")),
            ],
            date: date, agencies: [agency], sourceKind: .record,
            classification: random.below(20) == 0 ? .internal : .public,
            scope: random.below(10) == 0 ? "案\(random.below(3))" : "",
            facts: ["code": Self.code(number), "agency": agency])
        record.card = SourceCard(
            title: title, external: record.external, date: date,
            facts: ["code": Self.code(number), "agency": agency, "subjects": terms.joined(separator: "；")])
        return record
    }

    /// Bytes of a record's own text.
    static func bytes(of record: IndexDocument) -> Int {
        record.title.utf8.count + record.fields.reduce(0) { $0 + $1.text.utf8.count }
            + (record.agencies.first?.utf8.count ?? 0) + (record.date?.utf8.count ?? 0)
            + (record.facts["code"]?.utf8.count ?? 0)
    }

    static func code(_ number: Int) -> String { "A\(number % 9)\(number % 977)/\(100 + number % 17)/\(number)" }

    /// An identity like those of the library, in the order of the records.
    static func name(_ number: Int) -> String {
        var random = Randomness(UInt64(number) &+ 7_000_000_000)
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let time = String(10_000_000 + number)
        return "01J" + time.prefix(7) + String((0..<16).map { _ in alphabet[random.below(32)] })
    }

    /// A word as likely as it stands in records.
    func word(_ random: inout Randomness) -> String {
        let share = UInt32(random.below(Self.shareWhole))
        var (low, high) = (0, shares.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if shares[middle] <= share { low = middle + 1 } else { high = middle }
        }
        return words[low]
    }

    private func text(_ count: Int, _ random: inout Randomness) -> String {
        var (text, length) = ("", 0)
        while length < count {
            switch random.below(100) {
            case 0..<7:
                (text, length) = (text + Self.functionWords[min(random.below(10), random.below(10))], length + 1)
            case 7..<14: (text, length) = (text + ["，", "、", "。"][random.below(3)], length + 1)
            case 14: (text, length) = (text + Self.latin[random.below(10)], length + 4)
            case 15: (text, length) = (text + "\(80 + random.below(35))年\(1 + random.below(12))月", length + 5)
            default:
                let word = word(&random)
                (text, length) = (text + word, length + word.unicodeScalars.count)
            }
        }
        return text
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
