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
    /// Documents with a weight, while they are few.
    private var touched: [UInt32] = []

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
        if weights.isEmpty { weights = [UInt32](repeating: 0, count: width) }
        let count = end ?? list.count
        if postings + count <= width / Self.share {
            touched.append(contentsOf: UnsafeBufferPointer(start: list.docs, count: count))
        }
        postings += count
        weights.withUnsafeMutableBufferPointer { weights in
            for index in 0..<count { weights[Int(list.docs[index])] &+= list.weights[index] }
        }
    }

    private mutating func end() -> Sum? {
        guard postings > 0 else { return nil }
        var sum: Sum?
        if postings >= width / Self.share {
            var list = PostingList()
            weights.withUnsafeBufferPointer { weights in
                for doc in weights.indices where weights[doc] > 0 {
                    list.docs.append(UInt32(doc))
                    list.weights.append(min(weights[doc], 65_535))
                }
            }
            // The same in every segment: by the documents, not by the postings.
            if list.docs.count >= width / Self.share { sum = Sum(term: Self.term(character), list: list) }
        }
        if touched.count == postings {
            for doc in touched { weights[Int(doc)] = 0 }
        } else {
            weights.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        }
        touched.removeAll(keepingCapacity: true)
        postings = 0
        return sum
    }
}
