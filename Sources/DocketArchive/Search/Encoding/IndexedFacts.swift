import DocketCore

/// What the index keeps of a document to show it: everything but the texts that stand in a source.
struct IndexedFacts: Sendable, Equatable {
    /// The document; the texts of fields with a span are empty.
    var document: IndexDocument

    private static let version: UInt8 = 1

    init(_ document: IndexDocument) {
        self.document = document
        for index in document.fields.indices where document.fields[index].span != nil {
            self.document.fields[index].text = ""
        }
    }

    /// The id without the source's name where it begins with it, as in "SOURCE#12"; else as it is, behind a blank.
    static func name(_ id: String, in source: SourceID) -> String {
        let prefix = source.rawValue.utf8
        return id.utf8.starts(with: prefix) ? String(Substring(id.utf8.dropFirst(prefix.count))) : " " + id
    }

    static func id(_ name: String, in source: SourceID) -> String {
        name.utf8.first == UInt8(ascii: " ") ? String(Substring(name.utf8.dropFirst())) : source.rawValue + name
    }

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(Self.version)
        writer.string(document.source.rawValue)
        writer.string(Self.name(document.id, in: document.source))
        writer.byte(Self.index(document.kind))
        writer.byte(Self.index(document.sourceKind))
        writer.byte(Self.index(document.classification))
        writer.byte(document.isTitleSearched ? 1 : 0)
        writer.varint(document.ordinal)
        for text in [document.external, document.date, document.series, document.status] {
            writer.byte(text == nil ? 0 : 1)
            if let text { writer.string(text) }
        }
        writer.string(document.title)
        writer.string(document.scope)
        writer.varint(document.agencies.count)
        document.agencies.forEach { writer.string($0) }
        writer.varint(document.facts.count)
        for (key, value) in document.facts.sorted(by: { $0.key < $1.key }) {
            writer.string(key)
            writer.string(value)
        }
        writer.varint(document.fields.count)
        document.fields.forEach { Self.encode($0, of: document.source, into: &writer) }
        return writer.bytes
    }

    private static func encode(_ field: IndexField, of source: SourceID, into writer: inout ByteWriter) {
        writer.byte(field.role.rawValue)
        guard let span = field.span else {
            writer.byte(0)
            return writer.string(field.text)
        }
        writer.byte(span.source == source ? 1 : 2)
        if span.source != source { writer.string(span.source.rawValue) }
        writer.varint(span.version)
        writer.varint(span.start)
        writer.varint(span.end - span.start)
    }

    init(decoding bytes: UnsafeRawBufferPointer) throws {
        var reader = ByteReader(bytes)
        guard try reader.byte() == Self.version else { throw ArchiveError.damagedIndex("unknown form of a document") }
        let source = SourceID(rawValue: try reader.string())
        let id = Self.id(try reader.string(), in: source)
        let kind = try Self.value(ResultKind.self, try reader.byte())
        let sourceKind = try Self.value(SourceKind.self, try reader.byte())
        let classification = try Self.value(Classification.self, try reader.byte())
        let isTitleSearched = try reader.byte() != 0
        let ordinal = try reader.count(upTo: Int(Int32.max))
        let texts = try (0..<4).map { _ in try reader.byte() == 0 ? nil : try reader.string() }
        let (title, scope) = (try reader.string(), try reader.string())
        let agencies = try (0..<(try reader.count(upTo: reader.remaining))).map { _ in try reader.string() }
        var facts: [String: String] = [:]
        for _ in 0..<(try reader.count(upTo: reader.remaining)) {
            let key = try reader.string()
            facts[key] = try reader.string()
        }
        let fields = try (0..<(try reader.count(upTo: reader.remaining))).map { _ in try Self.field(of: source, &reader)
        }
        document = IndexDocument(
            id: id, kind: kind, source: source, ordinal: ordinal, external: texts[0], title: title,
            isTitleSearched: isTitleSearched, fields: fields, date: texts[1], series: texts[2], agencies: agencies,
            status: texts[3], sourceKind: sourceKind, classification: classification, scope: scope, facts: facts)
    }

    private static func field(of source: SourceID, _ reader: inout ByteReader) throws -> IndexField {
        guard let role = IndexField.Role(rawValue: try reader.byte()) else {
            throw ArchiveError.damagedIndex("unknown role of a text")
        }
        let form = try reader.byte()
        guard form > 0 else { return IndexField(role, try reader.string()) }
        let holder = form == 1 ? source : SourceID(rawValue: try reader.string())
        let version = try reader.count(upTo: Int(Int32.max))
        let start = try reader.count(upTo: Int(UInt32.max))
        let count = try reader.count(upTo: Int(UInt32.max))
        return IndexField(role, "", span: SourceSpan(holder, version: version, start..<start + count))
    }

    private static func index<Value: CaseIterable & Equatable>(_ value: Value) -> UInt8 {
        UInt8(Value.allCases.enumerated().first { $0.element == value }?.offset ?? 0)
    }

    private static func value<Value: CaseIterable>(_ type: Value.Type, _ index: UInt8) throws -> Value {
        for (offset, value) in Value.allCases.enumerated() where offset == Int(index) { return value }
        throw ArchiveError.damagedIndex("unknown kind of a document")
    }
}
