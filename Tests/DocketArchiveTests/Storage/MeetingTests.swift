import DocketCore
import Foundation
import Testing

@testable import DocketArchive

@Suite struct MeetingTests {
    private static func source(
        _ kind: SourceKind, series: String = "主任秘書會報", ordinal: Int? = 64, date: String? = "2024-10-29",
        classification: Classification = .internal
    ) -> NewSource {
        var facts = ["series": series]
        facts["ordinal"] = ordinal.map(String.init)
        return ArchiveFixture.source(
            ["\(kind) \(ordinal ?? 0) \(date ?? "")"], kind: kind, classification: classification, date: date,
            facts: facts)
    }

    @Test func `minutes, agenda, attendance and transcript of one sitting share a meeting`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            try await library.putSeries(
                MeetingSeries(id: SeriesID(rawValue: "chiefs"), name: "主任秘書會報"), by: ArchiveFixture.clerk)
            // The transcript knows the day alone, the agenda the ordinal alone.
            let transcript = try await library.add(Self.source(.transcript, ordinal: nil), by: ArchiveFixture.clerk)
            let minutes = try await library.add(Self.source(.minutes), by: ArchiveFixture.clerk)
            let agenda = try await library.add(Self.source(.agenda, date: nil), by: ArchiveFixture.clerk)
            let other = try await library.add(
                Self.source(.minutes, ordinal: 65, date: "2024-11-26"), by: ArchiveFixture.clerk)
            let id = try #require(minutes.meeting)
            #expect(transcript.meeting == id && agenda.meeting == id && other.meeting != id)
            let meeting = try await library.meeting(id, viewer: ArchiveFixture.viewer)
            #expect(meeting.series == SeriesID(rawValue: "chiefs"))
            #expect(meeting.ordinal == 64 && meeting.date == "2024-10-29")
            #expect(meeting.sources(.minutes) == [minutes.id] && meeting.sources(.agenda) == [agenda.id])
            #expect(meeting.role(of: transcript.id) == .transcript)
            let all = try await library.meetings(of: SeriesID(rawValue: "chiefs"), viewer: ArchiveFixture.viewer)
            #expect(all.map(\.ordinal) == [64, 65])
        }
    }

    @Test func `a series of one name in another government is another series`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            try await library.putSeries(
                MeetingSeries(id: SeriesID(rawValue: "qinglan"), name: "主任秘書會報", hostAgency: "青嵐市政府秘書處"),
                by: ArchiveFixture.clerk)
            func minutes(_ issuer: String, _ ordinal: Int) -> NewSource {
                var structure = MinutesStructure()
                structure.series = "主任秘書會報"
                structure.issuer = issuer
                structure.ordinal = ordinal
                return ArchiveFixture.source(
                    [issuer + String(ordinal)], kind: .minutes, structure: DocumentStructure(minutes: structure))
            }
            for (issuer, ordinal) in [("青嵐市政府", 64), ("臺北市政府", 213), ("台北市政府", 214)] {
                _ = try await library.add(minutes(issuer, ordinal), by: ArchiveFixture.clerk)
            }
            let series = try await library.allSeries()
            #expect(series.count == 2)
            #expect(series.first { $0.id.rawValue != "qinglan" }?.hostAgency == "臺北市政府")
            var ordinals: [Int?] = []
            for one in series {
                ordinals += try await library.meetings(of: one.id, viewer: ArchiveFixture.viewer).map(\.ordinal)
            }
            #expect(Set(ordinals) == [64, 213, 214])
        }
    }

    @Test func `papers are linked afterwards and a link made by mistake is taken away`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let minutes = try await library.add(Self.source(.minutes), by: ArchiveFixture.clerk)
            let meeting = try #require(minutes.meeting)
            let paper = try await library.add(ArchiveFixture.source(["簡報"]), by: ArchiveFixture.clerk).id
            try await library.link(paper, to: meeting, by: ArchiveFixture.clerk)
            #expect(try await library.meeting(meeting, viewer: ArchiveFixture.viewer).role(of: paper) == .paper)
            #expect(try await library.meetings(of: paper, viewer: ArchiveFixture.viewer).map(\.id) == [meeting])
            let listed = try await library.list(SourceFilter(meeting: meeting), viewer: ArchiveFixture.viewer)
            #expect(Set(listed.items.map(\.id)) == [paper, minutes.id])
            try await library.unlink(paper, from: meeting, reason: "誤連", by: ArchiveFixture.clerk)
            #expect(try await library.meetings(of: paper, viewer: ArchiveFixture.viewer).isEmpty)
            await #expect(throws: ArchiveError.self) {
                try await library.unlink(paper, from: meeting, reason: "誤連", by: ArchiveFixture.clerk)
            }
            let made = try await library.link(
                paper, to: MeetingReference(series: nil, date: "2024-01-01"), by: ArchiveFixture.clerk)
            #expect(try await library.meeting(made, viewer: ArchiveFixture.viewer).series == nil)
        }
    }

    @Test func `a meeting is seen through any source that is, and shows no other`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .secret)) { library async throws in
            let minutes = try await library.add(Self.source(.minutes), by: ArchiveFixture.clerk)
            let transcript = try await library.add(
                Self.source(.transcript, classification: .restricted), by: ArchiveFixture.clerk)
            let meeting = try #require(minutes.meeting)
            #expect(
                try await library.meeting(meeting, viewer: ArchiveFixture.viewer).sources.map(\.source) == [minutes.id])
            #expect(try await library.meeting(meeting, viewer: ArchiveFixture.all).sources.count == 2)
            _ = try await library.set([.classification(.secret)], on: minutes.id, revision: 1, by: ArchiveFixture.clerk)
            await #expect(throws: ArchiveError.notFound("meeting:\(meeting)")) {
                try await library.meeting(meeting, viewer: ArchiveFixture.viewer)
            }
            #expect(
                try await library.meeting(meeting, viewer: Viewer(clearance: .restricted)).sources.map(\.source)
                    == [transcript.id])
        }
    }

    @Test func `a corrected ordinal moves the minutes to their meeting`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let first = try await library.add(Self.source(.minutes), by: ArchiveFixture.clerk)
            let wrong = try await library.add(Self.source(.agenda, ordinal: 65, date: nil), by: ArchiveFixture.clerk)
            #expect(first.meeting != wrong.meeting)
            _ = try await library.set([.fact("ordinal", "64")], on: wrong.id, revision: 1, by: ArchiveFixture.clerk)
            #expect(
                try await library.meetings(of: wrong.id, viewer: ArchiveFixture.viewer).map(\.id) == [first.meeting])
        }
    }
}
