import DocketCore

/// What the index keeps of a document to show it: what it is, and where its words stand.
///
/// Words that stand in a stored text or in the library's row of the source are named and not repeated; what is equal to
/// nothing there stands here itself.
struct IndexedFacts: Sendable, Equatable {
    /// The document; the texts of fields with a span are empty.
    var document: IndexDocument

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
    private static let names = [
        "agency", "code", "meeting", "item", "label", "path", "speaker", "page", "subjects", "ordinal",
    ]

    /// What of a document is there, and in which form.
    private struct Flags: OptionSet {
        let rawValue: UInt16
        static let isTitleSearched = Flags(rawValue: 1)
        static let hasExternal = Flags(rawValue: 1 << 1)
        static let hasDate = Flags(rawValue: 1 << 2)
        static let hasSeries = Flags(rawValue: 1 << 3)
        static let hasStatus = Flags(rawValue: 1 << 4)
        /// The source's name is an ULID and stands as sixteen bytes.
        static let hasULID = Flags(rawValue: 1 << 5)
        /// The date stands as its number.
        static let isDateNumber = Flags(rawValue: 1 << 6)
        /// The id is more than the source's name.
        static let hasName = Flags(rawValue: 1 << 7)
        static let hasScope = Flags(rawValue: 1 << 8)
        /// Title, external name and date are those of the source.
        static let isSourceTitle = Flags(rawValue: 1 << 9)
        static let isSourceExternal = Flags(rawValue: 1 << 10)
        static let isSourceDate = Flags(rawValue: 1 << 11)
    }

    /// Where the text of a field stands.
    private enum Form: UInt8 {
        case here
        case source
        case otherSource
        case fact
    }

    // MARK: - Writing

    func encoded() -> [UInt8] { Self.encoded(document) }

    static func encoded(_ document: IndexDocument) -> [UInt8] {
        var writer = ByteWriter()
        writer.reserve(96)
        let card = document.card
        let ulid = DocumentName.ulid(document.source)
        let isSourceDate = card != nil && document.date == card?.date
        let date =
            isSourceDate ? nil : document.date.flatMap { IndexDate($0) }.flatMap { $0.iso == document.date ? $0 : nil }
        let name = name(document.id, in: document.source)
        var flags: Flags = document.isTitleSearched ? .isTitleSearched : []
        func put(_ flag: Flags, if holds: Bool) { if holds { flags.insert(flag) } }
        put(.isSourceTitle, if: card?.title == document.title)
        put(.isSourceExternal, if: card != nil && card?.external == document.external)
        put(.hasExternal, if: document.external != nil && !flags.contains(.isSourceExternal))
        put(.isSourceDate, if: isSourceDate)
        put(.hasDate, if: document.date != nil && !isSourceDate)
        put(.isDateNumber, if: date != nil)
        put(.hasSeries, if: document.series != nil)
        put(.hasStatus, if: document.status != nil)
        put(.hasULID, if: ulid != nil)
        put(.hasName, if: !name.isEmpty)
        put(.hasScope, if: !document.scope.isEmpty)
        writer.fixed(flags.rawValue)
        if let ulid {
            writer.fixed(ulid.words.high)
            writer.fixed(ulid.words.low)
        } else {
            writer.string(document.source.rawValue)
        }
        if flags.contains(.hasName) { writer.string(name) }
        writer.byte(Self.index(document.kind) << 4 | Self.index(document.sourceKind))
        writer.byte(Self.index(document.classification))
        writer.varint(document.ordinal)
        if flags.contains(.hasExternal), let external = document.external { writer.string(external) }
        if let date {
            writer.varint(UInt32(date.number))
        } else if flags.contains(.hasDate), let date = document.date {
            writer.string(date)
        }
        for text in [document.series, document.status] { if let text { CompactText.append(text, to: &writer) } }
        if !flags.contains(.isSourceTitle) { CompactText.append(document.title, to: &writer) }
        if flags.contains(.hasScope) { CompactText.append(document.scope, to: &writer) }
        encodeAgencies(document, into: &writer)
        encodeFacts(document, into: &writer)
        writer.varint(document.fields.count)
        document.fields.forEach { encode($0, of: document, into: &writer) }
        return writer.bytes
    }

