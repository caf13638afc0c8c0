/// Formats of an export.
public enum ExportFormat: String, Sendable, CaseIterable {
    /// Markdown that can be edited and brought back.
    case md
    /// A page that stands alone: no script, no other file, no network.
    case html
    /// Plain text in the house form.
    case txt
    /// Everything, for programs.
    case json
}
