import Synchronization

/// What searches keep of segments between them.
///
/// Segments never change and their numbers are never used twice, so what is kept of one is right for as long as it is read,
/// whoever writes meanwhile; what depends on dead documents is kept by their number too, which only grows.
final class IndexCache: Sendable {
    /// Postings of a term or a range of terms in a segment.
    struct ListKey: Hashable {
        var segment: Int
        var terms: TermRequest.Terms
        var positions: Bool
    }

    /// A set of documents of a segment.
    struct SetKey: Hashable {
        var segment: Int
        /// Dead documents that are left out; -1 where they are not.
        var dead: Int
        /// What it is a set of, `QueryPlan.signature`.
        var name: String
    }

    private struct State {
        var columns: Generations<Int, LoadedColumns>
        var lists: Generations<ListKey, [TermPostings]>
        var sets: Generations<SetKey, Bitmap>
        var numbers: Generations<SetKey, [Int]>
    }

    private let state: Mutex<State>

    /// - Parameter limit: bytes that are kept at most, besides the lengths and dates of documents.
    init(limit: Int = 64 << 20) {
        state = Mutex(
            State(
                columns: Generations(limit: 256 << 20), lists: Generations(limit: limit / 4 * 3),
                sets: Generations(limit: limit / 4), numbers: Generations(limit: 2 << 20)))
    }

    func columns(_ segment: Int, load: () throws -> LoadedColumns) rethrows -> LoadedColumns {
        if let known = state.withLock({ $0.columns[segment] }) { return known }
        let loaded = try load()
        state.withLock { $0.columns.insert(loaded, for: segment, bytes: loaded.memory) }
        return loaded
    }

    func lists(_ key: ListKey, load: () throws -> [TermPostings]) rethrows -> [TermPostings] {
        if let known = state.withLock({ $0.lists[key] }) { return known }
        let loaded = try load()
        let bytes = loaded.reduce(200) { $0 + $1.memory }
        state.withLock { $0.lists.insert(loaded, for: key, bytes: bytes) }
        return loaded
    }

    func set(_ key: SetKey?, make: () throws -> Bitmap) rethrows -> Bitmap {
        guard let key else { return try make() }
        if let known = state.withLock({ $0.sets[key] }) { return known }
        let made = try make()
        state.withLock { $0.sets.insert(made, for: key, bytes: made.words.count * 8 + 200) }
        return made
    }

    func numbers(_ key: SetKey?, make: () throws -> [Int]) rethrows -> [Int] {
        guard let key else { return try make() }
        if let known = state.withLock({ $0.numbers[key] }) { return known }
        let made = try make()
        state.withLock { $0.numbers.insert(made, for: key, bytes: made.count * 8 + 200) }
        return made
    }
}

/// Keeps what was asked for lately: when the young ones are half of the limit they become the old ones, and those are dropped.
struct Generations<Key: Hashable, Value> {
    private var young: [Key: (value: Value, bytes: Int)] = [:]
    private var old: [Key: (value: Value, bytes: Int)] = [:]
    private var bytes = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    subscript(key: Key) -> Value? {
        mutating get {
            if let held = young[key] { return held.value }
            guard let held = old.removeValue(forKey: key) else { return nil }
            insert(held.value, for: key, bytes: held.bytes)
            return held.value
        }
    }

    mutating func insert(_ value: Value, for key: Key, bytes size: Int) {
        guard size <= limit / 2 else { return }
        if bytes + size > limit / 2 {
            old = young
            young = [:]
            bytes = 0
        }
        if let held = young.updateValue((value, size), forKey: key) { bytes -= held.bytes }
        bytes += size
    }
}
