import DocketCore
import Foundation
import Testing

@testable import DocketArchive

@Suite struct TrackingRuleTests {
    typealias M = FictionalMinutes

    /// Findings of a series, as "RULE severity path of its place".
    private func findings(
        _ minutes: [FictionalMinutes], policy: TrackingPolicy = TrackingPolicy()
    ) async throws -> [String] {
        var found: [String] = []
        try await ArchiveFixture.withLibrary(LibraryConfiguration(tracking: policy)) { library async throws in
            for one in minutes { _ = try await library.add(one.source(), by: ArchiveFixture.clerk) }
            let series = try #require(try await library.allSeries().first?.id)
            let all = try await library.trackingFindings(series: series, viewer: ArchiveFixture.viewer)
            #expect(all.allSatisfy { !$0.place.spans.isEmpty && !$0.remedy.zhHant.isEmpty })
            found = all.map { "\($0.rule) \($0.severity.rawValue) \($0.place.path ?? "")" }
        }
        return found
    }

    private let opened = M(ordinal: 9, date: "2023-12-05", lines: [M.open("9-1", "甲局", "乙局"), M.open("9-2", "甲局")])

    @Test func `TRK-01 a number that is opened twice`() async throws {
        let again = M(ordinal: 10, date: "2024-01-02", lines: [M.keep("9-2"), M.open("9-1", "丙局")])
        #expect(try await findings([opened, again]) == ["TRK-01 error 貳.一.2"])
    }

    @Test func `TRK-02 a release without progress since the last continue`() async throws {
        let bare = M(ordinal: 10, date: "2024-01-02", lines: [M.release("9-2")])
        #expect(try await findings([opened, bare]) == ["TRK-02 error 貳.一.1"])
        let policy = TrackingPolicy(releaseWithoutEvidence: .warning)
        #expect(try await findings([opened, bare], policy: policy) == ["TRK-02 warning 貳.一.1"])
        #expect(try await findings([opened, bare], policy: TrackingPolicy(releaseWithoutEvidence: nil)).isEmpty)

        let told = M(ordinal: 10, date: "2024-01-02", lines: [M.progress("9-2"), M.release("9-2")])
        #expect(try await findings([opened, told]).isEmpty)
        // Progress before the last continue does not count.
        let kept = M(ordinal: 10, date: "2024-01-02", lines: [M.progress("9-2"), M.keep("9-2")])
        let later = M(ordinal: 11, date: "2024-02-06", lines: [M.release("9-2")])
        #expect(try await findings([opened, kept, later]) == ["TRK-02 error 貳.一.1"])
    }

    @Test func `TRK-02 is silent where minutes in between are not in the library`() async throws {
        let bare = M(ordinal: 12, date: "2024-03-05", lines: [M.release("9-2")])
        #expect(try await findings([opened, bare]).isEmpty)
        #expect(try await findings([bare]).isEmpty)
    }

