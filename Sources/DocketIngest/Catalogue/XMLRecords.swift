import DocketCore

/// An element of one record with all that is in it.
struct XMLElement: Equatable {
    var name: String
    var namespace: String
    /// Values by local name.
    var attributes: [String: String]
    var children: [XMLElement] = []
    /// Its own character data, as it stands.
    var text = ""

    /// The first child of this name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// Children of this name.
    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// All character data in order of elements, white space put in order.
    var words: String { flow.tidied }

    private var flow: String { children.isEmpty ? text : text + " " + children.map(\.flow).joined(separator: " ") }
}

/// Cuts an XML document into records: elements of certain names, one in memory at a time, also where one stands in another.
struct XMLRecords {
    struct Record {
        var line: Int
        var element: XMLElement
        /// True when it was over its limit; what is in it was passed over.
        var isTooLong = false
    }

    private let cursor: XMLCursor
    private let isRecord: (String) -> Bool
    /// True where what follows an inner record is no part of the outer one, which then goes out first (EAD).
    private let flushesOuter: Bool
    private let mostBytes: Int
    private var open: [Builder] = []
    private var ready: [Record] = []
    private var readyIndex = 0

    init(_ cursor: XMLCursor, flushesOuter: Bool, mostBytes: Int, isRecord: @escaping (String) -> Bool) {
        self.cursor = cursor
        self.isRecord = isRecord
        self.flushesOuter = flushesOuter
        self.mostBytes = mostBytes
    }

    /// Bytes of the file that have been read.
    var position: Int { cursor.byteCount }

    /// The next record; nil at the end of the document.
    mutating func next() throws(IngestError) -> Record? {
        while readyIndex >= ready.count {
            ready.removeAll(keepingCapacity: true)
            readyIndex = 0
            guard let event = try cursor.next() else { return nil }
            take(event)
        }
        defer { readyIndex += 1 }
        return ready[readyIndex]
    }

    private mutating func take(_ event: XMLCursor.Event) {
        switch event {
        case .start(let name):
            let element = XMLElement(
                name: name, namespace: cursor.namespace,
                attributes: Dictionary(
                    cursor.attributes().map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
            if isRecord(name) {
                if flushesOuter, let last = open.indices.last, let record = open[last].flush() { ready.append(record) }
                open.append(Builder(element, line: cursor.place.line ?? 0, mostBytes: mostBytes))
            } else if let last = open.indices.last {
                open[last].begin(element)
            }
        case .text(let text):
            if let last = open.indices.last { open[last].add(text) }
        case .end:
            guard let last = open.indices.last, open[last].end() else { return }
            if let record = open.removeLast().flushed() { ready.append(record) }
        }
    }

    /// A record whose end has not come yet.
    private struct Builder {
        private var stack: [XMLElement]
        private let line: Int
        private let mostBytes: Int
        private var bytes = 0
        /// Elements that are open but not kept.
        private var skipped = 0
        private var isTooLong = false
        private var isFlushed = false

        init(_ element: XMLElement, line: Int, mostBytes: Int) {
            stack = [element]
            self.line = line
            self.mostBytes = mostBytes
        }

        mutating func begin(_ element: XMLElement) {
            // What an element costs in memory beside its words.
            let attributes = element.attributes.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
            charge(64 + element.name.utf8.count + attributes)
            if isTooLong || isFlushed || skipped > 0 { skipped += 1 } else { stack.append(element) }
        }

        mutating func add(_ text: String) {
            charge(text.utf8.count)
            if !isTooLong, !isFlushed, skipped == 0 { stack[stack.count - 1].text += text }
        }

        private mutating func charge(_ count: Int) {
            bytes += isFlushed ? 0 : count
            if bytes > mostBytes { isTooLong = true }
        }

        /// Ends the innermost element; true when that was the record.
        mutating func end() -> Bool {
            if skipped > 0 {
                skipped -= 1
                return false
            }
            guard stack.count > 1 else { return true }
            let element = stack.removeLast()
            stack[stack.count - 1].children.append(element)
            return false
        }

        /// The record as it is so far, once.
        mutating func flush() -> Record? {
            guard let record = flushed() else { return nil }
            isFlushed = true
            return record
        }

        /// The record, unless it has gone out.
        func flushed() -> Record? {
            guard !isFlushed else { return nil }
            var stack = stack
            while stack.count > 1 {
                let element = stack.removeLast()
                stack[stack.count - 1].children.append(element)
            }
            if isTooLong { stack[0].children = [] }
            return Record(line: line, element: stack[0], isTooLong: isTooLong)
        }
    }
}

/// Entries of the records of an XML document.
struct XMLEntries: CatalogueRowSource {
    private let file: String
    private let options: CatalogueImportOptions
    private let fill: (XMLElement, inout EntryDraft) -> Bool
    private var records: XMLRecords

    /// Entries made by `fill`, which says whether an element is one.
    init(
        _ records: XMLRecords, file: String, options: CatalogueImportOptions,
        fill: @escaping (XMLElement, inout EntryDraft) -> Bool
    ) {
        self.records = records
        self.file = file
        self.options = options
        self.fill = fill
    }

    var position: Int { records.position }

    mutating func next() throws(IngestError) -> CatalogueRow? {
        while let record = try records.next() {
            var draft = EntryDraft(file: file, line: record.line, options: options)
            if record.isTooLong {
                draft.report(
                    .unusable(
                        LocalizedText(
                            zhHant: "這一筆超過 \(options.mostRowBytes) 位元組", en: "it is over \(options.mostRowBytes) bytes"),
                        remedy: LocalizedText(zhHant: "請分割或刪減", en: "split it or make it shorter")))
                return CatalogueRow(line: record.line, entry: nil, findings: draft.findings)
            }
            if fill(record.element, &draft) { return draft.row() }
            if !draft.findings.isEmpty { return CatalogueRow(line: record.line, entry: nil, findings: draft.findings) }
        }
        return nil
    }
}
