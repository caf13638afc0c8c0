internal import Foundation
internal import Synchronization

/// A chat-completions server on this machine with scripted answers, slots, the dialects of real servers, and their
/// faults.
///
/// It proves what a client does with the wire, and nothing about the quality of answers.
public final class LoopbackEndpoint: Sendable {
    /// How the server behaves, apart from its answers.
    public struct Configuration: Sendable {
        /// Whose ways it has.
        public var dialect: Dialect
        /// Requests that are worked on at once; others wait in silence.
        public var slots: Int
        /// Time that each request holds its slot before the first byte.
        public var latency: Duration
        /// Tokens of prompt and answer together.
        public var contextTokens: Int
        /// Model that it serves.
        public var model: String
        /// Requests for chat or health before the model is loaded; each gets 503.
        public var loadingRequests: Int
        /// Key that it wants.
        public var key: String?
        /// Path of a unix-domain socket; nil for 127.0.0.1.
        public var socket: String?
        /// Tokens of a text as it counts them.
        public var tokens: @Sendable (String) -> Int
        /// Answers to any request, before all else; nil leaves it to the server.
        public var page: @Sendable (ServerCall) -> [Step]?

        /// A server without peculiarities.
        public init(
            dialect: Dialect = .llamaCpp, slots: Int = 4, latency: Duration = .zero, contextTokens: Int = 8192,
            model: String = "tiny", loadingRequests: Int = 0, key: String? = nil, socket: String? = nil,
            tokens: @escaping @Sendable (String) -> Int = LoopbackEndpoint.commonTokens,
            page: @escaping @Sendable (ServerCall) -> [Step]? = { _ in nil }
        ) {
            self.dialect = dialect
            self.slots = slots
            self.latency = latency
            self.contextTokens = contextTokens
            self.model = model
            self.loadingRequests = loadingRequests
            self.key = key
            self.socket = socket
            self.tokens = tokens
            self.page = page
        }
    }

    /// About what common vocabularies give: one token a wide character, one for four ASCII bytes.
    public static let commonTokens: @Sendable (String) -> Int = { text in
        let wide = text.unicodeScalars.count { $0.value >= 0x80 }
        let ascii = text.utf8.count { $0 < 0x80 }
        return wide + (ascii + 3) / 4
    }

    /// Address up to and with the version, "http://127.0.0.1:4321/v1".
    public var baseURL: String { "http://\(configuration.socket == nil ? "127.0.0.1:\(port)" : "localhost")/v1" }

    /// Port on 127.0.0.1; 0 with a unix-domain socket.
    public let port: Int

    let configuration: Configuration
    let answer: @Sendable (ChatCall) -> Reply

    struct State {
        var record = ServerRecord()
        var open: [Int: StreamSocket] = [:]
        var isStopped = false
        var isListening = true
        var loadingLeft: Int
        var chats = 0
    }

    let state: Mutex<State>
    let slots: SlotQueue
    private let listener: StreamSocket

    /// Starts a server; `answer` is called on the thread of each connection.
    /// - Throws: `LoopbackError`.
    public init(
        _ configuration: Configuration = Configuration(), answer: @escaping @Sendable (ChatCall) -> Reply
    ) throws {
        self.configuration = configuration
        self.answer = answer
        if let path = configuration.socket {
            (listener, port) = (try StreamSocket.listen(at: path), 0)
        } else {
            (listener, port) = try StreamSocket.listenOnLoopback()
        }
        state = Mutex(State(loadingLeft: configuration.loadingRequests))
        slots = SlotQueue(count: configuration.slots)
        let thread = Thread { [listener, weak self] in
            while let socket = Self.accept(from: listener) {
                guard let self, self.begin(socket) else {
                    close(socket.descriptor)
                    break
                }
            }
            guard let self else {
                close(listener.descriptor)
                return
            }
            self.state.withLock { state in
                state.isListening = false
                close(listener.descriptor)
            }
        }
        thread.start()
    }

    deinit { stop() }

    /// What it saw so far.
    public var record: ServerRecord {
        var record = state.withLock { $0.record }
        record.slots = slots.history
        return record
    }

    /// Closes everything.
    public func stop() {
        // Under the lock, since a number that was closed meanwhile may be another socket's by now.
        let isFirst = state.withLock { state in
            guard !state.isStopped else { return false }
            state.isStopped = true
            if state.isListening { listener.shutDown() }
            for socket in state.open.values { socket.shutDown() }
            return true
        }
        guard isFirst else { return }
        if let path = configuration.socket { unlink(path) }
    }

    private static func accept(from listener: StreamSocket) -> StreamSocket? {
        while true {
            let descriptor = Glibc.accept(listener.descriptor, nil, nil)
            if descriptor < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return nil
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            var on: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            return StreamSocket(descriptor: descriptor)
        }
    }

    /// Serves a connection on a thread of its own; false once the server is stopped.
    private func begin(_ socket: StreamSocket) -> Bool {
        guard let number = enter(socket) else { return false }
        let thread = Thread {
            self.serve(socket, number)
            self.leave(number)
            close(socket.descriptor)
        }
        thread.stackSize = 512 << 10
        thread.start()
        return true
    }

    private func enter(_ socket: StreamSocket) -> Int? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            defer { state.record.connections += 1 }
            state.open[state.record.connections] = socket
            return state.record.connections
        }
    }

    private func leave(_ number: Int) { state.withLock { $0.open[number] = nil } }
}

/// The slots of a server, and who waits for one.
final class SlotQueue: Sendable {
    private struct State {
        var busy = 0
        var nextTicket = 0
        var waiting: [Int] = []
        var history: [(at: ContinuousClock.Instant, busy: Int)] = []
    }

    private let condition = NSCondition()
    private let state = Mutex(State())
    private let count: Int

    init(count: Int) { self.count = count }

    var history: [(at: ContinuousClock.Instant, busy: Int)] { state.withLock { $0.history } }

    /// Waits for a slot in order of arrival; false when the client goes away first.
    func take(for socket: StreamSocket) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            state.waiting.append(state.nextTicket)
            return state.nextTicket
        }
        while true {
            let isMine = state.withLock { state in
                guard state.waiting.first == ticket, state.busy < count else { return false }
                state.waiting.removeFirst()
                state.busy += 1
                state.history.append((.now, state.busy))
                return true
            }
            if isMine {
                condition.broadcast()
                return true
            }
            _ = condition.wait(until: Date(timeIntervalSinceNow: 0.05))
            if !socket.wait(.zero) {
                state.withLock { state in state.waiting.removeAll { $0 == ticket } }
                condition.broadcast()
                return false
            }
        }
    }

    func give() {
        condition.lock()
        state.withLock { state in
            state.busy -= 1
            state.history.append((.now, state.busy))
        }
        condition.broadcast()
        condition.unlock()
    }
}
