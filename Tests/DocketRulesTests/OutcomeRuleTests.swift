import DocketCore
import Testing

@testable import DocketRules

struct `Outcome rules` {
    private let context = RuleContext(roster: CorpusReading.roster, series: CorpusReading.series)

    private func concluding(_ words: String) -> String {
        SampleMinutes.with { $0.report[2] = "會議結論：" + words }
    }

    @Test func `MIN-14 finds a task for nobody`() {
        let words = "請於11月15日前完成改善計畫並送核定。"
        #expect(read(TaskAddressees(), concluding(words), context) == [Found("MIN-14", words)])
        for rule in ["倘有窒礙難行，請循程序提報。", "視訊會議期間請開啟鏡頭。", "請教育局於11月15日前完成改善計畫。"] {
            #expect(read(TaskAddressees(), concluding(rule), context).isEmpty, "\(rule)")
        }
    }

    @Test func `MIN-15 finds a task of one agency without a date`() {
        let words = "請觀光局將預估參加人數由8萬人修正為10萬5,000人。"
        #expect(read(TaskDueDates(), concluding(words), context) == [Found("MIN-15", words)])
        for standing in ["請教育局每週統計1次。", "請教育局持續辦理。", "請各機關提出名冊。", "請教育局於11月15日前提出名冊。"] {
            #expect(read(TaskDueDates(), concluding(standing), context).isEmpty, "\(standing)")
        }
    }

    @Test func `MIN-15 wants a due date for every English action`() {
        let text = """
            Working Group on Sister City Archives
            Minutes of meeting 8

            Date: Wednesday 11 December 2024
            Time: 09:00 to 09:38
            Place: Video conference
            Chair: Helen Marsh
            Minute taker: Tom Yeh
            Present: Helen Marsh, Tom Yeh

            Agenda items

            1. Budget
            The budget is NT$420,000.

            Action items
            Action | Owner | Due
            Circulate the rights form | Priya Nair | 1 November 2024
            Set up the transfer folder | Mark Tsai |

            The meeting closed at 09:38.
            """
        #expect(read(TaskDueDates(), text, language: "en") == [Found("MIN-15", "Set up the transfer folder")])
    }

    @Test func `MIN-16 holds the word of the outcome against how the body decides`() {
        let voted = concluding("經表決，贊成9票、反對3票、棄權1票，通過。")
        #expect(read(OutcomeWords(), voted, context).map(\.rule) == ["MIN-16"])
        let resolved = SampleMinutes.with { $0.report[2] = "決議：停車月費調整為1,000元。" }
        #expect(read(OutcomeWords(), resolved, context).isEmpty)
        var council = context
        council.meetingType = .council
        #expect(read(OutcomeWords(), resolved, council) == [Found("MIN-16", "停車月費調整為1,000元。")])
        let agreed = SampleMinutes.with { $0.report[2] = "決議：照案通過。" }
        #expect(read(OutcomeWords(), agreed, council).isEmpty)
        var office = context
        office.meetingType = .administrative
        #expect(read(OutcomeWords(), resolved, office).map(\.rule) == ["MIN-16"])
    }

    // MARK: - MIN-17

    @Test func `MIN-17 adds the votes to the voters present`() {
        let wrong = concluding("在場委員14人，贊成9票、反對3票、棄權1票，通過。")
        let found = read(VoteCounts(), wrong, context)
        #expect(found == [Found("MIN-17", "9票、反對3票、棄權1票")])
        #expect(read(VoteCounts(), concluding("在場委員13人，贊成9票、反對3票、棄權1票，通過。"), context).isEmpty)
        #expect(read(VoteCounts(), concluding("經表決，贊成9票、反對3票、棄權1票，通過。"), context).isEmpty)
    }

    @Test func `a vote is read in both languages, and 不同意 is no consent`() {
        #expect(Vote(in: "7 in favour, 3 against, 1 abstention")?.total == 11)
        let vote = Vote(in: "出席委員12人，同意8票，不同意4票")
        #expect(vote?.inFavour == 8 && vote?.against == 4 && vote?.present == 12)
        #expect(Vote(in: "贊成9票。") == nil)
    }

