public import DocketCore

/// A vocabulary as SKOS; reading it again gives an equal vocabulary, but for its identity and digest.
public struct VocabularyExport: Sendable {
    private let vocabulary: Vocabulary

    /// An export of `vocabulary`.
    public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Forms of SKOS.
    public enum Format: String, Sendable, CaseIterable {
        case turtle
        case rdfXML = "rdf-xml"

        /// Ending of the file, without a dot.
        public var fileExtension: String { self == .turtle ? "ttl" : "rdf" }
    }

    /// The whole vocabulary; concepts in order of their URIs.
    public func text(as format: Format) -> String {
        var text = ""
        write(as: format) { text += $0 }
        return text
    }

    /// Hands the vocabulary over piece by piece, one concept at a time.
    public func write(as format: Format, to output: (String) throws -> Void) rethrows {
        switch format {
        case .turtle:
            let writer = TurtleWriter()
            try output(writer.opening)
            try output(writer.subject(scheme, statements: schemeStatements))
            for concept in vocabulary.concepts {
                try output(writer.subject(concept.uri, statements: statements(of: concept)))
            }
        case .rdfXML:
            try output(RDFXMLWriter.opening)
            try output(RDFXMLWriter.subject(scheme, statements: schemeStatements))
            for concept in vocabulary.concepts {
                try output(RDFXMLWriter.subject(concept.uri, statements: statements(of: concept)))
            }
            try output("</rdf:RDF>\n")
        }
    }

    // MARK: Statements

    /// Name of the scheme; a vocabulary keeps none of its own.
    private var scheme: String {
        var name = ""
        for byte in vocabulary.name.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x2E || byte == 0x5F
            name +=
                isPlain
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "urn:docket:vocabulary:" + name
    }

    private var schemeStatements: [RDFStatement] {
        var statements: [RDFStatement] = [
            .init(.rdf, "type", .iri(RDFPrefix.skos.rawValue + "ConceptScheme")),
            .init(.terms, "title", .literal(vocabulary.title, "")),
        ]
        if let version = vocabulary.statedVersion {
            statements.append(.init(.owl, "versionInfo", .literal(version, "")))
        }
        if let licence = vocabulary.licence {
            let isIRI = (licence.hasPrefix("http://") || licence.hasPrefix("https://")) && !licence.contains(" ")
            statements.append(.init(.terms, "license", isIRI ? .iri(licence) : .literal(licence, "")))
        }
        return statements
    }

    private func statements(of concept: Vocabulary.Concept) -> [RDFStatement] {
        var statements: [RDFStatement] = [.init(.rdf, "type", .iri(RDFPrefix.skos.rawValue + "Concept"))]
        if let kind = concept.kind {
            statements.append(.init(.rdf, "type", .iri(RDFPrefix.mads.rawValue + Self.classes(kind))))
        }
        statements.append(.init(.skos, "inScheme", .iri(scheme)))
        if let notation = concept.notation { statements.append(.init(.skos, "notation", .literal(notation, ""))) }
        for label in concept.labels {
            statements.append(.init(.skos, Self.name(label.kind), .literal(label.text, label.language)))
        }
        func link(_ name: String, _ prefix: RDFPrefix, _ positions: [Int32]) {
            for position in positions {
                statements.append(.init(prefix, name, .iri(vocabulary.concepts[Int(position)].uri)))
            }
        }
        link("broader", .skos, concept.broader)
        link("narrower", .skos, concept.narrower)
        link("related", .skos, concept.related)
        for note in concept.notes {
            statements.append(.init(.skos, Self.name(note.kind), .literal(note.text, note.language)))
        }
        if case .deprecated(let replacedBy) = concept.status {
            statements.append(.init(.owl, "deprecated", .literal("true", "")))
            link("isReplacedBy", .terms, replacedBy)
        }
        return statements
    }

    private static func name(_ kind: Vocabulary.LabelKind) -> String {
        switch kind {
        case .preferred: "prefLabel"
        case .alternative: "altLabel"
        case .hidden: "hiddenLabel"
        }
    }

    private static func name(_ kind: Vocabulary.NoteKind) -> String {
        switch kind {
        case .scope: "scopeNote"
        case .definition: "definition"
        case .example: "example"
        case .history: "historyNote"
        case .editorial: "editorialNote"
        case .general: "note"
        }
    }

