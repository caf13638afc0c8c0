import CLibXML2
import DocketCore
import Foundation

/// Walks an XML document once from front to back, without network, external entities or recursion.
///
/// A reference to an entity that the document declares for itself is refused: resolving it is how such documents attack,
/// and passing over it would lose text in silence.
final class XMLCursor {
    enum Event: Equatable {
        /// Start of an element, by its name without prefix.
        case start(String)
        /// End of an element; also follows an empty one at once.
        case end(String)
        /// Character data.
        case text(String)
    }

    private let reader: xmlTextReaderPtr
    /// The bytes, of which the reader keeps a pointer; empty when it reads a file by itself.
    private let data: Data
    private let descriptor: Int32?
    private let fileName: String
    private let format: String
    private let entry: String?
    private let limits: ReaderLimits
    private var pendingEnd: String?
    private(set) var depth = 0

    /// A cursor over `data`; `entry` names the part of a container that it is.
    /// - Throws: `IngestError.limitExceeded` when the data is over 2 GiB.
    init(
        _ data: Data, fileName: String, format: String, entry: String? = nil, limits: ReaderLimits
    ) throws(IngestError) {
        guard let size = Int32(exactly: data.count) else {
            throw .limitExceeded(
                file: fileName, limit: .documentBytes, value: Int(Int32.max), place: .init(entry: entry))
        }
        // The reader keeps a pointer into the bytes, so they are held in storage of a fixed address.
        let storage = NSData(data: data) as Data
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        xmlResetLastError()
        let opened = storage.withUnsafeBytes {
            xmlReaderForMemory($0.bindMemory(to: CChar.self).baseAddress, size, nil, nil, Int32(options))
        }
        guard let opened else { throw .unreadable(file: fileName, errno: ENOMEM) }
        reader = opened
        self.data = storage
        descriptor = nil
        self.fileName = fileName
        self.format = format
        self.entry = entry
        self.limits = limits
    }

    /// A cursor over the file at `url`, which is read as the walk goes on and never in memory as a whole.
    /// - Throws: `IngestError.unreadable`.
    init(file url: URL, format: String, limits: ReaderLimits) throws(IngestError) {
        fileName = url.lastPathComponent
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let opened = open(url.path(percentEncoded: false), O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .unreadable(file: fileName, errno: errno) }
        xmlResetLastError()
        guard let walker = xmlReaderForFd(opened, nil, nil, Int32(options)) else {
            close(opened)
            throw .unreadable(file: fileName, errno: ENOMEM)
        }
        reader = walker
        descriptor = opened
        data = Data()
        self.format = format
        entry = nil
        self.limits = limits
    }

    deinit {
        xmlFreeTextReader(reader)
        // libxml2 leaves a descriptor that it was given open.
        if let descriptor { close(descriptor) }
    }

