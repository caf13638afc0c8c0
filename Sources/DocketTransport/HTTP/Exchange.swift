internal import Synchronization

/// What the worker's thread hands to the task that reads an answer: the head, then a bounded store of pieces, then
/// the end.
final class Exchange: Sendable {
    struct Head: Sendable {
        var status: Int
        var headers: [HTTPHeader]
    }

    private struct State {
        var head: Head?
        var headWaiter: CheckedContinuation<Head, any Error>?
        var pieces: [[UInt8]] = []
        var first = 0
        var buffered = 0
        var waiter: CheckedContinuation<[UInt8]?, any Error>?
        var end: Result<Void, any Error>?
        var isPaused = false

        mutating func takePiece() -> [UInt8]? {
            guard first < pieces.count else { return nil }
            let piece = pieces[first]
            pieces[first] = []
            first += 1
            buffered -= piece.count
            if first == pieces.count {
                pieces.removeAll(keepingCapacity: true)
                first = 0
            }
            return piece
        }
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// An exchange that holds about `capacity` bytes before it asks for a pause.
    init(capacity: Int) { self.capacity = max(capacity, 1) }

    // MARK: The worker's side

    func deliver(head: Head) {
        let waiter = state.withLock { state -> CheckedContinuation<Head, any Error>? in
            guard state.end == nil, state.head == nil else { return nil }
            state.head = head
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        waiter?.resume(returning: head)
    }

    /// Takes a piece; false asks to be given the same piece again once resumed.
    func deliver(piece: UnsafeRawBufferPointer) -> Bool {
        let (accepted, waiter) = state.withLock { state -> (Bool, CheckedContinuation<[UInt8]?, any Error>?) in
            guard state.end == nil else { return (true, nil) }
            if let waiter = state.waiter {
                state.waiter = nil
                return (true, waiter)
            }
            if state.buffered > 0, state.buffered + piece.count > capacity {
                state.isPaused = true
                return (false, nil)
            }
            state.pieces.append(Array(piece))
            state.buffered += piece.count
            return (true, nil)
        }
        waiter?.resume(returning: Array(piece))
        return accepted
    }

    func finish() { _ = end(.success(()), dropping: false) }

    /// Ends with `error`; false when the end had come before.
    ///
    /// Pieces that wait are still read unless dropped.
    @discardableResult func fail(_ error: any Error, dropping: Bool = false) -> Bool {
        end(.failure(error), dropping: dropping)
    }

    var isPaused: Bool { state.withLock { $0.isPaused } }

    /// Bytes that wait to be read.
    var bufferedBytes: Int { state.withLock { $0.buffered } }

    private func end(_ result: Result<Void, any Error>, dropping: Bool) -> Bool {
        let waiters = state.withLock {
            state -> (CheckedContinuation<Head, any Error>?, CheckedContinuation<[UInt8]?, any Error>?)? in
            guard state.end == nil else { return nil }
            state.end = result
            if dropping { (state.pieces, state.first, state.buffered) = ([], 0, 0) }
            defer { (state.headWaiter, state.waiter) = (nil, nil) }
            return (state.headWaiter, state.waiter)
        }
        guard let (headWaiter, waiter) = waiters else { return false }
        switch result {
        case .success:
            // An exchange that ends well has delivered its head.
            headWaiter?.resume(throwing: TransportError.closed)
            waiter?.resume(returning: nil)
        case .failure(let error):
            headWaiter?.resume(throwing: error)
            waiter?.resume(throwing: error)
        }
        return true
    }

    // MARK: The reader's side

    func head() async throws -> Head {
        try await withCheckedThrowingContinuation { continuation in
            let ready = state.withLock { state -> Result<Head, any Error>? in
                if let head = state.head { return .success(head) }
                if case .failure(let error) = state.end { return .failure(error) }
                if state.end != nil { return .failure(TransportError.closed) }
                state.headWaiter = continuation
                return nil
            }
            if let ready { continuation.resume(with: ready) }
        }
    }

    /// The next piece, nil at the end; `resume` is called when a paused transfer has room again.
    func nextPiece(resume: () -> Void) async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            let (ready, hasRoom) = state.withLock { state -> (Result<[UInt8]?, any Error>?, Bool) in
                if let piece = state.takePiece() {
                    let hasRoom = state.isPaused && state.buffered <= capacity / 2
                    if hasRoom { state.isPaused = false }
                    return (.success(piece), hasRoom)
                }
                if let end = state.end { return (end.map { nil }, false) }
                guard state.waiter == nil else { return (.failure(TransportError.closed), false) }
                state.waiter = continuation
                return (nil, false)
            }
            if hasRoom { resume() }
            if let ready { continuation.resume(with: ready) }
        }
    }
}
