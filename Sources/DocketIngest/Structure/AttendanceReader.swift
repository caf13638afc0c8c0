import DocketCore
import DocketText

/// Reads lists of people: 、-separated on one line, one person a line with columns, or a table.
struct AttendanceReader {
    let phrases: PersonPhraseReader
    private static let limit = 5_000

    /// What one list held.
    struct Listing {
        var people: [Attendance] = []
        /// 如簽到表, or a mere number of heads, in place of names.
        var reference: Words?
        var count: Int?
    }

    /// Reads the parts of a field of `role`; offsets are those of the original text.
    func listing(_ field: MinutesHeader.Field, in text: ByteText, role: Attendance.Role) -> Listing {
        var listing = Listing()
        var pending: (parts: PersonPhraseReader.Parts, range: Range<Int>)?
        var agency: String?
        for part in field.parts.prefix(Self.limit) {
            if isReference(text, part) {
                listing.reference = Words(text.words(part), at: part)
                continue
            }
            if let count = headCount(text.words(part)) {
                listing.count = count
                if listing.reference == nil { listing.reference = Words(text.words(part), at: part) }
                continue
            }
            for group in Self.groups(of: part, in: text) {
                for entry in entries(of: group, in: text, onePerLine: field.parts.count > 2, agency: &agency) {
                    let shared = agency ?? Self.bracketed(text.words(entry))
                    add(entry, in: text, agency: shared, role: role, to: &listing, pending: &pending)
                }
                if group.upperBound < part.upperBound { agency = nil }
            }
        }
        if let pending { append(pending.parts, pending.range, text, role, to: &listing) }
        return listing
    }

    /// Groups of a line, between semicolons.
    private static func groups(of part: Range<Int>, in text: ByteText) -> [Range<Int>] {
        text.parts(part) { $0 == 0x3B || $0 == 0xFF1B }
    }

    private func isReference(_ text: ByteText, _ part: Range<Int>) -> Bool {
        let needles: [Needle] = [
            "簽到", "如附", "詳附", "詳如", "名單如", "see attached", "sign-in", "attendance sheet", "as listed",
        ]
        return part.count < 120 && needles.contains { text.first($0, in: part) != nil }
    }

    /// 二○五人, 23人, 計 18 位.
    private func headCount(_ words: String) -> Int? {
        var digits = ""
        for character in words where !character.isWhitespace && !"計共合約：:".contains(character) {
            digits.append(character)
        }
        guard let unit = digits.last, "人位名".contains(unit) else { return nil }
        digits.removeLast()
        if digits.hasSuffix("委員") { digits.removeLast(2) }
        guard !digits.isEmpty else { return nil }
        return Int(digits) ?? ChineseNumeral.value(of: digits)
    }

    /// The people of one line.
    ///
    /// A line 教育局：王小明、李大同 or a line that is an agency alone names the agency of what follows.
    private func entries(
        of part: Range<Int>, in text: ByteText, onePerLine: Bool, agency: inout String?
    ) -> [Range<Int>] {
        var range = part
        var offset = part.lowerBound
        if let first = text.scalar(at: offset, before: part.upperBound),
            [0x2D, 0x2A, 0x2022, 0x30FB].contains(first.value)
        {
            range = text.afterBlanks(first.next..<part.upperBound)..<part.upperBound
            offset = range.lowerBound
        }
        if let numbered = Self.afterNumber(text, range) { range = numbered..<range.upperBound }
        while let next = text.scalar(at: offset, before: range.upperBound) {
            if Stop.colon.contains(next.value) {
                let head = text.words(text.trimmed(range.lowerBound..<offset))
                if phrases.directory.isAgency(head) {
                    agency = head
                    range = text.trimmed(next.next..<range.upperBound)
                }
                break
            }
            offset = next.next
        }
        if range.count < 120, phrases.directory.isAgency(text.words(range)) {
            agency = text.words(range)
            return []
        }
        if !text.words(range).unicodeScalars.contains(where: { Title.isHan($0.value) }) {
            return latinEntries(of: range, in: text, onePerLine: onePerLine, agency: &agency)
        }
        return text.parts(range) { value in
            value == 0x3001 || value == 0xFF1B || value == 0x3B || value == 0xFF0C || value == 0x2C
        }
    }