    // MARK: - Corrections

    private func noted(_ note: String) -> String {
        SampleMinutes.with {
            $0.general = "參、綜合會議結論\n一、請民政局盤點里民活動場所之閒置時段。\n二、請各機關配合。\n" + note
        }
    }

    @Test func `MIN-18 finds a correction of an item or of words that are not there`() {
        let nowhere = noted("（備註：參、綜合會議結論第五項，經113年11月26日第65次主任秘書會報將「里民活動場所」修正文字為「區民活動中心」）")
        #expect(read(CorrectionTargets(), nowhere, context).map(\.rule) == ["MIN-18"])
        let absent = noted("（備註：參、綜合會議結論第一項，經113年11月26日第65次主任秘書會報將「活動中心大樓」修正文字為「區民活動中心」）")
        #expect(read(CorrectionTargets(), absent, context).map(\.rule) == ["MIN-18"])
        let right = noted("（備註：參、綜合會議結論第一項，經113年11月26日第65次主任秘書會報將「里民活動場所」修正文字為「區民活動中心」）")
        #expect(read(CorrectionTargets(), right, context).isEmpty)
        #expect(read(CorrectedBody(), right, context).map(\.rule) == ["MIN-19"])
        #expect(read(CorrectedBody(), absent, context).isEmpty)
    }

    // MARK: - MIN-20

    @Test func `MIN-20 finds a statement's promise among the conclusions`() {
        let copied = concluding("本局將於10月底追回進度。")
        #expect(read(CommitmentsOfStatements(), copied, context) == [Found("MIN-20", "本局將於10月底追回進度。")])
        #expect(read(CommitmentsOfStatements(), concluding("請教育局於10月底追回進度。"), context).isEmpty)
    }

    @Test func `MIN-20 finds tracking that a statement asks for`() {
        let source = SourceDocument.of("教育局林主秘補充說明：本局將追回進度，本項納入列管。\n會議結論：備查。")
        var minutes = MinutesStructure()
        let speech = source.words("本局將追回進度，本項納入列管。")
        minutes.statements = [
            Statement(
                itemPath: "貳.一", speaker: PersonMention(words: source.words("教育局林主秘")), verb: "補充說明",
                paragraphs: [speech])
        ]
        minutes.trackingActions = [
            TrackingAction(
                reference: "64-1", words: source.words("本項納入列管"), action: .open, conclusionPath: "貳.一",
                isNumberProposed: true)
        ]
        let structure = DocumentStructure(minutes: minutes)
        #expect(check(CommitmentsOfStatements(), source, structure) == [Found("MIN-20", "本項納入列管")])
        minutes.trackingActions[0].words = source.words("備查")
        #expect(check(CommitmentsOfStatements(), source, DocumentStructure(minutes: minutes)).isEmpty)
    }

    @Test func `MIN-20 finds a drafted conclusion that the chair never spoke`() {
        let talk = SourceDocument.of(
            "本案請教育局十一月十五日前提改善計畫。\n我們月底前會追回進度。", kind: .transcript, speakers: ["沈秘書長", "林主秘"])
        func draft(citing line: Int) -> Draft {
            var draft = Draft.of("請教育局於11月15日前提出改善計畫。", block: .conclusion)
            draft.blocks[0].claims[0].citations = [talk.citation(talk.passages[line].range)]
            let chair = Claim(number: 1, text: "沈維岳秘書長", citations: [], derivation: .condensed)
            draft.blocks.append(DraftBlock(kind: .field, label: "主席", claims: [chair]))
            return draft
        }
        #expect(check(CommitmentsOfStatements(), draft(citing: 1), sources: [talk]) == [0])
        #expect(check(CommitmentsOfStatements(), draft(citing: 0), sources: [talk]).isEmpty)
        var english = draft(citing: 1)
        english.language = "en"
        #expect(check(CommitmentsOfStatements(), english, sources: [talk]).isEmpty)
    }
}
