/// Adds up the postings of all terms that begin with one character, where they are many: what a search for that character
/// alone would else have to do each time.
///
/// Terms come in the order of their bytes, so those of a character come together.
struct CharacterSums {
    /// Postings of one character, as a term of the index.
    struct Sum {
        var term: [UInt8]
        var list: PostingList
    }

    /// Share of a segment's documents, as one in so many, from which on a character's postings are added up.
    static let share = 8
    /// Documents below which a segment has no sums.
    static let fewest = 1_024

    private let width: Int
    private var character: [UInt8] = []
    private var weights: [UInt32] = []
    private var postings = 0
    /// Documents and their weights, while they are few.
    private var few: [UInt64] = []

    init(width: Int) { self.width = width }

    /// The term of a character's sums.
    static func term(_ character: some Collection<UInt8>) -> [UInt8] { Array(IndexTerm.sums.utf8) + character }

    /// The first character of a term that pairs of characters begin with; nil for words, values and facts.
    static func character(_ term: some RandomAccessCollection<UInt8>) -> Int? {
        guard let first = term.first, first >= 0xE0 else { return nil }
        return first < 0xF0 ? 3 : 4
    }

    /// Begins a term; gives the sums of the character before, when the term is of another one.
    mutating func begin(_ term: [UInt8]) -> Sum? {
        let count = Self.character(term) ?? 0
        if !character.isEmpty, term.starts(with: character) { return nil }
        let sum = end()
        character = width >= Self.fewest && count > 0 ? Array(term.prefix(count)) : []
        return sum
    }

    /// Adds postings of the term begun last.
    mutating func add(_ list: PostingView, upTo end: Int? = nil) {
        guard !character.isEmpty else { return }
        let count = end ?? list.count
        if postings + count <= width / Self.share {
            for index in 0..<count { few.append(UInt64(list.docs[index]) << 32 | UInt64(list.weights[index])) }
        } else {
            if weights.isEmpty { weights = [UInt32](repeating: 0, count: width) }
            weights.withUnsafeMutableBufferPointer { weights in
                for pair in few { weights[Int(pair >> 32)] &+= UInt32(truncatingIfNeeded: pair) }
                for index in 0..<count { weights[Int(list.docs[index])] &+= list.weights[index] }
            }
            few.removeAll(keepingCapacity: true)
        }
        postings += count
    }

    private mutating func end() -> Sum? {
        defer {
            few.removeAll(keepingCapacity: true)
            postings = 0
        }
        guard postings > width / Self.share else { return nil }
        var list = PostingList()
        weights.withUnsafeMutableBufferPointer { weights in
            let count = weights.reduce(into: 0) { $0 += $1 > 0 ? 1 : 0 }
            list.docs = [UInt32](unsafeUninitializedCapacity: count) { docs, written in
                for doc in weights.indices where weights[doc] > 0 {
                    docs[written] = UInt32(doc)
                    written += 1
                }
            }
            list.weights = list.docs.map { min(weights[Int($0)], 65_535) }
            weights.update(repeating: 0)
        }
        // The same in every segment: by the documents, not by the postings.
        return list.docs.count >= width / Self.share ? Sum(term: Self.term(character), list: list) : nil
    }
}
