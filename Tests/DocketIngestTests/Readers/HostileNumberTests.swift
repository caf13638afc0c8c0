import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Whatever number stands where a format has one, reading ends with a sound source or an error.
struct HostileNumberTests {
    /// Numbers at the edges of what types hold, and words that are none.
    private static let numbers = [
        "-9223372036854775808", "9223372036854775807", "9223372036854775806", "-9223372036854775809", "4294967296",
        "2147483648", "-1e300", "1e300", "-1e308", "1e18", "1e19", "-0.0", "0", "-1", "1", "2", "9", "10", "11",
        "1000000", "99999999999999999999", "NaN", "Infinity", "",
    ]

    /// `template` with each "¤" replaced by a number of `numbers`.
    private static func filled(_ template: String, _ generator: inout SeededGenerator) -> String {
        template.split(separator: "¤", omittingEmptySubsequences: false).map(String.init)
            .reduce(into: (text: "", isFirst: true)) { result, part in
                let number = result.isFirst ? "" : numbers.randomElement(using: &generator) ?? ""
                result = (result.text + number + part, false)
            }.text
    }

    private static let docxFormats = [
        "decimal", "decimalZero", "decimalFullWidth", "decimalEnclosedCircle", "decimalEnclosedParen",
        "decimalEnclosedFullstop", "upperRoman", "lowerLetter", "taiwaneseCountingThousand", "ideographDigital",
        "ideographLegalTraditional", "ideographTraditional", "ideographZodiac",
    ]

    /// DOCX whose counters, levels and spans are hostile; its ids are sound, so that the lists are used.
    private static func docx(_ generator: inout SeededGenerator) -> Data {
        let levels = (0..<3).map { index in
            let format = docxFormats.randomElement(using: &generator) ?? "decimal"
            return "<w:lvl w:ilvl=\"\(index)\"><w:start w:val=\"¤\"/><w:numFmt w:val=\"\(format)\"/>"
                + "<w:lvlRestart w:val=\"¤\"/><w:lvlText w:val=\"%1.%\(index + 1)\"/></w:lvl>"
        }
        let numbering =
            "<w:abstractNum w:abstractNumId=\"0\">\(levels.joined())<w:lvl w:ilvl=\"¤\"><w:start w:val=\"¤\"/></w:lvl>"
            + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/>"
            + "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"¤\"/></w:lvlOverride>"
            + "<w:lvlOverride w:ilvl=\"¤\"><w:startOverride w:val=\"¤\"/></w:lvlOverride></w:num>"
            + "<w:num w:numId=\"¤\"><w:abstractNumId w:val=\"¤\"/></w:num>"
        let listed = (0..<3).map { Fixture.paragraph("甲", list: (1, $0)) }.joined()
        let body =
            listed + listed + "<w:p><w:pPr><w:outlineLvl w:val=\"¤\"/><w:numPr><w:ilvl w:val=\"¤\"/>"
            + "<w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>"
            + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"¤\"/></w:tcPr>\(Fixture.paragraph("丙"))</w:tc></w:tr></w:tbl>"
        return Fixture.docx(filled(body, &generator), numbering: filled(numbering, &generator))
    }

    /// ODT whose levels, starts and repeats are hostile.
    private static func odt(_ generator: inout SeededGenerator) -> Data {
        let format = ["1", "①", "I", "a", "一", "壹, 貳", "甲", ""].randomElement(using: &generator) ?? "1"
        let level =
            "<text:list-level-style-number text:level=\"LEVEL\" style:num-format=\"\(format)\" text:start-value=\"¤\" text:display-levels=\"¤\"/>"
        let styles =
            "<text:list-style style:name=\"L\">" + level.replacing("LEVEL", with: "1")
            + level.replacing("LEVEL", with: "2")
            + level.replacing("LEVEL", with: "¤") + "</text:list-style>"
            + "<text:outline-style><text:outline-level-style text:level=\"¤\" style:num-format=\"\(format)\" text:start-value=\"¤\" text:display-levels=\"¤\"/></text:outline-style>"
        let item =
            "<text:list-item text:start-value=\"¤\"><text:p>甲</text:p></text:list-item><text:list-item><text:p>乙</text:p></text:list-item>"
        let body =
            "<text:h text:outline-level=\"¤\" text:restart-numbering=\"true\" text:start-value=\"¤\">丙</text:h>"
            + "<text:h text:outline-level=\"¤\">丁</text:h>"
            + "<text:list text:style-name=\"L\">\(item)<text:list-item><text:list>\(item)</text:list></text:list-item></text:list>"
            + "<text:p>戊<text:s text:c=\"¤\"/>己</text:p>"
            + "<table:table><table:table-row table:number-rows-repeated=\"¤\"><table:table-cell table:number-columns-repeated=\"¤\""
            + " table:number-columns-spanned=\"¤\"><text:p>庚</text:p></table:table-cell></table:table-row></table:table>"
        return Fixture.odt(filled(body, &generator), styles: filled(styles, &generator))
    }

