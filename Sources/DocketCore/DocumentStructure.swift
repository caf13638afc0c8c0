/// Everything read out of one source beyond its text: what `docket show --json` prints.
public struct DocumentStructure: Sendable, Equatable, Codable {
    /// Outline in document order.
    public var outline: [OutlineNode]
    /// Tables that could be recovered.
    public var tables: [Table]
    /// Minutes, when the source is minutes or an agenda.
    public var minutes: MinutesStructure?
    /// Report or plan.
    public var report: ReportStructure?
    /// Official letter.
    public var letter: LetterStructure?
    /// Findings of the rules.
    public var findings: [Finding]

    /// A structure of whatever was found.
    public init(
        outline: [OutlineNode] = [], tables: [Table] = [], minutes: MinutesStructure? = nil,
        report: ReportStructure? = nil, letter: LetterStructure? = nil, findings: [Finding] = []
    ) {
        self.outline = outline
        self.tables = tables
        self.minutes = minutes
        self.report = report
        self.letter = letter
        self.findings = findings
    }
}

/// Words of a source with the byte range they stand at.
public struct Words: Sendable, Hashable, Codable {
    /// The words, cleaned of line breaks that conversion put into them.
    public var text: String
    /// First byte in the source's text.
    public var start: Int
    /// Byte after the last.
    public var end: Int

    /// Words at `range` of the source's text.
    public init(_ text: String, at range: Range<Int>) {
        self.text = text
        start = range.lowerBound
        end = range.upperBound
    }

    /// The byte range in the source's text.
    public var range: Range<Int> { start..<max(start, end) }
}

/// A date or time as written, with its value.
public struct DatedWords: Sendable, Hashable, Codable {
    /// The words as written.
    public var words: Words
    /// ISO 8601 value or start of a range: "2021", "2021-10", "2021-10-26" or "2021-10-26T14:00:00+08:00".
    public var iso: String?
    /// End of a range, inclusive, in the same form.
    public var isoEnd: String?
    /// How the words bound a time: by, until, from, within, every; nil for a plain date.
    public var bound: String?

    /// A date of whatever is known.
    public init(words: Words, iso: String?, isoEnd: String? = nil, bound: String? = nil) {
        self.words = words
        self.iso = iso
        self.isoEnd = isoEnd
        self.bound = bound
    }
}

/// One heading or marked paragraph of an outline.
public struct OutlineNode: Sendable, Equatable, Codable {
    /// Level by marker class: 1 壹、 2 一、 3 （一） 4 1、 5 （1）; 1…6 of a Markdown, HTML or DOCX heading.
    public var level: Int
    /// Marker as written, "（三）"; empty for an unmarked heading.
    public var marker: String
    /// Path from the top by the markers' numerals, "參.三".
    public var path: String
    /// Text after the marker, up to the next marker.
    public var title: Words
    /// First passage number of the node and last one of its whole branch, inclusive.
    public var firstPassage: Int
    /// See `firstPassage`.
    public var lastPassage: Int
    /// Nodes below it.
    public var children: [OutlineNode]

    /// A node with its branch.
    public init(
        level: Int, marker: String, path: String, title: Words, passages: ClosedRange<Int>, children: [OutlineNode] = []
    ) {
        self.level = level
        self.marker = marker
        self.path = path
        self.title = title
        firstPassage = passages.lowerBound
        lastPassage = passages.upperBound
        self.children = children
    }
}

/// A table as rows of cells.
public struct Table: Sendable, Equatable, Codable {
    /// Caption or the sentence that announces it.
    public var caption: String?
    /// Number of leading rows that are headers.
    public var headerRows: Int
    /// Rows, each with the same number of cells; an empty cell is "".
    public var rows: [[String]]
    /// First and last byte in the source's text.
    public var start: Int
    /// See `start`.
    public var end: Int
    /// True when it was rebuilt from flattened text and may be wrong.
    public var isRecovered: Bool

    /// A table at `range` of the source's text.
    public init(caption: String?, headerRows: Int, rows: [[String]], range: Range<Int>, isRecovered: Bool) {
        self.caption = caption
        self.headerRows = headerRows
        self.rows = rows
        start = range.lowerBound
        end = range.upperBound
        self.isRecovered = isRecovered
    }
}

