import Foundation

/// A match and what orders it.
struct RankedDocument: Sendable, Equatable {
    var score: Float
    var date: Int32
    var orderKey: UInt64
    var key: DocumentKey

    /// True when this one comes before `other`: by score, then the later date, then the order of sources.
    func precedes(_ other: RankedDocument) -> Bool {
        if score != other.score { return score > other.score }
        if date != other.date { return date > other.date }
        if orderKey != other.orderKey { return orderKey < other.orderKey }
        return key < other.key
    }

    /// Letters and digits: score, date, order key, part, document.
    var token: PageToken {
        PageToken(
            rawValue: [
                String(score.bitPattern, radix: 36), String(date, radix: 36), String(orderKey, radix: 36),
                String(key.part, radix: 36), String(key.doc, radix: 36),
            ].joined(separator: "_"))
    }

    init(score: Float, date: Int32, orderKey: UInt64, key: DocumentKey) {
        (self.score, self.date, self.orderKey, self.key) = (score, date, orderKey, key)
    }

    /// - Throws: `ArchiveError.refused(.invalid)` for a token that no search gave.
    init(_ token: PageToken) throws {
        let parts = token.rawValue.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 5, let bits = UInt32(parts[0], radix: 36), let date = Int32(parts[1], radix: 36),
            let orderKey = UInt64(parts[2], radix: 36), let part = Int(parts[3], radix: 36),
            let doc = Int(parts[4], radix: 36), Float(bitPattern: bits).isFinite
        else { throw ArchiveError.badPageToken }
        self.init(
            score: Float(bitPattern: bits), date: date, orderKey: orderKey, key: DocumentKey(part: part, doc: doc))
    }
}

/// Keeps the first `limit` of any number of matches: a heap whose root is the last of those kept.
struct TopHits {
    private let limit: Int
    private let after: RankedDocument?
    private var heap: [RankedDocument] = []

    /// Keeps at most `limit`; matches up to and with `after` are left out.
    init(limit: Int, after: RankedDocument?) {
        self.limit = limit
        self.after = after
    }

    /// The score below which no match can be kept.
    @inline(__always)
    var threshold: Float {
        guard heap.count == limit, let last = heap.first else { return limit > 0 ? -.infinity : .infinity }
        return last.score
    }

    /// False for scores of which no match can be kept.
    @inline(__always)
    func mayKeep(_ score: Float) -> Bool {
        guard heap.count == limit, let last = heap.first else { return true }
        return score >= last.score
    }

    /// False for a score and a date with which no match can be kept.
    @inline(__always)
    func mayKeep(_ score: Float, _ date: Int32) -> Bool {
        guard heap.count == limit, let last = heap.first else { return true }
        return score > last.score || (score == last.score && date >= last.date)
    }

    mutating func offer(_ document: RankedDocument) {
        if heap.count == limit {
            guard let last = heap.first, document.precedes(last) else { return }
        }
        if let after, !after.precedes(document) { return }
        if heap.count < limit {
            heap.append(document)
            rise()
        } else if limit > 0 {
            heap[0] = document
            sink()
        }
    }

    /// What was kept, first to last.
    var ordered: [RankedDocument] { heap.sorted { $0.precedes($1) } }

    private mutating func rise() {
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[parent].precedes(heap[index]) else { return }
            heap.swapAt(parent, index)
            index = parent
        }
    }

    private mutating func sink() {
        var index = 0
        while true {
            var last = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[last].precedes(heap[child]) {
                last = child
            }
            if last == index { return }
            heap.swapAt(last, index)
            index = last
        }
    }
}
