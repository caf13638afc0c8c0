import DocketArchive
import DocketCore
import DocketDrafting
import Foundation

/// The steps of engines on one source, remembered in its library.
struct LibrarySteps: StepMemory {
    private let library: Library
    private let source: SourceID
    private let actor: Actor

    init(_ library: Library, of source: SourceID, by actor: Actor) {
        self.library = library
        self.source = source
        self.actor = actor
    }

    func recall(_ step: DraftStep) async throws -> Data? {
        try await library.stepResult(try key(of: step), of: source)
    }

    func keep(_ result: Data, of step: DraftStep) async throws {
        let key = try key(of: step)
        // A task of its own, so that a step that is done is kept although the draft is being cancelled.
        try await Task { try await library.storeStep(key, of: source, result: result, by: actor) }.value
    }

    private func key(of step: DraftStep) throws -> StepKey {
        StepKey(step.name, engine: try step.engine.fingerprint(), inputs: step.inputs)
    }
}