/// Structure of a work report or plan (DOMAIN.md section 6).
public struct ReportStructure: Sendable, Equatable, Codable {
    /// Issuing agency as written on the cover.
    public var issuer: String?
    /// Title on the cover.
    public var title: Words?
    /// Date on the cover.
    public var date: DatedWords?
    /// Council session on the cover as written: 第13屆第7次定期大會.
    public var session: Words?
    /// Who reports, with title.
    public var reporter: PersonMention?
    /// Period it reports on, with the words that define it.
    public var period: DatedWords?
    /// Terms it defines: 以下簡稱….
    public var definedTerms: [DefinedTerm]
    /// Figures with what they count.
    public var statistics: [Statistic]

    /// A report structure of whatever was found.
    public init(
        issuer: String? = nil, period: DatedWords? = nil, definedTerms: [DefinedTerm] = [],
        statistics: [Statistic] = []
    ) {
        self.issuer = issuer
        self.period = period
        self.definedTerms = definedTerms
        self.statistics = statistics
    }
}

/// A term that a document defines for itself.
public struct DefinedTerm: Sendable, Equatable, Codable {
    /// The short form.
    public var term: Words
    /// What it stands for, as written before the definition.
    public var meaning: String

    /// A defined term.
    public init(term: Words, meaning: String) {
        self.term = term
        self.meaning = meaning
    }
}

/// A figure with what it counts (DOMAIN.md section 3.1 `Statistic`).
public struct Statistic: Sendable, Equatable, Codable {
    /// What is counted, as written before the figure.
    public var subject: String
    /// The figure as written with its unit.
    public var words: Words
    /// Exact or lowest value.
    public var value: Double
    /// Highest value of a range.
    public var upper: Double?
    /// True for 約, 近, 餘.
    public var isApproximate: Bool
    /// Unit, "件", "%"; empty when none is written.
    public var unit: String
    /// Period, if the sentence names one.
    public var period: DatedWords?
    /// Comparison as written: 較…減少/增加….
    public var comparison: String?
    /// Target value that the sentence or row states.
    public var target: Double?
    /// True when the target is a ceiling (小於, 低於, 以下): a lower value is better.
    public var targetIsCeiling: Bool

    /// A statistic of whatever was found.
    public init(
        subject: String, words: Words, value: Double, upper: Double? = nil, isApproximate: Bool = false, unit: String,
        period: DatedWords? = nil, comparison: String? = nil, target: Double? = nil, targetIsCeiling: Bool = false
    ) {
        self.subject = subject
        self.words = words
        self.value = value
        self.upper = upper
        self.isApproximate = isApproximate
        self.unit = unit
        self.period = period
        self.comparison = comparison
        self.target = target
        self.targetIsCeiling = targetIsCeiling
    }
}

/// Structure of an official letter (主旨, 說明, 辦法; DOMAIN.md section 2.4).
public struct LetterStructure: Sendable, Equatable, Codable {
    /// Document kind as written: 函, 令, 公告, 簽 ….
    public var documentKind: String?
    /// Issuing agency, 全銜.
    public var sender: String?
    /// Recipient, 受文者.
    public var recipient: String?
    /// Date of issue.
    public var date: DatedWords?
    /// 發文字號 as written.
    public var documentNumber: Words?
    /// 速別 as written.
    public var urgency: String?
    /// 密等 as written; nil when the field is empty.
    public var classification: String?
    /// 附件 as written.
    public var attachments: String?
    /// 主旨.
    public var purpose: Words?
    /// 說明, one entry a numbered paragraph.
    public var explanation: [Words]
    /// 辦法 or 擬辦, one entry a numbered paragraph.
    public var action: [Words]
    /// 正本.
    public var originals: [String]
    /// 副本.
    public var copies: [String]
    /// 署名.
    public var signature: String?

    /// An empty letter.
    public init() {
        explanation = []
        action = []
        originals = []
        copies = []
    }
}
