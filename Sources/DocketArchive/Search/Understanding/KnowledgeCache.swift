import DocketCore
import Synchronization

/// Keeps what is known of names as long as no roster and no series changes.
final class KnowledgeCache: Sendable {
    private let kept = Mutex<(version: String, knowledge: SearchKnowledge)?>(nil)

    /// What is known at `version`, made anew when it is not that kept.
    func knowledge(_ version: String, make: () async throws -> SearchKnowledge) async throws -> SearchKnowledge {
        if let kept = kept.withLock({ $0 }), kept.version == version { return kept.knowledge }
        let made = try await make()
        kept.withLock { $0 = (version, made) }
        return made
    }
}
