/// Words with a value each, found at a place of a text by the longest match.
///
/// A trie in one dictionary: a look-up costs one step a scalar and ends with the longest word, however many words
/// there are.
struct WordTable<Value: Sendable>: Sendable {
    private var edges: [Edge: Int] = [:]
    private var values: [Value?] = [nil]
    private(set) var firsts = ScalarSet()

    private struct Edge: Hashable {
        let node: Int
        let scalar: UInt32
    }

    /// An empty table.
    init() {}

    /// A table of pairs; a later pair replaces an earlier one of the same word.
    init(_ pairs: [(String, Value)]) {
        for (word, value) in pairs { insert(word, value) }
    }

    /// Adds `word`; an empty word is ignored.
    mutating func insert(_ word: String, _ value: Value) {
        let scalars = FoldedWord(word).scalars.map(Self.lowercased)
        guard let first = scalars.first else { return }
        firsts.insert(first)
        var node = 0
        for scalar in scalars {
            let edge = Edge(node: node, scalar: scalar)
            if let next = edges[edge] {
                node = next
            } else {
                values.append(nil)
                edges[edge] = values.count - 1
                node = values.count - 1
            }
        }
        values[node] = value
    }

    /// True when no word has been added.
    var isEmpty: Bool { firsts.isEmpty }

    /// The value of the exact `word`.
    subscript(word: String) -> Value? {
        let text = ByteText(word)
        guard let match = longest(in: text, at: 0), match.end == text.count else { return nil }
        return match.value
    }

    /// The longest word that begins at byte `index`, its value and the byte after it.
    ///
    /// A word that ends in a Latin letter is not found as the beginning of a longer Latin word.
    func longest(in text: ByteText, at index: Int) -> (value: Value, end: Int)? {
        var (scalar, width) = text.scalar(at: index)
        scalar = Self.lowercased(scalar)
        guard width > 0, firsts.contains(scalar) else { return nil }
        var node = 0
        var position = index
        var found: (Value, Int)?
        while width > 0, let next = edges[Edge(node: node, scalar: scalar)] {
            node = next
            position += width
            let isLatin = ByteText.isLatinLetter(scalar)
            (scalar, width) = text.scalar(at: position)
            scalar = Self.lowercased(scalar)
            if let value = values[node], !(isLatin && ByteText.isLatinLetter(scalar)) { found = (value, position) }
        }
        return found
    }

    private static func lowercased(_ scalar: UInt32) -> UInt32 {
        (0x41...0x5A).contains(scalar) ? scalar + 0x20 : scalar
    }
}

extension WordTable where Value == String {
    /// A table in which every word stands for itself.
    init(words: some Sequence<String>) {
        for word in words { insert(word, word) }
    }

    /// A table of one line a group: words separated by blanks, all standing for the first.
    init(synonyms: String) {
        for line in synonyms.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let first = words.first else { continue }
            for word in words { insert(word, first) }
        }
    }
}

/// A set of scalars of the basic plane, looked up without hashing; a scalar above it is always taken to be in the set.
struct ScalarSet: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1024)
    private(set) var isEmpty = true

    mutating func insert(_ value: UInt32) {
        isEmpty = false
        guard value < 0x10000 else { return }
        bits[Int(value >> 6)] |= 1 << UInt64(value & 63)
    }

    @inline(__always)
    func contains(_ value: UInt32) -> Bool {
        value >= 0x10000 || bits[Int(value >> 6)] & (1 << UInt64(value & 63)) != 0
    }

    mutating func formUnion(_ other: ScalarSet) {
        isEmpty = isEmpty && other.isEmpty
        for index in bits.indices { bits[index] |= other.bits[index] }
    }
}
