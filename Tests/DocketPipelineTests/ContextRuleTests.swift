import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import Foundation
import Testing

/// Rules that need what the library knows beside the document.
struct ContextRuleTests {
    private static let series = """
        id: it
        name: 資訊會報
        issuer: 虛構市政府
        """
    private static let item = "一、單一登入導入情形。(資訊局)\n會議結論：請資訊局於12月31日前完成介接。"

    private func addSeries(_ fixture: PipelineFixture, _ more: String = "") async throws {
        let file = fixture.folder.appending(path: "it.yaml")
        try Data((Self.series + "\n" + more + "\n").utf8).write(to: file)
        _ = try await fixture.workspace.addSeries(file, by: PipelineFixture.clerk)
    }

    @Test func `MIN-04 accepts the meeting that the library holds as the previous one`() async throws {
        try await PipelineFixture.with { fixture in
            let minutes = PipelineFixture.minutes(5, previous: 3, Self.item)
            let paper = try await fixture.add(minutes, "5.txt")
            #expect(paper.rules.contains("MIN-04"))
            _ = try await fixture.add(PipelineFixture.minutes(3, Self.item), "3.txt")
            #expect(try await !fixture.rules(paper.id).contains("MIN-04"))
        }
    }

    @Test func `MIN-06 finds minutes that went out unsigned`() async throws {
        try await PipelineFixture.with { fixture in
            let id = try await fixture.add(PipelineFixture.minutes(5, Self.item)).id
            func set(_ fields: [SourceChange]) async throws {
                _ = try await fixture.workspace.correct(
                    id, fields, meeting: nil, reason: "", by: PipelineFixture.clerk)
            }
            #expect(try await !fixture.rules(id).contains("MIN-06"))
            try await set([.fact("stage", "distributed"), .fact("signatures", "chair")])
            #expect(try await fixture.rules(id).filter { $0 == "MIN-06" }.count == 1)
            try await set([.fact("signatures", "chair,minuteTaker")])
            #expect(try await !fixture.rules(id).contains("MIN-06"))
            await #expect(throws: ArchiveError.self) { try await set([.fact("stage", "sent")]) }
        }
    }

    @Test func `MIN-16 knows from the series how a body decides`() async throws {
        try await PipelineFixture.with { fixture in
            let minutes = PipelineFixture.minutes(5, "一、單一登入導入情形。(資訊局)\n決議：請資訊局於12月31日前完成介接。")
            let id = try await fixture.add(minutes).id
            try await addSeries(fixture)
            #expect(try await !fixture.rules(id).contains("MIN-16"))
            try await addSeries(fixture, "meetingType: collegiate")
            #expect(try await fixture.rules(id).contains("MIN-16"))
            await #expect(throws: PipelineError.self) { try await addSeries(fixture, "meetingType: informal") }
        }
    }

    @Test func `MIN-02, MIN-17 and MIN-24 read the attendance list of the meeting`() async throws {
        try await PipelineFixture.with { fixture in
            try await addSeries(fixture)
            let vote = "一、單一登入導入情形。(資訊局)\n決議：經表決，贊成5票、反對1票、棄權0票，通過。本案由庚辛壬動議。"
            let minutes = PipelineFixture.minutes(5, attendance: nil, vote)
            let id = try await fixture.add(minutes).id
            let before = try await fixture.rules(id)
            #expect(before.contains("MIN-02") && !before.contains("MIN-17") && !before.contains("MIN-24"))
            let list = "單位,姓名,職稱,簽到\n秘書處,甲乙丙,秘書長,主席\n資訊局,王大明,局長,出席\n主計處,李小華,處長,出席\n人事處,庚辛壬,科長,列席\n"
            _ = try await fixture.add(
                list, "list.csv", kind: .attendance, meeting: MeetingReference(series: .any("it"), ordinal: 5))
            let after = try await fixture.rules(id)
            #expect(!after.contains("MIN-02") && after.contains("MIN-17") && after.contains("MIN-24"))
        }
    }

    @Test func `MIN-22 finds minutes of a lower level than the papers of their meeting`() async throws {
        try await PipelineFixture.with(LibraryConfiguration(ceiling: .restricted)) { fixture in
            try await addSeries(fixture)
            let id = try await fixture.add(PipelineFixture.minutes(5, Self.item)).id
            #expect(try await !fixture.rules(id).contains("MIN-22"))
            _ = try await fixture.add(
                "資通安全弱點一覽。\n", "paper.txt", kind: .document,
                meeting: MeetingReference(series: .any("it"), ordinal: 5), classification: .restricted)
            #expect(try await fixture.rules(id).contains("MIN-22"))
        }
    }

