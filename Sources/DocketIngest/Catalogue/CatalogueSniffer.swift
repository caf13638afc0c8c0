import DocketCore
import DocketText
import Foundation

/// Tells the form of a file of catalogue entries from its first bytes.
struct CatalogueSniffer {
    static let sampleBytes = 1 << 18

    let format: CatalogueFormat
    let encoding: TextEncoding?
    let markLength: Int
    private let lines: [String]

    /// - Throws: `IngestError.binary`, `.unsupported` for a form that is none of `CatalogueFormat`.
    init(_ sample: [UInt8], name: String, wanted: CatalogueFormat?, encoding stated: TextEncoding?) throws(IngestError)
    {
        let detected = sample.withUnsafeBufferPointer { TextEncoding.detect($0) }
        let isXML = Self.isXML(sample) || [.archivesXML, .neutralXML, .ead3].contains(wanted)
        if isXML {
            if let wanted {
                format = wanted
            } else {
                format = try Self.xmlFormat(String(decoding: sample.filter { $0 != 0 }, as: UTF8.self), name)
            }
            (encoding, markLength, lines) = (nil, 0, [])
            return
        }
        guard let encoding = stated ?? detected?.encoding else { throw .binary(file: name, place: .init(byte: 0)) }
        self.encoding = encoding
        markLength = detected?.encoding == encoding ? detected?.markLength ?? 0 : 0
        let text = Self.text(Array(sample.dropFirst(markLength)), encoding)
        lines = text.split(whereSeparator: \.isNewline).prefix(50).map(String.init)
        guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            throw .noText(file: name, format: "CSV")
        }
        format = wanted ?? Self.format(first, lines)
    }

    /// True when the first character is that of a tag: no list and no text of a corpus begins so.
    private static func isXML(_ sample: [UInt8]) -> Bool {
        let marks: Set<UInt8> = [0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x20, 0x09, 0x0A, 0x0D]
        return sample.first { !marks.contains($0) } == UInt8(ascii: "<")
    }

    private static func format(_ first: String, _ lines: [String]) -> CatalogueFormat {
        if first.hasPrefix("{") {
            return first.contains("\"fields\"") || first.contains("\"level\"") ? .entryLines : .annifLines
        }
        let isList = lines.prefix(20).allSatisfy { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            return cells.count == 2
                && cells[1].split(separator: " ").allSatisfy {
                    $0.hasPrefix("<") && $0.contains(":") && $0.hasSuffix(">")
                }
        }
        return isList ? .annifList : .delimited
    }

    private static func xmlFormat(_ text: String, _ name: String) throws(IngestError) -> CatalogueFormat {
        if text.contains(EAD3Entries.namespace) { return .ead3 }
        if text.contains(NeutralXMLEntries.namespace) { return .neutralXML }
        if text.contains("<案件") || text.contains("<案卷") || text.contains(":案件") || text.contains(":案卷") {
            return .archivesXML
        }
        let isOldEAD = text.contains("urn:isbn:1-931666-22-9") || text.contains("<eadheader")
        throw .unsupported(
            file: name, format: isOldEAD ? "EAD 2002" : "XML",
            remedy: isOldEAD
                ? LocalizedText(zhHant: "請先轉換為 EAD3", en: "convert it to EAD3 first")
                : LocalizedText(
                    zhHant: "目錄 XML 須為案件／案卷元素、EAD3 或 Docket 目錄",
                    en: "a catalogue is XML of 案件 and 案卷, EAD3, or of Docket's own form"))
    }

    private static func text(_ sample: [UInt8], _ encoding: TextEncoding) -> String {
        var decoder = LineDecoder(encoding: encoding, limit: .max)
        sample.withUnsafeBufferPointer { decoder.decode($0, from: 0) }
        return String(decoding: decoder.output, as: UTF8.self)
    }

    /// The delimiter that the head has most of.
    func delimiter(skipping rows: Int) -> CatalogueMapping.Delimiter {
        let head = lines.dropFirst(rows).first ?? ""
        let counts = CatalogueMapping.Delimiter.allCases.map { delimiter in
            (delimiter, head.utf8.count { $0 == delimiter.byte })
        }
        return counts.max { $0.1 < $1.1 }?.0 ?? .comma
    }
}
