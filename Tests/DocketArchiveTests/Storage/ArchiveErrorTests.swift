import DocketCore
import Testing

@testable import DocketArchive

@Suite struct ArchiveErrorTests {
    private static let reason = LocalizedText(zhHant: "原因", en: "cause")

    static let all: [ArchiveError] = [
        .conflict(.revision(object: "source:1", expected: 1, found: 2)), .conflict(.identity(object: "source:1")),
        .conflict(.version(object: "source:1", given: 3, current: 1)),
        .unavailable(file: "/f", reason: Self.reason, retryable: true),
        .unavailable(file: "/f", reason: Self.reason, retryable: false),
        .incomplete(part: "index"), .corrupt(file: "/f", detail: "d"), .notFound("source:1"),
        .notALibrary(folder: "/f"),
        .exists(folder: "/f"), .newerVersion(file: "/f", version: 2, supported: 1), .readOnly(folder: "/f"),
        .diskFull(file: "/f"), .locked(file: "/f", waitedMilliseconds: 5),
        .malformedQuery(offset: 3, reason: Self.reason),
        .refused(.aboveCeiling(level: .secret, ceiling: .internal)),
        .refused(.locked(object: "draft:1")), .refused(.state(object: "draft:1", from: "rejected", to: "edited")),
        .refused(.blocked(object: "draft:1", claims: 1, findings: 2)), .refused(.machineEdit(object: "draft:1")),
        .refused(.withdrawn(object: "source:1")), .refused(.missingReason(field: "authority")),
        .refused(.invalid(object: "source:1", reason: Self.reason)),
        .refused(.badValue(object: "date=x", reason: Self.reason)),
        .refused(.tooLarge(object: "source:1", bytes: 2, limit: 1)),
        .refused(.leaseLost(job: "job:1")),
    ]

    @Test(arguments: all)
    func `an error is one line in both languages, with a remedy`(error: ArchiveError) {
        for line in [error.explanation.en, error.explanation.zhHant] {
            #expect(!line.contains("\n"))
            #expect(line.utf8.count > 20)
        }
        #expect(error.explanation.en.contains(";"))
        #expect(error.explanation.zhHant.contains("；"))
        #expect(!error.explanation.zhHant.contains("cause") && !error.explanation.en.contains("原因"))
        #expect(error.explanation.en != error.explanation.zhHant)
        #expect(error.description == error.explanation.en)
    }
}
