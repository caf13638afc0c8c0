import DocketText
import Foundation

/// Cleaning, sentences and search terms over real text, each alone and all together, on one core.
///
/// The baseline is what every reader of a Swift string pays at least: a walk over its Unicode scalars; beside it stands a
/// split at line breaks with Foundation, a common first step of hand-made cleaning.
enum TextScenario {
    private static let sets = [
        "archive-tw-meetings", "archive-tw-officehour", "ly-minutes-pair", "archive-tw-choi", "qmsum", "ami",
    ]

    static func run() throws {
        let documents = try load()
        let bytes = documents.reduce(0) { $0 + $1.utf8.count }
        print("\(documents.count) documents, \(bytes / 1_000_000) MB")
        let walk = Measurement { documents.forEach { consume($0.unicodeScalars.reduce(0) { $0 &+ Int($1.value) }) } }
        let lines = Measurement(runs: 3) {
            documents.forEach { consume($0.components(separatedBy: "\n").count) }
        }
        report("baseline: unicodeScalars walk", walk, walk, bytes)
        report("baseline: components(separatedBy:)", lines, walk, bytes)
        report("cleaning", Measurement { documents.forEach { consume(clean($0).text.utf8.count) } }, walk, bytes)
        report("sentences", Measurement { documents.forEach { consume(sentences($0)) } }, walk, bytes)
        report("terms, as bytes", Measurement { documents.forEach { consume(terms($0)) } }, walk, bytes)
        report("terms, as strings", Measurement { documents.forEach { consume(tokens($0)) } }, walk, bytes)
        report("folding key", Measurement { documents.forEach { consume(Folding.key($0).utf8.count) } }, walk, bytes)
        let all = Measurement {
            for document in documents {
                let text = clean(document).text
                consume(sentences(text) &+ terms(text))
            }
        }
        report("cleaning + sentences + terms", all, walk, bytes)
    }

    private static func clean(_ text: String) -> CleanText { TextCleaner().clean(text) }

    private static func sentences(_ text: String) -> Int { SentenceSplitter().sentences(in: text).count }

    private static func terms(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            var sum = 0
            SearchTokenizer().forEachTerm(in: bytes) { sum &+= Int($0.bytes[0]) &+ $0.position }
            return sum
        }
    }

    private static func tokens(_ text: String) -> Int {
        var sum = 0
        SearchTokenizer().index(text) { sum &+= $0.term.utf8.count &+ $0.position }
        return sum
    }

    private static func report(_ name: String, _ measured: Measurement, _ baseline: Measurement, _ bytes: Int) {
        let rate = String(format: "%.1f", measured.rate(bytes: bytes)).rightAligned(8)
        let ratio = String(format: "%.2f", baseline.seconds / measured.seconds).rightAligned(7)
        print("\(rate) MB/s  \(ratio) x walk  \(name)")
    }

    // MARK: - Text

    /// Meetings of the reference data as one text each, and the city documents, repeated to some 30 MB.
    private static func load() throws -> [String] {
        let path = ProcessInfo.processInfo.environment["DOCKET_REFERENCE_DATA"] ?? "../../shared/data"
        let root = URL(filePath: path)
        var documents: [String] = []
        for set in sets {
            let lines = try Data(contentsOf: root.appending(path: "\(set)/meetings.jsonl")).split(separator: 0x0A)
            documents += try lines.map { try JSONDecoder().decode(Meeting.self, from: Data($0)).text }
        }
        let folder = root.appending(path: "taipei")
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            documents += [String](repeating: try String(contentsOf: file, encoding: .utf8), count: 20)
        }
        let bytes = documents.reduce(0) { $0 + $1.utf8.count }
        return (0..<max(1, 30_000_000 / max(1, bytes))).flatMap { _ in documents }
    }

    private struct Meeting: Decodable {
        struct Utterance: Decodable { let text: String }
        let utterances: [Utterance]
        var text: String { utterances.map(\.text).joined(separator: "\n") }
    }
}
