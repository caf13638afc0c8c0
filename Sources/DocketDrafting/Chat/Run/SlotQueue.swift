/// Hands out a fixed number of slots, to the waiting step that comes first on the page.
actor SlotQueue {
    private var free: Int
    private var waiting: [Waiting] = []
    private var nextTicket = 0

    private struct Waiting {
        var ticket: Int
        var order: Int
        var continuation: CheckedContinuation<Void, any Error>
    }

    init(_ slots: Int) { free = max(1, slots) }

    /// Runs `body` while holding a slot; of those that wait, the lowest `order` is next.
    /// - Throws: `CancellationError` when the task is cancelled while it waits, or what `body` throws.
    func run<Value: Sendable>(order: Int, _ body: @Sendable () async throws -> Value) async throws -> Value {
        try await take(order: order)
        do {
            let value = try await body()
            give()
            return value
        } catch {
            give()
            throw error
        }
    }

    private func take(order: Int) async throws {
        try Task.checkCancellation()
        if free > 0 {
            free -= 1
            return
        }
        nextTicket += 1
        let ticket = nextTicket
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // The handler may have come and gone before there was anything to cancel.
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                waiting.append(Waiting(ticket: ticket, order: order, continuation: continuation))
            }
        } onCancel: {
            Task { await self.cancel(ticket) }
        }
    }

    private func cancel(_ ticket: Int) {
        guard let place = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: place).continuation.resume(throwing: CancellationError())
    }

    private func give() {
        let first = waiting.indices.min {
            (waiting[$0].order, waiting[$0].ticket) < (waiting[$1].order, waiting[$1].ticket)
        }
        guard let first else {
            free += 1
            return
        }
        waiting.remove(at: first).continuation.resume()
    }
}
