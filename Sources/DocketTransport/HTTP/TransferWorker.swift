internal import CLibCURL
internal import Foundation
internal import Synchronization

/// The thread that drives all transfers of a client, and the box through which it is told what to do.
final class TransferWorker: Sendable {
    enum Command: Sendable {
        case start(Transfer)
        case cancel(Transfer)
        case resume(Transfer)
    }

    private struct Mailbox {
        var commands: [Command] = []
        var isStopping = false
        /// The handle is gone, and must not be woken any more.
        var isClosed = false
    }

    /// The handle may be used on the worker's thread; `curl_multi_wakeup` alone may be called from any.
    private struct MultiHandle: @unchecked Sendable {
        // @unchecked Sendable because every use but the wake-up is on the worker's thread.
        let pointer: UnsafeMutableRawPointer
    }

    private let multi: MultiHandle
    private let mailbox = Mutex(Mailbox())

    init() throws(TransportError) {
        guard Self.isReady, let pointer = curl_multi_init() else { throw .closed }
        docket_curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, 64)
        multi = MultiHandle(pointer: pointer)
        Thread.detachNewThread { self.run() }
    }

    /// libcurl's own start, once in a process.
    private static let isReady = docket_curl_global_init() == CURLE_OK

    func post(_ command: Command) {
        let isTaken = mailbox.withLock { box in
            guard !box.isClosed else { return false }
            box.commands.append(command)
            curl_multi_wakeup(multi.pointer)
            return true
        }
        if !isTaken, case .start(let transfer) = command { transfer.exchange.fail(TransportError.closed) }
    }

    /// Ends the thread; transfers under way fail.
    func stop() {
        mailbox.withLock { box in
            guard !box.isClosed else { return }
            box.isStopping = true
            curl_multi_wakeup(multi.pointer)
        }
    }

    // MARK: On the thread

    private func run() {
        // OpenSSL writes to sockets without MSG_NOSIGNAL: a server that hangs up must not end the program.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
        while true {
            let (commands, isStopping) = mailbox.withLock { box in
                defer { box.commands.removeAll() }
                return (box.commands, box.isStopping)
            }
            for command in commands { obey(command, &transfers) }
            if isStopping { break }
            var running: Int32 = 0
            curl_multi_perform(multi.pointer, &running)
            collect(&transfers)
            let wait = expire(&transfers)
            curl_multi_poll(multi.pointer, nil, 0, wait, nil)
        }
        let late = mailbox.withLock { box in
            box.isClosed = true
            defer { box.commands.removeAll() }
            return box.commands
        }
        for case .start(let transfer) in late { transfer.exchange.fail(TransportError.closed) }
        for transfer in transfers.values { end(transfer) { $0.exchange.fail(TransportError.closed, dropping: true) } }
        curl_multi_cleanup(multi.pointer)
    }

    private func obey(_ command: Command, _ transfers: inout [UnsafeMutableRawPointer: Transfer]) {
        switch command {
        case .start(let transfer):
            do {
                let handle = try transfer.open()
                guard curl_multi_add_handle(multi.pointer, handle) == CURLM_OK else {
                    transfer.close()
                    transfer.exchange.fail(TransportError.closed)
                    return
                }
                transfers[handle] = transfer
            } catch {
                transfer.exchange.fail(error)
            }
        case .cancel(let transfer):
            guard let handle = transfer.handle, transfers.removeValue(forKey: handle) != nil else { return }
            end(transfer) { $0.exchange.fail(CancellationError(), dropping: true) }
        case .resume(let transfer):
            let code = transfer.resume()
            guard code != CURLE_OK, let handle = transfer.handle, transfers.removeValue(forKey: handle) != nil else {
                return
            }
            end(transfer) { $0.finish(code) }
        }
    }

    private func collect(_ transfers: inout [UnsafeMutableRawPointer: Transfer]) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = transfers.removeValue(forKey: handle)
            else { continue }
            // The message is gone once its handle is removed.
            let code = docket_curl_result(message)
            end(transfer) { $0.finish(code) }
        }
    }

    /// Ends what has passed a limit; gives the milliseconds until the next limit.
    private func expire(_ transfers: inout [UnsafeMutableRawPointer: Transfer]) -> Int32 {
        let now = ContinuousClock.now
        var next = now + .seconds(60)
        for (handle, transfer) in transfers {
            let deadline = transfer.deadline(at: now)
            if let error = deadline.passed {
                transfers[handle] = nil
                end(transfer) { $0.exchange.fail(error) }
            } else {
                next = min(next, deadline.next)
            }
        }
        return Int32(clamping: (next - now).milliseconds)
    }

    /// Takes the handle out, which closes the connection of an answer that is not at its end, then tells the reader.
    private func end(_ transfer: Transfer, _ tell: (Transfer) -> Void) {
        if let handle = transfer.handle { curl_multi_remove_handle(multi.pointer, handle) }
        tell(transfer)
        transfer.close()
    }
}
