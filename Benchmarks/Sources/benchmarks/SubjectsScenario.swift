import DocketCataloguing
import DocketCore
import DocketIngest
import DocketTestSupport
import DocketText
import Foundation

/// Subject terms with a large vocabulary, in processor time on one core.
///
/// Options: `--file F` for a vocabulary, by default YSO English of the reference data; `--records N` (4,000) catalogued
/// records to learn from. Texts are those of csl, Chinese, and of ami, English, cut to the length of an abstract. The baseline
/// finds the longest label at every place with a dictionary of folded labels.
struct SubjectsScenario {
    private var file = ReferenceData.url("vocab/yso-en.tsv")
    private var records = 4_000

    init(_ options: [String]) {
        for (name, value) in zip(options, options.dropFirst()) {
            if name == "--file" { file = URL(filePath: value) }
            if name == "--records" { records = Int(value) ?? records }
        }
    }

    func run() throws {
        let before = Self.megabytes
        var read: Vocabulary?
        try Self.time("read the vocabulary") {
            read = try VocabularyReader.read(ReaderInput(file: file), named: "bench").vocabulary
        }
        guard let vocabulary = read else { return }
        var made: SubjectIndexer?
        Self.time("make the indexer") { made = SubjectIndexer(vocabulary, weights: .plain) }
        guard var indexer = made else { return }
        print(
            "\(vocabulary.concepts.count) concepts  \(vocabulary.labelCount) labels  \(Self.megabytes - before) MB more"
        )

        let chinese = try Self.chinese()
        let english = try Self.english()
        var random = SeededGenerator(seed: 5)
        let all = chinese + english
        Self.time("learn \(records) records") {
            for number in 0..<records {
                let given = (0..<5).map { _ in
                    vocabulary.concepts[Int.random(in: 0..<vocabulary.concepts.count, using: &random)].uri
                }
                indexer.learn(
                    CataloguedRecord(
                        id: "r\(number)", title: "record", document: all[number % all.count], given: given))
            }
        }
        Self.time("train on them") {
            indexer.train((0..<records).map { ("r\($0)", all[$0 % all.count]) }, prior: .plain)
        }
        corrections(&indexer, all, vocabulary)
        for (name, texts) in [("Chinese", chinese), ("English", english)] {
            let bytes = texts.reduce(0) { $0 + $1.text.utf8.count } / max(1, texts.count)
            let seconds = Self.seconds { consume(indexer.concepts(for: texts).reduce(0) { $0 + $1.count }) }
            print("\(name), \(bytes) bytes a text: \(Int(Double(texts.count) / seconds)) texts a second")
            let baseline = Baseline(vocabulary)
            let plain = Self.seconds { consume(texts.reduce(0) { $0 + baseline.concepts(in: $1.text).count }) }
            print("\(name), baseline longest label: \(Int(Double(texts.count) / plain)) texts a second")
        }
        let state = indexer.state
        print("state of \(indexer.recordCount) records: \(state.count / 1_000_000) MB")
        try Self.time("read the state again") { consume(try SubjectIndexer(vocabulary, state: state).recordCount) }
        print("\(Self.megabytes) MB at the peak")
    }

    private func corrections(_ indexer: inout SubjectIndexer, _ texts: [SubjectDocument], _ vocabulary: Vocabulary) {
        var slowest = 0.0
        let total = Self.seconds {
            for number in 0..<100 {
                let text = texts[number * 7 % texts.count]
                let uri = vocabulary.concepts[number * 31 % vocabulary.concepts.count].uri
                let one = Self.seconds { try? indexer.reject(uri, in: text, id: "r\(number)") }
                slowest = max(slowest, one)
            }
        }
        print(String(format: "%9.2f ms for one correction, the slowest of 100 %.2f ms", total * 10, slowest * 1000))
    }

    // MARK: - Texts

    private struct Line: Decodable {
        var title_hant: String?
        var abstract_hant: String?
        var utterances: [Utterance]?
        struct Utterance: Decodable { var text: String }
    }

    private static func lines(_ path: String) throws -> [Line] {
        try ReferenceData.lines(path).map { try JSONDecoder().decode(Line.self, from: $0) }
    }

    private static func chinese() throws -> [SubjectDocument] {
        try lines("csl/records.jsonl").map { SubjectDocument(title: $0.title_hant ?? "", text: $0.abstract_hant ?? "") }
    }

    private static func english() throws -> [SubjectDocument] {
        var texts: [SubjectDocument] = []
        for line in try lines("ami/meetings.jsonl") {
            var text = ""
            for utterance in line.utterances ?? [] {
                text += utterance.text + " "
                if text.utf8.count > 700 {
                    texts.append(SubjectDocument(text: text))
                    text = ""
                }
            }
        }
        return Array(texts.prefix(1_000))
    }

    // MARK: - Measuring

    private static func usage() -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    private static func processor() -> Double {
        let usage = usage()
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private static var megabytes: Int { Int(usage().ru_maxrss / 1024) }

    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let start = processor()
        try work()
        return max(1e-9, processor() - start)
    }

    private static func time(_ name: String, _ work: () throws -> Void) rethrows {
        print(String(format: "%9.1f ms processor  ", try seconds(work) * 1000) + name)
    }

    // MARK: - Baseline

    /// The longest label at every place of the folded text, by a dictionary.
    private struct Baseline {
        private var concepts: [[UInt32]: Int] = [:]
        private var longest = 0

        init(_ vocabulary: Vocabulary) {
            for (position, concept) in vocabulary.concepts.enumerated() {
                for label in concept.labels {
                    let key = TextUnits(label.text).units.map(\.key)
                    concepts[key] = position
                    longest = max(longest, key.count)
                }
            }
        }

        func concepts(in text: String) -> Set<Int> {
            let keys = TextUnits(text).units.map(\.key)
            var (found, start) = (Set<Int>(), 0)
            while start < keys.count {
                var step = 1
                for length in stride(from: min(longest, keys.count - start), through: 1, by: -1) {
                    if let position = concepts[Array(keys[start..<start + length])] {
                        found.insert(position)
                        step = length
                        break
                    }
                }
                start += step
            }
            return found
        }
    }
}
