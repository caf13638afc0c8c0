import Foundation
import Glibc

/// What goes to people and to pipes: text and JSON on standard output, progress and errors on standard error.
enum Terminal {
    /// True when standard output is a terminal.
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
    /// True when standard error is a terminal; progress is shown only then.
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1

    /// Writes a line to standard output.
    static func print(_ line: String = "") { write(line + "\n", to: STDOUT_FILENO) }

    /// Writes a line to standard error.
    static func complain(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

    /// Writes all bytes; a closed pipe ends the program quietly, as it does for other tools.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { exit(0) }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Writes one JSON value on one line.
    static func print(json value: some Encodable) throws {
        write(try jsonLine(value) + "\n", to: STDOUT_FILENO)
    }

    /// One JSON value on one line, keys sorted.
    static func jsonLine(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Emphasis on a terminal, the bare text in a pipe.
    static func bold(_ text: String) -> String { outputIsTerminal ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// Lesser text on a terminal, the bare text in a pipe.
    static func dim(_ text: String) -> String { outputIsTerminal ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

    /// Columns that a text takes: two for a wide East Asian character.
    static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1.value) }
    }

    private static func columns(of scalar: UInt32) -> Int {
        switch scalar {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    /// A text cut to `columns` with an ellipsis where it is longer.
    static func fitted(_ text: String, columns limit: Int) -> String {
        guard width(of: text) > limit, limit > 1 else { return text }
        var used = 0
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let next = columns(of: scalar.value)
            if used + next > limit - 1 { break }
            used += next
            result.append(scalar)
        }
        return String(result) + "…"
    }

    /// Rows in aligned columns under a header line; the last column is not padded.
    static func table(_ header: [String], _ rows: [[String]], limit: Int = 48) -> [String] {
        let cells = ([header] + rows).map { row in row.map { fitted(flat($0), columns: limit) } }
        let widths = header.indices.map { column in
            cells.map { column < $0.count ? width(of: $0[column]) : 0 }.max() ?? 0
        }
        func line(_ row: [String]) -> String {
            row.enumerated().map { column, text in
                column == row.count - 1 ? text : text + String(repeating: " ", count: widths[column] - width(of: text))
            }.joined(separator: "  ")
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return [bold(line(cells[0])), rule] + cells.dropFirst().map(line)
    }

    private static func flat(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}

/// A counter that rewrites one line of a terminal, and is silent in a pipe.
struct Progress: Sendable {
    private let label: String
    private let total: Int?
    private let isShown: Bool

    /// Progress of `total` steps, or of an unknown number.
    init(_ label: String, total: Int?, isQuiet: Bool) {
        self.label = label
        self.total = total
        isShown = Terminal.errorIsTerminal && !isQuiet
    }

    /// Shows that `done` steps are finished.
    func update(_ done: Int, _ detail: String = "") {
        guard isShown else { return }
        let count = total.map { "\(done)/\($0)" } ?? "\(done)"
        Terminal.write(
            "\r\u{1B}[K\(label) \(count) \(Terminal.fitted(detail, columns: 50))", to: STDERR_FILENO)
    }

    /// Clears the line.
    func finish() {
        if isShown { Terminal.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }
}