    private static func html(_ generator: inout SeededGenerator) -> Data {
        let types = ["1", "a", "I", "cjk-heavenly-stem", "trad-chinese-formal", "cjk-decimal"]
        let type = types.randomElement(using: &generator) ?? "1"
        let page =
            "<html><body><ol start=\"¤\" style=\"list-style-type:\(type)\"><li value=\"¤\">甲<li>乙<li value=\"¤\">丙</ol>"
            + "<table><tr><td colspan=\"¤\" rowspan=\"¤\">丁<td>戊</table></body></html>"
        return Data(filled(page, &generator).utf8)
    }

    /// Texts whose times are hostile.
    private static let texts = [
        #"{"id":¤,"utterances":[{"speaker":¤,"text":"甲","start":¤,"end":¤},{"text":"乙","start":"¤","end":¤}]}"#,
        #"{"duration":¤,"segments":[{"start":¤,"end":¤,"text":"甲","avg_logprob":¤},{"start":"¤","end":"¤","text":"乙"}]}"#,
        #"{"transcription":[{"offsets":{"from":¤,"to":¤},"text":"甲"},{"offsets":{"from":"¤","to":¤},"text":"乙"}]}"#,
        #"{"text":"甲乙","words":[{"word":"甲","start":¤,"end":¤,"probability":¤},{"word":"乙","start":¤,"end":¤}]}"#,
        "WEBVTT\n\n¤:¤:¤.¤ --> ¤:¤:¤.¤\n甲\n\n00:¤.000 --> 00:00:01.¤\n乙\n\n00:01.000 --> 00:02.000\n丙\n",
        "¤\n00:00:01,000 --> 00:00:02,000\n甲\n\n¤\n¤:¤:¤,¤ --> ¤:¤:¤,¤\n乙\n",
        "案名,檔號,日期\n甲,¤,¤\n乙,¤,¤\n",
        "第¤次會議紀錄\n\n時間：¤年¤月¤日¤時\n主席：王大明\n¤、甲案（¤-¤）經費¤萬¤元，¤%\n出席：¤人\n第¤點\n",
    ]

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `no number of a file stops the program`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var files = [Self.docx(&generator), Self.odt(&generator), Self.html(&generator)]
        // A bare word where JSON has a number is another matter, so the empty one becomes null.
        files += Self.texts.map { Data(Self.filled($0, &generator).replacing(":,", with: ":null,").utf8) }
        for data in files {
            do {
                switch try await read(data) {
                case .source(let document): check(document, "seed \(seed)")
                case .records(let records):
                    for record in records {
                        if case .success(let document) = record.result { check(document, "seed \(seed)") }
                    }
                }
            } catch is IngestError {
                continue
            }
        }
    }

    private func check(_ document: SourceDocument, _ note: String) {
        expectSound(document)
        for time in document.passages.compactMap(\.time) {
            #expect(0 <= time.start && time.start <= time.end && time.end <= 100_000_000_000, "\(note)")
        }
        for kind in [SourceKind.minutes, .report, .letter] {
            var other = document
            other.kind = kind
            _ = StructureParser().structure(of: other)
        }
    }

    @Test func `the table of a recogniser may hold any numbers`() {
        var generator = SeededGenerator(seed: 3)
        let recognition = Recognition(resolution: 300)
        for _ in 0..<200 {
            let rows = (0..<6).map { _ in Self.filled("¤\t¤\t¤\t¤\t¤\t¤\t¤\t¤\t¤\t¤\t¤\t字", &generator) }
            let words = (0..<3).map { _ in Self.filled("5\t1\t1\t1\t1\t1\t¤\t¤\t¤\t¤\t90\t字", &generator) }
            let pages = recognition.pages((["level"] + rows + words).joined(separator: "\n"), from: 1)
            #expect(!pages.isEmpty)
        }
    }

    @Test func `list numbers and times out of bounds are moved into them`() async throws {
        let page =
            "<html><body><ol start=\"-9223372036854775808\" style=\"list-style-type:cjk-heavenly-stem\"><li>甲<li>乙</ol></body></html>"
        #expect(try await readSource(page).words == ["0、甲", "甲、乙"])
        let meeting = #"{"utterances":[{"text":"甲","start":1,"end":-1e300},{"text":"乙","start":2,"end":1e300}]}"#
        guard case .records(let records) = try await read(Data((meeting + "\n" + meeting).utf8)) else {
            Issue.record("no records")
            return
        }
        let first = try #require(try records.makeIterator().next()?.result.get())
        #expect(
            first.passages.map(\.time) == [
                TimeRange(start: 1000, end: 1000), TimeRange(start: 2000, end: 100_000_000_000),
            ])
    }
}

