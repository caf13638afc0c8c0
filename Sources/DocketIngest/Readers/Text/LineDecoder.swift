import Foundation

/// Decodes bytes line by line into UTF-8, noting where each line came from.
struct LineDecoder {
    let encoding: TextEncoding
    private let limit: Int
    private(set) var output: [UInt8] = []
    private(set) var lines: [(text: Int, original: Int)] = []
    private(set) var pageStarts: [Int] = []
    private(set) var replaced = 0
    private(set) var firstReplaced: Int?
    private(set) var nulls = 0
    private(set) var isOverLimit = false
    /// True while every byte of the text stands at its own offset in the original.
    private(set) var isIdentity = true

    init(encoding: TextEncoding, limit: Int) {
        self.encoding = encoding
        self.limit = limit
    }

    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        output.reserveCapacity(min(limit, bytes.count))
        isIdentity = encoding == .utf8 && start == 0
        beginLine(start)
        switch encoding {
        case .utf8: decodeUTF8(bytes, from: start)
        case .utf16LittleEndian: decodeUTF16(bytes, from: start, low: 0)
        case .utf16BigEndian: decodeUTF16(bytes, from: start, low: 1)
        case .windows1252: decodeMultiByte(bytes, from: start, name: "WINDOWS-1252", pairs: false)
        case .cp950: decodeMultiByte(bytes, from: start, name: "CP950", pairs: true)
        case .gb18030: decodeMultiByte(bytes, from: start, name: "GB18030", pairs: true)
        }
    }

    // MARK: UTF-8

    private mutating func decodeUTF8(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        var index = start
        while index < bytes.count, !isOverLimit {
            let byte = bytes[index]
            if byte < 0x80 {
                index += takeASCII(byte, next: index + 1 < bytes.count ? bytes[index + 1] : 0, at: index, width: 1)
                continue
            }
            let step = UTF8Step(bytes, at: index)
            if step.isValid {
                output.append(contentsOf: bytes[index..<index + step.length])
            } else {
                replace(at: index)
            }
            index += step.length
        }
        isOverLimit = output.count > limit
    }

    /// Takes one ASCII character, and LF after CR with it; gives the bytes taken, of `width` a character.
    private mutating func takeASCII(_ byte: UInt8, next: UInt8, at index: Int, width: Int) -> Int {
        var taken = width
        switch byte {
        case 0:
            nulls += 1
            isIdentity = false
        case 0x0D:
            if next == 0x0A {
                taken += width
                isIdentity = false
            }
            output.append(0x0A)
            beginLine(index + taken)
        case 0x0A:
            output.append(0x0A)
            beginLine(index + taken)
        case 0x0C:
            output.append(0x0A)
            pageStarts.append(output.count)
            beginLine(index + taken)
        default:
            output.append(byte)
        }
        return taken
    }

    private mutating func beginLine(_ original: Int) {
        lines.append((output.count, original))
        if output.count > limit { isOverLimit = true }
    }

    private mutating func replace(at original: Int) {
        output.append(contentsOf: [0xEF, 0xBF, 0xBD])
        replaced += 1
        isIdentity = false
        if firstReplaced == nil { firstReplaced = original }
    }

    // MARK: UTF-16

    private mutating func decodeUTF16(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, low: Int) {
        func unit(_ index: Int) -> UInt16 {
            guard index + 1 < bytes.count else { return 0 }
            return UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8
        }
        var index = start
        while index + 1 < bytes.count, !isOverLimit {
            let first = unit(index)
            if first < 0x80 {
                let next = unit(index + 2)
                index += takeASCII(UInt8(first), next: next < 0x80 ? UInt8(next) : 0xFF, at: index, width: 2)
            } else if UTF16.isLeadSurrogate(first), index + 3 < bytes.count, UTF16.isTrailSurrogate(unit(index + 2)) {
                let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit(index + 2) & 0x3FF))
                append(value)
                index += 4
            } else {
                if UTF16.isSurrogate(first) { replace(at: index) } else { append(UInt32(first)) }
                index += 2
            }
        }
        if index < bytes.count, !isOverLimit { replace(at: index) }
        isOverLimit = output.count > limit
    }

    private mutating func append(_ value: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return }
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    // MARK: Encodings of the system

    /// Lines are cut at LF and CR, which are never second bytes of these encodings, and converted one by one.
    private mutating func decodeMultiByte(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, name: String, pairs: Bool
    ) {
        guard let converter = CharacterConverter(from: name) else {
            // Without the system's table (a libc built without it) every character would be wrong: refuse all.
            replaced = bytes.count
            return
        }
        var index = start
        while index < bytes.count, !isOverLimit {
            var end = index
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D, bytes[end] != 0x0C, bytes[end] != 0 {
                end += 1
            }
            convert(UnsafeBufferPointer(rebasing: bytes[index..<end]), at: index, with: converter, pairs: pairs)
            index = end
            if index < bytes.count {
                index += takeASCII(
                    bytes[index], next: index + 1 < bytes.count ? bytes[index + 1] : 0, at: index, width: 1)
            }
        }
        isOverLimit = output.count > limit
    }

    private mutating func convert(
        _ line: UnsafeBufferPointer<UInt8>, at original: Int, with converter: CharacterConverter, pairs: Bool
    ) {
        var taken = 0
        while taken < line.count {
            taken += converter.convert(UnsafeBufferPointer(rebasing: line[taken...]), into: &output)
            guard taken < line.count, output.count <= limit else { break }
            replace(at: original + taken)
            // A pair that has no character is one unknown character (造字), not two.
            let isPair = pairs && line[taken] >= 0x81 && taken + 1 < line.count && line[taken + 1] >= 0x40
            taken += isPair ? 2 : 1
        }
        if output.count > limit { isOverLimit = true }
    }
}

/// glibc's iconv from one encoding to UTF-8.
final class CharacterConverter {
    private let descriptor: iconv_t

    /// Nil when the system does not know the encoding.
    init?(from name: String) {
        guard let opened = iconv_open("UTF-8", name), Int(bitPattern: opened) != -1 else { return nil }
        descriptor = opened
    }

    deinit { iconv_close(descriptor) }

    /// Appends the characters of `bytes` up to the first that has none; gives the number of bytes converted.
    func convert(_ bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Int {
        _ = iconv(descriptor, nil, nil, nil, nil)
        var taken = 0
        let chunk = 4096
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: chunk) { space in
            while taken < bytes.count {
                var source = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?
                    .advanced(by: taken).assumingMemoryBound(to: CChar.self)
                var left = bytes.count - taken
                var target = space.baseAddress
                var room = chunk
                let result = iconv(descriptor, &source, &left, &target, &room)
                let isFull = result == -1 && errno == E2BIG
                space.withMemoryRebound(to: UInt8.self) { output.append(contentsOf: $0[..<(chunk - room)]) }
                taken = bytes.count - left
                guard isFull else { break }
            }
        }
        return taken
    }
}
