public import DocketCore
import DocketText

/// Reads the structure of a source: outline, tables, and by its kind minutes, report or letter.
///
/// Works on the cleaned text and reports places in the original. What a source does not say is left empty; nothing is
/// made up. Running time is linear in the length of the text.
public struct StructureParser: Sendable {
    /// Agencies and persons known to the library.
    public var roster: Roster
    /// Series of meetings known to the library.
    public var series: [MeetingSeries]
    /// Zone put behind the times of documents in Chinese, "+08:00"; times of others stay local.
    public var zone: String

    /// A parser that knows `roster` and `series`.
    public init(roster: Roster = Roster(), series: [MeetingSeries] = [], zone: String = "+08:00") {
        self.roster = roster
        self.series = series
        self.zone = zone
    }

    /// The structure of `source`.
    ///
    /// `anchor` is the day (ISO 8601) that dates without a year are resolved against; without it the document's own date
    /// is taken, else the first whole date it writes. Transcripts and recordings have no structure beyond their passages.
    public func structure(of source: SourceDocument, anchor: String? = nil) -> DocumentStructure {
        guard source.kind != .transcript, source.kind != .audio else { return DocumentStructure() }
        let work = WorkingText(source)
        var tables = TableFinder().tables(in: source)
        tables += FlatTableFinder(source, known: tables.map { $0.start..<$0.end }).tables()
        tables.sort { $0.start < $1.start }
        let lines = work.structureLines(tables: tables.map { $0.start..<$0.end })
        let day = anchor ?? source.date ?? Self.firstDay(in: work)
        let directory = PersonDirectory(roster, on: day)
        var structure = DocumentStructure()
        switch source.kind {
        case .minutes, .agenda, .attendance:
            let parser = MinutesParser(
                work: work, lines: lines, tables: tables, directory: directory, series: series, zone: zone(of: source))
            structure.minutes = parser.minutes(anchor: day.flatMap(CalendarDate.init(iso:)))
        case .letter:
            structure.letter = LetterReader(work: work, lines: lines, zone: zone).letter()
        case .report:
            let reader = ReportReader(
                work: work, lines: lines, tables: tables, anchor: day, directory: directory)
            structure.report = reader.report()
        default:
            break
        }
        announce(&tables, lines, work)
        structure.tables = tables
        structure.outline = OutlineBuilder(work: work).outline(lines)
        return structure
    }

    /// Gives each table the sentence before it as its caption, unwrapped, when it announces a table.
    private func announce(_ tables: inout [Table], _ lines: [TextLine], _ work: WorkingText) {
        var next = 0
        var before: TextLine?
        for line in lines {
            let start = work.original(line.range).lowerBound
            while next < tables.count, tables[next].start <= start {
                if let before, !before.isTable {
                    tables[next].caption = TableFinder.caption(work.words(before.body).text)
                }
                next += 1
            }
            before = line
        }
    }

    private func zone(of source: SourceDocument) -> String { source.language.hasPrefix("zh") ? zone : "" }

    /// The first date with a day in the first 4,000 bytes.
    private static func firstDay(in work: WorkingText) -> String? {
        var end = min(work.text.count, 4_000)
        while end < work.text.count, work.text.bytes[end] & 0xC0 == 0x80 { end += 1 }
        return DateParser().expressions(in: work.text.words(0..<end)).lazy.compactMap(\.start).first { $0.day != nil }?
            .iso
    }
}
