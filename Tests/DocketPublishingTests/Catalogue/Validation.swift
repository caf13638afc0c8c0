import CLibXML2
import Foundation

/// Files of the project beside the tests.
enum ProjectFile {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }
}

/// Validates a document against a RELAX NG schema with libxml2.
enum Validation {
    /// True for a well-formed document that the schema at `path` allows; nil when the schema itself cannot be used.
    static func isValid(_ document: String, schema path: String) -> Bool? {
        let bytes = Array(document.utf8)
        return bytes.withUnsafeBytes { raw -> Bool? in
            let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            guard
                let reader = xmlReaderForMemory(
                    raw.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, nil, Int32(options))
            else { return nil }
            defer { xmlFreeTextReader(reader) }
            // What is wrong is told by the result; nothing is printed.
            xmlTextReaderSetErrorHandler(reader, { _, _, _, _ in }, nil)
            guard xmlTextReaderRelaxNGValidate(reader, path) == 0 else { return nil }
            var status = xmlTextReaderRead(reader)
            while status == 1 { status = xmlTextReaderRead(reader) }
            return status == 0 && xmlTextReaderIsValid(reader) == 1
        }
    }
}
