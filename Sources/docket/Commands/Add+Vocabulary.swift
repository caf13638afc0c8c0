import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

extension Add {
    /// Adds one vocabulary and shows what the check found on it.
    func addVocabulary(_ url: URL, to workspace: Workspace, _ tally: inout AddTally) async throws {
        let counting = Progress(url.lastPathComponent, total: nil, isQuiet: global.quiet || global.json)
        defer { counting.finish() }
        let added = try await workspace.addVocabulary(url, named: name, by: who.actor) { counting.update($0) }
        counting.finish()
        if added.isNew { tally.added += 1 } else { tally.duplicates += 1 }
        if global.json { return try Terminal.print(json: ShownVocabulary(added)) }
        let phrase: Phrase = added.isNew ? .addVocabulary : .addVocabularySame
        Terminal.print(
            phrase(
                added.stored.name, "\(added.stored.version)", "\(added.stored.concepts)", "\(added.stored.labels)",
                added.stored.title))
        if !added.findings.isEmpty { FindingTable.print(added.findings) }
    }
}

/// A vocabulary that was added, as `--json` gives it.
struct ShownVocabulary: Encodable {
    let concepts: Int
    let duplicate: Bool
    let findings: [Finding]
    let id: String
    let kind = "vocabulary"
    let labels: Int
    let name: String
    let title: String
    let version: Int

    init(_ added: Workspace.AddedVocabulary) {
        concepts = added.stored.concepts
        duplicate = !added.isNew
        findings = added.findings
        id = added.stored.id.rawValue
        labels = added.stored.labels
        name = added.stored.name
        title = added.stored.title
        version = added.stored.version
    }

    private enum CodingKeys: String, CodingKey {
        case concepts, duplicate, findings, id, kind, labels, name, title, version
    }
}
