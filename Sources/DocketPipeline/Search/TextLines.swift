import Foundation

/// The lines of a file or a pipe, one at a time: neither their number nor their length decides how much is in memory.
struct TextLines {
    /// A line without its break.
    struct Line: Equatable {
        /// From 1.
        var number: Int
        /// Nil for a line that is too long.
        var bytes: [UInt8]?
    }

    /// Longest line, in bytes.
    static let longest = 64 << 10
    private static let page = 64 << 10

    private let read: (Int) throws -> Data?
    private var buffer: [UInt8] = []
    private var start = 0
    private var number = 0
    private var isOver = false
    private var waiting: [Line] = []

    /// Lines of what `read` gives, which is asked for so many bytes at most and gives none at the end.
    init(read: @escaping (Int) throws -> Data?) { self.read = read }

    /// Puts lines back that were taken last.
    mutating func putBack(_ lines: [Line]) { waiting = lines + waiting }

    /// The next line; nil at the end.
    /// - Throws: what reading threw.
    mutating func next() throws -> Line? {
        if !waiting.isEmpty { return waiting.removeFirst() }
        var looked = start
        var isTooLong = false
        while true {
            if let end = buffer[looked...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = buffer[start..<end]
                start = end + 1
                return made(line, isTooLong)
            }
            guard !isOver else {
                guard start < buffer.count || isTooLong else { return nil }
                let line = buffer[start...]
                start = buffer.count
                return made(line, isTooLong)
            }
            buffer.removeFirst(start)
            start = 0
            if buffer.count > Self.longest {
                isTooLong = true
                buffer.removeAll(keepingCapacity: true)
            }
            looked = buffer.count
            let more = try read(Self.page) ?? Data()
            isOver = more.isEmpty
            buffer += more
        }
    }

    private mutating func made(_ line: ArraySlice<UInt8>, _ isTooLong: Bool) -> Line {
        number += 1
        guard !isTooLong, line.count <= Self.longest else { return Line(number: number, bytes: nil) }
        return Line(number: number, bytes: Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
    }
}
