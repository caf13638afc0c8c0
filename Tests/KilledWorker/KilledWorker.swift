import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import DocketTransport
import Foundation
import Glibc

/// A worker that is there to be killed: `killed-worker LIBRARY LOG`.
///
/// Its engine does many small steps and writes each into the log, synced, before it begins and after it is kept.
@main
struct KilledWorker {
    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { exit(2) }
        do {
            let workspace = try await Workspace.open(at: URL(filePath: arguments[1]), mode: .write)
                .drafting(with: SteppingEngine(log: StepLog(path: arguments[2])))
            let summary = try await workspace.work(WorkOptions(concurrency: 4), by: .commandLine("killed"))
            exit(summary.failed + summary.lost + summary.released == 0 ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(3)
        }
    }
}

/// Lines that are on the disk when `write` returns.
struct StepLog: Sendable {
    private let descriptor: Int32

    init(path: String) { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644) }

    func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        // One call, so that lines of two workers do not mix.
        _ = Glibc.write(descriptor, bytes, bytes.count)
        fsync(descriptor)
    }
}

/// The embedded engine after some steps that take their time.
struct SteppingEngine: DraftingEngine {
    let log: StepLog
    var model: ModelTraits? { nil }
    let identity = EngineIdentity(name: "extractive", version: "stepping")

    private static let steps = 4
    private static let latency = Duration.milliseconds(6)

    func draft(
        _ request: DraftRequest, onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> Draft {
        let text = SHA256Digest(of: request.source.text)
        for number in 0..<Self.steps {
            let step = DraftStep("part", engine: identity, inputs: [text, SHA256Digest(of: "\(number)")])
            if try await request.steps.recall(step) == nil {
                let milliseconds = Int(Date().timeIntervalSince1970 * 1000)
                log.write("begun \(request.source.id) \(number) \(milliseconds) \(text.hex)")
                try await Task.sleep(for: Self.latency)
                try await request.steps.keep(Data("\(number)".utf8), of: step)
                log.write("kept \(request.source.id) \(number) \(milliseconds) \(text.hex)")
            }
            try await onFragment(.progress(DraftProgress(item: "", done: number + 1, total: Self.steps)))
        }
        var draft = try await ExtractiveEngine().draft(request, onFragment: onFragment)
        draft.engine = identity
        return draft
    }
}
