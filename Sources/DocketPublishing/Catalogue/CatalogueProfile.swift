public import DocketCore

/// Forms that catalogue entries go out in; docs/exchange.md says what each carries.
public enum CatalogueProfile: String, Sendable, CaseIterable, Codable {
    /// Docket's own XML, Models/schemas/catalogue-1.rng.
    case neutralXML = "neutral-xml"
    /// 案件 and 案卷 elements (DOMAIN.md section 3.2).
    case archivesXML = "archives-xml"
    /// EAD3, version 1.1.
    case ead3
    /// Dublin Core in XML.
    case dublinCore = "dublin-core"
    /// A list of items for spreadsheets: UTF-8 with a byte order mark.
    case csvItems = "csv-items"
    /// A list of folders for spreadsheets.
    case csvFolders = "csv-folders"
    /// One JSON object of a `CatalogueEntry` a line.
    case jsonl

    /// Its name for people.
    public var name: LocalizedText {
        switch self {
        case .neutralXML: LocalizedText(zhHant: "Docket 目錄 XML", en: "Docket catalogue XML")
        case .archivesXML: LocalizedText(zhHant: "案件／案卷 XML", en: "XML of 案件 and 案卷")
        case .ead3: LocalizedText(zhHant: "EAD3 檢索工具", en: "EAD3 finding aid")
        case .dublinCore: LocalizedText(zhHant: "都柏林核心集 XML", en: "Dublin Core XML")
        case .csvItems: LocalizedText(zhHant: "案件 CSV", en: "CSV of items")
        case .csvFolders: LocalizedText(zhHant: "案卷 CSV", en: "CSV of folders")
        case .jsonl: LocalizedText(zhHant: "目錄 JSONL", en: "JSON Lines of entries")
        }
    }

    /// Ending of its files, without a dot.
    public var fileExtension: String {
        switch self {
        case .csvItems, .csvFolders: "csv"
        case .jsonl: "jsonl"
        default: "xml"
        }
    }

    /// Levels that it has a place for.
    public var levels: Set<CatalogueEntry.Level> {
        switch self {
        case .csvItems: [.item]
        case .csvFolders: [.folder]
        default: [.item, .folder]
        }
    }

    /// True when what it writes can be read back into entries.
    public var isReadBack: Bool { self != .dublinCore }

    /// True when it carries the field of an entry of `level`.
    public func carries(_ field: CatalogueField, of level: CatalogueEntry.Level) -> Bool {
        self == .dublinCore ? DublinCoreWriter.crosswalk[field] != nil : levels.contains(level)
    }

    /// What is lost beside fields, in the words of docs/exchange.md.
    public var losses: Set<CatalogueLoss> {
        switch self {
        case .jsonl: [.proposals]
        case .neutralXML: [.proposals, .provenance]
        case .archivesXML, .ead3, .csvItems, .csvFolders:
            [.proposals, .provenance, .sentences, .openness, .reasons]
        case .dublinCore: Set(CatalogueLoss.allCases)
        }
    }

    func writer(_ context: CatalogueExport.Context) -> any CatalogueWriter {
        switch self {
        case .neutralXML: NeutralXMLWriter()
        case .archivesXML: ArchivesXMLWriter()
        case .ead3: EAD3Writer(context)
        case .dublinCore: DublinCoreWriter(context)
        case .csvItems: CSVWriter(level: .item, context)
        case .csvFolders: CSVWriter(level: .folder, context)
        case .jsonl: JSONLinesWriter()
        }
    }
}

/// A part of an entry that a profile may lose.
public enum CatalogueLoss: String, Sendable, CaseIterable {
    /// Phrases that may deserve a term: for the keepers of a vocabulary, never exported.
    case proposals
    /// Who gave and reviewed a value, what it rests on, sources, engine, scope, scores and reasons of terms.
    case provenance
    /// Where the sentences of 案情摘要 part: it comes back as one value.
    case sentences
    /// Whether an entry without 密等 is public or internal.
    case openness
    /// Why a field is empty.
    case reasons
    /// Identities, concepts of terms, and whatever else a reader would need.
    case identity
}

/// Writes entries in one profile, piece by piece.
protocol CatalogueWriter {
    /// What stands before the first entry.
    mutating func opening() -> String
    /// One entry; its text has been checked for characters that no file may have.
    mutating func text(of entry: CatalogueEntry) throws(CatalogueExportError) -> String
    /// What stands behind the last entry.
    mutating func closing() -> String
}

/// Why entries cannot be written.
public enum CatalogueExportError: ExplainedError, Equatable {
    /// A control character, or another that XML does not allow; `field` names the part of the entry.
    case forbiddenCharacter(entry: EntryID, field: String, scalar: UInt32)
    /// The batch has no entry that may be submitted (CAT-23).
    case emptyBatch
    /// Something stands under the name of the batch; nothing is ever written over.
    case exists(path: String)
    /// The file system refused; `errno` is the system's number.
    case unwritable(path: String, errno: Int32)
    /// The name of a batch cannot be a folder's.
    case badName(String)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .forbiddenCharacter(let entry, let field, let scalar):
            let code =
                "U+" + String(repeating: "0", count: max(0, 4 - String(scalar, radix: 16).count))
                + String(scalar, radix: 16, uppercase: true)
            return LocalizedText(
                zhHant: "目錄 \(entry) 的 \(field) 含不得出現的字元 \(code)；請更正該欄",
                en: "entry \(entry), \(field): the character \(code) must not stand in a file; correct the field")
        case .emptyBatch:
            return LocalizedText(
                zhHant: "沒有可彙送的目錄（CAT-23）；請先完成審核", en: "no entry may be submitted (CAT-23); verify some first")
        case .exists(let path):
            return LocalizedText(
                zhHant: "\(path) 已存在，不予覆寫；請另取名稱", en: "\(path): is there and is not written over; choose another name")
        case .unwritable(let path, let errno):
            let reason = LocalizedText.system(errno)
            return LocalizedText(
                zhHant: "無法寫入 \(path)（\(reason.zhHant)）；請檢查空間與權限",
                en: "\(path): cannot be written (\(reason.en)); check space and permissions")
        case .badName(let name):
            return LocalizedText(
                zhHant: "「\(name)」不能作為批次名稱；請用文字、數字、- 與 _",
                en: "\"\(name)\" cannot be the name of a batch; use letters, digits, - and _")
        }
    }
}
