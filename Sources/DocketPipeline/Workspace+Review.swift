public import DocketArchive
public import DocketCore
import Foundation

extension Workspace {
    /// One person's change of a draft's claims.
    public enum ClaimEdit: Sendable, Equatable {
        /// The claim of this number gets this text; an empty text takes it away.
        case text(claim: Int, String)
    }

    /// Stores a person's edits as the next revision, checked again; gives the stored draft and the number of changes.
    ///
    /// A changed claim keeps its citations and becomes a human one: it is held against the same places of the source.
    /// `- revision`: the one the person read; nil takes the current one.
    /// - Throws: `ArchiveError.conflict` when another revision is current, `PipelineError.unknown` for a claim that is not
    ///   there.
    public func edit(
        _ id: DraftID, _ edits: [ClaimEdit], revision: Int? = nil, note: String = "", by actor: Actor
    ) async throws -> (StoredDraft, changes: Int) {
        let stored = try await library.draft(id, viewer: viewer)
        var draft = stored.verified.draft
        var changes = 0
        for case .text(let number, let text) in edits {
            guard try draft.replace(number, by: text) else { continue }
            changes += 1
        }
        return (try await store(draft, over: stored, revision, changes, note, by: actor), changes)
    }

    /// Stores a whole edited draft, as it came back from an exported file; see `edit(_:_:revision:note:by:)`.
    public func edit(
        _ id: DraftID, to draft: Draft, revision: Int? = nil, note: String = "", by actor: Actor
    ) async throws -> (StoredDraft, changes: Int) {
        let stored = try await library.draft(id, viewer: viewer)
        let changes = draft.changes(from: stored.verified.draft)
        return (try await store(draft, over: stored, revision, changes, note, by: actor), changes)
    }

    private func store(
        _ draft: Draft, over stored: StoredDraft, _ revision: Int?, _ changes: Int, _ note: String, by actor: Actor
    ) async throws -> StoredDraft {
        if let revision, revision != stored.revision {
            throw ArchiveError.conflict(
                .revision(object: "draft:\(stored.id)", expected: revision, found: stored.revision))
        }
        guard changes > 0 else { return stored }
        var draft = draft
        draft.settleCoverage(after: stored.verified.draft, over: try await documents(of: stored.verified.draft))
        let verified = try await verified(draft)
        _ = try await library.edit(
            stored.id, to: verified, revision: revision ?? stored.revision, note: note, by: actor)
        return try await library.draft(stored.id, viewer: viewer)
    }
}

extension Draft {
    /// Why a passage is set aside that a person's edit left without a claim.
    fileprivate static let removed = "removed"

    /// Brings the ledger up to date: a passage that no claim cites any more is set aside, one that is cited again is used.
    fileprivate mutating func settleCoverage(after old: Draft, over sources: [SourceDocument]) {
        let before = old.citedPassages(sources)
        let now = citedPassages(sources)
        for index in coverage.indices {
            let entry = coverage[index]
            let place = PassagePlace(source: entry.source, passage: entry.passage)
            if entry.use != .setAside, before[place] != nil, now[place] == nil {
                coverage[index].use = .setAside
                coverage[index].reason = Self.removed
            } else if entry.reason == Self.removed, let use = now[place] {
                coverage[index].use = use
                coverage[index].reason = nil
            }
        }
    }

    private struct PassagePlace: Hashable {
        let source: SourceID
        let passage: Int
    }

    /// Passages that claims cite, with what they made of them.
    private func citedPassages(_ sources: [SourceDocument]) -> [PassagePlace: CoverageEntry.Use] {
        var cited: [PassagePlace: CoverageEntry.Use] = [:]
        for claim in claims {
            for span in claim.citations.map(\.span) {
                let source = sources.first { $0.id == span.source && $0.version == span.version }
                for passage in source?.passages ?? [] where passage.start < span.end && passage.end > span.start {
                    let place = PassagePlace(source: span.source, passage: passage.number)
                    if cited[place] != .used { cited[place] = claim.derivation == .condensed ? .condensed : .used }
                }
            }
        }
        return cited
    }

    /// Replaces the text of claim `number`; false when it already reads so.
    /// - Throws: `PipelineError.unknown` when there is no such claim.
    fileprivate mutating func replace(_ number: Int, by text: String) throws -> Bool {
        for block in blocks.indices {
            guard let index = blocks[block].claims.firstIndex(where: { $0.number == number }) else { continue }
            if blocks[block].claims[index].text == text { return false }
            if text.isEmpty {
                blocks[block].claims.remove(at: index)
            } else {
                blocks[block].claims[index].text = text
                blocks[block].claims[index].derivation = .human
                blocks[block].emptyReason = nil
            }
            return true
        }
        throw PipelineError.unknown(id: "\(id) c\(number)")
    }

    /// Number of claims that are new, gone or differ, and of labels that differ.
    fileprivate func changes(from old: Draft) -> Int {
        let before = Dictionary(old.claims.map { ($0.number, $0.text) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(claims.map { ($0.number, $0.text) }, uniquingKeysWith: { first, _ in first })
        let gone = before.keys.filter { after[$0] == nil }.count
        let changed = gone + after.filter { before[$0.key] != $0.value }.count + (title == old.title ? 0 : 1)
        return changed == 0 && blocks != old.blocks ? 1 : changed
    }
}
