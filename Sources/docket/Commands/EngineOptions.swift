import ArgumentParser
import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import Foundation
import Synchronization

/// Who drafts.
struct EngineOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(Phrase.optionEngine(), valueName: "engine")) var engine: String?
    @Option(name: .customLong("endpoint"), help: ArgumentHelp(Phrase.optionEndpoint(), valueName: "name"))
    var endpoints: [String] = []

    func validate() throws {
        _ = try Words.value(engine, of: "--engine", as: DraftingSettings.Engine.self)
    }

    /// The workspace with the engine that the command line, else the library's settings name.
    func workspace(_ workspace: Workspace) throws -> Workspace {
        let named = try Words.value(engine, of: "--engine", as: DraftingSettings.Engine.self)
        return try workspace.drafting(as: named, endpoints: endpoints, environment: Self.variable)
    }

    /// A variable of the environment, for the keys that profiles point to.
    static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}

/// How far a draft is, on one line of a terminal: which item, how many of how many, tokens a second, time left.
final class DraftProgressLine: Sendable {
    private let isQuiet: Bool
    private let hasWritten = Mutex(false)

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    @Sendable func show(_ fragment: DraftFragment) {
        guard case .progress(let progress) = fragment else { return }
        hasWritten.withLock { $0 = true }
        var words: [String] = []
        if let pace = progress.tokensPerSecond { words.append(Phrase.workPace(String(format: "%.1f", pace))) }
        if let left = progress.timeLeft { words.append(Phrase.workLeft(WorkReport.clock(left))) }
        if !progress.item.isEmpty { words.append(progress.item) }
        Progress(Phrase.progressDrafting(), total: progress.total, isQuiet: isQuiet)
            .update(progress.done, words.joined(separator: " · "))
    }

    func finish() {
        let wasShown = hasWritten.withLock { shown in
            defer { shown = false }
            return shown
        }
        if wasShown { Progress("", total: nil, isQuiet: isQuiet).finish() }
    }
}