    /// Each agency, or 1 for the source's.
    private static func encodeAgencies(_ document: IndexDocument, into writer: inout ByteWriter) {
        writer.varint(document.agencies.count)
        let own = document.card?.facts["agency"]
        for agency in document.agencies {
            let isOwn = agency == own
            writer.byte(isOwn ? 1 : 0)
            if !isOwn { CompactText.append(agency, to: &writer) }
        }
    }

    /// For each fact its name, or where it stands in `names`, and its value, or where that stands: with the source under the
    /// same name, or among the agencies.
    private static func encodeFacts(_ document: IndexDocument, into writer: inout ByteWriter) {
        writer.varint(document.facts.count)
        for (key, value) in document.facts.sorted(by: { $0.key < $1.key }) {
            let known = Self.names.firstIndex(of: key)
            writer.varint(known.map { $0 + 1 } ?? 0)
            if known == nil { CompactText.append(key, to: &writer) }
            if document.card?.facts[key] == value {
                writer.varint(1)
            } else if let agency = document.agencies.firstIndex(of: value) {
                writer.varint(agency + 2)
            } else {
                writer.varint(0)
                CompactText.append(value, to: &writer)
            }
        }
    }

    private static func encode(_ field: IndexField, of document: IndexDocument, into writer: inout ByteWriter) {
        func begin(_ form: Form) { writer.byte(field.role.rawValue << 4 | form.rawValue) }
        guard let span = field.span else {
            if let facts = document.card?.facts, let name = names.firstIndex(where: { facts[$0] == field.text }) {
                begin(.fact)
                return writer.varint(name)
            }
            begin(.here)
            return CompactText.append(field.text, to: &writer)
        }
        begin(span.source == document.source ? .source : .otherSource)
        if span.source != document.source { writer.string(span.source.rawValue) }
        writer.varint(span.version)
        writer.varint(span.start)
        writer.varint(span.end - span.start)
    }

    private static func index<Value: CaseIterable & Equatable>(_ value: Value) -> UInt8 {
        UInt8(Value.allCases.enumerated().first { $0.element == value }?.offset ?? 0)
    }
}

// MARK: - Reading

extension IndexedFacts {
    /// What `encoded` wrote; `card` reads the library's row of a source, nil where there is none.
    /// - Throws: `ArchiveError.corrupt` for other bytes, and where the source is not stored that a document leans on.
    init(decoding bytes: UnsafeRawBufferPointer, card: @escaping (SourceID) throws -> SourceCard? = { _ in nil }) throws
    {
        var reader = ByteReader(bytes)
        let flags = Flags(rawValue: try reader.fixed(UInt16.self))
        let (source, name) = try Self.identity(flags, &reader)
        let kinds = try reader.byte()
        let kind = try Self.value(ResultKind.self, kinds >> 4)
        let sourceKind = try Self.value(SourceKind.self, kinds & 0xF)
        let classification = try Self.value(Classification.self, try reader.byte())
        let ordinal = try reader.count(upTo: Int(Int32.max))
        var lent = Lent(source: source, load: card)
        let external =
            flags.contains(.isSourceExternal)
            ? try lent.card().external : flags.contains(.hasExternal) ? try reader.string() : nil
        let date = flags.contains(.isSourceDate) ? try lent.card().date : try Self.date(flags, &reader)
        let series = flags.contains(.hasSeries) ? try CompactText.read(&reader) : nil
        let status = flags.contains(.hasStatus) ? try CompactText.read(&reader) : nil
        let title = flags.contains(.isSourceTitle) ? try lent.card().title : try CompactText.read(&reader)
        let scope = flags.contains(.hasScope) ? try CompactText.read(&reader) : ""
        let agencies = try (0..<(try reader.count(upTo: reader.remaining))).map { _ in
            try reader.byte() == 1 ? try lent.fact("agency") : try CompactText.read(&reader)
        }
        let facts = try Self.facts(&reader, agencies: agencies, &lent)
        let fields = try (0..<(try reader.count(upTo: reader.remaining))).map { _ in
            try Self.field(of: source, &reader, &lent)
        }
        document = IndexDocument(
            id: Self.id(name, in: source), kind: kind, source: source, ordinal: ordinal, external: external,
            title: title, isTitleSearched: flags.contains(.isTitleSearched), fields: fields, date: date,
            series: series, agencies: agencies, status: status, sourceKind: sourceKind,
            classification: classification, scope: scope, facts: facts)
        document.card = lent.known
    }

