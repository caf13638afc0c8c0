import DocketCore
import Foundation
import Testing

@testable import DocketIngest

struct WordReaderTests {
    private static let outline =
        "<w:abstractNum w:abstractNumId=\"0\">"
        + Fixture.level(0, "ideographLegalTraditional", "%1、") + Fixture.level(1, "taiwaneseCountingThousand", "%2、")
        + Fixture.level(2, "taiwaneseCountingThousand", "（%3）") + Fixture.level(3, "decimal", "%4.")
        + Fixture.level(4, "decimal", "%1.%5", more: "<w:isLgl/>") + "</w:abstractNum>"
        + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
        + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"1\">"
        + "<w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>"

    private func words(_ paragraphs: [String], numbering: String = outline, styles: String = "") async throws
        -> [String]
    {
        try await readSource(Fixture.docx(paragraphs.joined(), numbering: numbering, styles: styles)).words
    }

    @Test func `numbers of all levels count, start again below a new number and start where told`() async throws {
        let levels = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 2), (1, 0), (1, 1), (1, 4), (2, 1), (2, 1)]
        let found = try await words(levels.map { Fixture.paragraph("文", list: $0) })
        #expect(
            found == [
                "壹、文", "一、文", "（一）文", "（二）文", "1. 文", "二、文", "（一）文", "貳、文", "一、文", "2.1 文", "五、文", "六、文",
            ])
    }

    @Test func `a style brings its list, a numbering of 0 takes it away, and a linked style has its level`()
        async throws
    {
        let styles = """
            <w:style w:styleId="Base"><w:name w:val="base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="Sub"><w:name w:val="sub"/><w:basedOn w:val="Base"/></w:style>
            <w:style w:styleId="Circle"><w:basedOn w:val="Circle"/></w:style>
            <w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
            """
        let numbering = Self.outline.replacing(
            "<w:lvlText w:val=\"%2、\"/>", with: "<w:pStyle w:val=\"Sub\"/><w:lvlText w:val=\"%2、\"/>")
        let body = [
            Fixture.paragraph("甲", style: "Base"), Fixture.paragraph("乙", style: "Sub"),
            Fixture.paragraph("丙", list: (0, 0), style: "Base"), Fixture.paragraph("丁", style: "Circle"),
            Fixture.paragraph("戊", style: "H2"),
        ]
        let source = try await readSource(Fixture.docx(body.joined(), numbering: numbering, styles: styles))
        #expect(source.words == ["壹、甲", "一、乙", "丙", "丁", "戊"])
        #expect(source.passages[4].kind == .heading && source.passages[4].level == 2)
    }

    @Test func `deleted, moved and hidden text is not read; inserted text is`() async throws {
        let body = """
            <w:p><w:r><w:t>本案</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del>\
            <w:ins><w:r><w:t>照案</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>\
            <w:r><w:t>通過。</w:t><w:tab/><w:t>完</w:t></w:r><w:moveFrom><w:r><w:t>舊</w:t></w:r></w:moveFrom></w:p>\
            <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>後半</w:t></w:r></w:p>\
            <w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
            """
        let source = try await readSource(Fixture.docx(body))
        #expect(source.words == ["本案照案通過。 完", "前半後半"])
        #expect(source.findings.contains { $0.rule == "READ-04" && $0.message.en.contains("deletions") })
    }

    @Test func `tables keep rows and columns, merged and nested cells too`() async throws {
        func cell(_ words: String, _ properties: String = "") -> String {
            "<w:tc><w:tcPr>\(properties)</w:tcPr>\(Fixture.paragraph(words))</w:tc>"
        }
        let inner = "<w:tc><w:tbl><w:tr>\(cell("內1"))\(cell("內2"))</w:tr></w:tbl><w:p/></w:tc>"
        let body = """
            \(Fixture.paragraph("表"))<w:tbl><w:tr>\(cell("機關"))\(cell("件數", "<w:gridSpan w:val=\"2\"/>"))</w:tr>\
            <w:tr>\(cell("教育局", "<w:vMerge w:val=\"restart\"/>"))\(cell("12"))\(inner)</w:tr>\
            <w:tr>\(cell("教育局", "<w:vMerge/>"))\(cell("7"))\(cell(""))</w:tr>\
            <w:tr><w:trPr><w:del/></w:trPr>\(cell("刪"))\(cell("刪"))</w:tr></w:tbl>
            """
        let source = try await readSource(Fixture.docx(body))
        let rows = source.passages.filter { $0.kind == .tableRow }
        #expect(
            rows.map { source.text(in: $0.range).trimmingCharacters(in: .newlines) } == [
                "機關\t件數\t", "教育局\t12\t內1 內2", "\t7\t",
            ])
        #expect(rows.map { $0.locator?.table } == [1, 1, 1] && rows.map { $0.locator?.row } == [1, 2, 3])
    }

    @Test func `notes follow the text under their marks, text boxes are read once`() async throws {
        let body = """
            <w:p><w:r><w:t>決議</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><mc:AlternateContent xmlns:mc="x">\
            <mc:Choice><w:txbxContent>\(Fixture.paragraph("框"))</w:txbxContent></mc:Choice>\
            <mc:Fallback><w:txbxContent>\(Fixture.paragraph("框"))</w:txbxContent></mc:Fallback></mc:AlternateContent>\
            <w:t>通過</w:t></w:r></w:p>
            """
        let note =
            "<w:footnote w:type=\"separator\" w:id=\"0\"/><w:footnote w:id=\"2\">\(Fixture.paragraph("見附件"))</w:footnote>"
        let source = try await readSource(Fixture.docx(body, more: ["footnote": note]))
        #expect(source.words == ["框", "決議[2]通過", "[2] 見附件"])
        #expect(source.passages[2].mark == "footnote")
    }
}

