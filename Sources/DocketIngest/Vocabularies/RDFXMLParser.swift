import DocketCore
import Foundation

/// Reads RDF/XML (W3C 2014) element by element, without recursion; what it says of lists and of statements about
/// statements is passed over.
struct RDFXMLParser<Sink: StatementSink> {
    var sink: Sink
    private let cursor: XMLCursor
    private let limits: ReaderLimits
    private let fileName: String
    private var frames: [Frame] = []
    private var base: [IRI.Parts?] = [nil]

    private enum Frame {
        /// `rdf:RDF`, or a collection: holds nodes.
        case nodes
        /// A resource: holds properties.
        case node(RDFTerm)
        /// A property: holds a node or text.
        case property(RDFTerm, String, language: String, text: String, isFilled: Bool)
        /// Nothing that counts, whatever it holds.
        case ignored
    }

    private static var rdf: String { SKOSCollector.rdf }
    private static var xml: String { "http://www.w3.org/XML/1998/namespace" }

    init(_ data: Data, fileName: String, limits: ReaderLimits, sink: Sink) throws(IngestError) {
        self.sink = sink
        self.limits = limits
        self.fileName = fileName
        cursor = try XMLCursor(data, fileName: fileName, format: "RDF/XML", limits: limits)
    }

    /// Reads the whole document; `progress` gets the line reached, now and then.
    /// - Throws: `IngestError.malformed`, `.truncated`, `.limitExceeded`, and what the sink throws.
    mutating func run(_ progress: (Int) -> Void) throws(IngestError) {
        var events = 0
        while let event = try cursor.next() {
            events += 1
            if events.isMultiple(of: 20_000) { progress(cursor.place.line ?? 0) }
            switch event {
            case .start(let name): try start(name)
            case .text(let text): try append(text)
            case .end: try end()
            }
        }
    }

    // MARK: - Elements

    private mutating func start(_ name: String) throws(IngestError) {
        let (namespace, attributes) = (cursor.namespace, cursor.attributes())
        sink.line = cursor.place.line
        let given = attributes.first { $0.namespace == Self.xml && $0.name == "base" }?.value
        base.append(given.flatMap(IRI.Parts.init) ?? base.last ?? nil)
        switch frames.last {
        case nil where namespace == Self.rdf && name == "RDF": frames.append(.nodes)
        case nil, .nodes: frames.append(.node(try node(namespace, name, attributes)))
        case .node(let subject): try property(of: subject, namespace, name, attributes)
        case .property(let subject, let predicate, let language, let text, _):
            let object = try node(namespace, name, attributes)
            try sink.take(subject, predicate, object)
            frames[frames.count - 1] = .property(subject, predicate, language: language, text: text, isFilled: true)
            frames.append(.node(object))
        case .ignored: frames.append(.ignored)
        }
    }

    private mutating func end() throws(IngestError) {
        base.removeLast()
        guard case .property(let subject, let predicate, let language, let text, false) = frames.popLast() else {
            return
        }
        try sink.take(subject, predicate, .literal(text, language: language))
    }

    private mutating func append(_ text: String) throws(IngestError) {
        guard case .property(let subject, let predicate, let language, var words, false) = frames.last else { return }
        frames.removeLast()
        words += text
        guard words.utf8.count <= limits.recordBytes else {
            throw .limitExceeded(file: fileName, limit: .recordBytes, value: limits.recordBytes, place: cursor.place)
        }
        frames.append(.property(subject, predicate, language: language, text: words, isFilled: false))
    }

    /// The resource of a node element, whose type and property attributes are statements already.
    private mutating func node(
        _ namespace: String, _ name: String, _ attributes: [XMLCursor.Attribute]
    ) throws(IngestError) -> RDFTerm {
        var subject = RDFTerm.blank
        for attribute in attributes where attribute.namespace == Self.rdf {
            if attribute.name == "about" { subject = .iri(try resolved(attribute.value)) }
            if attribute.name == "ID" { subject = .iri(try resolved("#" + attribute.value)) }
        }
        if namespace != Self.rdf || name != "Description" {
            try sink.take(subject, Self.rdf + "type", .iri(namespace + name))
        }
        try properties(of: subject, in: attributes)
        return subject
    }

    /// Properties that are written as attributes.
    private mutating func properties(
        of subject: RDFTerm, in attributes: [XMLCursor.Attribute]
    ) throws(IngestError) {
        for attribute in attributes where attribute.namespace != Self.xml && !attribute.namespace.isEmpty {
            let predicate = attribute.namespace + attribute.name
            if attribute.namespace != Self.rdf {
                try sink.take(subject, predicate, .literal(attribute.value, language: cursor.language))
            } else if attribute.name == "type" {
                try sink.take(subject, predicate, .iri(try resolved(attribute.value)))
            }
        }
    }

    private mutating func property(
        of subject: RDFTerm, _ namespace: String, _ name: String, _ attributes: [XMLCursor.Attribute]
    ) throws(IngestError) {
        let predicate = namespace + name
        let own = attributes.filter { $0.namespace == Self.rdf }
        let isTyped = own.contains { $0.name == "datatype" }
        if let resource = own.first(where: { $0.name == "resource" }) {
            try sink.take(subject, predicate, .iri(try resolved(resource.value)))
            return frames.append(.ignored)
        }
        switch own.first(where: { $0.name == "parseType" })?.value {
        case "Resource": frames.append(.node(.blank))
        case "Collection": frames.append(.nodes)
        case .some: frames.append(.ignored)
        case nil where own.contains { $0.name == "nodeID" }: frames.append(.ignored)
        case nil:
            frames.append(
                .property(
                    subject, predicate, language: isTyped ? "" : cursor.language, text: "", isFilled: false))
        }
    }

    private func resolved(_ reference: String) throws(IngestError) -> String {
        let iri = IRI.resolved(reference, against: base.last ?? nil)
        guard iri.utf8.count <= VocabularyDraft.longestIRI else {
            throw .malformed(
                file: fileName, format: "RDF/XML", place: cursor.place, problem: VocabularyDraft.Fault.longIRI.words)
        }
        return iri
    }
}
