/// Reads a stream of server-sent events piece by piece, wherever the pieces are cut.
///
/// Lines may end in LF, CR LF or CR; comments and fields other than `data` are passed over. A line and the data of one
/// event are bounded.
struct EventStreamParser {
    struct TooLong: Error, Equatable {}

    private let limit: Int
    private var line: [UInt8] = []
    private var data: [UInt8]?
    private var lastWasReturn = false
    private var isFirstLine = true

    /// True once a byte has come that is not a blank line.
    private(set) var hasContent = false

    init(limit: Int = 1 << 20) { self.limit = limit }

    /// The data of the events that end within `piece`.
    mutating func events(in piece: [UInt8]) throws(TooLong) -> [[UInt8]] {
        var events: [[UInt8]] = []
        for byte in piece {
            switch byte {
            case 10 where lastWasReturn: lastWasReturn = false
            case 10, 13:
                lastWasReturn = byte == 13
                if let event = try endOfLine() { events.append(event) }
            default:
                lastWasReturn = false
                hasContent = true
                guard line.count < limit else { throw TooLong() }
                line.append(byte)
            }
        }
        return events
    }

    /// The data of an event whose closing blank line never came.
    mutating func end() throws(TooLong) -> [UInt8]? {
        if !line.isEmpty { _ = try endOfLine() }
        defer { data = nil }
        return data
    }

    private mutating func endOfLine() throws(TooLong) -> [UInt8]? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else {
            defer { data = nil }
            return data
        }
        guard line.starts(with: "data:".utf8) || line.elementsEqual("data".utf8) else { return nil }
        var value = line.dropFirst(5)
        if value.first == 0x20 { value = value.dropFirst() }
        guard (data?.count ?? 0) + value.count < limit else { throw TooLong() }
        data = data.map { $0 + [10] + value } ?? Array(value)
        return nil
    }
}