struct CountingSystemTests {
    @Test(arguments: [
        (
            CountingSystem.chinese, [1, 10, 11, 20, 21, 100, 101, 110, 123, 1005],
            "一 十 十一 二十 二十一 一百 一百零一 一百一十 一百二十三 一千零五"
        ),
        (.formal, [1, 2, 3, 10, 11, 20], "壹 貳 參 壹拾 壹拾壹 貳拾"), (.chineseDigits, [1, 10, 25], "一 一〇 二五"),
        (.stems, [1, 10, 11], "甲 癸 11"), (.circled, [1, 20, 21, 36, 50, 51], "① ⑳ ㉑ ㊱ ㊿ 51"),
        (.fullWidth, [12], "１２"), (.upperRoman, [4, 1999], "IV MCMXCIX"), (.lowerLetter, [1, 26, 27], "a z aa"),
        (.parenthesised, [3], "⑶"), (.decimalZero, [3, 12], "03 12"), (.none, [3], ""),
    ])
    func `numbers are written as each system writes them`(system: CountingSystem, numbers: [Int], words: String) {
        #expect(numbers.map { system.words($0) }.joined(separator: " ") == words)
    }
}

struct OpenDocumentReaderTests {
    private static let styles = """
        <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="壹, 貳, 參, ..." \
        style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." \
        style:num-suffix="、"/><text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="1" \
        style:num-prefix="(" style:num-suffix=")"/></text:list-style>\
        <style:style style:name="P1" style:family="paragraph" style:list-style-name="L"/>
        """

    private func item(_ words: String, _ more: String = "", start: Int? = nil) -> String {
        let value = start.map { " text:start-value=\"\($0)\"" } ?? ""
        return "<text:list-item\(value)><text:p>\(words)</text:p>\(more)</text:list-item>"
    }

