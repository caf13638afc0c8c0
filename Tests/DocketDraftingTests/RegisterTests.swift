import Testing

@testable import DocketDrafting

@Suite struct WrittenRegisterTests {
    private func written(_ spoken: String, selfName: String? = nil) -> String {
        let clauses = Clauses.chinese(spoken)
        return WrittenRegister(selfName: selfName).sentence(clauses.map(\.text))
    }

    @Test(arguments: [
        ("那我們就請都發局，嗯，在十二月底以前完成招商公告喔。", "請都發局於12月底前完成招商公告。"),
        ("那就麻煩教育局，在十一月五號以前把名單送到秘書處。", "請教育局於11月5日前將名單送到秘書處。"),
        ("好，那這一案的結論，請各機關的書面資料，一律先會知府會聯絡員。", "請各機關的書面資料，一律先會知府會聯絡員。"),
        ("請請主計處，針對這十七案，逐月追蹤。", "請主計處針對這17案，逐月追蹤。"),
        ("確定年底前做不完的，不可以自己流用。", "確定年底前做不完的，不得自己流用。"),
        ("低溫期間，請社會局每天下午五點以前，回報關懷的情形，還有收容的人數。", "低溫期間，請社會局每日下午5時前，回報關懷的情形及收容的人數。"),
    ])
    func `spoken rulings become sentences of minutes`(spoken: String, expected: String) {
        #expect(written(spoken) == expected)
    }

    @Test(arguments: [
        ("本會期自十月二十八號，啊不對，是十一月四號開始。", "本會期自11月4日開始。"),
        ("總質詢自十月二十八號，啊不對，是十一月四號，十一月四號星期一開始。", "總質詢自11月4日星期一開始。"),
        ("還有望潮捷運，不是，望潮輕軌站的關站機制。", "望潮輕軌站的關站機制。"),
        ("很多人反映在報稅，呃，不是報稅，是繳停車費。", "很多人反映在繳停車費。"),
    ])
    func `self-repairs keep what the speaker meant`(spoken: String, expected: String) {
        #expect(written(spoken) == expected)
    }

    @Test(arguments: ["不得", "不能", "毋須", "沒有", "可能", "應該", "建議", "未"])
    func `negation and modality survive`(word: String) {
        let text = written("那個，各機關\(word)納入落後件數來計算啦。")
        #expect(text == "各機關\(word)納入落後件數來計算。")
    }

    @Test(arguments: [
        ("大概十八座。", "約18座。"), ("跟今年差不多。", "跟今年差不多。"), ("三個禮拜左右。", "3個星期左右。"), ("可不可以由機關代墊。", "可否由機關代墊。"),
    ])
    func `what is said with reserve stays reserved`(spoken: String, expected: String) {
        #expect(written(spoken) == expected)
    }

    @Test func `a bureau speaks of itself as the bureau`() {
        #expect(written("我們九月收到五十幾件。", selfName: "本局") == "本局9月收到50餘件。")
        #expect(written("我們衛生局自己列管。", selfName: "本局") == "衛生局自己列管。")
    }

    @Test(arguments: ["秘書長好，各位主秘好。", "嗯，好。", "那個……", "報告秘書長。", "研考會這邊補充一下。"])
    func `salutations and hesitations leave nothing`(spoken: String) {
        #expect(written(spoken).isEmpty)
    }

    @Test(arguments: ["請提出檢討報告。", "就在備註欄說明。", "那一處先不要招商。", "就業服務站照常開放。", "好幾處是公園的廁所。"])
    func `words that look like fillers but are not stay`(spoken: String) {
        let kept = ["檢討報告", "備註欄說明", "處", "就業服務站", "好幾處"]
        #expect(kept.contains { written(spoken).contains($0) }, "\(written(spoken))")
    }
}

@Suite struct SpokenEnglishTests {
    @Test(arguments: [
        ("um I I think we should uh, you know, use the the rubber case", "I think we should use the rubber case"),
        ("{vocalsound} So , it 's {disfmarker} it 's a well - formed task .", "it's a well formed task."),
        ("Well, okay, they can't be stacked.", "they can't be stacked."),
        ("You know that it is late.", "You know that it is late."),
        ("It is very very good.", "It is very very good."),
        (
            "The exhibition opens on the twelfth of March, no, sorry, the thirteenth.",
            "The exhibition opens on the thirteenth."
        ),
        ("It costs about, um, four thousand.", "It costs about four thousand."),
    ])
    func `fillers, repeats and marks go, words stay`(spoken: String, expected: String) {
        #expect(SpokenEnglish.tidy(spoken) == expected)
    }

    @Test(arguments: [
        ("I'm bringing the schedule.", "Daniel Brandt", "Daniel Brandt said that they were bringing the schedule."),
        ("We will send it again.", "Priya", "Priya said that they would send it again."),
        ("Which one is missing?", "Tom", "Tom asked: Which one is missing?"),
        ("The form is simple.", nil, "The form was simple."),
        ("We can't pay for it.", "Tom", "Tom said that they could not pay for it."),
        ("You mark it and don't publish it.", nil, "You mark it and don't publish it."),
        ("We want to have it.", nil, "They want to have it."),
    ])
    func `statements are reported in the third person and the past`(said: String, name: String?, expected: String) {
        let talk = Talk([(speaker: name, text: said)])
        #expect(ReportedSpeech(talk).sentence(said, name: name, isSpoken: true) == expected)
    }

    @Test(arguments: [
        ("A", false), ("S1", false), ("SPEAKER_00", false), ("Speaker 2", false), ("Grad B", true),
        ("Project Manager", true),
    ])
    func `only labels that tell who it is are names`(label: String, isName: Bool) {
        #expect(ReportedSpeech.isName(label) == isName)
    }
}
