import DocketCore
import Testing

@testable import DocketDrafting

@Suite struct TopicOpeningTests {
    @Test(arguments: [
        ("接著是有關於國道內側車道速限的部分，", "國道內側車道速限"),
        ("有關於保險業分支機構辦法，", "保險業分支機構辦法"),
        ("關於停車場月票的事情，", "停車場月票"),
    ])
    func `a topic is called what it is announced as`(clause: String, title: String) {
        #expect(TopicOpening.announced(clause) == title)
    }

    @Test(arguments: ["有關，", "有關大家的便當，", "昨天臨時通知大家，", "我跟你講這真的完全不是預算的問題但是有關於編列。"])
    func `talk between people announces nothing`(clause: String) {
        #expect(TopicOpening.announced(clause) == nil)
    }

    @Test func `an announcement comes before what somebody happens to say first`() throws {
        let talk = Talk([
            (speaker: "主席", text: "好，我們開始。"),
            (speaker: "蔡玉琪", text: "不好意思，昨天臨時通知大家，會議室位置不夠。"),
            (speaker: "蔡玉琪", text: "有關於校園志工的規範，請教育部。"),
        ])
        let found = try #require(TopicOpening(book: SpeakerBook(talk, facts: MinutesFacts())).find(in: talk))
        #expect(found.text == "校園志工的規範")
        #expect(found.passage == 2)
    }
}
