import DocketTestSupport
import Foundation

/// Files of other programs, made in the test: the smallest bytes that are such a file.
enum Fixture {
    typealias Entry = ZipArchive.Entry

    /// A ZIP archive, written by hand so that no library under test takes part.
    static func zip(_ entries: [(name: String, data: Data)]) -> Data { ZipArchive.data(entries) }

    /// A ZIP archive of entries as described.
    static func zip(_ entries: [Entry]) -> Data { ZipArchive.data(entries) }

    static func crc32(_ data: Data) -> Int { ZipArchive.crc32(data) }

    // MARK: Office

    private static let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

    /// A DOCX file with the given content of its body, of numbering.xml and of styles.xml.
    static func docx(_ body: String, numbering: String = "", styles: String = "", more: [String: String] = [:]) -> Data
    {
        var entries: [(String, Data)] = [
            ("[Content_Types].xml", Data("<Types/>".utf8)),
            ("word/document.xml", Data("<w:document \(word)><w:body>\(body)</w:body></w:document>".utf8)),
            ("word/numbering.xml", Data("<w:numbering \(word)>\(numbering)</w:numbering>".utf8)),
            ("word/styles.xml", Data("<w:styles \(word)>\(styles)</w:styles>".utf8)),
        ]
        for (name, content) in more.sorted(by: { $0.key < $1.key }) {
            let root = name.hasSuffix("s") ? name : name + "s"
            entries.append(("word/\(root).xml", Data("<w:\(root) \(word)>\(content)</w:\(root)>".utf8)))
        }
        return zip(entries.map { (name: $0.0, data: $0.1) })
    }

    /// A paragraph of DOCX; `list` is its numbering and level.
    static func paragraph(_ words: String, list: (Int, Int)? = nil, style: String? = nil) -> String {
        let number = list.map { "<w:numPr><w:ilvl w:val=\"\($0.1)\"/><w:numId w:val=\"\($0.0)\"/></w:numPr>" } ?? ""
        let name = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
        return "<w:p><w:pPr>\(name)\(number)</w:pPr><w:r><w:t>\(words)</w:t></w:r></w:p>"
    }

    /// A list level of DOCX.
    static func level(_ index: Int, _ format: String, _ text: String, more: String = "") -> String {
        "<w:lvl w:ilvl=\"\(index)\"><w:start w:val=\"1\"/><w:numFmt w:val=\"\(format)\"/>\(more)"
            + "<w:lvlText w:val=\"\(text)\"/></w:lvl>"
    }

    private static let open = [
        "office": "office", "text": "text", "table": "table", "style": "style",
    ].map { "xmlns:\($0.key)=\"urn:oasis:names:tc:opendocument:xmlns:\($0.value):1.0\"" }.sorted().joined(
        separator: " ")

    /// An ODT file with the given automatic styles and body.
    static func odt(_ body: String, styles: String = "", manifest: String = "<manifest/>") -> Data {
        let content = """
            <office:document-content \(open)><office:automatic-styles>\(styles)</office:automatic-styles>\
            <office:body><office:text>\(body)</office:text></office:body></office:document-content>
            """
        return zip([
            ("mimetype", Data("application/vnd.oasis.opendocument.text".utf8)), ("content.xml", Data(content.utf8)),
            ("META-INF/manifest.xml", Data(manifest.utf8)),
        ])
    }

    // MARK: Pages

    /// A PDF with one line of Latin text a page; a page of nil has no text.
    static func pdf(_ pages: [String?]) -> Data {
        var objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
        objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        var kids: [String] = []
        for page in pages {
            let content = page.map { "BT /F1 24 Tf 72 700 Td (\($0)) Tj ET" } ?? ""
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(objects.count) 0 R "
                    + "/Resources << /Font << /F1 3 0 R >> >> >>")
            kids.append("\(objects.count) 0 R")
        }
        objects[1] = "<< /Type /Pages /Kids [\(kids.joined(separator: " "))] /Count \(kids.count) >>"
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            text += String(repeating: "0", count: 10 - String(offset).count) + "\(offset) 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return Data(text.utf8)
    }

    /// A PDF of one page that is a grey picture and nothing else.
    static func scan(_ pixels: Data, width: Int, height: Int) -> Data {
        let stream =
            "<< /Type /XObject /Subtype /Image /Width \(width) /Height \(height) /ColorSpace /DeviceGray "
            + "/BitsPerComponent 8 /Length \(pixels.count) >>\nstream\n"
        let content = "q 595 0 0 842 0 0 cm /I Do Q"
        let objects: [Data] = [
            Data("<< /Type /Catalog /Pages 2 0 R >>".utf8), Data("<< /Type /Pages /Kids [4 0 R] /Count 1 >>".utf8),
            Data(stream.utf8) + pixels + Data("\nendstream".utf8),
            Data(
                ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
                    + "/Resources << /XObject << /I 3 0 R >> >> >>").utf8),
            Data("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream".utf8),
        ]
        var data = Data("%PDF-1.4\n".utf8)
        for (index, object) in objects.enumerated() {
            data += Data("\(index + 1) 0 obj\n".utf8) + object + Data("\nendobj\n".utf8)
        }
        // Without a table of objects the programs find them by themselves.
        return data + Data("trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".utf8)
    }

    /// Runs a program of the system on bytes and gives what it wrote to standard output.
    static func run(_ program: String, _ arguments: [String], input: Data) throws -> Data {
        try SystemProgram.run(program, arguments, input: input)
    }
}
