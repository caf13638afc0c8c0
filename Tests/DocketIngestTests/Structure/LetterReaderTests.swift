import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

struct LetterReaderTests {
    @Test func `the fields and paragraphs of a letter are read`() async throws {
        let (source, structure) = try await structure(
            ofCorpus: "archive/letters/works-bureau-planter-waterproofing.txt")
        let letter = try #require(structure.letter)
        try expectPlaced(structure, in: source)
        #expect(letter.documentKind == "函" && letter.sender == "青嵐市政府工務局")
        #expect(letter.recipient == "青嵐市政府秘書處")
        #expect(letter.date?.iso == "2024-08-20" && letter.documentNumber?.text == "青工公字第1130045127號")
        #expect(letter.urgency == "速件" && letter.classification == nil)
        #expect(letter.attachments == "現場會勘紀錄1份")
        #expect(letter.purpose?.text == "有關市政大樓南側花台防水層老化致地下1樓檔案庫房滲水一案，復如說明，請查照。")
        #expect(letter.explanation.count == 4 && letter.explanation[0].text.hasPrefix("復貴處113年8月8日"))
        #expect(letter.originals == ["青嵐市政府秘書處"] && letter.copies == ["本局公園路燈工程處"])
    }

    @Test func `a classified letter keeps its level and what ends it`() async throws {
        let letter = try #require(
            try await structure(ofCorpus: "archive/letters/classified-security-exercise.txt").structure.letter)
        #expect(letter.classification == "密（本件於113年12月31日解密）")
        #expect(letter.classification.flatMap(Classification.init(words:)) == .restricted)
    }

    @Test func `spread and broken letters are read like neat ones`() async throws {
        let spread = try #require(
            try await structure(ofCorpus: "archive/letters/environment-barbecue.txt").structure.letter)
        #expect(spread.sender == "青嵐市政府環境保護局" && spread.recipient == "各區公所")
        #expect(spread.date?.iso == "2024-08-28")
        #expect(spread.explanation.count == 4)
        let broken = try #require(
            try await structure(ofCorpus: "archive/letters/secretariat-tracking-update.txt").structure.letter)
        #expect(broken.purpose?.text == "為召開第65次主任秘書會報，請貴機關於113年11月19日前更新列管事項辦理情形，請查照。")
        #expect(broken.explanation.count == 3)
        #expect(broken.originals == ["本府各一級機關"] && broken.copies == ["研發考核委員會"])
    }

    @Test func `letters of office files and web pages are read`() async throws {
        for path in ["personnel-flexible-hours.html", "budget-carryover.docx", "rdec-data-request-measures.md"] {
            let (source, structure) = try await structure(ofCorpus: "archive/letters/" + path)
            let letter = try #require(structure.letter, "\(path)")
            try expectPlaced(structure, in: source)
            #expect(letter.documentKind == "函" && letter.documentNumber?.text.hasSuffix("號") == true, "\(path)")
            #expect(!letter.explanation.isEmpty && letter.originals.count == 1 && !letter.copies.isEmpty, "\(path)")
        }
    }

    @Test func `numbered paragraphs below a paragraph belong to it`() async throws {
        let text = """
            南濱市政府檔案局　書函
            受文者：各局處
            發文日期：中華民國114年2月3日
            發文字號：濱檔字第1140000123號
            密等及解密條件或保密期限：
            主旨：請於2月底前送交目錄，請查照。
            說明：
            一、依規定辦理。
            二、送交方式如下：
            （一）電子檔。
            （二）紙本1份。
            辦法：
            一、逾期未送者另行公布。
            正本：各局處　副本：本局第一科、本局第二科
            局長　王大同
            """
        let letter = try #require(try await structure(of: text, kind: .letter).structure.letter)
        #expect(letter.documentKind == "書函" && letter.classification == nil)
        #expect(letter.explanation.map(\.text) == ["依規定辦理。", "送交方式如下：\n（一）電子檔。\n（二）紙本1份。"])
        #expect(letter.action.map(\.text) == ["逾期未送者另行公布。"])
        #expect(letter.copies == ["本局第一科", "本局第二科"] && letter.signature == "局長　王大同")
    }

    @Test(arguments: [
        ("密", Classification.restricted), ("機密（本件於公布時解密）", .confidential), ("極機密", .secret),
        ("絕對機密", .topSecret), ("普通", .internal), ("Top Secret", .topSecret),
    ])
    func `words of secrecy name a level`(words: String, level: Classification) {
        #expect(Classification(words: words) == level)
        #expect(Classification(words: "保存年限5年") == nil)
    }
}
