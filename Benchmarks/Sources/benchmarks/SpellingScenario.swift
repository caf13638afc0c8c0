import DocketCore
import DocketText
import Foundation
import GRDB

@testable import DocketArchive

/// Other spellings over the library of `SearchScenario`: processor time of a call, each word asked for the first time, and
/// how often the word that was meant is among the proposals.
///
///     benchmarks spelling --records 1000000 --folder /tmp/docket-search [--class NAME] [--queries 200]
struct SpellingScenario {
    private var records = 100_000
    private var folder = "/tmp/docket-search-bench"
    private var only = ""
    private var queries = 200
    private let made = SearchRecords()

    private static let classes = [
        "sound", "look", "swapped", "extra", "missing", "nothing like it", "question with a slip", "found", "Latin",
    ]

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst(), let value = rest.popFirst() {
            switch name {
            case "--records": records = Int(value) ?? records
            case "--folder": folder = value
            case "--class": only = value
            case "--queries": queries = Int(value) ?? queries
            default: break
            }
        }
    }

    func run() async throws {
        var configuration = Configuration()
        configuration.prepareDatabase {
            try $0.execute(sql: "PRAGMA cache_size = -\(LibraryOpening.readerCacheKibibytes)")
        }
        let pool = try DatabasePool(path: folder + "/docket.sqlite", configuration: configuration)
        let file = try FileHandle(forReadingFrom: URL(filePath: folder + "/docket.sqlite"))
        while let part = try file.read(upToCount: 1 << 22), !part.isEmpty {}
        let source = SQLitePostingSource(pool)
        for viewer in [Viewer(clearance: .topSecret), Viewer(clearance: .public, scopes: ["案0"])] {
            let suggester = SpellingSuggester(source, viewer: viewer)
            print("viewer \(viewer.clearance) | median ms | p95 ms | most ms | with a proposal | with the word meant")
            for name in Self.classes where only.isEmpty || name == only {
                // Tables and what is kept of segments are there before.
                _ = try await suggester.corrections(of: ["登格熱"], deadline: SearchDeadline(nil))
                try await measure(name, suggester)
            }
            try await measureCompletions(suggester)
        }
    }

    private func measure(_ name: String, _ suggester: SpellingSuggester) async throws {
        var random = SearchRecords.Randomness(UInt64(name.utf8.count) + 77)
        var (times, proposed, met) = ([Double](), 0, 0)
        for _ in 0..<queries {
            let (word, typed) = slip(name, &random)
            let start = Self.processorTime
            let found = try await suggester.corrections(of: [typed], deadline: SearchDeadline(nil))
            times.append((Self.processorTime - start) * 1000)
            proposed += found.isEmpty ? 0 : 1
            met += found.contains { Folding.key($0.replacement) == Folding.key(word) } ? 1 : 0
        }
        print("\(name) | \(Self.figures(times)) | \(proposed) | \(met) of \(queries)")
    }

    private func measureCompletions(_ suggester: SpellingSuggester) async throws {
        var random = SearchRecords.Randomness(5)
        for length in [1, 2] {
            var times: [Double] = []
            for _ in 0..<queries {
                let prefix = String(made.word(&random).prefix(length))
                let start = Self.processorTime
                _ = try await suggester.completions(of: prefix, limit: 8, deadline: SearchDeadline(nil))
                times.append((Self.processorTime - start) * 1000)
            }
            print("completion of \(length) | \(Self.figures(times))")
        }
    }

    /// A word of the records, and what is typed for it.
    private func slip(_ name: String, _ random: inout SearchRecords.Randomness) -> (word: String, typed: String) {
        while true {
            let word = made.words[random.below(8_000)]
            var typed = Array(word.unicodeScalars)
            guard typed.count > 2 else { continue }
            let place = random.below(typed.count)
            switch name {
            case "sound", "look", "question with a slip":
                let options = Confusions.shared.confused(with: typed[place])
                    .filter { ($0.kind == .look) == (name == "look") && $0.strength > 2 }
                guard !options.isEmpty else { continue }
                typed[place] = options[random.below(options.count)].character
                if name == "question with a slip" {
                    let (head, tail) = ("請問", "什麼時候" + made.word(&random))
                    return (head + word + tail, head + Self.text(typed) + tail)
                }
            case "swapped":
                let first = min(place, typed.count - 2)
                guard typed[first] != typed[first + 1] else { continue }
                typed.swapAt(first, first + 1)
            case "extra": typed.insert("電", at: max(1, place))
            case "missing":
                guard typed.count > 3 else { continue }
                typed.remove(at: 1 + random.below(typed.count - 2))
            case "nothing like it": typed = (0..<4).compactMap { _ in Unicode.Scalar(0x4E00 + random.below(20_000)) }
            case "Latin":
                let words = ["reprot": "report", "repport": "report", "coivd": "covid", "metdata": "metadata"]
                let pair = words.sorted { $0.key < $1.key }[random.below(words.count)]
                return (pair.value, pair.key)
            default: break
            }
            return (word, Self.text(typed))
        }
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(scalars)) }

    private static func figures(_ times: [Double]) -> String {
        let sorted = times.sorted()
        return [sorted[sorted.count / 2], sorted[sorted.count * 95 / 100], sorted[sorted.count - 1]]
            .map { String(format: "%.2f", $0) }.joined(separator: " | ")
    }

    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
