import DocketCore

/// What the index keeps of a document to show it: everything but the texts that stand in a source.
struct IndexedFacts: Sendable, Equatable {
    /// The document; the texts of fields with a span are empty.
    var document: IndexDocument

    private static let version: UInt8 = 2

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

    /// Names of facts that take a byte.
    private static let names = ["agency", "code", "meeting", "item", "label", "path", "speaker", "page"]

    /// What of a document is there, and in which form.
    private struct Flags: OptionSet {
        let rawValue: UInt8
        static let isTitleSearched = Flags(rawValue: 1)
        static let hasExternal = Flags(rawValue: 2)
        static let hasDate = Flags(rawValue: 4)
        static let hasSeries = Flags(rawValue: 8)
        static let hasStatus = Flags(rawValue: 16)
        /// The source's name is an ULID and stands as sixteen bytes.
        static let hasULID = Flags(rawValue: 32)
        /// The date stands as its number.
        static let isDateNumber = Flags(rawValue: 64)
    }

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(Self.version)
        let ulid = ULID(document.source.rawValue).flatMap { $0.string == document.source.rawValue ? $0 : nil }
        let date = document.date.flatMap { IndexDate($0) }.flatMap { $0.iso == document.date ? $0 : nil }
        var flags: Flags = document.isTitleSearched ? .isTitleSearched : []
        if document.external != nil { flags.insert(.hasExternal) }
        if document.date != nil { flags.insert(.hasDate) }
        if document.series != nil { flags.insert(.hasSeries) }
        if document.status != nil { flags.insert(.hasStatus) }
        if ulid != nil { flags.insert(.hasULID) }
        if date != nil { flags.insert(.isDateNumber) }
        writer.byte(flags.rawValue)
        if let ulid {
            writer.fixed(ulid.words.high)
            writer.fixed(ulid.words.low)
        } else {
            writer.string(document.source.rawValue)
        }
        writer.string(Self.name(document.id, in: document.source))
        writer.byte(Self.index(document.kind))
        writer.byte(Self.index(document.sourceKind))
        writer.byte(Self.index(document.classification))
        writer.varint(document.ordinal)
        if let external = document.external { writer.string(external) }
        if let date { writer.varint(UInt32(date.number)) } else if let date = document.date { writer.string(date) }
        for text in [document.series, document.status] { if let text { CompactText.append(text, to: &writer) } }
        CompactText.append(document.title, to: &writer)
        CompactText.append(document.scope, to: &writer)
        writer.varint(document.agencies.count)
        document.agencies.forEach { CompactText.append($0, to: &writer) }
        encodeFacts(into: &writer)
        writer.varint(document.fields.count)
        document.fields.forEach { Self.encode($0, of: document.source, into: &writer) }
        return writer.bytes
    }

    /// For each fact its name, or where it stands in `names`, and its value, or which agency it is.
    private func encodeFacts(into writer: inout ByteWriter) {
        writer.varint(document.facts.count)
        for (key, value) in document.facts.sorted(by: { $0.key < $1.key }) {
            let known = Self.names.firstIndex(of: key)
            writer.varint(known.map { $0 + 1 } ?? 0)
            if known == nil { CompactText.append(key, to: &writer) }
            let agency = document.agencies.firstIndex(of: value)
            writer.varint(agency.map { $0 + 1 } ?? 0)
            if agency == nil { CompactText.append(value, to: &writer) }
        }
    }

    private static func facts(_ reader: inout ByteReader, agencies: [String]) throws -> [String: String] {
        var facts: [String: String] = [:]
        for _ in 0..<(try reader.count(upTo: reader.remaining)) {
            let name = try reader.count(upTo: names.count)
            let key = name > 0 ? names[name - 1] : try CompactText.read(&reader)
            let agency = try reader.count(upTo: agencies.count)
            facts[key] = agency > 0 ? agencies[agency - 1] : try CompactText.read(&reader)
        }
        return facts
    }

    private static func encode(_ field: IndexField, of source: SourceID, into writer: inout ByteWriter) {
        writer.byte(field.role.rawValue)
        guard let span = field.span else {
            writer.byte(0)
            return CompactText.append(field.text, to: &writer)
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
        let flags = Flags(rawValue: try reader.byte())
        let source: SourceID
        if flags.contains(.hasULID) {
            let high = try reader.fixed(UInt64.self)
            source = SourceID(rawValue: ULID(high: high, low: try reader.fixed(UInt64.self)).string)
        } else {
            source = SourceID(rawValue: try reader.string())
        }
        let id = Self.id(try reader.string(), in: source)
        let kind = try Self.value(ResultKind.self, try reader.byte())
        let sourceKind = try Self.value(SourceKind.self, try reader.byte())
        let classification = try Self.value(Classification.self, try reader.byte())
        let ordinal = try reader.count(upTo: Int(Int32.max))
        let external = flags.contains(.hasExternal) ? try reader.string() : nil
        let date = try Self.date(flags, &reader)
        let series = flags.contains(.hasSeries) ? try CompactText.read(&reader) : nil
        let status = flags.contains(.hasStatus) ? try CompactText.read(&reader) : nil
        let (title, scope) = (try CompactText.read(&reader), try CompactText.read(&reader))
        let agencies = try (0..<(try reader.count(upTo: reader.remaining))).map { _ in try CompactText.read(&reader) }
        let facts = try Self.facts(&reader, agencies: agencies)
        let fields = try (0..<(try reader.count(upTo: reader.remaining))).map { _ in try Self.field(of: source, &reader)
        }
        document = IndexDocument(
            id: id, kind: kind, source: source, ordinal: ordinal, external: external, title: title,
            isTitleSearched: flags.contains(.isTitleSearched), fields: fields, date: date, series: series,
            agencies: agencies, status: status, sourceKind: sourceKind, classification: classification, scope: scope,
            facts: facts)
    }

    private static func date(_ flags: Flags, _ reader: inout ByteReader) throws -> String? {
        guard flags.contains(.hasDate) else { return nil }
        guard flags.contains(.isDateNumber) else { return try reader.string() }
        let number = try reader.count(upTo: 9_999_12_31)
        let (month, day) = (number / 100 % 100, number % 100)
        return IndexDate(year: number / 10_000, month: month > 0 ? month : nil, day: day > 0 ? day : nil).iso
    }

    private static func field(of source: SourceID, _ reader: inout ByteReader) throws -> IndexField {
        guard let role = IndexField.Role(rawValue: try reader.byte()) else {
            throw ArchiveError.damagedIndex("unknown role of a text")
        }
        let form = try reader.byte()
        guard form > 0 else { return IndexField(role, try CompactText.read(&reader)) }
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
