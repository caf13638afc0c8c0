public import DocketArchive
import DocketCore

extension Workspace {
    /// An answer with the time that it took.
    public struct TimedAnswer: Sendable {
        /// The answer.
        public var answer: SearchAnswer
        /// Wall time in milliseconds.
        public var milliseconds: Double
    }

    /// Searches the library.
    /// - Throws: `ArchiveError.malformedQuery` with the byte offset of the first bad token, and as `SearchIndex.search`.
    public func search(_ request: SearchRequest) async throws -> TimedAnswer {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await library.search(request)
        return TimedAnswer(answer: answer, milliseconds: (clock.now - start) / .milliseconds(1))
    }
}