    /// Helen Marsh, Rosalind Okafor (Northmere City Archives): names with what they share in brackets; or one name with
    /// title and organisation behind commas.
    private func latinEntries(
        of range: Range<Int>, in text: ByteText, onePerLine: Bool, agency: inout String?
    ) -> [Range<Int>] {
        let names = text.parts(range) { $0 == 0x2C }
        let bare = names.map { PersonPhraseReader.withoutNotes(text.words($0)) }
        // Where every line is a person, "Samuel Ortiz, Harbour Master" is one.
        guard names.count > (onePerLine ? 2 : 1), bare.allSatisfy(phrases.isLatinName) else { return [range] }
        let shared = text.words(range)
        agency = Self.bracketed(shared) ?? agency
        return names
    }

    /// What stands in the brackets at the end of `words`, if it is no remark on attendance.
    private static func bracketed(_ words: String) -> String? {
        guard words.hasSuffix(")"), let open = words.lastIndex(of: "(") else { return nil }
        let inside = String(words[words.index(after: open)...].dropLast()).trimmingBlanks
        let remarks = ["chair", "minutes", "apologies", "remote", "online", "from ", "until ", "for "]
        return inside.isEmpty || remarks.contains(where: inside.lowercased().hasPrefix) ? nil : inside
    }

    private static func afterNumber(_ text: ByteText, _ range: Range<Int>) -> Int? {
        var offset = range.lowerBound
        while offset < range.upperBound, (0x30...0x39).contains(text.bytes[offset]) { offset += 1 }
        guard offset > range.lowerBound, let next = text.scalar(at: offset, before: range.upperBound),
            [0x2E, 0x3001, 0xFF0E, 0x29].contains(next.value)
        else { return nil }
        return text.afterBlanks(next.next..<range.upperBound)
    }

    private func add(
        _ entry: Range<Int>, in text: ByteText, agency: String?, role: Attendance.Role, to listing: inout Listing,
        pending: inout (parts: PersonPhraseReader.Parts, range: Range<Int>)?
    ) {
        guard var parts = phrases.parts(of: text.words(entry), inList: true) else { return }
        // A title on a line of its own goes with the name on the next.
        if let waiting = pending {
            pending = nil
            if parts.title == nil, waiting.parts.name == nil {
                parts.title = waiting.parts.title
                parts.agency = parts.agency ?? waiting.parts.agency
                append(parts, waiting.range.lowerBound..<entry.upperBound, text, role, to: &listing)
                return
            }
            append(waiting.parts, waiting.range, text, role, to: &listing)
        }
        if parts.agency == nil { parts.agency = agency }
        if parts.name == nil, parts.surname == nil {
            pending = (parts, entry)
        } else {
            append(parts, entry, text, role, to: &listing)
        }
    }

    private func append(
        _ parts: PersonPhraseReader.Parts, _ range: Range<Int>, _ text: ByteText, _ role: Attendance.Role,
        to listing: inout Listing
    ) {
        let written = text.words(range)
        let mention = phrases.directory.resolve(parts, words: Words(written, at: range))
        listing.people.append(
            Attendance(
                person: mention, role: Self.role(role, note: written), onBehalfOf: Self.onBehalf(written)))
    }

    /// A note in brackets after a name changes the role: （請假）, （公出）, （缺席）.
    static func role(_ role: Attendance.Role, note written: String) -> Attendance.Role {
        for word in ["請假", "公假", "公出", "休假", "病假", "差假", "事假", "apologies", "excused", "on leave"]
        where written.contains(word) {
            return .excused
        }
        for word in ["缺席", "未到", "absent"] where written.contains(word) { return .absent }
        for word in ["（列席）", "(列席)", "observer"] where written.contains(word) { return .observer }
        return role
    }

