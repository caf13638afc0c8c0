import DocketCore

/// Subject or object of an RDF statement.
///
/// Nodes without a name are all alike: nothing that a vocabulary is read for hangs on them.
enum RDFTerm: Equatable {
    case iri(String)
    case blank
    case literal(String, language: String)
}

/// Where a parser sends the statements it reads.
protocol StatementSink {
    /// Line of the next statements.
    var line: Int? { get set }

    /// Takes one statement.
    mutating func take(_ subject: RDFTerm, _ predicate: String, _ object: RDFTerm) throws(IngestError)
}

/// Keeps of RDF statements what a vocabulary is made of: SKOS, and what else says title, licence, status or kind.
struct SKOSCollector: StatementSink {
    private(set) var draft: VocabularyDraft

    init(_ draft: VocabularyDraft) { self.draft = draft }

    var line: Int? {
        get { draft.line }
        set { draft.line = newValue }
    }

    mutating func take(_ subject: RDFTerm, _ predicate: String, _ object: RDFTerm) throws(IngestError) {
        guard case .iri(let uri) = subject, let meaning = Self.meanings[predicate] else { return }
        let position = try draft.position(of: draft.identity(uri))
        switch (meaning, object) {
        case (.type, .iri(let type)): classify(position, as: type)
        case (.label(let kind), .literal(let text, let language)):
            try draft.addLabel(kind, text, language: language, to: position)
        case (.title, .literal(let text, let language)):
            try draft.addTitle(text, language: language, to: position)
        case (.note(let kind), .literal(let text, let language)):
            try draft.addNote(kind, text, language: language, to: position)
        case (.link(let kind), .iri(let target)):
            try draft.addLink(kind, from: position, to: draft.identity(target))
            if kind != .replacement { draft.change(position) { $0.isConcept = true } }
        case (.member, .iri): draft.change(position) { $0.isConcept = true }
        case (.deprecated, .literal(let text, _)):
            draft.change(position) { $0.isDeprecated = text == "true" || text == "1" }
        case (_, .literal(let text, _)), (_, .iri(let text)): describe(position, meaning, text.tidied)
        case (_, .blank): return
        }
    }

    private mutating func describe(_ position: Int32, _ meaning: Meaning, _ text: String) {
        guard !text.isEmpty, text.utf8.count <= VocabularyDraft.longestLabel else { return }
        draft.change(position) { subject in
            switch meaning {
            case .notation: subject.notation = subject.notation ?? text
            case .version: subject.statedVersion = subject.statedVersion ?? text
            case .licence: subject.licence = subject.licence ?? text
            default: break
            }
        }
    }

    private mutating func classify(_ position: Int32, as type: String) {
        draft.change(position) { subject in
            switch type {
            case Self.skos + "Concept": subject.isConcept = true
            case Self.skos + "ConceptScheme": subject.isScheme = true
            case Self.skos + "Collection", Self.skos + "OrderedCollection": subject.isCollection = true
            default: subject.kind = Self.kinds[type] ?? subject.kind
            }
        }
    }

    // MARK: - Words of the vocabularies that describe vocabularies

    enum Meaning {
        case type, label(Vocabulary.LabelKind), note(Vocabulary.NoteKind), link(VocabularyDraft.LinkKind), member,
            notation, deprecated, title, version, licence
    }

    static let skos = "http://www.w3.org/2004/02/skos/core#"
    static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    private static let owl = "http://www.w3.org/2002/07/owl#"
    private static let terms = "http://purl.org/dc/terms/"
    private static let elements = "http://purl.org/dc/elements/1.1/"

    private static let meanings: [String: Meaning] = [
        rdf + "type": .type,
        skos + "prefLabel": .label(.preferred), skos + "altLabel": .label(.alternative),
        skos + "hiddenLabel": .label(.hidden),
        skos + "scopeNote": .note(.scope), skos + "definition": .note(.definition), skos + "example": .note(.example),
        skos + "historyNote": .note(.history), skos + "changeNote": .note(.history),
        skos + "editorialNote": .note(.editorial), skos + "note": .note(.general),
        skos + "broader": .link(.broader), skos + "narrower": .link(.narrower), skos + "related": .link(.related),
        skos + "inScheme": .member, skos + "topConceptOf": .member, skos + "notation": .notation,
        owl + "deprecated": .deprecated, terms + "isReplacedBy": .link(.replacement), owl + "versionInfo": .version,
        terms + "title": .title, elements + "title": .title, "http://www.w3.org/2000/01/rdf-schema#label": .title,
        terms + "license": .licence, "http://creativecommons.org/ns#license": .licence,
        terms + "rights": .licence, elements + "rights": .licence,
    ]

    /// Classes that say what kind of thing a concept names.
    static let kinds: [String: Vocabulary.Kind] = {
        let (mads, foaf, schema) = (
            "http://www.loc.gov/mads/rdf/v1#", "http://xmlns.com/foaf/0.1/", "schema.org/"
        )
        var kinds: [String: Vocabulary.Kind] = [
            mads + "PersonalName": .person, mads + "CorporateName": .corporateBody, mads + "Geographic": .place,
            mads + "ConferenceName": .event, mads + "Topic": .topic, mads + "Temporal": .time,
            mads + "GenreForm": .form,
            foaf + "Person": .person, foaf + "Organization": .corporateBody,
            "http://www.w3.org/ns/org#Organization": .corporateBody, terms + "Location": .place,
            terms + "PeriodOfTime": .time,
        ]
        for scheme in ["http://", "https://"] {
            kinds[scheme + schema + "Person"] = .person
            kinds[scheme + schema + "Organization"] = .corporateBody
            kinds[scheme + schema + "Place"] = .place
            kinds[scheme + schema + "Event"] = .event
        }
        return kinds
    }()
}