    /// The next event; nil at the end of the document.
    /// - Throws: `IngestError.malformed`, `.truncated`, `.limitExceeded` for `xmlDepth`.
    func next() throws(IngestError) -> Event? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while true {
            let status = data.withUnsafeBytes { _ in xmlTextReaderRead(reader) }
            guard status != 0 else { return nil }
            guard status == 1 else { throw failure() }
            switch UInt32(max(0, xmlTextReaderNodeType(reader))) {
            case XML_READER_TYPE_ELEMENT.rawValue:
                depth = Int(xmlTextReaderDepth(reader)) + 1
                guard depth <= limits.xmlDepth else { throw tooDeep() }
                let name = self.name
                if xmlTextReaderIsEmptyElement(reader) == 1 { pendingEnd = name }
                return .start(name)
            case XML_READER_TYPE_END_ELEMENT.rawValue:
                return .end(name)
            case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
                XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue, XML_READER_TYPE_WHITESPACE.rawValue:
                if let value = xmlTextReaderConstValue(reader) { return .text(String(cString: value)) }
            case XML_READER_TYPE_ENTITY_REFERENCE.rawValue:
                throw .malformed(
                    file: fileName, format: format, place: place,
                    problem: LocalizedText(
                        zhHant: "含自訂實體，為安全起見不予展開", en: "it uses entities of its own, which are not resolved"))
            default: continue
            }
        }
    }

    /// Value of an attribute of the element that has just started, by its name without prefix.
    func attribute(_ name: String) -> String? {
        if let value = xmlTextReaderGetAttribute(reader, name) {
            defer { docket_xml_free(value) }
            return String(cString: value)
        }
        guard xmlTextReaderHasAttributes(reader) == 1 else { return nil }
        defer { xmlTextReaderMoveToElement(reader) }
        while xmlTextReaderMoveToNextAttribute(reader) == 1 {
            guard let local = xmlTextReaderConstLocalName(reader), String(cString: local) == name else { continue }
            return xmlTextReaderConstValue(reader).map { String(cString: $0) }
        }
        return nil
    }

    /// Namespace of the element that has just started; empty without one.
    var namespace: String { xmlTextReaderConstNamespaceUri(reader).map { String(cString: $0) } ?? "" }

    /// Language in force at the element that has just started; empty without one.
    var language: String { xmlTextReaderConstXmlLang(reader).map { String(cString: $0) } ?? "" }

    /// One attribute with its name in full.
    struct Attribute: Equatable {
        var namespace: String
        var name: String
        var value: String
    }

    /// Attributes of the element that has just started, declarations of namespaces left out.
    func attributes() -> [Attribute] {
        guard xmlTextReaderHasAttributes(reader) == 1 else { return [] }
        defer { xmlTextReaderMoveToElement(reader) }
        var attributes: [Attribute] = []
        while xmlTextReaderMoveToNextAttribute(reader) == 1 {
            guard xmlTextReaderIsNamespaceDecl(reader) != 1, let value = xmlTextReaderConstValue(reader) else {
                continue
            }
            attributes.append(Attribute(namespace: namespace, name: name, value: String(cString: value)))
        }
        return attributes
    }

    private var name: String { xmlTextReaderConstLocalName(reader).map { String(cString: $0) } ?? "" }

    /// Bytes that have been read.
    var byteCount: Int { Int(xmlTextReaderByteConsumed(reader)) }

    /// Where the walk is.
    var place: IngestError.Place {
        .init(line: Int(xmlTextReaderGetParserLineNumber(reader)), entry: entry)
    }

    /// True for the errors that the end of a file makes where an element is open.
    private static func isCut(_ code: Int32) -> Bool {
        [XML_ERR_TAG_NOT_FINISHED, XML_ERR_DOCUMENT_END, XML_ERR_GT_REQUIRED, XML_ERR_LTSLASH_REQUIRED].contains {
            Int32($0.rawValue) == code
        }
    }

    private func tooDeep() -> IngestError {
        .limitExceeded(file: fileName, limit: .xmlDepth, value: limits.xmlDepth, place: place)
    }

    private func failure() -> IngestError {
        let code = xmlGetLastError()?.pointee.code ?? 0
        let message = xmlGetLastError()?.pointee.message.map { String(cString: $0) } ?? ""
        if message.contains("Excessive depth") { return tooDeep() }
        let isEntity = [XML_ERR_ENTITY_LOOP, XML_ERR_UNDECLARED_ENTITY].contains { Int32($0.rawValue) == code }
        if isEntity {
            return .malformed(
                file: fileName, format: format, place: place,
                problem: LocalizedText(zhHant: "實體循環或未宣告", en: "an entity that is undeclared or refers to itself"))
        }
        let isAtEnd =
            descriptor.map { lseek($0, 0, SEEK_CUR) == lseek($0, 0, SEEK_END) && Self.isCut(code) }
            ?? (xmlTextReaderByteConsumed(reader) >= data.count - 1)
        if isAtEnd {
            return .truncated(file: fileName, format: format, place: place)
        }
        return .malformed(
            file: fileName, format: format, place: place,
            problem: LocalizedText(
                zhHant: "XML 語法錯誤（libxml2 代碼 \(code)）", en: "XML syntax error (libxml2 code \(code))"))
    }
}

/// Collects character data of an element as people read it: white space between words is one blank, and a line break of
/// the file between Han characters is nothing.
struct FlowText {
    private var pending = Pending.none
    private(set) var words = ""

    private enum Pending { case none, blank, line }

    var isEmpty: Bool { words.isEmpty }

    mutating func append(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r": pending = .line
            case " ", "\t", "\u{0B}", "\u{0C}": if pending == .none { pending = .blank }
            default:
                flush(before: scalar)
                words.unicodeScalars.append(scalar)
            }
        }
    }

    /// A line break that is meant.
    mutating func appendBreak() {
        pending = .none
        if !words.isEmpty { words += "\n" }
    }

    private mutating func flush(before scalar: Unicode.Scalar) {
        defer { pending = .none }
        guard let last = words.unicodeScalars.last, last != "\n" else { return }
        switch pending {
        case .none: return
        case .blank: words += " "
        case .line: if last.value < 0x2E80 || scalar.value < 0x2E80 { words += " " }
        }
    }
}
