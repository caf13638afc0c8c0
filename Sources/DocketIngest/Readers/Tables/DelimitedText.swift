/// Rows of comma, semicolon or tab separated values (RFC 4180), one at a time.
///
/// A field in quotes may hold delimiters and line breaks; a quote inside it is doubled. A quote that is never closed ends
/// with the input.
struct DelimitedText {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private let mostFields: Int
    private var index: Int
    private var line = 1

    /// Rows of `bytes`, UTF-8 with line feeds; of each row the first `mostFields`.
    init(_ bytes: [UInt8], delimiter: UInt8, mostFields: Int = .max) {
        self.bytes = bytes
        self.mostFields = mostFields
        self.delimiter = delimiter
        index = 0
    }

    struct Row: Equatable {
        var fields: [String]
        /// Line that the row starts at, from 1.
        var line: Int
        /// Offset of its first byte.
        var offset: Int
        /// Bytes of the row.
        var length: Int
    }

    /// The next row; nil at the end.
    ///
    /// A blank line is no row.
    mutating func next() -> Row? {
        while index < bytes.count, bytes[index] == 0x0A {
            index += 1
            line += 1
        }
        guard index < bytes.count else { return nil }
        var row = Row(fields: [], line: line, offset: index, length: 0)
        while true {
            let next = field()
            if row.fields.count < mostFields { row.fields.append(next) }
            guard index < bytes.count, bytes[index] == delimiter else { break }
            index += 1
        }
        if index < bytes.count {
            index += 1
            line += 1
        }
        row.length = index - row.offset
        return row
    }

    private mutating func field() -> String {
        let quote = UInt8(ascii: "\"")
        guard index < bytes.count, bytes[index] == quote else {
            let start = index
            while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self).trimmedString
        }
        index += 1
        var field: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == quote {
                guard index < bytes.count, bytes[index] == quote else { break }
                index += 1
            }
            if byte == 0x0A { line += 1 }
            field.append(byte)
        }
        // What stands after a closing quote belongs to the field, as spreadsheets read it.
        while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A {
            field.append(bytes[index])
            index += 1
        }
        return String(decoding: field, as: UTF8.self).trimmedString
    }

    /// The delimiter of a text, if it is a table: the one that gives its first rows the same number of fields, two or
    /// more; nil when none does.
    static func delimiter(of sample: [UInt8], isWhole: Bool) -> UInt8? {
        for delimiter in [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")] {
            var table = DelimitedText(sample, delimiter: delimiter)
            var rows: [Row] = []
            while rows.count < 50, let row = table.next() { rows.append(row) }
            if !isWhole, rows.count < 50, rows.count > 1 { rows.removeLast() }
            guard rows.count >= 2, let width = rows.first?.fields.count, width >= 2 else { continue }
            guard rows.allSatisfy({ $0.fields.count == width }) else { continue }
            // Prose with a comma in each line: a head has short names without sentence ends, all different.
            let head = rows[0].fields
            let isHead = head.allSatisfy { !$0.isEmpty && $0.count <= 30 && !"。.？?！!".contains($0.last ?? " ") }
            if isHead, Set(head).count == head.count, delimiter == 0x09 || width >= 3 || rows.count >= 4 {
                return delimiter
            }
        }
        return nil
    }
}
