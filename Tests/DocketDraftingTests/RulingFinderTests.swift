import DocketTestSupport
import Testing

@testable import DocketDrafting

@Suite struct RulingFinderTests {
    @Test func `an accepted opinion, a return and a quoted ruling are found with their items`() {
        let talk = Talk(
            [
                (speaker: nil, text: "本院委員甲等三十人擬具「河川法修正草案」，請審議案。"),
                (speaker: "程序委員會意見", text: "擬請院會將本案交經濟委員會審查。"),
                (speaker: "主席", text: "請問院會，有無異議？（無）無異議，照程序委員會意見辦理。"),
                (speaker: nil, text: "本院委員乙等三十一人擬具「湖泊法草案」，請審議案。"),
                (speaker: "主席", text: "丙黨團對本案有異議，本案退回程序委員會重新提出。"),
                (speaker: "主席", text: "現在進行討論。\n三、本院財政委員會報告審查「公益彩券發行條例修正草案」案。"),
                (speaker: "主席", text: "本案作如下決議：「交黨團進行協商。」請問院會，有無異議？"),
            ], marks: ["item", nil, nil, "item", nil, nil, nil])
        let found = RulingFinder().rulings(in: talk)
        #expect(found.map(\.decision) == ["交經濟委員會審查。", "退回程序委員會重新提出。", "交黨團進行協商。"])
        #expect(found.map(\.utterance) == [2, 4, 6])
        #expect(found.last?.item == "本院財政委員會報告審查「公益彩券發行條例修正草案」案。")
    }

    @Test func `what an earlier sitting decided is no ruling`() {
        let talk = Talk(
            [
                (speaker: nil, text: "行政院函請審議「湖泊法草案」案。"),
                (speaker: "主席", text: "本案經提第四次會議報告決定：交經濟委員會審查。茲接報告，爰於本次會議提出討論。"),
            ], marks: ["item", nil])
        #expect(RulingFinder().rulings(in: talk).isEmpty)
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "development data not found"))
    func `nine of ten rulings of a real sitting are those of its official minutes`() throws {
        let meeting = try #require(try MeetingRecord.all("ly-minutes-pair/meetings.jsonl").first)
        let gold = try #require(meeting.decisions)
        let found = Prediction.rulings(meeting.talk)
        let right = gold.filter { ruling in
            found.contains {
                $0.item.prefix(15) == ruling.item.prefix(15) && overlap($0.decision, ruling.decision) > 0.6
            }
        }
        #expect(Double(right.count) > 0.9 * Double(gold.count), "\(right.count) of \(gold.count)")
        #expect(found.count <= gold.count + 4)
    }
}

@Suite struct KeyphraseFinderTests {
    @Test func `phrases said often and standing free come first`() {
        let phrases = Prediction.keyphrases(
            title: "水運工程的全過程管理研究",
            abstract: "水運工程的施工材料耗損大。採用全過程管理，可以降低水運工程的成本。全過程管理的重點是進度。")
        #expect(Set(phrases.prefix(2)) == ["水運工程", "全過程管理"])
    }

    @Test func `Latin phrases are kept whole`() {
        let phrases = Prediction.keyphrases(
            title: "Sample scans for the joint exhibition", abstract: "The joint exhibition shows sample scans.")
        #expect(phrases.prefix(2).contains("joint exhibition"))
    }

    @Test func `nothing has no phrases`() {
        #expect(Prediction.keyphrases(title: "", abstract: "").isEmpty)
    }
}
