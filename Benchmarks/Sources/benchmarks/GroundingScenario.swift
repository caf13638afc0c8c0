import DocketGrounding
import Foundation

/// Claims of the reference data against the passages they cite, on one core, records in memory.
///
/// The baseline is the common check of the share of pairs of neighbouring characters that claim and passages have in common; it
/// reads every byte as well and tells next to no false claim.
enum GroundingScenario {
    static func run() throws {
        let path = ProcessInfo.processInfo.environment["DOCKET_REFERENCE_DATA"] ?? "../../shared/data"
        let file = URL(filePath: path).appending(path: "grounding/gold.jsonl")
        let records = try Data(contentsOf: file).split(separator: 0x0A).map {
            try JSONDecoder().decode(ClaimChecker.Record.self, from: Data($0))
        }
        let checker = ClaimChecker()
        report("baseline: shared pairs", records.count) { records.forEach { consume(sharedPairs($0)) } }
        report("claims", records.count) { records.forEach { consume(checker.check($0).reasons.count) } }
        for (name, claim) in [("numbers", "一百二十三萬，45.6%、"), ("words", "本府同意解除列管並未停止辦理")] {
            let text = String(repeating: claim, count: 100_000 / claim.utf8.count)
            let source = ClaimChecker.Record.Source(id: "1", text: text)
            let record = ClaimChecker.Record(id: name, sources: [source], claim: text)
            report("hostile claim of 100 KB: \(name)", 1) { consume(checker.check(record).reasons.count) }
            let long = ClaimChecker.Record(id: name, sources: [source], claim: String(text.prefix(5000)))
            report("claim of 5,000 characters over 100 KB: \(name)", 1) { consume(checker.check(long).reasons.count) }
        }
    }

    private static func sharedPairs(_ record: ClaimChecker.Record) -> Int {
        pairs(record.claim).intersection(pairs(record.sources.map(\.text).joined(separator: "\n"))).count
    }

    private static func pairs(_ text: String) -> Set<String> {
        let characters = Array(text)
        return Set(zip(characters, characters.dropFirst()).map { String([$0, $1]) })
    }

    /// Prints the rate over processor time, which other programs on the machine do not change; least of three runs.
    private static func report(_ name: String, _ count: Int, _ work: () -> Void) {
        let times = (0..<3).map { _ in
            let start = clock()
            work()
            return Double(clock() - start) / Double(CLOCKS_PER_SEC)
        }
        let seconds = max(times.min() ?? 0, 1e-6)
        let rate = String(format: "%.0f", Double(count) / seconds).rightAligned(8)
        print("\(rate) claims/s  \(String(format: "%.3f", seconds).rightAligned(8)) s of processor  \(name)")
    }
}
