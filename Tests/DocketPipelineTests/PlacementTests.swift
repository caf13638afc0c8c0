import DocketArchive
import DocketCore
import DocketPipeline
import Foundation
import Testing

/// Where a source belongs, by what a person says and what it says itself.
struct PlacementTests {
    private static let chiefs = "meetings/chief-secretaries/"
    private static let transcript = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v 主席>現在開會。\n"

    @Test func `a series file adopts the series that reading its minutes made`() async throws {
        try await PipelineFixture.with { fixture in
            let first = try await fixture.add(corpus: Self.chiefs + "061/minutes.txt").id
            let made = try #require(try await fixture.stored(first).series)
            try await fixture.addSeries()
            let series = try await fixture.workspace.library.allSeries()
            #expect(series.map(\.id.rawValue) == ["chief-secretaries"])
            #expect(try await fixture.stored(first).series?.rawValue == "chief-secretaries")
            #expect(made.rawValue != "chief-secretaries")
            let second = try await fixture.add(corpus: Self.chiefs + "062/minutes.txt").id
            let meetings = try await fixture.workspace.library.meetings(
                of: SeriesID(rawValue: "chief-secretaries"), viewer: fixture.workspace.viewer)
            #expect(meetings.map { $0.sources(.minutes) } == [[first], [second]])
            let items = try await fixture.workspace.library.trackedItems(
                series: SeriesID(rawValue: "chief-secretaries"), viewer: fixture.workspace.viewer)
            let opened = try #require(items.first { $0.reference == "61-1" })
            #expect(opened.series.rawValue == "chief-secretaries" && opened.state == .released)
            #expect(try await fixture.workspace.library.check().isSound)
        }
    }

