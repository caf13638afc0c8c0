/// A character encoding of plain text that Docket tells from the bytes.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case cp950 = "CP950"
    case gb18030 = "GB18030"
    case windows1252 = "windows-1252"

    /// The encoding of `bytes`, which may be only the start of a file; nil when they are no text.
    ///
    /// A byte order mark decides. Then UTF-8 if the bytes are valid UTF-8 or nearly (one bad sequence in four good
    /// ones), UTF-16 by its pattern of code units, then the two-byte encodings by how their characters are
    /// distributed: Big5 puts its common characters at lead bytes A4 to C6 and two fifths of its trail bytes below
    /// 7F, where GB 2312 has none.
    static func detect(_ bytes: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding, markLength: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        let controls = ControlProfile(bytes)
        if controls.nulls > 0, let encoding = UTF16Profile.encoding(of: bytes) { return (encoding, 0) }
        guard !controls.isBinary else { return nil }
        let utf8 = UTF8Profile(bytes)
        if utf8.invalid == 0 || utf8.multiByte >= 4 * utf8.invalid { return (.utf8, 0) }
        if let encoding = UTF16Profile.encoding(of: bytes) { return (encoding, 0) }
        return DoubleByteProfile(bytes).encoding.map { ($0, 0) }
    }
}

/// Control characters, by which binary data shows.
struct ControlProfile {
    private(set) var nulls = 0
    private(set) var others = 0
    /// Offset of the first control character that text does not have.
    private(set) var first: Int?
    private let count: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        count = bytes.count
        for index in 0..<bytes.count {
            let byte = bytes[index]
            guard byte < 0x20 || byte == 0x7F else { continue }
            switch byte {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x0B, 0x1A, 0x1B, 0x08: continue
            case 0: nulls += 1
            default: others += 1
            }
            if first == nil { first = index }
        }
    }

    /// More than one control character in 200 bytes, or more than two in anything shorter.
    var isBinary: Bool { (nulls + others) * 200 > max(count, 400) }
}

/// How well bytes fit UTF-8.
struct UTF8Profile {
    /// Well-formed sequences of two bytes or more.
    private(set) var multiByte = 0
    /// Ill-formed sequences; one cut off by the end of the bytes is not counted.
    private(set) var invalid = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let step = UTF8Step(bytes, at: index)
            if step.isValid {
                multiByte += 1
            } else if !step.isCutOff {
                invalid += 1
            }
            index += step.length
        }
    }
}

/// One sequence of UTF-8 by the table of well-formed byte sequences (Unicode, table 3-7).
struct UTF8Step {
    /// Bytes to go on by: of the sequence, or of the longest part that could have begun one.
    let length: Int
    let isValid: Bool
    /// True when the bytes end inside a sequence that is well-formed so far.
    let isCutOff: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        let lead = bytes[start]
        let (needed, low, high): (Int, UInt8, UInt8) =
            switch lead {
            case 0x00...0x7F: (0, 0, 0)
            case 0xC2...0xDF: (1, 0x80, 0xBF)
            case 0xE0: (2, 0xA0, 0xBF)
            case 0xED: (2, 0x80, 0x9F)
            case 0xE1...0xEF: (2, 0x80, 0xBF)
            case 0xF0: (3, 0x90, 0xBF)
            case 0xF4: (3, 0x80, 0x8F)
            case 0xF1...0xF3: (3, 0x80, 0xBF)
            default: (-1, 0, 0)
            }
        guard needed >= 0 else {
            (length, isValid, isCutOff) = (1, false, false)
            return
        }
        var taken = 0
        while taken < needed, start + 1 + taken < bytes.count {
            let byte = bytes[start + 1 + taken]
            guard byte >= (taken == 0 ? low : 0x80), byte <= (taken == 0 ? high : 0xBF) else { break }
            taken += 1
        }
        length = 1 + taken
        isValid = taken == needed
        isCutOff = !isValid && start + length == bytes.count
    }
}

/// Tells UTF-16 without a byte order mark by whether its code units are those of Chinese or Latin text.
enum UTF16Profile {
    static func encoding(of bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
        guard bytes.count >= 8 else { return nil }
        let little = share(bytes, low: 0)
        let big = share(bytes, low: 1)
        guard max(little, big) >= 0.95, abs(little - big) > 0.2 else { return nil }
        return little > big ? .utf16LittleEndian : .utf16BigEndian
    }

    /// Share of the code units that lie in blocks of ordinary text, when the low byte is at `low` of each pair.
    private static func share(_ bytes: UnsafeBufferPointer<UInt8>, low: Int) -> Double {
        let count = min(bytes.count, 1 << 16) / 2
        var plausible = 0
        for index in 0..<count {
            let unit = UInt16(bytes[2 * index + low]) | UInt16(bytes[2 * index + 1 - low]) << 8
            switch unit {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x24F, 0x2010...0x2027, 0x3000...0x303F, 0x3105...0x312F,
                0x4E00...0x9FFF, 0xFF01...0xFF5E:
                plausible += 1
            default: break
            }
        }
        return Double(plausible) / Double(max(1, count))
    }
}

/// How the bytes above 7F pair up, which tells Big5 from GB 2312 and both from one-byte Latin.
struct DoubleByteProfile {
    private var pairs = 0
    private var lowTrails = 0
    private var big5Common = 0
    private var gbCommon = 0
    private var unpaired = 0
    private let count: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        count = bytes.count
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            guard lead >= 0x80 else {
                index += 1
                continue
            }
            guard index + 1 < bytes.count else { break }
            let trail = bytes[index + 1]
            guard lead >= 0x81, lead <= 0xFE, trail >= 0x40, trail != 0x7F, trail <= 0xFE else {
                unpaired += 1
                index += 1
                continue
            }
            pairs += 1
            if trail < 0x7F { lowTrails += 1 }
            if (0xA1...0xC6).contains(lead), trail < 0x7F || trail >= 0xA1 { big5Common += 1 }
            if (0xA1...0xA3).contains(lead) || (0xB0...0xD7).contains(lead), trail >= 0xA1 { gbCommon += 1 }
            index += 2
        }
    }

    /// The likeliest encoding; nil when none is likely.
    var encoding: TextEncoding? {
        let total = Double(max(1, pairs + unpaired))
        let big5 = Double(big5Common) / total
        let gb = Double(gbCommon) / total
        let low = Double(lowTrails) / Double(max(1, pairs))
        if big5 >= 0.7, low >= 0.1 || big5 > gb { return .cp950 }
        if gb >= 0.7 { return .gb18030 }
        if Double(pairs * 2 + unpaired) < 0.15 * Double(count) { return .windows1252 }
        return nil
    }
}
