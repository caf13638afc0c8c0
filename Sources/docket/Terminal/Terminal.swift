import Foundation
import Glibc
import Synchronization

/// What goes to people and to pipes: text and JSON on standard output, progress and errors on standard error.
enum Terminal {
    /// True when standard output is a terminal.
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
    /// True when standard error is a terminal; progress is shown only then.
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1

    /// The system's number of the first write to standard output that failed; nothing is written there after it.
    static var outputError: Int32? { failed.withLock { $0 } }

    private static let failed = Mutex<Int32?>(nil)

    /// Writes a line to standard output, without the control characters of documents.
    static func print(_ line: String = "") {
        write(shown(line, isTerminal: outputIsTerminal) + "\n", to: STDOUT_FILENO)
    }

    /// Writes a line to standard error, without the control characters of documents and file names.
    static func complain(_ line: String) {
        write(shown(line, isTerminal: errorIsTerminal) + "\n", to: STDERR_FILENO)
    }

    /// Writes all bytes as they are; a closed pipe ends the program quietly, as it does for other tools.
    static func write(_ text: String, to descriptor: Int32) {
        if descriptor == STDOUT_FILENO, outputError != nil { return }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { exit(0) }
                // What cannot be said on standard error cannot be said at all.
                if descriptor == STDOUT_FILENO { failed.withLock { [errno] in $0 = $0 ?? errno } }
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
        let words = Terminal.shown(Terminal.fitted(Terminal.flat(detail), columns: 50), isTerminal: false)
        Terminal.write("\r\u{1B}[K\(label) \(count) \(words)", to: STDERR_FILENO)
    }

    /// Clears the line.
    func finish() {
        if isShown { Terminal.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }
}