    @Test func `a meeting is named by its id, its ordinal, its day or by the source itself`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            let minutes = try await fixture.add(corpus: Self.chiefs + "064/minutes.txt").id
            let meeting = try #require(try await fixture.meeting(64))
            let references: [MeetingReference] = [
                MeetingReference(series: .any(meeting.id.rawValue)),
                MeetingReference(series: .any("chief-secretaries"), ordinal: 64),
                MeetingReference(series: .any("主任秘書會報"), date: "2024-10-29"),
            ]
            var ids = [minutes]
            for (number, reference) in references.enumerated() {
                let text = Self.transcript + "\n00:00:0\(number + 5).000 --> 00:00:09.000\n<v 主席>請說明。\n"
                let added = try await fixture.add(text, "\(number).vtt", meeting: reference)
                ids.append(added.id)
                #expect(try await fixture.stored(added.id).document.date == "2024-10-29")
            }
            ids.append(
                try await fixture.add(
                    corpus: Self.chiefs + "064/agenda.md", meeting: MeetingReference(series: .any("chief-secretaries"))
                ).id)
            #expect(try await Set(fixture.meeting(64)?.sources.map(\.source) ?? []) == Set(ids))
            #expect(try await fixture.workspace.library.allSeries().count == 1)
        }
    }

    @Test func `a mistyped series is an error and makes none`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            let reference = MeetingReference(series: .any("chief-secretarys"), ordinal: 3)
            await #expect(throws: PipelineError.unknownSeries(name: "chief-secretarys")) {
                try await fixture.add(Self.transcript, "a.vtt", meeting: reference)
            }
            let id = try await fixture.add(Self.transcript, "a.vtt").id
            await #expect(throws: PipelineError.unknownSeries(name: "chief-secretarys")) {
                try await fixture.workspace.correct(id, [], meeting: reference, reason: "", by: PipelineFixture.clerk)
            }
            await #expect(throws: PipelineError.unknownMeeting(name: "chief-secretaries")) {
                try await fixture.add(
                    Self.transcript + "\n", "b.vtt", meeting: MeetingReference(series: .any("chief-secretaries")))
            }
            await #expect(throws: PipelineError.noMeeting(source: "c.vtt")) {
                try await fixture.add(
                    Self.transcript + "\n\n", "c.vtt", meeting: MeetingReference(series: nil, role: .transcript))
            }
            #expect(try await fixture.workspace.library.allSeries().count == 1)
        }
    }

    @Test func `a role alone keeps the meeting that the source names itself`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            let paper = try await fixture.add(
                corpus: Self.chiefs + "064/minutes.txt", meeting: MeetingReference(series: nil, role: .paper)
            ).id
            #expect(try await fixture.meeting(64)?.role(of: paper) == .paper)
            let revision = try await fixture.workspace.correct(
                paper, [], meeting: MeetingReference(series: nil, role: .minutes), reason: "", by: PipelineFixture.clerk
            )
            #expect(revision == 2)
            #expect(try await fixture.meeting(64)?.role(of: paper) == .minutes)
            let changes = try await fixture.workspace.library.revisions(of: paper, viewer: fixture.workspace.viewer)
            #expect(changes.last?.changes.map(\.field).contains("meeting") == true)
        }
    }

    @Test func `bytes that are there already are linked to the meeting that is named`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            _ = try await fixture.add(corpus: Self.chiefs + "064/minutes.txt")
            let id = try await fixture.add(Self.transcript, "a.vtt").id
            let again = try await fixture.add(
                Self.transcript, "b.vtt", meeting: MeetingReference(series: .any("chief-secretaries"), ordinal: 64))
            #expect(again.isDuplicate && again.id == id)
            #expect(try await fixture.meeting(64)?.role(of: id) == .transcript)
            #expect(try await fixture.stored(id).document.date == "2024-10-29")
        }
    }

    @Test func `a meeting has its day from its agenda, and speech added before has it from the meeting`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            let link = MeetingReference(series: .any("chief-secretaries"), ordinal: 64)
            let transcript = try await fixture.add(Self.transcript, "a.vtt", meeting: link).id
            #expect(try await fixture.stored(transcript).document.date == nil)
            _ = try await fixture.add(corpus: Self.chiefs + "064/agenda.md", meeting: link)
            #expect(try await fixture.meeting(64)?.date == "2024-10-29")
            #expect(try await fixture.stored(transcript).document.date == "2024-10-29")
            let found = try await fixture.workspace.search(
                SearchRequest(
                    "現在開會", filters: SearchFilters(series: ["chief-secretaries"], from: "2024-10-29", to: "2024-10-29"),
                    viewer: fixture.workspace.viewer)
            ).answer
            #expect(found.hits.first?.source == transcript && found.hits.first?.date == "2024-10-29")
        }
    }

    @Test func `a source moves to another meeting in one revision, with its day`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            for number in ["064", "065"] { _ = try await fixture.add(corpus: Self.chiefs + number + "/minutes.txt") }
            let link = MeetingReference(series: .any("chief-secretaries"), ordinal: 64)
            let id = try await fixture.add(Self.transcript, "a.vtt", meeting: link).id
            let revision = try await fixture.workspace.correct(
                id, [.title("逐字稿")], meeting: MeetingReference(series: .any("chief-secretaries"), ordinal: 65),
                reason: "誤植", by: PipelineFixture.clerk)
            #expect(revision == 2)
            #expect(try await fixture.meeting(64)?.role(of: id) == nil)
            #expect(try await fixture.meeting(65)?.role(of: id) == .transcript)
            #expect(try await fixture.stored(id).document.date == "2024-11-26")
            // A new date of a source that names no meeting itself leaves it where it was put.
            _ = try await fixture.workspace.correct(
                id, [.date("2024-11-27")], meeting: nil, reason: "", by: PipelineFixture.clerk)
            #expect(try await fixture.meeting(65)?.role(of: id) == .transcript)
        }
    }

    @Test func `a search names a series by id or name, and an unknown one is an error`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            _ = try await fixture.add(corpus: Self.chiefs + "061/minutes.txt")
            func total(_ series: String) async throws -> Int {
                try await fixture.workspace.search(
                    SearchRequest("列管", filters: SearchFilters(series: [series]), viewer: fixture.workspace.viewer)
                ).answer.total.count
            }
            #expect(try await total("chief-secretaries") > 0)
            #expect(try await total("chief-secretaries") == total("主任秘書會報"))
            await #expect(throws: PipelineError.unknownSeries(name: "處務會報")) { try await total("處務會報") }
        }
    }

    @Test func `what became of a conclusion is found and shown`() async throws {
        try await PipelineFixture.with { fixture in
            try await fixture.addSeries()
            func hit(_ words: String, status: String? = nil) async throws -> SearchHit? {
                try await fixture.workspace.search(
                    SearchRequest(
                        words, filters: SearchFilters(kinds: [.conclusion], statuses: status.map { [$0] } ?? []),
                        viewer: fixture.workspace.viewer)
                ).answer.hits.first
            }
            let words = "充電樁設置"
            _ = try await fixture.add(corpus: Self.chiefs + "062/minutes.txt")
            #expect(try await hit(words)?.status == "列管中")
            #expect(try await hit(words, status: "列管中") != nil)
            #expect(try await hit(words, status: "交辦") != nil)
            for number in ["063", "064"] { _ = try await fixture.add(corpus: Self.chiefs + number + "/minutes.txt") }
            #expect(try await hit(words)?.status == "賡續列管")
            #expect(try await hit(words, status: "列管中") != nil)
            _ = try await fixture.add(corpus: Self.chiefs + "065/minutes.txt")
            #expect(try await hit(words)?.status == "解除列管")
            #expect(try await hit(words, status: "列管中") == nil)
            #expect(try await hit(words, status: "解除列管") != nil)
            let found = try #require(try await hit(words))
            let followUp = try #require(try await fixture.workspace.followUps(of: [found])[found.id])
            let history = followUp.items.first?.parts.first?.history.map { "\($0.ordinal ?? 0) \($0.action)" }
            #expect(followUp.items.map(\.reference) == ["62-3"])
            #expect(history == ["62 open", "63 continue", "64 continue", "65 release"])
        }
    }
}