    private static func classes(_ kind: Vocabulary.Kind) -> String {
        switch kind {
        case .person: "PersonalName"
        case .corporateBody: "CorporateName"
        case .place: "Geographic"
        case .event: "ConferenceName"
        case .topic: "Topic"
        case .time: "Temporal"
        case .form: "GenreForm"
        }
    }
}

/// Namespaces of SKOS exports.
enum RDFPrefix: String, CaseIterable {
    case rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    case skos = "http://www.w3.org/2004/02/skos/core#"
    case terms = "http://purl.org/dc/terms/"
    case owl = "http://www.w3.org/2002/07/owl#"
    case mads = "http://www.loc.gov/mads/rdf/v1#"

    var name: String {
        switch self {
        case .rdf: "rdf"
        case .skos: "skos"
        case .terms: "dct"
        case .owl: "owl"
        case .mads: "mads"
        }
    }
}

/// What is said of a subject.
struct RDFStatement {
    enum Object {
        case iri(String)
        /// With a language, or "".
        case literal(String, String)
    }

    let prefix: RDFPrefix
    let name: String
    let object: Object

    init(_ prefix: RDFPrefix, _ name: String, _ object: Object) {
        (self.prefix, self.name, self.object) = (prefix, name, object)
    }

    /// A language that a tag may name; anything else is left unsaid.
    static func tag(_ language: String) -> String? {
        let parts = language.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = parts.enumerated().allSatisfy { index, part in
            (1...8).contains(part.count)
                && part.unicodeScalars.allSatisfy {
                    $0.isASCII && ($0.properties.isAlphabetic || index > 0 && $0.properties.numericType != nil)
                }
        }
        return isTag && !language.isEmpty ? language : nil
    }
}

/// Writes Turtle.
struct TurtleWriter {
    var opening: String {
        [RDFPrefix.skos, .terms, .owl, .mads].map { "@prefix \($0.name): <\($0.rawValue)> .\n" }.joined() + "\n"
    }

    /// A subject with all that is said of it.
    func subject(_ uri: String, statements: [RDFStatement]) -> String {
        var text = Self.iri(uri)
        for (index, statement) in statements.enumerated() {
            text += index > 0 ? " ;\n    " : "\n    "
            let isType = statement.prefix == .rdf && statement.name == "type"
            text += isType ? "a " : "\(statement.prefix.name):\(statement.name) "
            switch statement.object {
            case .iri(let iri): text += Self.iri(iri)
            case .literal(let words, let language):
                text += Self.literal(words)
                if let tag = RDFStatement.tag(language) { text += "@" + tag }
            }
        }
        return text + " .\n\n"
    }

    static func iri(_ iri: String) -> String {
        for prefix in [RDFPrefix.skos, .mads] where iri.hasPrefix(prefix.rawValue) {
            let rest = iri.dropFirst(prefix.rawValue.count)
            if !rest.isEmpty, rest.allSatisfy({ $0.isASCII && $0.isLetter }) { return "\(prefix.name):\(rest)" }
        }
        // What an IRI cannot hold is escaped as the readers of vocabularies escape it.
        var text = "<"
        for scalar in iri.unicodeScalars {
            if scalar.value <= 0x20 || scalar.value == 0x7F || "<>\"{}|^`\\".unicodeScalars.contains(scalar) {
                text += "%" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text + ">"
    }

    static func literal(_ words: String) -> String {
        var text = "\""
        for scalar in words.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

/// Writes RDF/XML.
enum RDFXMLWriter {
    static var opening: String {
        let names = RDFPrefix.allCases.map { " xmlns:\($0.name)=\"\($0.rawValue)\"" }.joined()
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF\(names)>\n"
    }

    /// A subject with all that is said of it.
    static func subject(_ uri: String, statements: [RDFStatement]) -> String {
        var xml = XMLText(depth: 1)
        xml.open("rdf:Description", [("rdf:about", uri)])
        for statement in statements {
            let name = "\(statement.prefix.name):\(statement.name)"
            switch statement.object {
            case .iri(let iri): xml.element(name, [("rdf:resource", iri)])
            case .literal(let words, let language):
                xml.element(name, [("xml:lang", RDFStatement.tag(language))], words)
            }
        }
        xml.close("rdf:Description")
        return xml.text
    }
}
