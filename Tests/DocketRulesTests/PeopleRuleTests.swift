import DocketCore
import Testing

@testable import DocketRules

struct `People, secrecy and disclosure` {
    private let context = RuleContext(roster: CorpusReading.roster, series: CorpusReading.series)

    @Test func `MIN-21 finds a speaker who is not in the roster`() {
        let text = SampleMinutes.with { $0.report[1] = "教育局高主秘補充說明：本局無意見。" }
        #expect(read(UnresolvedSpeakers(), text, context) == [Found("MIN-21", "教育局高主秘")])
        #expect(read(UnresolvedSpeakers(), SampleMinutes().text, context).isEmpty)
        #expect(read(UnresolvedSpeakers(), text).isEmpty)
    }

    @Test func `MIN-21 gathers the nameless voices of a transcript`() {
        let talk = SourceDocument.of(
            "逐字稿\n好，開會。\n收到。\n沒有。\n謝謝。", kind: .transcript,
            speakers: [nil, "SPEAKER_00", "講者 2", "SPEAKER_00", "沈秘書長"])
        #expect(check(UnresolvedSpeakers(), talk) == [Found("MIN-21", "好，開會。\n", "收到。\n")])
        let named = SourceDocument.of("好，開會。\n收到。", kind: .transcript, speakers: ["主席", "林主秘"])
        #expect(check(UnresolvedSpeakers(), named).isEmpty)
    }

    @Test func `MIN-22 wants minutes at the level of their sources`() {
        var secret = context
        secret.sourceClassifications = [.internal, .restricted]
        #expect(read(ClassificationOfSources(), SampleMinutes().text, secret).map(\.rule) == ["MIN-22"])
        let paper = SourceDocument.of("密件", kind: .letter, classification: .confidential)
        #expect(check(ClassificationOfSources(), Draft.of("備查。"), sources: [paper]) == [nil])
        let equal = Draft.of("備查。", classification: .confidential)
        #expect(check(ClassificationOfSources(), equal, sources: [paper]).isEmpty)
    }

    @Test func `MIN-23 wants the disclosure line on minutes that AI helped to draft`() {
        var assisted = context
        assisted.isAIAssisted = true
        #expect(read(Disclosure(), SampleMinutes().text, assisted).map(\.rule) == ["MIN-23"])
        #expect(read(Disclosure(), SampleMinutes().text + "\n本紀錄由 AI 輔助產製草稿，經承辦人確認。", assisted).isEmpty)
        #expect(read(Disclosure(), SampleMinutes().text, context).isEmpty)
        let bare = RuleContext(exportDiscloses: false)
        #expect(check(Disclosure(), Draft.of("備查。"), bare) == [nil])
        #expect(
            check(Disclosure(), Draft.of("These minutes were drafted with the help of AI.", language: "en"), bare)
                .isEmpty)
        #expect(check(Disclosure(), Draft.of("備查。")).isEmpty)
        #expect(check(Disclosure(), Draft.of("備查。", kind: .summary), bare).isEmpty)
    }

    @Test func `MIN-24 finds an observer who moves, seconds or votes`() {
        var seen = context
        seen.attendance = [
            Attendance(person: PersonMention(words: Words("葉庭瑄", at: 0..<9), name: "葉庭瑄"), role: .observer),
            Attendance(person: PersonMention(words: Words("林姿吟", at: 0..<9), name: "林姿吟"), role: .attendee),
        ]
        let text = SampleMinutes.with { $0.report[1] = "葉庭瑄科員提出修正動議，林姿吟主任秘書附議。" }
        #expect(read(ObserverRights(), text, seen) == [Found("MIN-24", "葉庭瑄")])
        let labelled = SampleMinutes.with { $0.report[1] = "提案人：林姿吟 附議人：葉庭瑄" }
        #expect(read(ObserverRights(), labelled, seen) == [Found("MIN-24", "葉庭瑄")])
        let denied = SampleMinutes.with { $0.report[1] = "葉庭瑄科員說明：本科未參與表決。葉庭瑄科員未參與表決。" }
        #expect(read(ObserverRights(), denied, seen).isEmpty)
        #expect(check(ObserverRights(), Draft.of("林姿吟主任秘書附議。", "葉庭瑄科員附議。"), seen) == [1])
    }
}
