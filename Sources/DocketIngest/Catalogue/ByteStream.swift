import DocketCore
import Foundation

/// Bytes of a file or of memory, piece by piece, so that a file of any size takes the memory of one piece.
final class ByteStream {
    private let descriptor: Int32?
    private let memory: Data
    private let name: String
    private let limit: Int
    private let pieceBytes: Int
    private(set) var offset = 0

    /// Bytes of `data`, which came under `name`.
    init(_ data: Data, name: String, pieceBytes: Int = 1 << 18) {
        descriptor = nil
        memory = data
        limit = .max
        self.pieceBytes = pieceBytes
        self.name = name
    }

    /// The bytes of the regular file at `url`.
    /// - Throws: `IngestError.unreadable`, `.notAFile`, `.empty`, `.limitExceeded` for files over `containerBytes`.
    init(file url: URL, limits: ReaderLimits) throws(IngestError) {
        name = url.lastPathComponent
        memory = Data()
        pieceBytes = 1 << 18
        limit = limits.containerBytes
        let opened = open(url.path(percentEncoded: false), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw .unreadable(file: name, errno: errno) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw .notAFile(file: name)
        }
        guard status.st_size > 0 else {
            close(opened)
            throw .empty(file: name)
        }
        guard Int(status.st_size) <= limit else {
            close(opened)
            throw .limitExceeded(
                file: name, limit: .containerBytes, value: limit, place: .init(byte: Int(status.st_size)))
        }
        descriptor = opened
    }

    deinit { if let descriptor { close(descriptor) } }

    /// At most `count` further bytes, of usual length where none is given; none at the end.
    /// - Throws: `IngestError.unreadable`, `.limitExceeded` when the file has grown over its limit.
    func next(_ count: Int? = nil) throws(IngestError) -> [UInt8] {
        let count = count ?? pieceBytes
        guard let descriptor else {
            let end = min(memory.count, offset + count)
            defer { offset = end }
            return [UInt8](memory[(memory.startIndex + offset)..<(memory.startIndex + end)])
        }
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var taken = -1
            repeat { taken = read(descriptor, buffer.baseAddress, count) } while taken < 0 && errno == EINTR
            if taken < 0 { failure = errno }
            filled = max(0, taken)
        }
        guard failure == 0 else { throw .unreadable(file: name, errno: failure) }
        offset += piece.count
        guard offset <= limit else {
            throw .limitExceeded(file: name, limit: .containerBytes, value: limit, place: .init(byte: offset))
        }
        return piece
    }
}

/// Turns UTF-16 into UTF-8 piece by piece; a surrogate without its partner becomes U+FFFD.
struct UTF16Stream {
    private let isLittle: Bool
    private var half: UInt8?
    private var lead: UInt16?

    init(isLittleEndian: Bool) { isLittle = isLittleEndian }

    mutating func convert(_ piece: [UInt8], isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(piece.count * 3 / 2)
        for byte in piece {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            take(isLittle ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte), &output)
        }
        if isLast, lead != nil || half != nil {
            (lead, half) = (nil, nil)
            output += [0xEF, 0xBF, 0xBD]
        }
        return output
    }

    private mutating func take(_ unit: UInt16, _ output: inout [UInt8]) {
        var value = UInt32(unit)
        if let high = lead {
            lead = nil
            if UTF16.isTrailSurrogate(unit) {
                value = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
            } else {
                output += [0xEF, 0xBF, 0xBD]
            }
        }
        if UTF16.isLeadSurrogate(unit) {
            lead = unit
        } else {
            output += UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
        }
    }
}
