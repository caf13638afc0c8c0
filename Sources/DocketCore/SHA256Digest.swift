import Crypto
public import Foundation

/// A SHA-256 digest: of original bytes, of cited words, of an engine's identity.
public struct SHA256Digest: Hashable, Sendable, Codable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public let hex: String

    /// Digest of `bytes`.
    public init(of bytes: some DataProtocol) {
        self.init(raw: SHA256.hash(data: bytes))
    }

    /// Digest of the UTF-8 bytes of `text`.
    public init(of text: String) {
        self.init(of: Data(text.utf8))
    }

    /// Wraps 64 lower-case hexadecimal digits; nil for any other string.
    public init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.hex = hex
    }

    private init(raw: some Sequence<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        for byte in raw {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
        hex = String(decoding: bytes, as: UTF8.self)
    }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// First byte of the digest, 0...255: the routing bucket of ARCHIVE.md.
    public var firstByte: UInt8 { UInt8(hex.prefix(2), radix: 16) ?? 0 }

    /// Reads a bare JSON string of 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = SHA256Digest(hex: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a SHA-256 digest")
        }
        self = digest
    }

    /// Writes a bare JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    /// Hashes a stream piece by piece.
    public struct Hasher: Sendable {
        private var state = SHA256()

        /// A hasher of nothing yet.
        public init() {}

        /// Adds the next bytes of the stream.
        public mutating func update(_ bytes: some DataProtocol) { state.update(data: bytes) }

        /// Digest of all bytes added.
        public func finalize() -> SHA256Digest { SHA256Digest(raw: state.finalize()) }
    }
}
