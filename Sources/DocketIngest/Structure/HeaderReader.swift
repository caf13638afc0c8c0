import DocketCore

/// Turns header fields into the facts of a meeting.
struct HeaderReader {
    let header: MinutesHeader
    let text: ByteText
    let directory: PersonDirectory
    let series: [MeetingSeries]

    private var chair: PersonMention?
    private var minuteTaker: PersonMention?
    private var attendance: [Attendance] = []
    private var reference: Words?
    private var count: Int?
    private var tables: [Range<Int>] = []

    init(header: MinutesHeader, text: ByteText, directory: PersonDirectory, series: [MeetingSeries]) {
        self.header = header
        self.text = text
        self.directory = directory
        self.series = series
    }

    /// Reads the people, adding those with full names to `known`.
    ///
    /// `isList` says that the whole paper is an attendance list, so that lines without a label are people too.
    mutating func read(tables: [Table], isList: Bool, remembering known: inout PersonDirectory) {
        self.tables = tables.map { $0.start..<max($0.start, $0.end) }
        let phrases = PersonPhraseReader(directory: directory)
        let reader = AttendanceReader(phrases: phrases)
        chair = person(.chair, phrases)
        minuteTaker = person(.minuteTaker, phrases)
        for field in header.fields {
            guard let role = Self.role(field.label) else { continue }
            let listing = reader.listing(field, in: text, role: role)
            attendance += listing.people
            reference = reference ?? listing.reference
            if field.label == .attendees { count = count ?? listing.count }
        }
        if isList { readLoose(reader) }
        if attendance.isEmpty { readTables(tables, reader) }
        var seen: Set<String> = []
        attendance = attendance.filter { seen.insert("\($0.person.name ?? $0.person.words.text) \($0.role)").inserted }
        for mention in [chair, minuteTaker].compactMap({ $0 }) + attendance.map(\.person) { known.remember(mention) }
    }

    /// 處長　賀景行（主席）: one person a line, the part they play in brackets.
    private mutating func readLoose(_ reader: AttendanceReader) {
        for line in header.looseLines.prefix(5_000) {
            let field = MinutesHeader.Field(label: .attendees, name: "", parts: [line])
            for entry in reader.listing(field, in: text, role: .attendee).people where entry.person.name != nil {
                let written = text.words(line)
                if written.contains("（主席）") || written.contains("(主席)") {
                    chair = chair ?? entry.person
                } else if written.contains("（紀錄）") || written.contains("(紀錄)") {
                    minuteTaker = minuteTaker ?? entry.person
                } else {
                    attendance.append(entry)
                }
            }
        }
    }

    private mutating func readTables(_ tables: [Table], _ reader: AttendanceReader) {
        for table in tables {
            let lines = rowRanges(table)
            guard let found = reader.people(of: table, rowRanges: lines, in: text) else { continue }
            attendance += found.people
            chair = chair ?? found.chair
            minuteTaker = minuteTaker ?? found.minuteTaker
        }
    }

    /// Line ranges of a table whose rows are lines.
    private func rowRanges(_ table: Table) -> [Range<Int>] {
        let inside = ByteText(text.words(table.start..<table.end))
        let lines = inside.lines().filter { !inside.trimmed($0).isEmpty }
        return lines.map { $0.lowerBound + table.start..<$0.upperBound + table.start }
    }

    private static func role(_ label: Label) -> Attendance.Role? {
        switch label {
        case .attendees: .attendee
        case .observers: .observer
        case .excused: .excused
        case .absent: .absent
        default: nil
        }
    }

    /// The person of a field; several lines (title, then name) make one phrase.
    ///
    /// An unreadable value keeps its words.
    private func person(_ label: Label, _ phrases: PersonPhraseReader) -> PersonMention? {
        guard let field = header.first(label), let words = header.words(field) else { return nil }
        if let parts = phrases.parts(of: words.text, inList: true) { return directory.resolve(parts, words: words) }
        for count in [2, 1] where field.parts.count > count {
            let range = field.parts[0].lowerBound..<field.parts[count - 1].upperBound
            let some = field.parts[..<count].map(text.words).joined(separator: " ")
            if let parts = phrases.parts(of: some, inList: true), parts.name != nil {
                return directory.resolve(parts, words: Words(some, at: range))
            }
        }
        let first = Words(text.words(field.parts[0]), at: field.parts[0])
        return first.text.unicodeScalars.count <= 40 ? PersonMention(words: first) : nil
    }

    /// Puts the facts into `minutes`.
    func fill(_ minutes: inout MinutesStructure) {
        fillTitle(&minutes)
        if let place = header.first(.place), let words = header.words(place) {
            minutes.place = words
            minutes.mode = words.text.meetingMode
        }
        minutes.chair = chair
        minutes.minuteTaker = minuteTaker
        minutes.attendance = attendance
        minutes.attendanceReference = reference
        minutes.attendeeCount =
            count
            ?? {
                let present = attendance.filter { $0.role == .attendee }.count
                return present > 0 ? present : nil
            }()
        if let level = header.first(.classification), let words = header.words(level) {
            minutes.classification = words.text
        }
    }

    private func fillTitle(_ minutes: inout MinutesStructure) {
        let lines = header.titleLines.prefix(3).filter { line in
            line.count < 400 && !tables.contains { $0.contains(line.lowerBound) }
        }
        guard let first = lines.first, let last = lines.last else {
            if let name = header.first(.meetingName), let words = header.words(name) { setTitle(words, &minutes) }
            return
        }
        // What stands below the line with the meeting's number is no part of the title.
        let numbered = lines.firstIndex { MinutesTitle(strip($0), series: series, directory: directory).ordinal != nil }
        let used = numbered.map { Array(lines[...$0]) } ?? Array(lines)
        let all = used.map(strip).joined(separator: text.bytes[first.lowerBound] < 0x80 ? " " : "")
        if let numbered, MinutesTitle(all, series: series, directory: directory).ordinal == nil {
            setTitle(Words(strip(lines[numbered]), at: lines[numbered]), &minutes)
        } else {
            setTitle(Words(all, at: first.lowerBound..<(used.last ?? last).upperBound), &minutes)
        }
    }

    private func strip(_ line: Range<Int>) -> String {
        let start = MinutesHeader.contentStart(text, line)
        return text.words(start..<line.upperBound)
    }

    private func setTitle(_ words: Words, _ minutes: inout MinutesStructure) {
        let title = MinutesTitle(words.text, series: series, directory: directory)
        minutes.title = words
        minutes.issuer = title.issuer
        minutes.series = title.series
        minutes.ordinal = title.ordinal
    }
}
