public import DocketArchive
public import DocketCataloguing
public import DocketCore
import DocketText
import Foundation

/// The engine of subject terms over one library: a vocabulary, the weights that the library was trained to, and what people decided
/// on its entries, read from the entries themselves.
///
/// Nothing is learned twice and nothing is lost: the decisions are stored with the entries, and an indexer is made of them
/// when it is needed. While one is held, a decision changes it at once.
public struct SubjectShelf: Sendable {
    /// The indexer, which has learned all reviewed entries.
    public private(set) var indexer: SubjectIndexer
    /// Words of the learned records by identity, for training.
    private(set) var documents: [(id: String, document: SubjectDocument)] = []
    /// The latest change of an entry that it knows, ISO 8601 in UTC; "" before any.
    public private(set) var through = ""

    /// Finds phrases that no vocabulary has.
    let phrases: KeyphraseModel?

    init(_ indexer: SubjectIndexer, phrases: KeyphraseModel?) { (self.indexer, self.phrases) = (indexer, phrases) }

    /// Learns what a person decided on an entry, at once.
    ///
    /// Terms that came in with a file count as given: somebody catalogued by them. A classified entry teaches nothing.
    public mutating func learn(_ stored: StoredEntry, sources: [DescribedSource]) {
        through = max(through, stored.changedAt)
        let entry = stored.entry
        guard entry.classification < .restricted else { return indexer.forget(entry.id.rawValue) }
        func uris(_ wanted: (SubjectTerm) -> Bool) -> [String] {
            entry.subjects.filter { $0.concept?.vocabulary == indexer.vocabulary.name && wanted($0) }.compactMap {
                $0.concept?.uri
            }
        }
        let given = uris {
            $0.state == .accepted || $0.state == .edited || ($0.producer == .imported && $0.state != .rejected)
        }
        let rejected = uris { $0.state == .rejected }
        guard !given.isEmpty || !rejected.isEmpty else { return }
        let document = Self.document(of: entry, sources)
        indexer.learn(
            CataloguedRecord(
                id: entry.id.rawValue, title: entry.title, document: document, given: given, rejected: rejected,
                isComplete: ![.suggested, .edited].contains(stored.status)))
        documents.removeAll { $0.id == entry.id.rawValue }
        documents.append((entry.id.rawValue, document))
    }

    /// What subject terms of an entry are looked for in: its sources, headed by its title; without sources what it says itself.
    static func document(of entry: CatalogueEntry, _ sources: [DescribedSource]) -> SubjectDocument {
        guard sources.isEmpty else { return SubjectDocument(title: entry.title, content: sources) }
        let text =
            [entry[.folderTitle], entry[.summary], entry[.attachments]].compactMap { $0 } + entry.notes.map(\.text)
        return SubjectDocument(title: entry.title, text: text.joined(separator: "\n"))
    }

    /// Fits the weights to the learned records, starting from those that the program carries.
    mutating func train(prior: SubjectWeights) { indexer.train(documents, prior: prior) }
}

extension Workspace {
    /// What training came to.
    public struct Training: Sendable, Equatable, Encodable {
        /// Name of the vocabulary.
        public var vocabulary: String
        /// Records that were learned from.
        public var records: Int
        /// Bytes of the weights.
        public var bytes: Int
    }

    /// The vocabulary of this name with what the library has learned for it; nil for the only one of the library.
    /// - Throws: `PipelineError.noVocabulary` when there is none of the name, none at all, or several.
    public func subjectShelf(_ name: String?) async throws -> SubjectShelf {
        let all = try await library.vocabularies()
        guard let chosen = name ?? (all.count == 1 ? all[0].name : nil),
            let vocabulary = try await library.vocabulary(chosen)
        else { throw PipelineError.noVocabulary(name: name, known: all.map(\.name)) }
        var weights = try SubjectWeights.embedded(overrides: library.url.appending(path: "models"))
        if let model = try await library.subjectModel(for: vocabulary.name) {
            weights = try SubjectWeights(model.bytes)
        }
        let phrases = try KeyphraseModel.embedded(overrides: library.url.appending(path: "models"))
        var shelf = SubjectShelf(SubjectIndexer(vocabulary, weights: weights), phrases: phrases)
        try await forEachEntry(EntryFilter()) { stored in
            let isTaught = stored.entry.subjects.contains { $0.state.isDecided || $0.producer == .imported }
            if isTaught { shelf.learn(stored, sources: try await describedSources(of: stored.entry)) }
        }
        return shelf
    }

    /// Fits the weights of a vocabulary to all reviewed entries from scratch and keeps them in the library.
    ///
    /// The same entries give the same weights.
    /// - Throws: as `subjectShelf`; `PipelineError.nothingToLearn` without a reviewed entry.
    public func trainSubjects(_ name: String?, by actor: Actor) async throws -> Training {
        var shelf = try await subjectShelf(name)
        let vocabulary = shelf.indexer.vocabulary.name
        guard !shelf.documents.isEmpty else { throw PipelineError.nothingToLearn(vocabulary: vocabulary) }
        shelf.train(prior: try SubjectWeights.embedded(overrides: library.url.appending(path: "models")))
        let bytes = shelf.indexer.weights.bytes
        try await library.putSubjectModel(bytes, for: vocabulary, through: shelf.through, by: actor)
        return Training(vocabulary: vocabulary, records: shelf.documents.count, bytes: bytes.count)
    }

    /// Calls `body` with every entry that the viewer sees, in order of folder and number.
    func forEachEntry(_ filter: EntryFilter, _ body: (StoredEntry) async throws -> Void) async throws {
        var page: PageToken?
        repeat {
            try Task.checkCancellation()
            let list = try await library.entries(filter, page: page, limit: 500, viewer: viewer)
            for stored in list.items { try await body(stored) }
            page = list.next
        } while page != nil
    }

    /// The sources that an entry describes, as they are now; those that are gone or hidden are left out.
    public func documents(of entry: CatalogueEntry) async throws -> [SourceDocument] {
        try await sources(of: entry).map(\.document)
    }

    /// The same with what was read out of them.
    public func describedSources(of entry: CatalogueEntry) async throws -> [DescribedSource] {
        try await sources(of: entry).map { DescribedSource($0.document, $0.structure) }
    }

    func sources(of entry: CatalogueEntry) async throws -> [StoredSource] {
        var found: [StoredSource] = []
        for id in entry.sources {
            do { found.append(try await library.source(id, viewer: viewer)) } catch ArchiveError.notFound {
                // Withdrawn, or above the viewer: the entry says what it says without it.
                continue
            }
        }
        return found
    }
}
