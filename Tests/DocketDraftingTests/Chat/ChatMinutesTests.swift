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
        func form(_ draft: Draft) -> [String] {
            let kinds: Set<DraftBlock.Kind> = [.heading, .field, .closing, .paragraph]
            return draft.blocks.filter { kinds.contains($0.kind) }.map { $0.label + $0.text }
        }
        #expect(form(draft) == form(extractive))
        #expect(
            draft.blocks.filter { $0.kind == .itemTitle }.map(\.label)
                == extractive.blocks.filter { $0.kind == .itemTitle }.map(\.label))
        #expect(draft.claims.map(\.number) == Array(draft.claims.indices))
        #expect(draft.coverage.map(\.passage) == Array(meeting.transcript.passages.indices))
        let labels = Set(extractive.blocks.filter { $0.kind == .conclusion && $0.level == 0 }.map(\.label))
        #expect(Set(draft.blocks.filter { $0.kind == .conclusion && $0.level == 0 }.map(\.label)).isSubset(of: labels))
    }

    @Test(arguments: CorpusMeeting.all)
    func `every citation names words that are there, and what is cited is not set aside`(path: String) async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(path).meeting
        let draft = try await ChatFixture.engine().draft(ChatFixture.minutes(meeting)) { _ in }
        var sources = [meeting.transcript.id: meeting.transcript]
        for paper in [meeting.facts.agenda, meeting.facts.attendance] {
            if let paper { sources[paper.document.id] = paper.document }
        }
        let composed = draft.claims.filter { $0.derivation == .composed }
        #expect(composed.count > 10)
        for claim in draft.claims {
            for citation in claim.citations {
                let source = try #require(sources[citation.span.source])
                #expect(citation.words == SHA256Digest(of: source.text(in: citation.span.range)))
            }
        }
        let cited = draft.claims.flatMap(\.citations).filter { $0.span.source == meeting.transcript.id }
        for entry in draft.coverage {
            let range = meeting.transcript.passages[entry.passage].range
            let isCited = cited.contains { $0.span.range.overlaps(range) }
            #expect(entry.use == .setAside ? !isCited : isCited, "\(entry.passage) \(entry.use)")
            #expect(entry.use != .setAside || entry.reason != nil)
        }
    }

    @Test(arguments: CorpusMeeting.all.filter { !$0.hasPrefix("working") })
    func `no figure of a ruling that the rules found is lost to a model that leaves all out`(path: String) async throws
    {
        let (meeting, extractive) = try await CorpusMeeting.Cache.shared.meeting(path)
        let silent = ScriptedChatModel { messages in
            messages.last?.text.contains("\"statements\"") == true
                ? #"{"statements":[],"conclusions":[]}"# : #"{"text":"","passages":[]}"#
        }
        let draft = try await ChatFixture.engine(silent).draft(ChatFixture.minutes(meeting)) { _ in }
        func rulings(_ draft: Draft) -> [String] {
            draft.blocks.filter { $0.kind == .conclusion }.flatMap(\.claims).map(\.text)
        }
        #expect(Set(rulings(draft)) == Set(rulings(extractive)))
        #expect(draft.blocks.allSatisfy { $0.kind != .statement })
    }

    @Test func `a conclusion that rests on somebody beside the chair becomes a statement`() async throws {
        let source = ChatFixture.transcript([
            ("主席", "我們開始，第一案請資訊局說明。"),
            ("方資訊", "我們建議把平臺的測試延長到十一月底，因為廠商交貨比較慢。"),
            ("主席", "好，請資訊局於十一月三十日前完成測試。散會。"),
        ])
        let model = ScriptedChatModel { _ in
            #"""
            {"statements":[],"conclusions":[{"text":"平臺測試延長到11月底。","passages":["p1"]},
            {"text":"請資訊局於11月30日前完成測試。","passages":["p2"]}]}
            """#
        }
        let segment = Segment(number: 0, kind: .topic, passages: 0...2, title: "平臺測試")
        let draft = try await ChatFixture.engine(model)
            .draft(ChatFixture.request(.minutes(MinutesFacts()), source, segments: [segment])) { _ in }
        let statements = draft.blocks.filter { $0.kind == .statement }
        #expect(statements.map(\.label) == ["方資訊補充說明"])
        #expect(statements.map(\.text) == ["平臺測試延長到11月底。"])
        #expect(draft.blocks.filter { $0.kind == .conclusion }.map(\.text) == ["請資訊局於11月30日前完成測試。"])
    }

    @Test func `a ruling that the model robs of its deadline keeps the words of the rules`() async throws {
        let source = ChatFixture.transcript([
            ("資訊局", "平臺的測試還沒有完成，廠商說要再給一點時間才能交貨。"),
            ("主席", "好，請資訊局在十一月三十日以前完成平臺測試並提報秘書處。散會。"),
        ])
        let model = ScriptedChatModel { _ in
            #"{"statements":[],"conclusions":[{"text":"請資訊局完成平臺測試並提報秘書處。","passages":["p1"]}]}"#
        }
        let segment = Segment(number: 0, kind: .topic, passages: 0...1, title: "平臺測試")
        let draft = try await ChatFixture.engine(model)
            .draft(ChatFixture.request(.minutes(MinutesFacts()), source, segments: [segment])) { _ in }
        let conclusions = draft.blocks.filter { $0.kind == .conclusion }.flatMap(\.claims)
        #expect(conclusions.count == 1)
        #expect(conclusions.first?.text.contains("11月30日") == true)
        #expect(conclusions.first?.derivation == .condensed)
    }
}
