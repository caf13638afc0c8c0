public import Foundation

/// Universally unique, lexicographically sortable identifier: 48 bits of milliseconds and 80 of chance, as 26
/// characters of Crockford's base 32 (github.com/ulid/spec).
public struct ULID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// By byte, its value as a digit of either case; 255 for other bytes.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() {
            values[Int(byte)] = UInt8(value)
            values[Int(byte | 0x20)] = UInt8(value)
        }
        return values
    }()

    /// A new identifier for `date` (now), random in its last 80 bits.
    public init(at date: Date = Date()) {
        let milliseconds = UInt64(max(0, date.timeIntervalSince1970 * 1000)) & 0xFFFF_FFFF_FFFF
        high = milliseconds << 16 | UInt64(UInt16.random(in: .min ... .max))
        low = UInt64.random(in: .min ... .max)
    }

    /// The identifier of these bits, `words` of another one.
    public init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// All 128 bits, the first in `high`.
    public var words: (high: UInt64, low: UInt64) { (high, low) }

    /// Reads the canonical 26 characters, upper or lower case; nil for any other string.
    public init?(_ string: String) {
        guard string.utf8.count == 26 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in string.utf8.enumerated() {
            let value = Self.values[Int(byte)]
            guard value < 32, index > 0 || value < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        self.high = high
        self.low = low
    }

    /// The canonical 26 upper-case characters.
    public var string: String {
        var bytes = [UInt8](repeating: 0, count: 26)
        var (high, low) = (high, low)
        for index in stride(from: 25, through: 0, by: -1) {
            bytes[index] = Self.alphabet[Int(low & 31)]
            low = low >> 5 | high << 59
            high >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Milliseconds since 1970 that the identifier was made at.
    public var milliseconds: UInt64 { high >> 16 }
}
