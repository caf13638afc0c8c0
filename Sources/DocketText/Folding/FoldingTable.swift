/// What every character folds to and which script it tells of, laid out for look-ups by code point.
///
/// Built once from `FoldingData`, some milliseconds on first use.
struct FoldingTable: Sendable {
    /// The table of the process.
    static let shared = FoldingTable()

    /// Folded code point of each code point below U+10000; `dropped` and `expanded` are not code points of text.
    private(set) var basic: [UInt16]
    /// The same for the code points above.
    private(set) var supplementary: [UInt32: UInt32] = [:]
    /// UTF-8 of what the expanded characters fold to.
    private(set) var expansions: [UInt32: [UInt8]] = [:]

    /// Mark of a character that folds to nothing: combining marks, variation selectors, zero-width characters.
    static let dropped: UInt16 = 0xDC00
    /// Mark of a character that folds to several.
    static let expanded: UInt16 = 0xDC01

    private init() {
        basic = (0..<0x10000).map { UInt16($0) }
        for letter in UInt16(0x41)...0x5A { basic[Int(letter)] = letter + 0x20 }
        for word in Self.words(FoldingData.groups) {
            guard let target = word.first else { continue }
            for source in word.dropFirst() { set(source, to: target) }
        }
        for source in FoldingData.spaces { set(source, to: 0x20) }
        for word in Self.words(FoldingData.expansions) {
            guard let source = word.first else { continue }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: word.dropFirst().compactMap(Unicode.Scalar.init))
            expansions[source] = Array(String(text).utf8)
            if source < 0x10000 { basic[Int(source)] = Self.expanded }
        }
        let marks: [ClosedRange<UInt32>] = [
            0xAD...0xAD, 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200B...0x200F, 0x2060...0x2064,
            0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF...0xFEFF,
        ]
        for code in marks.joined() { basic[Int(code)] = Self.dropped }
    }

    private mutating func set(_ source: UInt32, to target: UInt32) {
        if source < 0x10000, target < 0x10000 {
            basic[Int(source)] = UInt16(target)
        } else if source < 0x10000 {
            expansions[source] = Unicode.Scalar(target).map { Array(String(Character($0)).utf8) } ?? []
            basic[Int(source)] = Self.expanded
        } else {
            supplementary[source] = target
        }
    }

    /// The words of a table, each as its code points.
    static func words(_ table: StaticString) -> [[UInt32]] {
        table.withUTF8Buffer { bytes in
            String(decoding: bytes, as: UTF8.self).unicodeScalars
                .split { $0 == " " || $0 == "\n" }.map { $0.map(\.value) }
        }
    }

    /// Appends the fold of `code` to `output` and returns the number of bytes appended.
    @inline(__always)
    func append(_ code: UInt32, to output: inout [UInt8]) -> Int {
        let before = output.count
        if code < 0x10000 {
            let folded = basic[Int(code)]
            if folded == Self.dropped { return 0 }
            if folded == Self.expanded {
                output.append(contentsOf: expansions[code] ?? [])
            } else {
                UTF8Bytes.append(UInt32(folded), to: &output)
            }
        } else if let several = expansions[code] {
            output.append(contentsOf: several)
        } else if !(0xE0100...0xE01EF).contains(code) {
            UTF8Bytes.append(supplementary[code] ?? code, to: &output)
        }
        return output.count - before
    }
}
