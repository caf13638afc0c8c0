import Foundation

/// Files of other programs, made in the test: the smallest bytes that are such a file.
enum Fixture {
    /// A ZIP archive, written by hand so that no library under test takes part.
    static func zip(_ entries: [(name: String, data: Data)]) -> Data {
        zip(entries.map { Entry(name: $0.name, bytes: $0.data, size: $0.data.count, crc: crc32($0.data)) })
    }

    /// One entry of an archive as its header describes it, rightly or not.
    struct Entry {
        var name: String
        /// Bytes as they stand in the archive.
        var bytes: Data
        /// Unpacked size that the header states.
        var size: Int
        var crc: Int
        /// 0 stored, 8 deflated.
        var method = 0
        /// Bit 0 says encrypted.
        var flags = 0

        /// An entry of `data` packed by gzip, whose own header and trailer are cut away.
        static func deflated(_ name: String, _ data: Data) throws -> Entry {
            let packed = try Fixture.run("/usr/bin/gzip", ["-9", "-n", "-c"], input: data)
            let size = data.count
            return Entry(
                name: name, bytes: packed.dropFirst(10).dropLast(8), size: size,
                crc: packed.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }, method: 8)
        }
    }

    /// A ZIP archive of entries as described.
    static func zip(_ entries: [Entry]) -> Data {
        var archive = Data()
        var directory = Data()
        for entry in entries {
            let (name, data) = (entry.name, entry.bytes)
            let header = fields(
                ("v", 20), ("v", entry.flags), ("v", entry.method), ("V", 0), ("V", entry.crc), ("V", data.count),
                ("V", entry.size), ("v", name.utf8.count), ("v", 0))
            directory += Data([0x50, 0x4B, 1, 2, 20, 0]) + header
            directory += fields(("v", 0), ("v", 0), ("v", 0), ("V", 0), ("V", archive.count)) + Data(name.utf8)
            archive += Data([0x50, 0x4B, 3, 4]) + header + Data(name.utf8) + data
        }
        let end = fields(
            ("v", 0), ("v", 0), ("v", entries.count), ("v", entries.count), ("V", directory.count),
            ("V", archive.count),
            ("v", 0))
        return archive + directory + Data([0x50, 0x4B, 5, 6]) + end
    }

    private static func fields(_ values: (String, Int)...) -> Data {
        var data = Data()
        for (size, value) in values {
            for byte in 0..<(size == "v" ? 2 : 4) { data.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
        }
        return data
    }

    static func crc32(_ data: Data) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }

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
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let (feed, drain) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (feed, drain, FileHandle.nullDevice)
        try process.run()
        let writer = feed.fileHandleForWriting
        Thread.detachNewThread {
            writer.write(input)
            writer.closeFile()
        }
        let data = try drain.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }
}
