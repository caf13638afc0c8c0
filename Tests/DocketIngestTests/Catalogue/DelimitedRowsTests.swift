import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

@Suite struct DelimitedRowsTests {
    private func rows(
        _ data: Data, _ encoding: TextEncoding = .utf8, piece: Int = 1 << 18,
        options: CatalogueImportOptions = CatalogueImportOptions()
    ) throws -> [DelimitedRows.Row] {
        let stream = ByteStream(data, name: "x", pieceBytes: piece)
        var rows = DelimitedRows(
            stream, head: [], encoding: encoding, delimiter: UInt8(ascii: ","), options: options)
        var result: [DelimitedRows.Row] = []
        while let row = try rows.next() { result.append(row) }
        return result
    }

    /// RFC 4180 written down plainly, over characters: the rows of a text without faults.
    private func plain(_ text: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = ""
        var quoted = false
        var wasQuoted = false
        let scalars = Array(text.unicodeScalars)
        var index = 0
        func end() {
            rows[rows.count - 1].append(wasQuoted ? cell : cell.trimmedString)
            (cell, wasQuoted) = ("", false)
        }
        while index < scalars.count {
            let scalar = scalars[index]
            if quoted {
                if scalar == "\"", index + 1 < scalars.count, scalars[index + 1] == "\"" {
                    cell += "\""
                    index += 1
                } else if scalar == "\"" {
                    quoted = false
                } else {
                    cell.unicodeScalars.append(scalar)
                }
            } else if scalar == "\"", cell.isEmpty, !wasQuoted {
                (quoted, wasQuoted) = (true, true)
            } else if scalar == "," {
                end()
            } else if scalar == "\n" || scalar == "\r" {
                if scalar == "\r", index + 1 < scalars.count, scalars[index + 1] == "\n" { index += 1 }
                end()
                rows.append([])
            } else {
                cell.unicodeScalars.append(scalar)
            }
            index += 1
        }
        if !cell.isEmpty || wasQuoted || !(rows.last?.isEmpty ?? true) { end() }
        return rows.filter { !$0.isEmpty && $0 != [""] }
    }

    @Test(arguments: [UInt64](0..<300))
    func `rows are those of a plain reading, in pieces of any size and in any encoding of Unicode`(seed: UInt64) throws
    {
        var random = SeededGenerator(seed: seed)
        let parts = ["a", "檔", "𠮷", "\"\"", " ", "；", "é", "1"]
        func words() -> String {
            (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in parts.randomElement(using: &random) }.joined()
        }
        var text = ""
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let cells = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                let isQuoted = Bool.random(using: &random)
                let inner = words() + (isQuoted ? ["", ",", "\n", "\r\n"].randomElement(using: &random) ?? "" : "")
                return isQuoted ? "\"\(inner)\"" : inner.replacing("\"", with: "")
            }
            text += cells.joined(separator: ",") + (["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n")
        }
        let expected = plain(text)
        // A row of one empty cell and a blank line are the same to whoever reads them.
        func cells(_ rows: [DelimitedRows.Row]) -> [[String]] { rows.map(\.cells).filter { $0 != [""] } }
        let piece = Int.random(in: 1...9, using: &random)
        #expect(try cells(rows(Data(text.utf8), piece: piece)) == expected, "seed \(seed)")
        let little = Data(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        #expect(try cells(rows(little, .utf16LittleEndian, piece: piece)) == expected, "seed \(seed)")
        let big = Data(text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
        #expect(try cells(rows(big, .utf16BigEndian, piece: piece)) == expected, "seed \(seed)")
    }

    @Test(arguments: 1...40)
    func `lines are counted the same whatever the pieces`(piece: Int) throws {
        let text = "a,b\r\n\r\n\"c\r\nd\",e\r\n\n\rf\r\n"
        #expect(try rows(Data(text.utf8), piece: piece).map(\.line) == [1, 3, 7])
    }

    @Test func `a quote that is never closed costs its own row`() throws {
        var text = "a,b\n\"c,d\n"
        for number in 0..<500 { text += "\(number),x\n" }
        let rows = try rows(Data(text.utf8))
        #expect(rows[1].fault == .openQuote && rows[1].line == 2)
        #expect(rows.count == 502)
        #expect(rows[2].cells == ["0", "x"] && rows[2].line == 3)
    }

    @Test func `a row over the limit costs itself`() throws {
        let text = "a\n" + String(repeating: "檔", count: 5000) + "\nb\n" + String(repeating: ",", count: 5000) + "\nc"
        let rows = try rows(Data(text.utf8), options: CatalogueImportOptions(mostRowBytes: 9000))
        #expect(rows.map(\.fault) == [nil, .tooLong, nil, .tooManyCells, nil])
        #expect(rows.map(\.line) == [1, 2, 3, 4, 5])
    }

    @Test func `bytes that are no characters are told of`() throws {
        let rows = try rows(Data([0x61, 0xFF, 0x2C, 0x62, 0x0A, 0x63]))
        #expect(rows.map(\.isReplaced) == [true, false])
        #expect(rows[0].cells == ["a\u{FFFD}", "b"])
    }
}
