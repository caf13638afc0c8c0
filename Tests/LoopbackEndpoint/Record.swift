/// What a server saw.
public struct ServerRecord: Sendable {
    /// Connections that were opened.
    public internal(set) var connections = 0
    /// Requests in the order in which their heads came.
    public internal(set) var requests: [Request] = []
    /// First bytes of connections that did not speak HTTP.
    public internal(set) var strangers: [[UInt8]] = []
    /// Busy slots after each change.
    public internal(set) var slots: [(at: ContinuousClock.Instant, busy: Int)] = []

    /// One request.
    public struct Request: Sendable {
        /// What came.
        public let call: ServerCall
        /// Number of the connection it came on, from 0.
        public let connection: Int
        /// When it had come.
        public let began: ContinuousClock.Instant
        /// When it was answered.
        public internal(set) var ended: ContinuousClock.Instant?
        /// When the client was seen to be gone before the answer's end.
        public internal(set) var disconnected: ContinuousClock.Instant?
    }

    /// Requests for chat.
    public var chats: [Request] { requests.filter { $0.call.path.hasSuffix("/chat/completions") } }

    /// Most slots that were busy at once.
    public var mostBusy: Int { slots.map(\.busy).max() ?? 0 }

    /// Share of `count` slots' time that was busy between the first start and the last end of work; 0 … 1.
    public func utilisation(of count: Int) -> Double {
        guard let first = slots.first?.at, let last = slots.last?.at, last > first, count > 0 else { return 0 }
        var busy = Duration.zero
        for (now, next) in zip(slots, slots.dropFirst()) { busy += (next.at - now.at) * now.busy }
        return busy / ((last - first) * count)
    }
}
