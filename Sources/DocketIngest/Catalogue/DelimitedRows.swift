import DocketCore
import Foundation

/// Rows of comma, tab or semicolon separated values (RFC 4180) in any encoding of `TextEncoding`, from a stream.
///
/// The bytes of line breaks, quotes and delimiters are no part of other characters in these encodings, so that rows are cut
/// before they are decoded; UTF-16 is turned into UTF-8 first. Cells in quotes stay as they are, others lose the blanks at their ends.
struct DelimitedRows {
    struct Row: Equatable {
        /// Line that the row begins at, from 1.
        var line: Int
        var cells: [String]
        /// True when bytes of it were no characters and became U+FFFD.
        var isReplaced = false
        /// Why the row could not be cut; it has no cells then, and the next one begins at the next line.
        var fault: Fault?
    }

    enum Fault { case openQuote, tooLong, tooManyCells }

    private let stream: ByteStream
    private let encoding: TextEncoding
    private let delimiter: UInt8
    private let mostBytes: Int
    private let mostCells: Int
    private var utf16: UTF16Stream?
    private let converter: CharacterConverter?
    private var buffer: [UInt8]
    private var start = 0
    private var line = 1
    private var isEnd = false

    /// Line breaks that a quoted cell may hold; one with more was never closed.
    private static let mostQuotedLines = 200

    /// Rows of `stream`, whose first bytes, without a byte order mark, are already in `head`.
    init(
        _ stream: ByteStream, head: [UInt8], encoding: TextEncoding, delimiter: UInt8,
        options: CatalogueImportOptions
    ) {
        self.stream = stream
        self.encoding = encoding
        self.delimiter = delimiter
        mostBytes = options.mostRowBytes
        mostCells = options.limits.tableCells
        switch encoding {
        case .utf16LittleEndian: (utf16, converter) = (UTF16Stream(isLittleEndian: true), nil)
        case .utf16BigEndian: (utf16, converter) = (UTF16Stream(isLittleEndian: false), nil)
        case .cp950: converter = CharacterConverter(from: "CP950")
        case .gb18030: converter = CharacterConverter(from: "GB18030")
        case .windows1252: converter = CharacterConverter(from: "WINDOWS-1252")
        case .utf8: converter = nil
        }
        buffer = utf16?.convert(head, isLast: false) ?? head
    }

    /// Bytes of the file that have been read.
    var position: Int { stream.offset }

    /// The next row that is not blank; nil at the end.
    mutating func next() throws(IngestError) -> Row? {
        while true {
            // A piece may hold no whole character.
            while start >= buffer.count {
                guard try load() else { return nil }
            }
            let byte = buffer[start]
            guard byte == 0x0A || byte == 0x0D else { break }
            // The two bytes of one break may come in two pieces.
            if byte == 0x0D, start + 1 >= buffer.count, !isEnd {
                if try !load() { isEnd = true }
                continue
            }
            if byte == 0x0A || !follows(0x0A, start + 1) { line += 1 }
            start += 1
        }
        while true {
            switch cut() {
            case .more:
                if try !load() { isEnd = true }
            case .row(let ranges, let end, let breaks):
                let row = row(ranges)
                start = end
                line += breaks
                return row
            case .fault(let fault):
                return try skip(fault)
            }
        }
    }

    private func follows(_ byte: UInt8, _ index: Int) -> Bool { index < buffer.count && buffer[index] == byte }

    /// Reads on; false at the end of the stream.
    private mutating func load() throws(IngestError) -> Bool {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        let piece = try stream.next()
        let text = utf16?.convert(piece, isLast: piece.isEmpty) ?? piece
        buffer += text
        return !(piece.isEmpty && text.isEmpty)
    }

    // MARK: Cutting

    private enum Cut {
        case more
        case row([(range: Range<Int>, isQuoted: Bool)], end: Int, breaks: Int)
        case fault(Fault)
    }

