public import DocketArchive
public import DocketCore
import DocketIngest
public import Foundation

extension Workspace {
    /// A vocabulary that was added, or was there before.
    public struct AddedVocabulary: Sendable {
        /// What the library lists of it.
        public var stored: StoredVocabulary
        /// False when it is equal to the version before.
        public var isNew: Bool
        /// What the check found, by rule (VOC-01 to VOC-07).
        public var findings: [Finding]
    }

    /// Adds a vocabulary under `name`, nil for the name of its file; a changed one is a new version.
    ///
    /// Findings keep nothing out: what has no meaning, such as a link that closes a cycle, is set aside and reported.
    /// `progress` gets a growing number now and then: bytes read, then concepts written.
    /// - Throws: `IngestError`, `ArchiveError`.
    public func addVocabulary(
        _ file: URL, named name: String? = nil, by actor: Actor,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> AddedVocabulary {
        let input = try ReaderInput(file: file, limits: limits)
        let reading = try VocabularyReader.read(
            input, named: name ?? file.deletingPathExtension().lastPathComponent, limits: limits, progress: progress)
        let (stored, isNew) = try await library.putVocabulary(reading.vocabulary, by: actor, progress: progress)
        return AddedVocabulary(stored: stored, isNew: isNew, findings: reading.findings)
    }
}
