import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

struct ReaderLimitsTests {
    /// Written anew when `DOCKET_RECORD` is set; recording fails the test, so that the difference is looked at.
    @Test func `docs/limits.md lists every limit with its default`() throws {
        let file = ReferenceData.packageRoot.appending(path: "docs/limits.md")
        if ProcessInfo.processInfo.environment["DOCKET_RECORD"] != nil {
            try Data(ReaderLimits.document.utf8).write(to: file)
            Issue.record("docs/limits.md was written anew")
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == ReaderLimits.document)
    }

    @Test func `each name sets its own limit and no other`() {
        for (number, key) in ReaderLimits.Key.allCases.enumerated() {
            var limits = ReaderLimits()
            limits[key] = 7_000_001 + number
            for other in ReaderLimits.Key.allCases {
                #expect(limits[other] == (other == key ? 7_000_001 + number : ReaderLimits()[other]))
            }
        }
    }
}
