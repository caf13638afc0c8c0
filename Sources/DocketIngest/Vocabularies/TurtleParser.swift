import DocketCore

/// Reads Turtle (RDF 1.1 Turtle, W3C 2014) statement by statement from front to back, with bounded depth.
///
/// N-Triples are Turtle too. Every error names line and column. Text is UTF-8 with line feeds.
struct TurtleParser<Sink: StatementSink> {
    var sink: Sink
    var lexer: TurtleLexer
    private var prefixes: [String: String] = [:]
    private var base: IRI.Parts?
    private var depth = 0
    private let deepest: Int

    /// Namespaces that one file may name.
    private static var mostPrefixes: Int { 1_000 }

    init(_ bytes: [UInt8], fileName: String, limits: ReaderLimits, sink: Sink) {
        self.sink = sink
        lexer = TurtleLexer(bytes, fileName: fileName)
        deepest = limits.xmlDepth
    }

    /// Reads the whole text; `progress` gets the bytes read so far, now and then.
    /// - Throws: `IngestError.malformed` with line and column, `.limitExceeded`, `.truncated`, and what the sink throws.
    mutating func run(_ progress: (Int) -> Void) throws(IngestError) {
        var told = 0
        while try !lexer.isAtEnd() {
            sink.line = lexer.line
            try statement()
            if lexer.offset - told > 1 << 20 {
                told = lexer.offset
                progress(told)
            }
        }
    }

    private mutating func statement() throws(IngestError) {
        if lexer.skip(directive: "@prefix") {
            try prefix()
            return try lexer.expect(".")
        }
        if lexer.skip(directive: "@base") {
            base = IRI.Parts(try iriReference())
            return try lexer.expect(".")
        }
        if lexer.skip(keyword: "prefix") { return try prefix() }
        if lexer.skip(keyword: "base") {
            base = IRI.Parts(try iriReference())
            return
        }
        let subject: RDFTerm
        if lexer.peek == UInt8(ascii: "[") {
            subject = try propertyList()
            try lexer.skipSpace()
            if lexer.skip(".") { return }
        } else if lexer.peek == UInt8(ascii: "(") {
            subject = try collection()
        } else {
            subject = try resource()
        }
        try predicates(of: subject)
        try lexer.expect(".")
    }

    private mutating func prefix() throws(IngestError) {
        try lexer.skipSpace()
        let name = try lexer.prefix()
        try lexer.skipSpace()
        let namespace = try iriReference()
        guard prefixes[name] != nil || prefixes.count < Self.mostPrefixes else {
            throw lexer.fault("前綴多於 \(Self.mostPrefixes) 個", "more than \(Self.mostPrefixes) prefixes")
        }
        prefixes[name] = namespace
    }

    // MARK: - Predicates and objects

    private mutating func predicates(of subject: RDFTerm) throws(IngestError) {
        while true {
            try lexer.skipSpace()
            let predicate = try verb()
            repeat {
                try lexer.skipSpace()
                let object = try object()
                try sink.take(subject, predicate, object)
                try lexer.skipSpace()
            } while lexer.skip(",")
            guard lexer.skip(";") else { return }
            repeat { try lexer.skipSpace() } while lexer.skip(";")
            if [UInt8(ascii: "."), UInt8(ascii: "]")].contains(lexer.peek) { return }
        }
    }

    private mutating func verb() throws(IngestError) -> String {
        if lexer.skip(word: "a") { return SKOSCollector.rdf + "type" }
        guard case .iri(let iri) = try resource() else { throw lexer.fault("謂詞不是識別碼", "the predicate is no IRI") }
        return iri
    }

    private mutating func object() throws(IngestError) -> RDFTerm {
        switch lexer.peek {
        case UInt8(ascii: "["): return try propertyList()
        case UInt8(ascii: "("): return try collection()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try literal()
        default: break
        }
        if let number = try lexer.number() { return .literal(number, language: "") }
        if lexer.skip(word: "true") { return .literal("true", language: "") }
        if lexer.skip(word: "false") { return .literal("false", language: "") }
        return try resource()
    }

    private mutating func literal() throws(IngestError) -> RDFTerm {
        let text = try lexer.string()
        if lexer.skip("@") { return .literal(text, language: try lexer.language()) }
        if lexer.skip("^"), lexer.skip("^") {
            try lexer.skipSpace()
            _ = try resource()
        }
        return .literal(text, language: "")
    }

    private mutating func propertyList() throws(IngestError) -> RDFTerm {
        try enter("[")
        try lexer.skipSpace()
        if lexer.peek != UInt8(ascii: "]") { try predicates(of: .blank) }
        try leave("]")
        return .blank
    }

    private mutating func collection() throws(IngestError) -> RDFTerm {
        try enter("(")
        try lexer.skipSpace()
        while lexer.peek != UInt8(ascii: ")") {
            _ = try object()
            try lexer.skipSpace()
        }
        try leave(")")
        return .blank
    }

    private mutating func enter(_ bracket: Character) throws(IngestError) {
        depth += 1
        guard depth <= deepest else {
            throw .limitExceeded(file: lexer.fileName, limit: .xmlDepth, value: deepest, place: lexer.place)
        }
        _ = lexer.skip(bracket)
    }

    private mutating func leave(_ bracket: Character) throws(IngestError) {
        try lexer.expect(bracket)
        depth -= 1
    }

    // MARK: - Names

    private mutating func resource() throws(IngestError) -> RDFTerm {
        if lexer.peek == UInt8(ascii: "<") { return .iri(try iriReference()) }
        if try lexer.skipBlankNode() { return .blank }
        let (prefix, local) = try lexer.prefixedName()
        guard let namespace = prefixes[prefix] else {
            throw lexer.fault("未宣告的前綴", "a prefix that is not declared")
        }
        return .iri(try bounded(namespace + local))
    }

    private mutating func iriReference() throws(IngestError) -> String {
        try lexer.skipSpace()
        return try bounded(IRI.resolved(try lexer.iri(), against: base))
    }

    private func bounded(_ iri: String) throws(IngestError) -> String {
        guard iri.utf8.count <= VocabularyDraft.longestIRI else {
            throw lexer.fault(
                "識別碼長於 \(VocabularyDraft.longestIRI) 位元組",
                "an identifier is longer than \(VocabularyDraft.longestIRI) bytes")
        }
        return iri
    }
}