    /// Cuts the row that begins at `start`.
    private func cut() -> Cut {
        buffer.withUnsafeBufferPointer { bytes in
            var cells: [(range: Range<Int>, isQuoted: Bool)] = []
            var index = start
            var breaks = 0
            while true {
                let first = index
                let isQuoted = index < bytes.count && bytes[index] == 0x22
                if isQuoted {
                    guard let end = quoteEnd(bytes, from: index + 1, &breaks) else {
                        let isOver = bytes.count - start > mostBytes || breaks > Self.mostQuotedLines
                        if isOver || isEnd && breaks > 0 { return .fault(.openQuote) }
                        if !isEnd { return .more }
                        cells.append((first..<bytes.count, true))
                        return .row(cells, end: bytes.count, breaks: breaks)
                    }
                    index = end
                }
                while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A, bytes[index] != 0x0D {
                    index += 1
                }
                guard index - start <= mostBytes else { return .fault(.tooLong) }
                if index >= bytes.count, !isEnd { return .more }
                guard cells.count < mostCells else { return .fault(.tooManyCells) }
                cells.append((first..<index, isQuoted))
                guard index < bytes.count, bytes[index] == delimiter else {
                    if index < bytes.count {
                        // A break of two bytes that the buffer ends within would count as two.
                        if bytes[index] == 0x0D, index + 1 >= bytes.count, !isEnd { return .more }
                        index += bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
                        breaks += 1
                    }
                    return .row(cells, end: index, breaks: breaks)
                }
                index += 1
            }
        }
    }

    /// Index after the quote that closes; nil when there is none in reach.
    private func quoteEnd(_ bytes: UnsafeBufferPointer<UInt8>, from first: Int, _ breaks: inout Int) -> Int? {
        var index = first
        while index < bytes.count, index - start <= mostBytes, breaks <= Self.mostQuotedLines {
            switch bytes[index] {
            case 0x22:
                guard index + 1 < bytes.count || isEnd else { return nil }
                guard index + 1 < bytes.count, bytes[index + 1] == 0x22 else { return index + 1 }
                index += 1
            case 0x0A: breaks += 1
            case 0x0D where index + 1 >= bytes.count || bytes[index + 1] != 0x0A: breaks += 1
            default: break
            }
            index += 1
        }
        return nil
    }

    /// A row that cannot be cut, and the way to the next line.
    private mutating func skip(_ fault: Fault) throws(IngestError) -> Row {
        let row = Row(line: line, cells: [], fault: fault)
        while true {
            while start < buffer.count, buffer[start] != 0x0A, buffer[start] != 0x0D { start += 1 }
            if start < buffer.count { break }
            guard try load() else { return row }
        }
        return row
    }

    // MARK: Cells

    private func row(_ ranges: [(range: Range<Int>, isQuoted: Bool)]) -> Row {
        var row = Row(line: line, cells: [])
        row.cells.reserveCapacity(ranges.count)
        for (range, isQuoted) in ranges { row.cells.append(cell(range, isQuoted, &row.isReplaced)) }
        return row
    }

    private func cell(_ range: Range<Int>, _ isQuoted: Bool, _ isReplaced: inout Bool) -> String {
        guard isQuoted else { return text(buffer[range], &isReplaced).trimmedString }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var index = range.lowerBound + 1
        var isOpen = true
        while index < range.upperBound {
            let byte = buffer[index]
            index += 1
            if isOpen, byte == 0x22 {
                guard index < range.upperBound, buffer[index] == 0x22 else {
                    isOpen = false
                    continue
                }
                index += 1
            }
            // What stands after a closing quote belongs to the cell, as spreadsheets read it.
            bytes.append(byte)
        }
        return text(bytes[...], &isReplaced)
    }

    private func text(_ bytes: ArraySlice<UInt8>, _ isReplaced: inout Bool) -> String {
        guard let converter else {
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            isReplaced = true
            return String(decoding: bytes, as: UTF8.self)
        }
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var output: [UInt8] = []
        bytes.withUnsafeBufferPointer { source in
            var taken = 0
            while taken < source.count {
                taken += converter.convert(UnsafeBufferPointer(rebasing: source[taken...]), into: &output)
                guard taken < source.count else { break }
                isReplaced = true
                output += [0xEF, 0xBF, 0xBD]
                let isPair = source[taken] >= 0x81 && taken + 1 < source.count && source[taken + 1] >= 0x40
                taken += isPair && encoding != .windows1252 ? 2 : 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
