import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Whatever the text, reading its structure ends, and every place it names lies in the text.
struct StructureFuzzTests {
    private static let parts = [
        "壹、", "貳、", "一、", "二、", "十一、", "（一）", "(二)", "（三)", "1、", "2.", "（1）", "(2)", "甲、", "①", "- ", "## ", "# ",
        "會議結論：", "決議：", "決定:", "主席裁示：", "案由：", "說明：", "擬辦：", "提案單位：", "附件：", "備註：", "(備註：", "散會",
        "散會（下午5時）", "時間：", "時　　間", "地點：", "主席：", "紀錄：", "出席：", "列席人員：", "請假：", "如簽到表", "主旨：", "受文者：",
        "正本：", "副本：", "密等：", "宣讀第1次會議紀錄", "報告事項", "討論事項", "臨時動議", "綜合會議結論", "第三次會議", "第",
        "列管編號", "205-2", "211-2(觀傳局部分)", "、", "等 9 案", "等九案", "同意解除列管", "賡續列管", "本項納入列管", "110-09-23",
        "教育局吳主秘補充說明：", "陳慶安府會副總聯絡人", "沈秘書長維岳", "請", "請各機關", "請教育局", "函請", "交財政委員會", "會同", "由",
        "於11月5日前", "截至9月底", "每月", "下午15時35分", "民國110年10月26日", "「甲」", "「", "」", "修正為", "將「甲」修正文字為「乙」",
        "3 萬 7,113 件", "92.05%", "目標", "較去年", "減少", "（以下簡稱本期）", "合計", "\t", "|", " | ", "---|---", "<p>", "</p>",
        ".....",
        "目錄", "\n", "\n\n", "\r\n", "　", " ", "，", "。", "；", "：", "！", "(", ")", "（", "）", "é", "👩‍⚖️", "\u{E8E4}", "𠮷",
        "\u{FEFF}",
        "Minutes", "Decision:", "Action:", "Present: ", "Chair: ", "The meeting closed at 09:38.", "D1. ",
        "Tom Yeh to send it",
        "0", "99999999999999999999", "第99999999999999次", "零", "萬", "億",
    ]

    @Test(arguments: 0..<60)
    func `random mixtures of markers and labels are read without a fault`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var text = ""
        for _ in 0..<Int.random(in: 1...160, using: &generator) {
            text += Self.parts.randomElement(using: &generator) ?? ""
            if Int.random(in: 0..<4, using: &generator) == 0 { text += "\n" }
        }
        let kinds: [SourceKind] = [.minutes, .agenda, .attendance, .report, .letter, .document, .record]
        let kind = kinds[Int(seed) % kinds.count]
        let source = Self.source(text, kind)
        let parser = StructureParser(roster: CorpusRoster.roster, series: CorpusRoster.series)
        let structure = parser.structure(of: source)
        try expectPlaced(structure, in: source, "seed \(seed)")
        #expect(structure == parser.structure(of: source))
        #expect(structure.tables.allSatisfy { table in table.rows.allSatisfy { $0.count == table.rows[0].count } })
        for item in structure.minutes?.items ?? [] {
            #expect(source.passages.indices.contains(item.firstPassage) && item.firstPassage <= item.lastPassage)
            #expect(source.passages.indices.contains(item.lastPassage))
        }
    }

    @Test(arguments: ["minutes/chief-secretaries/064", "minutes/division-meetings/031"])
    func `real minutes with lines dropped, doubled and swapped are read`(name: String) async throws {
        let path = name.replacing("minutes/", with: "meetings/") + "/minutes.txt"
        let lines = String(decoding: try CorpusFile.data(path), as: UTF8.self).split(separator: "\n").map(String.init)
        for seed in 0..<12 {
            var generator = SeededGenerator(seed: UInt64(seed))
            var changed = lines
            for _ in 0..<12 {
                let index = Int.random(in: 0..<changed.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed.remove(at: index)
                case 1: changed.insert(changed[index], at: index)
                default: changed.swapAt(index, Int.random(in: 0..<changed.count, using: &generator))
                }
            }
            let source = Self.source(changed.joined(separator: "\n"), .minutes)
            try expectPlaced(StructureParser(roster: CorpusRoster.roster).structure(of: source), in: source)
        }
    }

    @Test func `empty and blank texts have an empty structure`() {
        for text in ["", " ", "\n\n\n", "　\n　"] {
            for kind in SourceKind.allCases {
                let structure = StructureParser().structure(of: Self.source(text, kind))
                #expect(structure.outline.isEmpty && structure.tables.isEmpty)
                #expect(structure.minutes?.items.isEmpty ?? true)
            }
        }
    }

    @Test func `time grows with length and not with its square`() {
        // Time of this thread alone: other tests run beside this one.
        func nanoseconds(_ copies: Int) -> UInt64 {
            let item = """
                一、案由：某案一案，提請討論。（文書科）
                說明：
                （一）經費48萬元。
                政風室鄔主任發言：應予刪除。
                決議：（一）請文書科於10月底前完成，本項列管。（二）列管編號29-1、30-2等2案解除列管。

                """
            let text = "某市第3次會議紀錄\n時間：113年8月15日\n參、討論事項\n" + String(repeating: item, count: copies)
            let source = Self.source(text, .minutes)
            let start = threadNanoseconds()
            let structure = StructureParser().structure(of: source)
            let end = threadNanoseconds()
            #expect(structure.minutes?.items.count == copies)
            return end - start
        }
        _ = nanoseconds(10)
        let short = (0..<3).map { _ in nanoseconds(50) }.min() ?? 0
        let long = nanoseconds(400)
        #expect(long < short * 8 * 3, "\(short) ns, \(long) ns")
    }

    private func threadNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func source(_ text: String, _ kind: SourceKind) -> SourceDocument {
        var passages: [Passage] = []
        var start = 0
        var offset = 0
        for byte in text.utf8 {
            offset += 1
            if byte == 0x0A {
                passages.append(Passage(number: passages.count, kind: .paragraph, range: start..<offset))
                start = offset
            }
        }
        if start < offset || passages.isEmpty {
            passages.append(Passage(number: passages.count, kind: .paragraph, range: start..<offset))
        }
        return SourceDocument(
            id: SourceID(rawValue: "fuzz"), kind: kind, title: "", language: "zh-Hant", text: text, passages: passages,
            origin: Origin(
                fileName: "fuzz.txt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count,
                mediaType: "text/plain",
                reader: "plain-text/1"))
    }
}