    @Test func `TRK-02 a paper linked to the meeting is evidence`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            _ = try await library.add(opened.source(), by: ArchiveFixture.clerk)
            let bare = M(ordinal: 10, date: "2024-01-02", lines: [M.release("9-2")])
            let minutes = try await library.add(bare.source(), by: ArchiveFixture.clerk)
            let meeting = try #require(minutes.meeting)
            let series = try #require(try await library.allSeries().first?.id)
            #expect(
                try await library.trackingFindings(series: series, viewer: ArchiveFixture.viewer).map(\.rule) == [
                    "TRK-02"
                ])
            #expect(
                try await library.trackingFindings(of: minutes.id, viewer: ArchiveFixture.viewer).map(\.rule) == [
                    "TRK-02"
                ])
            let paper = ArchiveFixture.source(["列管編號９－２已完成。電話02-2720，110-10-26。"], kind: .report)
            let id = try await library.add(paper, by: ArchiveFixture.clerk).id
            try await library.link(id, to: meeting, by: ArchiveFixture.clerk)
            #expect(try await library.trackingFindings(series: series, viewer: ArchiveFixture.viewer).isEmpty)
            try await library.unlink(id, from: meeting, reason: "誤連", by: ArchiveFixture.clerk)
            #expect(
                try await library.trackingFindings(series: series, viewer: ArchiveFixture.viewer).map(\.rule) == [
                    "TRK-02"
                ])
        }
    }

    @Test func `TRK-03 an item that is open for more meetings than the library allows`() async throws {
        let later = M(ordinal: 16, date: "2024-07-02", lines: [M.keep("9-1"), M.keep("9-2")])
        #expect(try await findings([opened, later]) == ["TRK-03 warning ", "TRK-03 warning "])
        #expect(try await findings([opened, later], policy: TrackingPolicy(openMeetings: 7)).isEmpty)
        #expect(try await findings([opened, later], policy: TrackingPolicy(openMeetings: nil)).isEmpty)
    }

    @Test func `TRK-04 parts that overlap or leave an agency out`() async throws {
        let partly = M(ordinal: 10, date: "2024-01-02", lines: [M.progress("9-1"), M.release("9-1", "甲局")])
        #expect(try await findings([opened, partly]) == ["TRK-04 error 貳.一.2"])
        let whole = M(
            ordinal: 10, date: "2024-01-02", lines: [M.progress("9-1"), M.keep("9-1", "乙局"), M.release("9-1")])
        #expect(try await findings([opened, whole]).contains("TRK-04 error 貳.一.3"))
        let both = M(
            ordinal: 10, date: "2024-01-02",
            lines: [M.progress("9-1"), M.release("9-1", "甲局"), M.keep("9-1", "乙局")])
        #expect(try await findings([opened, both]).isEmpty)
    }

    @Test func `TRK-04 knows short names from the roster`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let city = "青嵐市政府"
            let opening = M(ordinal: 9, date: "2023-12-05", lines: [M.open("9-1", city + "觀光傳播局", city + "法務局")])
            let split = M(
                ordinal: 10, date: "2024-01-02",
                lines: [M.progress("9-1"), M.release("9-1", "觀傳局"), M.keep("9-1", "法務局")])
            for one in [opening, split] { _ = try await library.add(one.source(), by: ArchiveFixture.clerk) }
            let series = try #require(try await library.allSeries().first?.id)
            #expect(
                try await library.trackingFindings(series: series, viewer: ArchiveFixture.viewer).map(\.rule) == [
                    "TRK-04"
                ])
            let roster = Roster(agencies: [
                Roster.Agency(id: "1", officialName: city + "觀光傳播局", shortNames: ["觀傳局"]),
                Roster.Agency(id: "2", officialName: city + "法務局", shortNames: ["法務局"]),
            ])
            _ = try await library.putRoster(roster, by: ArchiveFixture.clerk)
            #expect(try await library.trackingFindings(series: series, viewer: ArchiveFixture.viewer).isEmpty)
        }
    }

    @Test func `TRK-05 and MIN-08 an item taken up again after its release`() async throws {
        let released = M(ordinal: 10, date: "2024-01-02", lines: [M.progress("9-2"), M.release("9-2")])
        let again = M(ordinal: 11, date: "2024-02-06", lines: [M.keep("9-2")])
        #expect(
            try await findings([opened, released, again]) == ["MIN-08 error 貳.一.1", "TRK-05 error 貳.一.1"])
        let reasoned = M(ordinal: 11, date: "2024-02-06", lines: [M.keep("9-2", proviso: "監察院糾正")])
        #expect(try await findings([opened, released, reasoned]) == ["MIN-08 error 貳.一.1"])
        let twice = M(ordinal: 11, date: "2024-02-06", lines: [M.release("9-2")])
        #expect(try await findings([opened, released, twice]) == ["MIN-08 error 貳.一.1"])
    }

    @Test func `MIN-08 a number that its meeting did not open, where that meeting's minutes are known`() async throws {
        let cites = M(ordinal: 10, date: "2024-01-02", lines: [M.keep("9-7"), M.keep("8-1")])
        #expect(try await findings([opened, cites]) == ["MIN-08 error 貳.一.1"])
        let proposed = M(ordinal: 9, date: "2023-12-05", lines: [M.open("9-1", "甲局", proposed: true)])
        #expect(try await findings([proposed, cites]) == ["MIN-08 warning 貳.一.1"])
        let silent = M(ordinal: 9, date: "2023-12-05", lines: [M.progress("8-2")])
        #expect(try await findings([silent, cites]).isEmpty)
    }

    @Test func `TRK-06 an action dated before the one of the meeting before`() async throws {
        let early = M(ordinal: 10, date: "2023-11-02", lines: [M.keep("9-2")])
        #expect(try await findings([opened, early]) == ["TRK-06 error 貳.一.1"])
    }

    @Test func `tracking numbers in running text are told from dates and telephone numbers`() {
        #expect(References.find(in: "列管編號205-2、209－2及 211—6") == ["205-2", "209-2", "211-6"])
        #expect(References.find(in: "110-10-26 02-27208889 1-2345 12345-1 -5-1 3--2 0-1 5-").isEmpty)
        #expect(References.find(in: "60-4本局部分") == ["60-4"])
    }
}