struct RecognitionTests {
    private static let table = """
        level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
        1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t
        5\t1\t1\t1\t1\t1\t10\t10\t50\t20\t90\tfirst
        5\t1\t1\t1\t1\t2\t70\t10\t50\t20\t80\tpage
        1\t2\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t
        1\t3\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t
        5\t3\t1\t1\t1\t1\t10\t10\t50\t20\t70\tthird
        """

    @Test func `each page of an image has its own number and lines`() {
        let pages = Recognition(resolution: 72).pages(Self.table, from: 1)
        #expect(pages.map(\.number) == [1, 2, 3])
        #expect(pages.map { $0.lines.map(\.words) } == [["first page"], [], ["third"]])
        #expect(pages[0].lines[0].confidence == 0.85)
        #expect(Recognition(resolution: 72).pages(Self.table, from: 7).map(\.number) == [7, 8, 9])
    }

    /// A TIFF of grey pages whose pixels are all `shades`, written by hand.
    private static func tiff(_ pages: [Data], width: Int, height: Int) -> Data {
        func little(_ value: Int, _ count: Int) -> Data { Data((0..<count).map { UInt8(value >> (8 * $0) & 0xFF) }) }
        var data = Data("II".utf8) + little(42, 2) + Data(count: 4)
        var link = 4
        for pixels in pages {
            let start = data.count
            data += pixels
            if data.count % 2 == 1 { data.append(0) }
            data.replaceSubrange(link..<link + 4, with: little(data.count, 4))
            let fields = [
                (256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, start), (277, 1), (278, height),
                (279, pixels.count),
            ]
            data += little(fields.count, 2)
            for (tag, value) in fields { data += little(tag, 2) + little(4, 2) + little(1, 4) + little(value, 4) }
            link = data.count
            data += Data(count: 4)
        }
        return data
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/tesseract"), "tesseract is not installed"))
    func `words of the second page of a TIFF are on page 2`() async throws {
        let scan = Fixture.pdf(["DECISION ADOPTED"])
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try folder.write(scan, as: "a.pdf")
        let drawn = try Fixture.run("/usr/bin/pdftoppm", ["-r", "150", "-gray", "-singlefile", file], input: Data())
        // "P5\n1240 1754\n255\n" and the pixels.
        let header = drawn.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
        let sizes = String(decoding: header[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        let pixels = Data(header[3])
        let blank = Data(repeating: 0xFF, count: pixels.count)
        let source = try await readSource(Self.tiff([blank, pixels], width: sizes[0], height: sizes[1]))
        #expect(source.words.joined(separator: " ").contains("DECISION"))
        #expect(Set(source.passages.compactMap(\.locator?.page)) == [2])
    }
}
