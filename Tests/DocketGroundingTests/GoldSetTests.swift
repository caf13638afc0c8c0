import DocketCore
import DocketGrounding
import DocketTestSupport
import Foundation
import Testing

/// The floor under the measured figures of the development set; the figures themselves are in the closing notes.
@Suite(.enabled(if: ReferenceData.isAvailable, "needs DOCKET_REFERENCE_DATA"))
struct GoldSetTests {
    private struct Gold: Decodable {
        var id: String
        var lang: String
        var label: Verdict
    }

    @Test func `false claims are caught and true ones let through`() throws {
        let checker = ClaimChecker()
        var caught: [String: (hits: Int, all: Int)] = [:]
        var alarms: [String: (hits: Int, all: Int)] = [:]
        // Every eighth record keeps the test short; the records of a passage are spread over the file.
        for (number, line) in try ReferenceData.lines("grounding/gold.jsonl").enumerated() where number % 8 == 0 {
            let gold = try JSONDecoder().decode(Gold.self, from: line)
            let record = try JSONDecoder().decode(ClaimChecker.Record.self, from: line)
            let isFlagged = checker.check(record).verdict != .supported
            if gold.label == .supported {
                alarms[gold.lang, default: (0, 0)].hits += isFlagged ? 1 : 0
                alarms[gold.lang, default: (0, 0)].all += 1
            } else {
                caught[gold.lang, default: (0, 0)].hits += isFlagged ? 1 : 0
                caught[gold.lang, default: (0, 0)].all += 1
            }
        }
        for (language, count) in caught {
            #expect(Double(count.hits) / Double(count.all) > 0.85, "\(language) \(count)")
        }
        for (language, count) in alarms {
            #expect(Double(count.hits) / Double(count.all) < 0.15, "\(language) \(count)")
        }
    }
}
