import DocketArchive
import DocketCore

/// Queries of each class over `SearchRecords`, the same for the same seed.
struct SearchQueries: Sendable {
    let records: SearchRecords
    let count: Int

    /// A query in Docket's language, and for other programs what it asks for.
    struct Query: Sendable {
        var text: String
        var mode = SearchRequest.Mode.keywords
        var agency: String?
        var years: ClosedRange<Int>?

        func request(limit: Int = 10) -> SearchRequest {
            var request = SearchRequest(text, viewer: Viewer(clearance: .topSecret), limit: limit, mode: mode)
            if let agency { request.filters.agencies = [agency] }
            if let years { (request.filters.from, request.filters.to) = ("\(years.lowerBound)", "\(years.upperBound)") }
            return request
        }
    }

    private typealias Randomness = SearchRecords.Randomness

    /// The classes in the order in which they are shown.
    static let classes = [
        "common term", "plain question", "agency and years", "phrase of 4+", "AND", "one character", "Latin and code",
        "rare",
        "no hit", "OR", "NOT", "common, restricted viewer", "common, by date", "phrase that ends in one character",
    ]

    /// `number` queries of a class.
    func queries(_ name: String, _ number: Int, seed: UInt64) -> [Query] {
        var random = Randomness(seed &* 1_000 &+ UInt64(Self.classes.firstIndex(of: name) ?? 0))
        return (0..<number).map { _ in query(name, &random) }
    }

    private func query(_ name: String, _ random: inout Randomness) -> Query {
        switch name {
        case "plain question": return question(&random)
        case "agency and years":
            let first = 1995 + random.below(22)
            let agency = records.agencies[random.below(120) * random.below(120) / 120]
            return Query(text: word(&random), agency: agency, years: first...first + 5)
        case "phrase of 4+": return Query(text: cut(4 + random.below(5), &random))
        case "AND":
            return Query(
                text: "\(common(&random)) \(word(&random))" + (random.below(3) == 0 ? " \(common(&random))" : ""))
        case "one character": return Query(text: String(cut(1, &random)))
        case "Latin and code":
            if random.below(2) == 0 { return Query(text: SearchRecords.latin[random.below(10)]) }
            return Query(text: "\(80 + random.below(35))年\(1 + random.below(12))月")
        case "rare": return Query(text: records.words[20_000 + random.below(20_000)])
        case "no hit": return Query(text: records.words[30_000 + random.below(10_000)] + "鿿" + word(&random))
        case "OR": return Query(text: "\(common(&random)) OR \(word(&random)) OR \(word(&random))")
        case "NOT": return Query(text: "\(common(&random)) NOT \(word(&random))")
        case "phrase that ends in one character":
            return Query(text: SearchRecords.latin[random.below(10)] + SearchRecords.functionWords[random.below(4)])
        default: return Query(text: common(&random))
        }
    }

    private func common(_ random: inout Randomness) -> String {
        records.words[random.below(SearchRecords.commonest.count)]
    }

    /// A word of two characters from a record.
    private func word(_ random: inout Randomness) -> String {
        while true {
            let word = records.word(&random)
            if word.unicodeScalars.count == 2 { return word }
        }
    }

    /// Characters that stand side by side in a record.
    private func cut(_ length: Int, _ random: inout Randomness) -> String {
        while true {
            let scalars = Array(records.record(random.below(count)).fields[0].text.unicodeScalars)
            let start = random.below(scalars.count - length)
            let part = scalars[start..<start + length]
            if part.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) }) {
                return String(String.UnicodeScalarView(part))
            }
        }
    }

    /// Nine to twenty pairs of characters, some of them common, as a question about a record.
    private func question(_ random: inout Randomness) -> Query {
        let text = cut(4 + random.below(4), &random) + "的" + common(&random) + word(&random)
        return Query(text: text + ["是什麼", "為何", "有哪些", ""][random.below(4)] + "？", mode: .question)
    }
}
