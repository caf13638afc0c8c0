import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketDrafting

@Suite struct ChatMinutesTests {
    @Test(arguments: CorpusMeeting.all)
    func `the minutes keep the form of the rules, and every passage has its line in the ledger`(
        path: String
    ) async throws {
        let (meeting, extractive) = try await CorpusMeeting.Cache.shared.meeting(path)
        let draft = try await ChatFixture.engine().draft(ChatFixture.minutes(meeting)) { _ in }
        if ProcessInfo.processInfo.environment["DOCKET_PRINT"] != nil { print(CorpusMeeting.page(draft)) }
        let form: Set<DraftBlock.Kind> = [.heading, .field, .itemTitle, .closing]
        #expect(draft.blocks.filter { form.contains($0.kind) }.map(\.text) == extractive.blocks.filter { form.contains($0.kind) }.map(\.text))
        #expect(draft.claims.map(\.number) == Array(draft.claims.indices))
        #expect(draft.coverage.map(\.passage) == Array(meeting.transcript.passages.indices))
        let labels = Set(extractive.blocks.filter { $0.kind == .conclusion && $0.level == 0 }.map(\.label))
        #expect(Set(draft.blocks.filter { $0.kind == .conclusion && $0.level == 0 }.map(\.label)).isSubset(of: labels))
    }
}
