public import DocketCore

/// Forms of files that catalogue entries are read from.
public enum CatalogueFormat: String, Sendable, CaseIterable {
    /// CSV, TSV or text with semicolons, by a mapping of its columns.
    case delimited
    /// 案件 and 案卷 elements (DOMAIN.md section 3.2).
    case archivesXML = "archives-xml"
    /// Docket's own XML, Models/schemas/catalogue-1.rng.
    case neutralXML = "neutral-xml"
    /// EAD3.
    case ead3
    /// JSON Lines of `CatalogueEntry`.
    case entryLines = "jsonl"
    /// Annif: a text, a tab, and URIs a line.
    case annifList = "annif-tsv"
    /// Annif: JSON Lines with text and subjects.
    case annifLines = "annif-jsonl"
    /// Annif: a folder of texts, each with a file of subjects beside it.
    case annifFolder = "annif-folder"

    /// Its name for people.
    public var name: LocalizedText {
        switch self {
        case .delimited: LocalizedText(zhHant: "CSV 或 TSV", en: "CSV or TSV")
        case .archivesXML: LocalizedText(zhHant: "案件／案卷 XML", en: "XML of 案件 and 案卷")
        case .neutralXML: LocalizedText(zhHant: "Docket 目錄 XML", en: "Docket catalogue XML")
        case .ead3: LocalizedText(zhHant: "EAD3", en: "EAD3")
        case .entryLines: LocalizedText(zhHant: "Docket 目錄 JSONL", en: "Docket catalogue JSONL")
        case .annifList: LocalizedText(zhHant: "Annif 語料（TSV）", en: "Annif corpus, TSV")
        case .annifLines: LocalizedText(zhHant: "Annif 語料（JSONL）", en: "Annif corpus, JSONL")
        case .annifFolder: LocalizedText(zhHant: "Annif 語料（資料夾）", en: "Annif corpus, folder")
        }
    }
}

/// One record of a file of catalogue entries.
public struct CatalogueRow: Sendable, Equatable {
    /// Line that it begins at, from 1; of a folder, the number of the file.
    public var line: Int
    /// The entry; nil when the record could not be used, and `findings` says why.
    public var entry: CatalogueEntry?
    /// Text that the record is about, where the form has one that no field holds (Annif corpora).
    public var text: String?
    /// What is wrong with the record: rules IMP-01 to IMP-06.
    public var findings: [Finding]
    /// Bytes of the file that have been read by then, for progress; of a folder, texts.
    public var position = 0

    /// A record.
    public init(line: Int, entry: CatalogueEntry?, text: String? = nil, findings: [Finding] = []) {
        self.line = line
        self.entry = entry
        self.text = text
        self.findings = findings
    }
}

/// How entries are made of what a file says.
public struct CatalogueImportOptions: Sendable {
    /// Limits in force; a record is also bounded by `mostRowBytes`.
    public var limits: ReaderLimits
    /// Bytes of one row, element or line; a longer one is a finding and the others go on.
    public var mostRowBytes: Int
    /// Who may see the entries beside their level.
    public var scope: String
    /// Level of entries that state none; those that state a higher one keep that.
    public var classification: Classification
    /// Vocabulary that URIs of subjects belong to where the file names none.
    public var vocabulary: String
    /// True for files that this library wrote itself: producers, review states, evidence and engine of JSON Lines stay.
    ///
    /// Else all is `.imported` and `.suggested`, since a file must not claim that a person has reviewed it.
    public var keepsReview: Bool

    /// Options with everything usual.
    public init(
        limits: ReaderLimits = ReaderLimits(), mostRowBytes: Int = 1 << 20, scope: String = "",
        classification: Classification = .internal, vocabulary: String = "", keepsReview: Bool = false
    ) {
        self.limits = limits
        self.mostRowBytes = mostRowBytes
        self.scope = scope
        self.classification = classification
        self.vocabulary = vocabulary
        self.keepsReview = keepsReview
    }
}
