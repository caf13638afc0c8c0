public import DocketArchive
import DocketCore
public import DocketPublishing

extension Workspace {
    /// A draft as a page, each sentence marked with what it rests on; labels in `language`, nil for the draft's own.
    public func export(
        _ stored: StoredDraft, as format: ExportFormat, language: String? = nil
    ) async throws -> String {
        let sources = try await documents(of: stored.verified.draft)
        return DraftExport(
            stored.verified, state: stored.state, revision: stored.revision, sources: sources,
            language: language ?? stored.verified.draft.language
        ).text(as: format)
    }

    /// A source with its structure as a page.
    public func export(_ stored: StoredSource, as format: ExportFormat, language: String? = nil) -> String {
        SourceExport(
            stored.document, structure: stored.structure, segments: segments(of: stored),
            language: language ?? stored.document.language
        ).text(as: format)
    }
}
