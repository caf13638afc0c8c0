public import DocketCore

/// A draft as the library holds it: its text with verdicts, and where it stands in review.
public struct StoredDraft: Sendable, Equatable {
    /// The draft at this revision; its classification and scope are those of its sources together.
    public var verified: VerifiedDraft
    /// Where it stands.
    public var state: ReviewState
    /// Revision of the row, from 1: named by every later change.
    public var revision: Int
    /// Revision that wrote this text; a review or an approval makes a revision without a new text.
    public var textRevision: Int
    /// SHA-256 of `Draft.pageText`.
    public var textHash: SHA256Digest
    /// When it was stored, ISO 8601 in UTC.
    public var createdAt: String
    /// Who stored it.
    public var createdBy: String

    /// Name of the draft.
    public var id: DraftID { verified.draft.id }
    /// True once it is approved: its text cannot change any more.
    public var isLocked: Bool { state == .approved }
}

/// One line of a list of drafts.
public struct DraftSummary: Sendable, Equatable, Codable {
    /// Name of the draft.
    public var id: DraftID
    /// What it is.
    public var kind: Draft.Kind
    /// Title.
    public var title: String
    /// Language tag.
    public var language: String
    /// Its main source.
    public var source: SourceID
    /// Where it stands.
    public var state: ReviewState
    /// Revision of the row.
    public var revision: Int
    /// Highest level of its sources.
    public var classification: Classification
    /// Scopes of its sources, joined by a newline.
    public var scope: String
    /// When it was stored, ISO 8601 in UTC.
    public var createdAt: String
    /// Who stored it.
    public var createdBy: String
}

/// One step in the life of a draft.
public struct DraftRevision: Sendable, Equatable, Codable {
    /// Number, from 1.
    public var revision: Int
    /// State that it led to.
    public var state: ReviewState
    /// Who.
    public var actor: String
    /// When, ISO 8601 in UTC.
    public var time: String
    /// What they said about it.
    public var note: String
    /// Revision whose text it has.
    public var textRevision: Int
    /// SHA-256 of that text.
    public var textHash: SHA256Digest
}

extension Draft {
    /// The text of the page as approval locks it: the title, then label and text of every block, one line each.
    public var pageText: String {
        var lines = [title]
        for block in blocks { lines.append(block.label.isEmpty ? block.text : "\(block.label)\t\(block.text)") }
        return lines.joined(separator: "\n")
    }
}

extension ReviewState {
    /// States that may follow this one; approved and rejected are ends.
    ///
    /// A suggestion may be approved at once by the person who answers for it; an edit of reviewed text has to be reviewed
    /// again.
    public var successors: Set<ReviewState> {
        switch self {
        case .suggested, .edited: [.edited, .reviewed, .approved, .rejected]
        case .reviewed: [.edited, .approved, .rejected]
        case .approved, .rejected: []
        }
    }
}

extension Actor {
    /// True for a person; Docket itself, its engines and its workers are not.
    public var isPerson: Bool {
        let kind = description.prefix { $0 != ":" }
        return !description.isEmpty && !["system", "engine", "worker", "job"].contains(kind)
    }
}