    /// Whom a person stands in for: 李科長代, 王小明代理, （代理陳局長）, for Jane Smith.
    static func onBehalf(_ written: String) -> String? {
        for opening in ["（代理", "(代理", "（代", "(代", "(for ", "(on behalf of ", "(deputising for "] {
            guard let range = written.firstRange(of: opening) else { continue }
            let rest = written[range.upperBound...]
            let name = rest.prefix { $0 != "）" && $0 != ")" }
            if !name.isEmpty { return String(name) }
        }
        for ending in ["代理）", "代理)", "代）", "代)"] where written.contains(ending) {
            // 陳局長（李科長代）: the person in front is stood in for.
            let head = written.prefix { $0 != "（" && $0 != "(" }
            return head.isEmpty ? nil : String(head)
        }
        return nil
    }

    // MARK: Tables

    /// Columns of an attendance table by the words of its header.
    private enum Column {
        case name, title, agency, role, note, deputy

        init?(_ header: String) {
            let word = header.lowercased()
            if ["姓名", "出席者", "name"].contains(where: word.contains) {
                self = .name
            } else if ["職稱", "職務", "title", "position", "role title"].contains(where: word.contains) {
                self = .title
            } else if ["機關", "單位", "agency", "organisation", "organization", "department"].contains(
                where: word.contains)
            {
                self = .agency
            } else if ["出席別", "出席情形", "出列席", "身分", "身份", "出席", "簽到", "status", "attendance", "role"].contains(
                where: word.contains)
            {
                self = .role
            } else if ["代理", "代理人", "deputy"].contains(where: word.contains) {
                self = .deputy
            } else if ["備註", "備考", "note", "remark"].contains(where: word.contains) {
                self = .note
            } else {
                return nil
            }
        }
    }

    /// People of a table whose header has a column of names; nil when it has none.
    ///
    /// The chair's and the minute taker's rows come back apart.
    func people(of table: Table, rowRanges: [Range<Int>], in text: ByteText) -> TablePeople? {
        guard let header = table.rows.first else { return nil }
        let columns = header.map(Column.init)
        guard columns.contains(.name), table.rows.count > 1 else { return nil }
        var result = TablePeople()
        for (index, row) in table.rows.enumerated().dropFirst() {
            var cells: [Column: String] = [:]
            for (column, cell) in zip(columns, row) where column != nil && !cell.isEmpty {
                if let column { cells[column] = cell }
            }
            guard let name = cells[.name] else { continue }
            let range = index < rowRanges.count ? rowRanges[index] : table.start..<table.end
            let found = text.first(Needle(name), in: range)
            let words = Words(name, at: found.map { $0..<$0 + name.utf8.count } ?? text.trimmed(range))
            let parts = PersonPhraseReader.Parts(
                agency: cells[.agency], name: name, surname: Title.surname(of: name), title: cells[.title])
            result.add(
                phrases.directory.resolve(parts, words: words), as: cells[.role] ?? "", note: cells[.note] ?? "",
                for: cells[.deputy])
        }
        return result
    }

    /// People of an attendance table.
    struct TablePeople {
        var chair: PersonMention?
        var minuteTaker: PersonMention?
        var people: [Attendance] = []

        fileprivate mutating func add(_ person: PersonMention, as role: String, note: String, for other: String?) {
            let word = role.lowercased()
            if word.contains("主席") || word.contains("chair") {
                chair = person
            } else if word.contains("紀錄") || word.contains("記錄") || word.contains("minute") {
                minuteTaker = person
            } else {
                let base: Attendance.Role = word.contains("列席") || word.contains("observer") ? .observer : .attendee
                people.append(
                    Attendance(
                        person: person, role: AttendanceReader.role(base, note: role.isEmpty ? note : role),
                        onBehalfOf: other ?? AttendanceReader.onBehalf("（" + note + "）")))
            }
        }
    }
}

extension Title {
    /// True for a surname of two characters.
    static func isCompound(_ surname: String) -> Bool { compoundSurnames.contains(surname) }
}
