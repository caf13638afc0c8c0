import DocketCore
import Foundation
import Testing

@testable import DocketIngest

struct PlainTextReaderTests {
    private static let paper = """
        青嵐市政府第63次主任秘書會報紀錄

        時間：民國113年9月24日14時0分
        地點：市政大樓9樓
        主席：沈維岳秘書長 紀錄：葉庭瑄

        壹、報告事項
        一、會議結論事項執行情形。
        會議結論：
        - (一) 列管編號60-4同意解除列管。
        (二) 請主計處就進度落後百分之二十以上之案件逐月追蹤，並於每次會報提出報告至
        年度結束止，本項納入列管。
        """

    @Test func `text is kept as it is and cut at blank lines, markers and labels`() async throws {
        let source = try await readSource(Self.paper)
        #expect(source.text == Self.paper)
        #expect(source.kind == .minutes)
        #expect(source.title == "青嵐市政府第63次主任秘書會報紀錄")
        #expect(source.date == "2024-09-24")
        #expect(source.language == "zh-Hant")
        #expect(source.origin.encoding == "UTF-8")
        #expect(
            source.words == [
                "青嵐市政府第63次主任秘書會報紀錄", "時間：民國113年9月24日14時0分", "地點：市政大樓9樓", "主席：沈維岳秘書長 紀錄：葉庭瑄",
                "壹、報告事項", "一、會議結論事項執行情形。", "會議結論：", "- (一) 列管編號60-4同意解除列管。",
                "(二) 請主計處就進度落後百分之二十以上之案件逐月追蹤，並於每次會報提出報告至\n年度結束止，本項納入列管。",
            ])
        #expect(source.passages.map(\.level) == [nil, nil, nil, nil, 1, 2, nil, 3, 3])
        #expect(source.passages[4].kind == .heading && source.passages[7].kind == .listItem)
    }

    @Test func `tab separated lines are rows`() async throws {
        let source = try await readSource("附表\n\n編號\t機關\t件數\n1\t教育局\t12\n2\t工務局\t7\n\n以上。\n")
        #expect(source.passages.map(\.kind) == [.paragraph, .tableRow, .tableRow, .tableRow, .paragraph])
    }

    @Test func `form feeds number the pages`() async throws {
        let source = try await readSource("第一頁。\u{0C}第二頁。\u{0C}第三頁。")
        #expect(source.passages.map { $0.locator?.page } == [1, 2, 3])
    }

    @Test func `null characters go and are reported`() async throws {
        let source = try await readSource(Data("決議\0：照案通過。\n".utf8) + Data(repeating: 0x20, count: 600))
        #expect(source.text.hasPrefix("決議：照案通過。"))
        #expect(source.findings.map(\.rule) == ["READ-02"])
    }

    @Test func `a damaged UTF-8 file is read with its bad bytes replaced and named`() async throws {
        var data = Data("本案照案通過，請各機關配合辦理。".utf8)
        data[9] = 0xFF
        let source = try await readSource(data)
        #expect(source.text.contains("\u{FFFD}"))
        let finding = try #require(source.findings.first)
        #expect(finding.rule == "READ-01" && finding.message.en.contains("byte 9"))
    }

    @Test func `white space alone is refused as no text`() async throws {
        await #expect(throws: IngestError.noText(file: "x", format: "text")) { try await readSource("\n \n\t\n") }
    }
}

struct TextEncodingTests {
    private static let text = """
        臺北市政府秘書處 函
        受文者：各機關
        主旨：檢送「檔案管理注意事項」１份，請查照。
        說明：依本府110年9月23日會議決議辦理，並請轉知所屬。

        """

    /// Encodes with the system's iconv, not with the code under test.
    private static func encoded(_ text: String, _ name: String) throws -> Data {
        let file = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: file) }  // A leftover in the temporary folder is harmless.
        try Data(text.utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/iconv")
        process.arguments = ["-f", "UTF-8", "-t", name, file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }

    @Test(arguments: [
        ("UTF-16", "UTF-16LE"), ("UTF-16LE", "UTF-16LE"), ("UTF-16BE", "UTF-16BE"), ("CP950", "CP950"),
        ("BIG5", "CP950"), ("UTF-8", "UTF-8"),
    ])
    func `each encoding gives the same text, and locators in the original's bytes`(
        name: String, detected: String
    ) async throws {
        let data = try Self.encoded(Self.text, name)
        let source = try await readSource(data)
        #expect(source.text == Self.text)
        #expect(source.origin.encoding == detected)
        #expect(source.kind == .letter)
        guard detected != "UTF-8" else { return }
        #expect(source.findings.map(\.rule) == ["READ-03"])
        for passage in source.passages {
            let byte = try #require(passage.locator?.byte)
            let words = source.text(in: passage.range)
            let mark = name == "UTF-16" ? 2 : 0
            let original = try Self.encoded(words, detected)
            #expect(data[byte..<byte + original.count] == original, "\(words) at \(byte), mark \(mark)")
        }
    }

    @Test func `simplified text in GB 18030 is told from Big5`() async throws {
        let text = "会议决定：请各单位于本月底以前提出改善计划，并于下次会议报告办理情形。\n"
        let source = try await readSource(Self.encoded(text, "GB18030"))
        #expect(source.text == text)
        #expect(source.origin.encoding == "GB18030")
        #expect(source.language == "zh-Hans")
    }

    @Test func `a byte order mark is no text`() async throws {
        let source = try await readSource(Data([0xEF, 0xBB, 0xBF]) + Data("決議：通過。".utf8))
        #expect(source.text == "決議：通過。")
        #expect(source.passages.first?.locator?.byte == 3)
    }

    @Test func `carriage returns become line feeds with exact bytes kept`() async throws {
        let source = try await readSource("甲、第一\r\n乙\r\n\r\n主席：丙\r\n")
        #expect(source.text == "甲、第一\n乙\n\n主席：丙\n")
        #expect(source.passages.map { $0.locator?.byte } == [0, 14, 21])
    }

    @Test func `a Big5 character of the user's own area is one replaced character or a private one`() async throws {
        var data = try Self.encoded("本案由承辦人負責辦理，請各機關查照並轉知所屬各單位。", "CP950")
        data.replaceSubrange(6..<8, with: [0xFF, 0x40])
        let source = try await readSource(data)
        #expect(source.text.hasPrefix("本案由"))
        #expect(source.text.utf8.count == "本案由承辦人負責辦理，請各機關查照並轉知所屬各單位。".utf8.count)
        #expect(source.findings.contains { $0.rule == "READ-01" })
    }
}
