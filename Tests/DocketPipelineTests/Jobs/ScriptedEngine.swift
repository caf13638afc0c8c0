import DocketCore
import DocketDrafting
import DocketTransport
import Foundation
import Synchronization

/// An engine of many small steps: each waits for one of its slots, takes its time, and is written down.
///
/// What it drafts is what the embedded engine writes.
final class ScriptedEngine: DraftingEngine {
    /// What a step does instead of its work.
    enum Fault: EngineFailure, Equatable {
        case unreachable
        case hopeless

        var explanation: LocalizedText {
            switch self {
            case .unreachable: LocalizedText(zhHant: "連不上", en: "cannot be reached")
            case .hopeless: LocalizedText(zhHant: "無法完成", en: "cannot be done")
            }
        }
        var isTemporary: Bool { self == .unreachable }
        var retryAfter: Duration? { nil }
    }

    struct Log {
        /// Steps that were begun and that were done, by source and number.
        var begun: [String: Int] = [:]
        var done: [String: Int] = [:]
        /// Steps that ran at once, and drafts.
        var running = 0
        var most = 0
        var drafting = 0
        var mostDrafting = 0
    }

    var model: ModelTraits? { nil }
    let identity = EngineIdentity(name: "scripted", version: "1")
    private let steps: Int
    private let latency: Duration
    /// Asked before each step with the source, the step's number and how often it was begun before.
    private let fault: @Sendable (SourceID, Int, Int) -> Fault?
    private let log = Mutex(Log())

    init(
        steps: Int = 3, latency: Duration = .milliseconds(5),
        fault: @escaping @Sendable (SourceID, Int, Int) -> Fault? = { _, _, _ in nil }
    ) {
        self.steps = steps
        self.latency = latency
        self.fault = fault
    }

    var record: Log { log.withLock { $0 } }

    func draft(
        _ request: DraftRequest, onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> Draft {
        log.withLock {
            $0.drafting += 1
            $0.mostDrafting = max($0.mostDrafting, $0.drafting)
        }
        defer { log.withLock { $0.drafting -= 1 } }
        for number in 0..<steps {
            let step = DraftStep(
                "part", engine: identity,
                inputs: [SHA256Digest(of: request.source.text), SHA256Digest(of: "\(number)")])
            if try await request.steps.recall(step) == nil {
                try await perform("\(request.source.id) \(number)", request.source.id, number)
                try await request.steps.keep(Data("\(number)".utf8), of: step)
            }
            try await onFragment(
                .progress(DraftProgress(item: "第\(number)段", done: number + 1, total: steps, tokens: 10 * (number + 1)))
            )
        }
        var draft = try await ExtractiveEngine().draft(request, onFragment: onFragment)
        draft.engine = identity
        return draft
    }

    private func perform(_ name: String, _ source: SourceID, _ number: Int) async throws {
        let before = log.withLock { log in
            defer { log.begun[name, default: 0] += 1 }
            log.running += 1
            log.most = max(log.most, log.running)
            return log.begun[name, default: 0]
        }
        defer { log.withLock { $0.running -= 1 } }
        if let fault = fault(source, number, before) { throw fault }
        try await Task.sleep(for: latency)
        log.withLock { $0.done[name, default: 0] += 1 }
    }
}
