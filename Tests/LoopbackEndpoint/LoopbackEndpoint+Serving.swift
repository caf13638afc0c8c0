import Foundation
import Synchronization

extension LoopbackEndpoint {
    /// Answers the requests of one connection until it ends.
    func serve(_ socket: StreamSocket, _ connection: Int) {
        var pending: [UInt8] = []
        while true {
            guard let call = ServerCall.read(from: socket, pending: &pending) else {
                if !pending.isEmpty { state.withLock { $0.record.strangers.append(pending) } }
                return
            }
            let number = state.withLock { state in
                state.record.requests.append(ServerRecord.Request(call: call, connection: connection, began: .now))
                return state.record.requests.count - 1
            }
            let isWhole = respond(to: call, on: socket)
            state.withLock { state in
                if isWhole == nil { state.record.requests[number].disconnected = .now }
                state.record.requests[number].ended = .now
            }
            guard isWhole == true else { return }
        }
    }

    /// True when the connection may be used again, false when the script ended it, nil when the client went away.
    private func respond(to call: ServerCall, on socket: StreamSocket) -> Bool? {
        if let steps = configuration.page(call) { return perform(steps, on: socket) }
        if let key = configuration.key, call.path != "/health", call.headers["authorization"] != "Bearer \(key)" {
            let body = configuration.dialect.error(401, "Invalid API Key", type: "authentication_error")
            return perform(.page(401, body), on: socket)
        }
        guard call.path.hasSuffix("/chat/completions") || call.path == "/health" else {
            return perform(configuration.dialect.page(call, configuration), on: socket)
        }
        let isLoading = state.withLock { state in
            defer { state.loadingLeft = max(0, state.loadingLeft - 1) }
            return state.loadingLeft > 0
        }
        if isLoading { return perform(loadingPage, on: socket) }
        guard call.path.hasSuffix("/chat/completions") else {
            return perform(configuration.dialect.page(call, configuration), on: socket)
        }
        let number = state.withLock { state in
            defer { state.chats += 1 }
            return state.chats
        }
        guard let chat = ChatCall(call.body, number: number) else {
            let body = configuration.dialect.error(400, "'messages' is required", type: "invalid_request_error")
            return perform(.page(400, body), on: socket)
        }
        return work(on: chat, socket)
    }

    var loadingPage: [Step] {
        .page(503, configuration.dialect.error(503, "Loading model", type: "unavailable_error"))
    }

    private func work(on chat: ChatCall, _ socket: StreamSocket) -> Bool? {
        if chat.format == "json_schema", !configuration.dialect.takesJSONSchema {
            let message =
                "1 validation error: body.response_format.type Input should be 'text' or 'json_object'"
                + " (/srv/server/app.py)"
            return perform(
                .page(500, configuration.dialect.error(500, message, type: "internal_server_error")), on: socket)
        }
        guard slots.take(for: socket) else { return nil }
        defer { slots.give() }
        let reply = answer(chat)
        guard socket.wait(reply.latency ?? configuration.latency) else { return nil }
        return perform(ReplyScript(reply, to: chat, server: configuration, loading: loadingPage).steps, on: socket)
    }

    private func perform(_ steps: [Step], on socket: StreamSocket) -> Bool? {
        for step in steps {
            switch step {
            case .send(let bytes): guard socket.write(bytes) else { return nil }
            case .wait(let duration): guard socket.wait(duration) else { return nil }
            case .trickle(let bytes, let pause):
                for byte in bytes {
                    guard socket.write([byte]), socket.wait(pause) else { return nil }
                }
            case .fill(let bytes, let times):
                for _ in 0..<times { guard socket.write(bytes) else { return nil } }
            case .reset:
                socket.reset()
                return false
            case .close: return false
            }
        }
        return true
    }
}
