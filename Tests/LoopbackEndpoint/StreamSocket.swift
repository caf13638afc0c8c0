import Foundation

/// One connected socket of the server, used by one thread; blocking, without signals.
struct StreamSocket: Sendable {
    let descriptor: Int32

    /// POLLRDHUP, which needs a macro that Swift does not set.
    private static let hangUp: Int16 = 0x2000

    /// What is there to read, at most `count` bytes; nil at the end or after an error.
    func read(_ count: Int = 65_536) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        while true {
            let got = recv(descriptor, &buffer, count, 0)
            if got > 0 { return Array(buffer.prefix(got)) }
            if got < 0, errno == EINTR { continue }
            return nil
        }
    }

    /// Sends all bytes; false once the other side is gone.
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                send(descriptor, all.baseAddress.map { $0 + sent }, all.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else if count < 0, errno == EINTR { continue } else { return false }
        }
        return true
    }

    /// Waits; false as soon as the other side hangs up.
    func wait(_ duration: Duration) -> Bool {
        let end = ContinuousClock.now + duration
        while true {
            let left = (end - .now) / .milliseconds(1)
            var entry = pollfd(fd: descriptor, events: Self.hangUp, revents: 0)
            let ready = poll(&entry, 1, Int32(max(0, min(left.rounded(.up), 60_000))))
            if ready > 0 { return false }
            if left <= 0 { return true }
        }
    }

    /// Hangs up so that the other side sees a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Wakes whoever reads or writes.
    func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    // MARK: Listening

    /// A listening socket on 127.0.0.1, and its port.
    static func listenOnLoopback() throws -> (StreamSocket, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw LoopbackError(number: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && startListening(descriptor) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard result else { throw LoopbackError(number: errno) }
        return (StreamSocket(descriptor: descriptor), Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A listening socket at a path.
    static func listen(at path: String) throws -> StreamSocket {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw LoopbackError(number: errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw LoopbackError(number: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        unlink(path)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                    && startListening(descriptor) == 0
            }
        }
        guard result else { throw LoopbackError(number: errno) }
        return StreamSocket(descriptor: descriptor)
    }
}

private func startListening(_ descriptor: Int32) -> Int32 { listen(descriptor, 1024) }

/// The server could not begin to listen.
public struct LoopbackError: Error {
    /// Number of the system's error.
    public let number: Int32
}
