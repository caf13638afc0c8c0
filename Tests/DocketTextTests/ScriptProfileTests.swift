import DocketTestSupport
import DocketText
import Foundation
import Testing

@Suite struct ScriptProfileTests {
    @Test(arguments: [
        ("臺北市政府主任秘書會報紀錄", "zh-Hant", false), ("关于加强会议记录管理的通知", "zh-Hans", false),
        ("Minutes of the project meeting", "en", false), ("請各機關配合办理，並轉知所属單位實施", "zh-Hant", true),
        ("本府 TAIPEION 與 QR Code 整合規劃", "zh-Hant", false), ("市政府の会議についてのお知らせ", "ja", false),
        ("12:30 — 98%", "und", false),
        ("台北市中山路", "zh-Hant", false),
    ])
    func `the language follows from the characters`(text: String, tag: String, alarm: Bool) {
        #expect(ScriptProfile.languageTag(of: text) == tag)
        #expect(ScriptProfile(of: text).mixedAlarm == alarm)
    }

    @Test(
        .enabled(if: ReferenceData.isAvailable, "no reference data"),
        arguments: [
            ("vcsum/meetings.zh-Hans.jsonl", Script.simplified), ("vcsum/meetings.zh-Hant.jsonl", .traditional),
            ("archive-tw-meetings/meetings.jsonl", .traditional), ("qmsum/meetings.jsonl", .latin),
            ("ly-minutes-pair/meetings.jsonl", .traditional),
        ])
    func `every meeting of a set is told right`(path: String, script: Script) throws {
        for line in try ReferenceData.lines(path) {
            let meeting = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let utterances = try #require(meeting["utterances"] as? [[String: Any]])
            let text = utterances.compactMap { $0["text"] as? String }.joined(separator: "\n")
            #expect(ScriptProfile(of: text).script == script, "\(meeting["id"] ?? "")")
        }
    }
}
