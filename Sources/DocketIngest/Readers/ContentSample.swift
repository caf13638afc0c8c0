public import Foundation

/// What the first bytes of an input show: the family of its format, and for text the start of it.
public struct ContentSample: Sendable {
    /// Family of formats, by the bytes alone.
    public enum Form: Sendable, Equatable {
        /// Text in an encoding that is known.
        case text(TextEncoding)
        /// A PDF file.
        case pdf
        /// A ZIP container: DOCX, ODT and others.
        case zip
        /// A compound file of old Office programs, also the wrapping of encrypted new ones.
        case compound
        /// A picture of the given media type.
        case image(String)
        /// A format with a name that no reader accepts: sound, archives, programs.
        case other(name: String)
        /// Neither text nor a known format; the first byte that text does not have.
        case binary(at: Int)
    }

    /// Family of the format.
    public let form: Form
    /// Start of a text, decoded, at most 64 KiB of the original; empty for other forms.
    public let text: String
    /// Lines of `text` without their breaks; the last is left out when the sample ends inside it.
    public let lines: [Substring]
    /// First character that is no white space; nil when there is none.
    public let firstCharacter: Character?

    private static let size = 64 << 10

    /// Looks at the start of `data`.
    public init(_ data: Data) {
        let head = data.prefix(Self.size)
        let (form, text) = head.withUnsafeBytes { (raw: UnsafeRawBufferPointer) -> (Form, String) in
            let bytes = raw.bindMemory(to: UInt8.self)
            if let form = Self.signature(bytes) { return (form, "") }
            guard let (encoding, mark) = TextEncoding.detect(bytes) else {
                return (.binary(at: ControlProfile(bytes).first ?? 0), "")
            }
            var decoder = LineDecoder(encoding: encoding, limit: .max)
            decoder.decode(bytes, from: mark)
            return (.text(encoding), String(decoding: decoder.output, as: UTF8.self))
        }
        self.form = form
        self.text = text
        var lines = text.lineSubstrings
        if data.count > Self.size, lines.count > 1 { lines.removeLast() }
        self.lines = lines
        firstCharacter = text.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
    }

    /// True for text of any encoding.
    public var isText: Bool { if case .text = form { true } else { false } }

    /// Lines that are not blank, without white space at both ends, at most `limit`.
    func inkLines(_ limit: Int = 400) -> [Substring] {
        var found: [Substring] = []
        for line in lines {
            let trimmed = line.trimmingPrefix(while: \.isWhitespace)
            guard !trimmed.isEmpty else { continue }
            found.append(trimmed)
            if found.count == limit { break }
        }
        return found
    }
}

// MARK: Signatures

extension ContentSample {
    private static let signatures: [(offset: Int, bytes: [UInt8], form: Form)] = [
        (0, [0x50, 0x4B, 0x03, 0x04], .zip), (0, [0x50, 0x4B, 0x05, 0x06], .zip),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .compound),
        (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .image("image/png")),
        (0, [0xFF, 0xD8, 0xFF], .image("image/jpeg")), (0, Array("GIF8".utf8), .image("image/gif")),
        (0, [0x49, 0x49, 0x2A, 0x00], .image("image/tiff")), (0, [0x4D, 0x4D, 0x00, 0x2A], .image("image/tiff")),
        (8, Array("WEBP".utf8), .image("image/webp")), (8, Array("WAVE".utf8), .other(name: "sound (WAV)")),
        (0, Array("ID3".utf8), .other(name: "sound (MP3)")), (0, Array("fLaC".utf8), .other(name: "sound (FLAC)")),
        (0, Array("OggS".utf8), .other(name: "sound (Ogg)")),
        (4, Array("ftyp".utf8), .other(name: "sound or film (MP4)")),
        (0, [0x1A, 0x45, 0xDF, 0xA3], .other(name: "sound or film (Matroska)")),
        (0, [0x1F, 0x8B, 0x08], .other(name: "gzip")), (0, Array("BZh".utf8), .other(name: "bzip2")),
        (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .other(name: "xz")),
        (0, [0x28, 0xB5, 0x2F, 0xFD], .other(name: "Zstandard")),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .other(name: "7-Zip")), (0, Array("Rar!".utf8), .other(name: "RAR")),
        (0, [0x7F, 0x45, 0x4C, 0x46], .other(name: "program (ELF)")),
        (0, Array("MZ".utf8), .other(name: "program (Windows)")),
        (0, Array("{\\rtf".utf8), .other(name: "RTF")), (0, Array("%!PS".utf8), .other(name: "PostScript")),
        (0, Array("SQLite format 3".utf8), .other(name: "SQLite")),
    ]

    private static func signature(_ bytes: UnsafeBufferPointer<UInt8>) -> Form? {
        for (offset, mark, form) in signatures where bytes.dropFirst(offset).starts(with: mark) {
            // Two letters alone could begin a text; a Windows program has a control byte soon after.
            if mark.count == 2, !bytes.prefix(64).contains(0) { continue }
            return form
        }
        if bytes.starts(with: Array("BM".utf8)), bytes.count > 26, bytes[6..<10].allSatisfy({ $0 == 0 }) {
            return .image("image/bmp")
        }
        return isPDF(bytes) ? .pdf : nil
    }

    /// The mark may stand anywhere in the first KiB (PDF 32000-1, annex H.3.4.1), yet not inside a text that speaks of
    /// it: what is before must be no text of more than a line.
    private static func isPDF(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let mark = Array("%PDF-".utf8)
        if bytes.starts(with: mark) { return true }
        let head = bytes.prefix(1024)
        guard let start = head.indices.first(where: { head[$0...].starts(with: mark) }) else { return false }
        return ControlProfile(UnsafeBufferPointer(rebasing: bytes.prefix(4096))).others > 0
            || start < 64 && !head[..<start].contains(0x0A)
    }
}