    @Test func `lists count through levels, continue where told and start again where not`() async throws {
        let body = """
            <text:list text:style-name="L">\(item("甲", "<text:list>\(item("子"))\(item("丑", "<text:list>\(item("深"))</text:list>"))</text:list>"))\
            \(item("乙", "<text:list>\(item("寅"))</text:list>"))</text:list><text:p>間</text:p>\
            <text:list text:style-name="L" text:continue-numbering="true">\(item("丙"))</text:list>\
            <text:list text:style-name="L">\(item("丁"))\(item("戊", start: 7))</text:list>
            """
        let source = try await readSource(Fixture.odt(body, styles: Self.styles))
        #expect(
            source.words == [
                "壹、甲", "一、子", "二、丑", "(1) 深", "貳、乙", "一、寅", "間", "參、丙", "壹、丁", "柒、戊",
            ])
    }

    @Test func `deleted text and annotations are not read, blanks and notes are`() async throws {
        let body = """
            <text:tracked-changes><text:changed-region><text:deletion><text:p>刪掉</text:p></text:deletion>\
            </text:changed-region></text:tracked-changes><text:h text:outline-level="2">標題</text:h>\
            <text:p>甲<text:s text:c="2"/>乙
              丙<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>註文</text:p></text:note-body>\
            </text:note>丁<office:annotation><text:p>意見</text:p></office:annotation></text:p>
            """
        let source = try await readSource(Fixture.odt(body))
        #expect(source.words == ["標題", "甲  乙 丙[1]丁", "[1] 註文"])
        #expect(source.passages[0].kind == .heading && source.passages[0].level == 2)
        #expect(source.findings.map(\.rule) == ["READ-04"])
    }

    @Test func `tables keep repeated and covered cells in their columns`() async throws {
        let body = """
            <table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>合併</text:p>\
            </table:table-cell><table:covered-table-cell/><table:table-cell><text:p>丙</text:p></table:table-cell>\
            </table:table-row><table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>1</text:p>\
            </table:table-cell></table:table-row></table:table>
            """
        let source = try await readSource(Fixture.odt(body))
        #expect(source.text == "合併\t\t丙\n1\t1\t1")
    }

    @Test func `an encrypted file is named so`() async throws {
        let data = Fixture.odt("<text:p>x</text:p>", manifest: "<manifest><encryption-data/></manifest>")
        await #expect(throws: IngestError.encrypted(file: "x", format: "ODT")) { try await readSource(data) }
    }

    @Test func `a flat file is read alike`() async throws {
        let flat = """
            <?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
            xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
            office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>單檔</text:p>\
            </office:text></office:body></office:document>
            """
        #expect(try await readSource(flat).words == ["單檔"])
    }
}

struct HTMLReaderTests {
    @Test func `structure is read, scripts and styles are not, broken markup is mended`() async throws {
        let source = try await readSource(
            """
            <!DOCTYPE html><html lang="zh-TW"><head><title>題</title><style>p{}</style></head><body>
            <h1>公告</h1><script>alert("no")</script><p>第一段，
            接續。<br>新行&amp;完<ol><li>甲<li>乙<ol type="a"><li>丙</ol></ol>
            <ol style="list-style-type: cjk-ideographic" start="3"><li>丁</li></ol><ul><li>戊</ul>
            <table><tr><th>機關<th colspan=2>件數<tr><td>教育局<td>1<td>2</table>
            <table><tr><td><p>版面</p></td></tr></table><dl><dt>時間<dd>上午<dt>地點<dd>三樓</dl>結尾
            """)
        #expect(
            source.words == [
                "公告", "第一段，接續。\n新行&完", "1. 甲", "2. 乙", "a. 丙", "三、丁", "戊", "機關\t件數", "教育局\t1\t2", "版面",
                "時間\t上午", "地點\t三樓", "結尾",
            ])
        #expect(source.title == "公告" && source.language == "zh-Hant")
        #expect(source.passages[8].locator?.table == 1 && source.passages[8].locator?.row == 2)
    }

    @Test(arguments: [300, 100_000])
    func `deep nesting is refused without using the stack`(levels: Int) async throws {
        for tag in ["div", "b", "p", "ul><li", "table><tr><td"] {
            let text = "<html><body>" + String(repeating: "<\(tag)>", count: levels) + "深"
            let clock = ContinuousClock()
            let time = try await clock.measure {
                do {
                    _ = try await readSource(text)
                } catch let error as IngestError {
                    guard case .limitExceeded(_, .xmlDepth, 200, _) = error else { throw error }
                }
            }
            #expect(time < .seconds(20), "\(tag)")
        }
    }
}
