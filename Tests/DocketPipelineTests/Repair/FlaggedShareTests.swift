import DocketCore
import DocketDrafting
import DocketTestSupport
import Foundation
import Testing

@testable import DocketPipeline

/// Shares of flagged claims over many meetings, printed as a table for the record.
@Suite(.enabled(if: ReferenceData.isAvailable)) struct FlaggedShareTests {
    @Test(.timeLimit(.minutes(90)))
    func `over real meetings a model's drafts are flagged no more than the embedded engine's`() async throws {
        var fixtures = try RepairFixture.reference("archive-tw-meetings", Self.count)
        if Self.isFull { for path in RepairFixture.corpus { fixtures.append(try await RepairFixture(corpus: path)) } }
        var embedded = Sum()
        for fixture in fixtures { embedded.add(try await fixture.outcome()) }
        print("embedded: \(embedded)")
        let lies: [ScriptedResponder.Lie?] =
            Self.isFull ? [nil] + ScriptedResponder.Lie.allCases : [nil, .fluent, .swappedNumbers]
        for lie in lies {
            var sum = Sum()
            for fixture in fixtures {
                sum.add(try await fixture.outcome(try RepairFixture.engine(ScriptedResponder(lie: lie))))
            }
            print("\(lie?.rawValue ?? "honest"): \(sum)")
            #expect(sum.share <= embedded.share, "\(lie?.rawValue ?? "honest")")
        }
    }

    /// All meetings and lies with `DOCKET_FULL=1`, else a few.
    private static let isFull = ProcessInfo.processInfo.environment["DOCKET_FULL"] == "1"
    private static let count = isFull ? 20 : 2

    private struct Sum: CustomStringConvertible {
        var claims = 0
        var flagged = 0
        var took = DraftDerivation()

        var share: Double { claims > 0 ? Double(flagged) / Double(claims) : 0 }
        var description: String {
            let percent = String(format: "%.2f", share * 100)
            return
                "\(flagged)/\(claims) flagged (\(percent) %), \(took.requests) requests, \(took.repairedClaims) mended,"
                + " \(took.extractiveClaims) replaced, \(took.droppedClaims) left out"
        }

        mutating func add(_ outcome: RepairFixture.Outcome) {
            claims += outcome.claims
            flagged += outcome.flagged
            guard let derivation = outcome.verified.draft.derivation else { return }
            took.requests += derivation.requests
            took.repairedClaims += derivation.repairedClaims
            took.extractiveClaims += derivation.extractiveClaims
            took.droppedClaims += derivation.droppedClaims
        }
    }
}