    /// Source and name of the document of a row, which is not read further.
    static func identity(of bytes: UnsafeRawBufferPointer) throws -> (source: SourceID, name: String) {
        var reader = ByteReader(bytes)
        return try identity(Flags(rawValue: try reader.fixed(UInt16.self)), &reader)
    }

    private static func identity(
        _ flags: Flags, _ reader: inout ByteReader
    ) throws -> (source: SourceID, name: String) {
        let source: SourceID
        if flags.contains(.hasULID) {
            let high = try reader.fixed(UInt64.self)
            source = SourceID(rawValue: ULID(high: high, low: try reader.fixed(UInt64.self)).string)
        } else {
            source = SourceID(rawValue: try reader.string())
        }
        return (source, flags.contains(.hasName) ? try reader.string() : "")
    }

    /// What a document has from its source, read when it is first asked for.
    private struct Lent {
        let source: SourceID
        let load: (SourceID) throws -> SourceCard?
        private(set) var known: SourceCard?

        init(source: SourceID, load: @escaping (SourceID) throws -> SourceCard?) {
            (self.source, self.load) = (source, load)
        }

        mutating func card() throws -> SourceCard {
            if let known { return known }
            guard let card = try load(source) else {
                throw ArchiveError.damagedIndex("a source that is indexed is not stored")
            }
            known = card
            return card
        }

        mutating func fact(_ name: String) throws -> String { try card().facts[name] ?? "" }
    }

    private static func facts(
        _ reader: inout ByteReader, agencies: [String], _ lent: inout Lent
    ) throws -> [String: String] {
        var facts: [String: String] = [:]
        for _ in 0..<(try reader.count(upTo: reader.remaining)) {
            let name = try reader.count(upTo: names.count)
            let key = name > 0 ? names[name - 1] : try CompactText.read(&reader)
            switch try reader.count(upTo: agencies.count + 1) {
            case 0: facts[key] = try CompactText.read(&reader)
            case 1: facts[key] = try lent.fact(key)
            case let place: facts[key] = agencies[place - 2]
            }
        }
        return facts
    }

    private static func date(_ flags: Flags, _ reader: inout ByteReader) throws -> String? {
        guard flags.contains(.hasDate) else { return nil }
        guard flags.contains(.isDateNumber) else { return try reader.string() }
        let number = try reader.count(upTo: 9_999_12_31)
        let (month, day) = (number / 100 % 100, number % 100)
        return IndexDate(year: number / 10_000, month: month > 0 ? month : nil, day: day > 0 ? day : nil).iso
    }

    private static func field(
        of source: SourceID, _ reader: inout ByteReader, _ lent: inout Lent
    ) throws -> IndexField {
        let head = try reader.byte()
        guard let role = IndexField.Role(rawValue: head >> 4), let form = Form(rawValue: head & 0xF) else {
            throw ArchiveError.damagedIndex("unknown role of a text")
        }
        switch form {
        case .here: return IndexField(role, try CompactText.read(&reader))
        case .fact: return IndexField(role, try lent.fact(names[try reader.count(upTo: names.count - 1)]))
        case .source, .otherSource:
            let holder = form == .source ? source : SourceID(rawValue: try reader.string())
            let version = try reader.count(upTo: Int(Int32.max))
            let start = try reader.count(upTo: Int(UInt32.max))
            let count = try reader.count(upTo: Int(UInt32.max))
            return IndexField(role, "", span: SourceSpan(holder, version: version, start..<start + count))
        }
    }

    private static func value<Value: CaseIterable>(_ type: Value.Type, _ index: UInt8) throws -> Value {
        for (offset, value) in Value.allCases.enumerated() where offset == Int(index) { return value }
        throw ArchiveError.damagedIndex("unknown kind of a document")
    }
}
