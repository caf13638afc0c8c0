/// Finds any of many words in one pass over UTF-8 bytes (Aho and Corasick 1975, "Efficient string matching").
struct WordMatcher: Sendable {
    private var edges: [UInt64: Int32] = [:]
    private var fails: [Int32] = [0]
    /// Word that is spelled by the way to a node; -1 for none.
    private var outputs: [Int32] = [-1]
    /// The nearest node on the way of a node's fails that spells a word; 0 for none.
    private var shorter: [Int32] = [0]
    private var lengths: [Int] = []

    /// A match: the number of the word, in the order given, and its bytes.
    struct Match: Hashable {
        let word: Int
        let range: Range<Int>
    }

    /// A matcher of `words`; an empty word is never found, and of equal words the first is.
    init(_ words: [String]) {
        for (number, word) in words.enumerated() {
            lengths.append(word.utf8.count)
            var node: Int32 = 0
            for byte in word.utf8 { node = child(of: node, byte) }
            if node != 0, outputs[Int(node)] < 0 { outputs[Int(node)] = Int32(number) }
        }
        link()
    }

    /// True when there is nothing to find.
    var isEmpty: Bool { edges.isEmpty }

    /// Matches from the left that do not overlap; of those that begin at one place, the longest.
    func matches(in bytes: some Sequence<UInt8>) -> [Match] {
        guard !isEmpty else { return [] }
        var found: [Match] = []
        var node: Int32 = 0
        var index = 0
        for byte in bytes {
            node = step(node, byte)
            index += 1
            var spelled = outputs[Int(node)] >= 0 ? node : shorter[Int(node)]
            while spelled != 0, !Self.keep(match(outputs[Int(spelled)], endingAt: index), in: &found) {
                spelled = shorter[Int(spelled)]
            }
        }
        return found
    }

    /// Matches in a text.
    func matches(in text: String) -> [Match] { matches(in: text.utf8) }

    private func match(_ word: Int32, endingAt end: Int) -> Match {
        Match(word: Int(word), range: end - lengths[Int(word)]..<end)
    }

    /// Keeps a match, in place of those that it covers; false when an earlier one overlaps it.
    private static func keep(_ match: Match, in found: inout [Match]) -> Bool {
        var covered = found.count
        while covered > 0, found[covered - 1].range.lowerBound >= match.range.lowerBound { covered -= 1 }
        if covered > 0, found[covered - 1].range.upperBound > match.range.lowerBound { return false }
        found.removeSubrange(covered...)
        found.append(match)
        return true
    }

    private mutating func child(of node: Int32, _ byte: UInt8) -> Int32 {
        let key = Self.key(node, byte)
        if let next = edges[key] { return next }
        let next = Int32(fails.count)
        edges[key] = next
        fails.append(0)
        outputs.append(-1)
        shorter.append(0)
        return next
    }

    private func step(_ node: Int32, _ byte: UInt8) -> Int32 {
        var node = node
        while true {
            if let next = edges[Self.key(node, byte)] { return next }
            if node == 0 { return 0 }
            node = fails[Int(node)]
        }
    }

    private mutating func link() {
        var byParent: [Int32: [(UInt8, Int32)]] = [:]
        for (key, next) in edges { byParent[Int32(key >> 8), default: []].append((UInt8(key & 0xFF), next)) }
        var queue: [Int32] = [0]
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            for (byte, next) in byParent[node] ?? [] {
                queue.append(next)
                if node != 0 { fails[Int(next)] = step(fails[Int(node)], byte) }
                let fail = fails[Int(next)]
                shorter[Int(next)] = outputs[Int(fail)] >= 0 ? fail : shorter[Int(fail)]
            }
        }
    }

    private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 { UInt64(node) << 8 | UInt64(byte) }
}
