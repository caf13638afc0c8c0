internal import Synchronization

/// Runs pieces of work at once and hands their results over in order, telling how far the draft is in between.
final class ProgressBoard: Sendable {
    private enum Signal: Sendable { case changed, finished }

    private let signals: AsyncStream<Signal>
    private let signal: AsyncStream<Signal>.Continuation
    /// True while a change waits to be told: a slow reader is told the latest, not all.
    private let isPending = Mutex(false)

    init() { (signals, signal) = AsyncStream.makeStream() }

    /// Notes that there is progress; never waits.
    @Sendable func changed() {
        let isNew = isPending.withLock { pending in
            defer { pending = true }
            return !pending
        }
        if isNew { signal.yield(.changed) }
    }

    /// Does all of `work` at once; `onValue` gets each result in the order of `work`, as soon as those before it are there.
    /// - Throws: what the first failing piece of work threw, or what a closure threw; the rest is cancelled.
    func gather<Value: Sendable>(
        _ work: [@Sendable () async throws -> Value], progress: @Sendable () async throws -> Void,
        onValue: (Int, Value) async throws -> Void
    ) async throws {
        let results = Results<Value>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, piece) in work.enumerated() {
                group.addTask { [signal] in
                    do { results.set(number, .success(try await piece())) } catch {
                        results.set(number, .failure(error))
                    }
                    signal.yield(.finished)
                }
            }
            var next = 0
            var iterator = signals.makeAsyncIterator()
            while next < work.count {
                let received = await iterator.next()
                try Task.checkCancellation()
                guard let received else { throw CancellationError() }
                if case .changed = received { isPending.withLock { $0 = false } }
                if let failure = results.failure { throw failure }
                try await progress()
                while let value = results.take(next) {
                    try await onValue(next, value)
                    next += 1
                }
            }
        }
    }
}

/// Results by number, as they come.
private final class Results<Value: Sendable>: Sendable {
    private let values = Mutex<[Int: Result<Value, any Error>]>([:])

    func set(_ number: Int, _ value: Result<Value, any Error>) { values.withLock { $0[number] = value } }

    func take(_ number: Int) -> Value? {
        values.withLock { values in
            guard case .success(let value)? = values[number] else { return nil }
            values[number] = nil
            return value
        }
    }

    /// The failure of the lowest number that failed.
    var failure: (any Error)? {
        values.withLock { values in
            for number in values.keys.sorted() { if case .failure(let error)? = values[number] { return error } }
            return nil
        }
    }
}