    @Test func `MIN-23 finds minutes of a meeting whose draft a person worked on`() async throws {
        try await PipelineFixture.with { fixture in
            try await addSeries(fixture)
            let id = try await fixture.add(PipelineFixture.minutes(5, Self.item)).id
            let speech = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v 主席>單一登入請資訊局於12月31日前完成介接。\n"
            let transcript = try await fixture.add(
                speech, "t.vtt", meeting: MeetingReference(series: .any("it"), ordinal: 5)
            ).id
            let draft = try await fixture.workspace.draftMinutes(
                Workspace.MinutesSources(transcript: transcript), by: PipelineFixture.clerk)
            #expect(try await !fixture.rules(id).contains("MIN-23"))
            _ = try await fixture.workspace.library.review(draft.id, revision: 1, by: PipelineFixture.clerk)
            #expect(try await fixture.rules(id).contains("MIN-23"))
        }
    }

    @Test func `REP-03 holds a report against the earlier ones of its issuer`() async throws {
        try await PipelineFixture.with { fixture in
            func report(_ figure: String, _ session: Int) -> String {
                """
                虛構市政府秘書處工作報告
                虛構市議會第3屆第\(session)次定期大會
                壹、文書處理
                113年1月至6月公文收文計\(figure)件。
                """
            }
            _ = try await fixture.add(report("38,206", 1), "1.txt", kind: .report, date: "2024-09-01")
            let later = try await fixture.add(report("38,406", 2), "2.txt", kind: .report, date: "2025-03-01")
            #expect(later.rules.contains("REP-03"))
            let same = try await fixture.add(report("38,206", 3), "3.txt", kind: .report, date: "2025-09-01")
            #expect(!same.rules.contains("REP-03"))
        }
    }

    @Test func `the ledger's findings come with the source that causes them`() async throws {
        try await PipelineFixture.with { fixture in
            let released = "一、列管事項。(研考會)\n會議結論：\n(一)列管編號3-1等1案同意解除列管。"
            _ = try await fixture.add(
                PipelineFixture.minutes(3, "一、單一登入。(資訊局)\n會議結論：請資訊局於12月31日前完成介接，本項納入列管。"), "3.txt")
            _ = try await fixture.add(PipelineFixture.minutes(4, released), "4.txt")
            let again = try await fixture.add(PipelineFixture.minutes(5, released), "5.txt")
            #expect(again.rules.contains("MIN-08"))
            #expect(try await fixture.rules(again.id).contains("MIN-08"))
        }
    }

    @Test func `MIN-08 finds a released item that a draft releases again`() async throws {
        try await PipelineFixture.with { fixture in
            let released = "一、列管事項。(研考會)\n會議結論：\n(一)列管編號3-1等1案同意解除列管。"
            _ = try await fixture.add(
                PipelineFixture.minutes(3, "一、單一登入。(資訊局)\n會議結論：請資訊局於12月31日前完成介接，本項納入列管。"), "3.txt")
            _ = try await fixture.add(PipelineFixture.minutes(4, released), "4.txt")
            let speech = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v 主席>本案結論，列管編號3-1同意解除列管。\n"
            func draft(_ ordinal: Int) async throws -> StoredDraft {
                let transcript = try await fixture.add(
                    speech + String(repeating: "\n", count: ordinal), "\(ordinal).vtt",
                    meeting: MeetingReference(series: .any("資訊會報"), ordinal: ordinal)
                ).id
                return try await fixture.workspace.draftMinutes(
                    Workspace.MinutesSources(transcript: transcript), by: PipelineFixture.clerk)
            }
            let late = try await draft(5)
            #expect(late.verified.draft.claims.contains { $0.text.contains("3-1") })
            #expect(late.verified.findings.map(\.rule).contains("MIN-08"))
            #expect(try await fixture.workspace.recheck(late.id).findings.map(\.rule).contains("MIN-08"))
            #expect(try await !draft(4).verified.findings.map(\.rule).contains("MIN-08"))
        }
    }
}
