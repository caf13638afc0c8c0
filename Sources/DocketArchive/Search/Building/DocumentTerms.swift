import DocketCore
import DocketText

/// The terms of one document, in the order of its fields.
struct DocumentTerms {
    /// How much an occurrence in a field weighs, by role: the w of BM25F.
    static func weight(of role: IndexField.Role) -> Int {
        switch role {
        case .title: 2
        case .conclusion: 2
        case .body: 1
        }
    }

    /// Positions between the last term of a field and the first of the next, so that no phrase runs over both.
    static let fieldGap = 4
    /// Positions of one document; a text that needs more is refused.
    static let mostPositions = 1 << 24

    private let tokenizer = SearchTokenizer()

    /// Calls `body` with every term, its position where it has one, and its weight.
    /// - Returns: the document's length for BM25: weighted number of pairs and words.
    /// - Throws: `ArchiveError.refused(.tooLarge)`.
    func forEach(
        _ document: IndexDocument, _ body: (UnsafeBufferPointer<UInt8>, _ position: Int?, _ weight: Int) -> Void
    ) throws -> Int {
        var (start, length) = (0, 0)
        for field in document.searchedFields {
            let weight = Self.weight(of: field.role)
            var (last, isBehindWord) = (-1, false)
            var text = field.text
            text.withUTF8 { bytes in
                tokenizer.forEachTerm(in: bytes) { term in
                    last = term.position
                    if isBehindWord, term.kind == .bigram || term.kind == .runEnd {
                        Self.runStart(term.bytes) { body($0, start + term.position, weight) }
                    }
                    switch term.kind {
                    case .bigram, .runEnd: isBehindWord = false
                    case .word: isBehindWord = true
                    case .stem, .number, .date: break
                    }
                    switch term.kind {
                    case .bigram, .word:
                        // The words of a conclusion weigh more and make it no longer: it stands above the passage it is in.
                        length += field.role == .conclusion ? 1 : weight
                        body(term.bytes, start + term.position, weight)
                    case .runEnd: body(term.bytes, start + term.position, weight)
                    case .stem, .number, .date: body(term.bytes, nil, weight)
                    }
                }
            }
            if last >= 0 { start += last + Self.fieldGap }
            guard start < Self.mostPositions else {
                throw ArchiveError.refused(
                    .tooLarge(object: document.id, bytes: field.text.utf8.count, limit: Self.mostPositions))
            }
        }
        // Facts come last: they have no place.
        for var term in document.factTerms {
            term.withUTF8 { body($0, nil, 1) }
        }
        return length
    }

    /// The term of the run that begins with `term`, `IndexTerm.runStart`: a single character behind a word is found by it.
    private static func runStart(_ term: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8) { room in
            let width = min(term.count, UTF8Width.of(term[0]))
            room[0] = 2
            for index in 0..<width { room[index + 1] = term[index] }
            body(UnsafeBufferPointer(rebasing: room[...width]))
        }
    }
}

/// Bytes of a character in UTF-8.
enum UTF8Width {
    /// By its first byte, 1...4.
    @inline(__always)
    static func of(_ first: UInt8) -> Int { first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }
}

extension IndexDocument {
    /// The fields that are searched, the title first.
    var searchedFields: [IndexField] {
        isTitleSearched ? [IndexField(.title, title)] + fields : fields
    }

    /// Order among documents of equal rank: sources in the order of a hash of their names, which is the same however many
    /// machines hold them, and within a source as they stand in it.
    var orderKey: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in source.rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 29
        hash = hash &* 0xBF58_476D_1CE4_E5B9
        hash ^= hash >> 32
        return hash & ~0xF_FFFF | UInt64(min(max(0, ordinal), 0xF_FFFF))
    }
}
