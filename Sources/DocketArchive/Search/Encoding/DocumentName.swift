import DocketCore

/// Identity of a document as numbers, by which table `indexKey` finds it.
///
/// Sources whose names are ULIDs keep their order, so that what is added lies behind what there is; different identities
/// may have the same numbers, and what is found by them is compared with the identity itself.
struct DocumentName: Hashable, Sendable {
    /// The first 64 bits of an ULID, a hash of any other name.
    let source: Int64
    /// 0 for the source's own name, a hash of 31 bits of what stands behind it.
    let name: Int64

    /// `name`: as `IndexedFacts.name` gives it.
    init(_ source: SourceID, _ name: String) {
        self.source = Self.ulid(source).map { Int64(bitPattern: $0.words.high) } ?? Self.hash(source.rawValue)
        self.name = name.isEmpty ? 0 : Self.hash(name) & 0x7FFF_FFFF | 1
    }

    init(_ document: IndexDocument) {
        self.init(document.source, IndexedFacts.name(document.id, in: document.source))
    }

    /// The source's name as an ULID; nil where it is none, or not spelled as one.
    static func ulid(_ source: SourceID) -> ULID? {
        let isSpelled = source.rawValue.utf8.count == 26 && source.rawValue.utf8.allSatisfy { $0 < 0x61 }
        return isSpelled ? ULID(source.rawValue) : nil
    }

    /// FNV-1a, mixed.
    private static func hash(_ text: String) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 32
        return Int64(bitPattern: hash)
    }
}
