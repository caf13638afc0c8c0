public import DocketArchive
import DocketCataloguing
public import DocketCore
import DocketIngest
import DocketText
import Foundation

extension Workspace {
    /// The entries that words name: an identity, a file number of an item, or that of a folder with all its items.
    /// - Throws: `PipelineError.unknown` when there is none.
    public func catalogueEntries(named name: String) async throws -> [StoredEntry] {
        do { return [try await library.entry(EntryID(rawValue: name), viewer: viewer)] } catch ArchiveError.notFound {
            guard let number = FileNumber(name) else { throw PipelineError.unknown(id: name) }
            guard number.volume == nil else {
                guard let found = try await library.entry(numbered: number, viewer: viewer) else {
                    throw PipelineError.unknown(id: name)
                }
                return [found]
            }
            var found: [StoredEntry] = []
            try await forEachEntry(EntryFilter(folder: number)) { found.append($0) }
            guard !found.isEmpty else { throw PipelineError.unknown(id: name) }
            return found
        }
    }

    /// Entries of a filter, in order of folder and number.
    public func catalogueEntries(_ filter: EntryFilter) async throws -> [StoredEntry] {
        var found: [StoredEntry] = []
        try await forEachEntry(filter) { found.append($0) }
        return found
    }

    /// The subject term of a vocabulary whose label is `label`, in any language, folded; nil when it has none.
    public func subjectTerm(_ label: String, in name: String?) async throws -> SubjectTerm? {
        let all = try await library.vocabularies()
        guard let chosen = name ?? (all.count == 1 ? all[0].name : nil),
            let vocabulary = try await library.vocabulary(chosen)
        else { throw PipelineError.noVocabulary(name: name, known: all.map(\.name)) }
        let key = Folding.key(label)
        let concept =
            vocabulary.position(of: label).map { vocabulary.concepts[$0] }
            ?? vocabulary.concepts.first { concept in
                concept.status == .current && concept.labels.contains { Folding.key($0.text) == key }
            }
        return concept.map { concept in
            SubjectTerm(
                concept.label(in: "zh-Hant") ?? label, kind: concept.kind,
                concept: ConceptReference(vocabulary: vocabulary.name, uri: concept.uri), producer: .human,
                state: .accepted)
        }
    }

    /// A value that a person wrote, in the normal form of its field: dates of either calendar, words for codes.
    public static func normalized(_ value: String, of field: CatalogueField) -> String {
        if field.form == .date { return DateForm.auto.iso(value) ?? value }
        if field == .retention || field == .originalRetention { return RetentionPeriod.value(value) ?? value }
        return field.value(ofWords: value) ?? value
    }

    /// Suggests subject terms for an entry anew, with what was learned meanwhile; what a person decided stays.
    public func renewSubjects(of stored: StoredEntry, with shelf: SubjectShelf, by actor: Actor) async throws
        -> StoredEntry
    {
        guard [.suggested, .edited].contains(stored.status), stored.entry.classification < .restricted else {
            return stored
        }
        var proposal = stored.entry
        let document = SubjectShelf.document(of: stored.entry, try await describedSources(of: stored.entry))
        proposal.subjects = shelf.indexer.suggestions(for: document, SubjectRequest(limit: 6))
        return try await library.propose([proposal], by: actor).entries.first ?? stored
    }
}
