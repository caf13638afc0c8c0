internal import Synchronization

/// Lets so many tasks through at once, in the order in which they came.
final class SlotGate: Sendable {
    private struct State {
        var free: Int
        var next = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private let state: Mutex<State>

    init(slots: Int) { state = Mutex(State(free: max(slots, 1))) }

    /// Slots that nobody has.
    var free: Int { state.withLock { $0.free } }

    /// Tasks that wait.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs `work` while a slot is held.
    /// - Throws: `CancellationError` when cancelled while waiting, and what `work` throws.
    func withSlot<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        try await take()
        defer { give() }
        return try await work()
    }

    private func take() async throws {
        let ticket = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let answer = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).continuation }
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func give() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
