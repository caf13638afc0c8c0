internal import DocketCore

/// Title, header fields and closing line of minutes; each rests on the agenda, the attendance list or the transcript.
struct MinutesHeader {
    let request: DraftRequest
    let facts: MinutesFacts
    let talk: Talk
    let book: SpeakerBook

    private var isChinese: Bool { talk.isChinese }
    private var agenda: MinutesFacts.ReadSource? { facts.agenda }
    private var attendance: MinutesFacts.ReadSource? { facts.attendance }

    /// Writes title and fields; gives the title.
    func write(to page: inout DraftPage) -> String {
        let title = writeTitle(to: &page)
        writeTime(to: &page)
        writeWords(isChinese ? "地點" : "Place", to: &page, reason: MinutesForm.notGiven("地點", "place")) { $0.place }
        writePerson(isChinese ? "主席" : "Chair", chair, to: &page, reason: MinutesForm.notGiven("主席", "chair"))
        writePerson(
            isChinese ? "紀錄" : "Minutes", minuteTaker, to: &page, reason: MinutesForm.notGiven("紀錄人員", "minute taker"))
        writeAttendance(to: &page)
        return title
    }

    // MARK: - Title

    private func writeTitle(to page: inout DraftPage) -> String {
        let words = agenda?.structure.title ?? attendance?.structure.title
        let document = agenda?.structure.title != nil ? agenda?.document : attendance?.document
        let title = words.map { Self.minutesTitle($0.text, isChinese: isChinese) } ?? composedTitle
        guard let title else {
            let name = request.source.title.isEmpty ? (isChinese ? "會議紀錄" : "Minutes") : request.source.title
            page.add(
                DraftBlock(
                    kind: .heading, level: 1, claims: [page.claim(name, nil, [], .form)],
                    emptyReason: MinutesForm.notGiven("會議名稱與次別", "name and ordinal of the meeting")))
            return name
        }
        let claim = page.claim(title, document, words.map { [$0.range] } ?? [], words == nil ? .form : .condensed)
        page.add(DraftBlock(kind: .heading, level: 1, claims: [claim]))
        return title
    }

    /// 青嵐市政府第63次主任秘書會報議程 → …紀錄; Agenda of meeting 7 → Minutes of meeting 7.
    static func minutesTitle(_ title: String, isChinese: Bool) -> String {
        guard isChinese else {
            var text = title
            for (agenda, minutes) in [
                ("Agenda", "Minutes"), ("agenda", "minutes"), ("Attendance", "Minutes"), ("attendance", "minutes"),
            ] {
                text = text.replacing(agenda, with: minutes)
            }
            return text.lowercased().contains("minutes") ? text : "Minutes: " + text
        }
        // Titles are often set in spaced characters: 議　程.
        let title = title.filter { $0 != "\u{3000}" && $0 != " " }
        for ending in ["會議議程", "議事日程", "議程表", "議程", "會議簽到表", "簽到表", "簽到簿", "開會通知單", "會議紀錄", "紀錄"]
        where title.hasSuffix(ending) {
            let body = title.dropLast(ending.count)
            return body + (ending.hasPrefix("會議") && !body.hasSuffix("會報") ? "會議紀錄" : "紀錄")
        }
        return title + "紀錄"
    }

    private var composedTitle: String? {
        let name = facts.series?.name ?? request.source.facts["series"]
        guard let name, let ordinal = facts.ordinal ?? request.source.facts["ordinal"].flatMap({ Int($0) }) else {
            return nil
        }
        let host = facts.series?.hostAgency ?? ""
        return isChinese
            ? "\(host)第\(ordinal)次\(name)紀錄" : "Minutes of the \(Self.ordinal(ordinal)) meeting of the \(name)"
    }

    /// 1st, 2nd, 3rd, 4th … 11th, 12th, 13th.
    static func ordinal(_ number: Int) -> String {
        let ending = (11...13).contains(number % 100) ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
        return "\(number)\(ending)"
    }

    // MARK: - Fields

    private func writeTime(to page: inout DraftPage) {
        let label = isChinese ? "時間" : "Time"
        for read in [agenda, attendance].compactMap({ $0 }) {
            guard let start = read.structure.start else { continue }
            let text = (isChinese ? start.iso.flatMap(Self.houseTime) : nil) ?? start.words.text
            let claim = page.claim(
                text, read.document, [start.words.range], text == start.words.text ? .verbatim : .condensed)
            page.add(DraftBlock(kind: .field, label: label, claims: [claim]))
            return
        }
        if let date = request.source.date, let text = isChinese ? Self.houseTime(date) : date {
            page.add(DraftBlock(kind: .field, label: label, claims: [page.claim(text, nil, [], .form)]))
            return
        }
        page.add(
            DraftBlock(kind: .field, label: label, emptyReason: MinutesForm.notGiven("開會時間", "time of the meeting")))
    }

    /// 2024-09-24T14:00:00+08:00 → 民國113年9月24日14時0分.
    static func houseTime(_ iso: String) -> String? {
        let numbers = iso.split { !$0.isDigit }.compactMap { Int($0) }
        guard numbers.count >= 3, numbers[0] > 1911 else { return nil }
        let date = "民國\(numbers[0] - 1911)年\(numbers[1])月\(numbers[2])日"
        return iso.contains("T") && numbers.count >= 5 ? date + "\(numbers[3])時\(numbers[4])分" : date
    }

    private func writeWords(
        _ label: String, to page: inout DraftPage, reason: LocalizedText, _ field: (MinutesStructure) -> Words?
    ) {
        for read in [agenda, attendance].compactMap({ $0 }) {
            guard let words = field(read.structure), !words.text.isEmpty else { continue }
            page.add(
                DraftBlock(
                    kind: .field, label: label,
                    claims: [page.claim(words.text, read.document, [words.range], .verbatim)]))
            return
        }
        page.add(DraftBlock(kind: .field, label: label, emptyReason: reason))
    }

    private typealias Named = (text: String, document: SourceDocument?, ranges: [Range<Int>])

    private func writePerson(_ label: String, _ person: Named?, to page: inout DraftPage, reason: LocalizedText) {
        guard let person else {
            page.add(DraftBlock(kind: .field, label: label, emptyReason: reason))
            return
        }
        let claim = page.claim(person.text, person.document, person.ranges, .condensed)
        page.add(DraftBlock(kind: .field, label: label, claims: [claim]))
    }

    private var chair: Named? {
        for read in [agenda, attendance].compactMap({ $0 }) {
            guard let person = read.structure.chair else { continue }
            return (Self.nameAndTitle(person), read.document, [person.words.range])
        }
        guard let label = book.chairLabel, !["主席", "chair"].contains(label.lowercased()) else { return nil }
        return (book.voice(label).display, request.source, firstWords(of: label))
    }

    private var minuteTaker: Named? {
        for read in [agenda, attendance].compactMap({ $0 }) {
            guard let person = read.structure.minuteTaker else { continue }
            return (person.name ?? person.words.text, read.document, [person.words.range])
        }
        for label in Set(talk.utterances.compactMap(\.speaker)).sorted()
        where label.hasPrefix("紀錄") || label.hasPrefix("記錄") {
            let name = String(label.dropFirst(2))
            if !name.isEmpty { return (name, request.source, firstWords(of: label)) }
        }
        return nil
    }

    /// 沈維岳秘書長; the words as written where name or title is not known.
    static func nameAndTitle(_ person: PersonMention) -> String {
        guard let name = person.name, let title = person.title else { return person.name ?? person.words.text }
        let isChinese = name.unicodeScalars.first?.isHan == true
        return isChinese ? name + title : "\(name), \(title)"
    }

    /// The first thing a voice says: what shows that it was there.
    private func firstWords(of label: String) -> [Range<Int>] {
        talk.utterances.first { $0.speaker == label }.map { [$0.start..<$0.start + $0.text.utf8.count] } ?? []
    }

    // MARK: - Attendance

    private func writeAttendance(to page: inout DraftPage) {
        let labels = isChinese ? ("出席", "列席", "請假") : ("Present", "In attendance", "Apologies")
        guard let attendance else {
            let reason = MinutesForm.notGiven("出列席人員（未提供簽到表）", "people present (there is no attendance list)")
            page.add(DraftBlock(kind: .field, label: labels.0, emptyReason: reason))
            page.add(DraftBlock(kind: .field, label: labels.1, emptyReason: reason))
            return
        }
        let people = attendance.structure.attendance
        writePresent(labels.0, .attendee, attendance, to: &page)
        writePresent(labels.1, .observer, attendance, to: &page)
        let away = people.filter { $0.role == .excused }
        if !away.isEmpty { writeList(labels.2, away, attendance.document, to: &page) }
    }

    /// 如簽到表, resting on the list; English minutes name the people.
    private func writePresent(
        _ label: String, _ role: Attendance.Role, _ attendance: MinutesFacts.ReadSource, to page: inout DraftPage
    ) {
        let people = attendance.structure.attendance.filter { $0.role == role }
        let reference = attendance.structure.attendanceReference
        guard !people.isEmpty || reference != nil && role == .attendee else {
            let reason = LocalizedText(zhHant: "簽到表未列\(label)人員", en: "the attendance list names nobody here")
            page.add(DraftBlock(kind: .field, label: label, emptyReason: reason))
            return
        }
        guard isChinese else {
            writeList(label, people, attendance.document, to: &page)
            return
        }
        let ranges = people.map(\.person.words.range) + (reference.map { [$0.range] } ?? [])
        let whole = ranges.map(\.lowerBound).min().flatMap { lower in ranges.map(\.upperBound).max().map { lower..<$0 }
        }
        let claim = page.claim("如簽到表", attendance.document, whole.map { [$0] } ?? [], .form)
        page.add(DraftBlock(kind: .field, label: label, claims: [claim]))
    }

    private func writeList(
        _ label: String, _ people: [Attendance], _ document: SourceDocument, to page: inout DraftPage
    ) {
        let names = people.map { Self.nameAndTitle($0.person) }.joined(separator: isChinese ? "、" : "; ")
        let claim = page.claim(names, document, people.map(\.person.words.range), .condensed)
        page.add(DraftBlock(kind: .field, label: label, claims: [claim]))
    }

    // MARK: - Closing

    /// The closing line with the time that the chair said, or its reason to be without one.
    func writeClosing(to page: inout DraftPage) {
        let label = isChinese ? "散會" : "Adjourned"
        guard let said = closingWords() else {
            page.add(
                DraftBlock(
                    kind: .closing, label: label,
                    emptyReason: LocalizedText(
                        zhHant: "逐字稿中未見散會時間", en: "the transcript does not say when the meeting ended")))
            return
        }
        page.use(said.passage, .condensed)
        let claim = page.claim(said.text, request.source, [said.range], .condensed)
        page.add(DraftBlock(kind: .closing, label: label, claims: [claim]))
    }

    private func closingWords() -> (text: String, range: Range<Int>, passage: Int)? {
        let cues = isChinese ? ["散會", "會議結束", "開到這裡", "到這裡"] : ["close", "adjourn", "that's us", "finish"]
        for sentence in SpokenSentence.sentences(of: talk).suffix(60).reversed() {
            guard cues.contains(where: sentence.text.lowercased().contains) else { continue }
            let written = isChinese ? SpokenNumbers.written(sentence.text) : sentence.text
            if let time = ClosingTime.find(written, isChinese: isChinese, startHour: startHour) {
                return (isChinese ? "（\(time)）" : time, sentence.range, sentence.passage)
            }
        }
        return nil
    }

    private var startHour: Int? {
        let iso = agenda?.structure.start?.iso ?? attendance?.structure.start?.iso
        guard let clock = iso?.split(separator: "T").dropFirst().first else { return nil }
        return clock.split(separator: ":").first.flatMap { Int($0) }
    }
}

/// The time in a closing sentence.
enum ClosingTime {
    /// 下午2時56分 from 2時56分 of a meeting that began at 14; nil when no time is said.
    static func find(_ text: String, isChinese: Bool, startHour: Int?) -> String? {
        guard isChinese else { return english(text) }
        let characters = Array(text)
        guard let mark = characters.lastIndex(of: "時") else { return nil }
        var start = mark
        while start > 0, characters[start - 1].isDigit { start -= 1 }
        guard start < mark, let hour = Int(String(characters[start..<mark])), hour <= 24 else { return nil }
        var end = mark + 1
        while end < characters.count, characters[end].isDigit || characters[end] == "分" { end += 1 }
        let clock = String(characters[start..<end])
        let before = String(characters[max(0, start - 2)..<start])
        if ["上午", "下午", "中午", "晚上"].contains(before) { return before + clock }
        guard hour <= 12, let startHour else { return clock }
        return (startHour >= 12 ? (hour == 12 ? "中午" : "下午") : (hour < startHour % 12 && hour < 8 ? "下午" : "上午"))
            + clock
    }

    /// A clock time in figures, "16:05" or "4.05 pm".
    private static func english(_ text: String) -> String? {
        for word in text.split(whereSeparator: \.isWhitespace) {
            let bare = word.drop { !$0.isDigit }.reversed().drop { !$0.isDigit }.reversed()
            let parts = String(bare).split { $0 == ":" || $0 == "." }
            if parts.count == 2, let hour = Int(parts[0]), hour < 24, let minute = Int(parts[1]), minute < 60 {
                return String(bare)
            }
        }
        return spoken(text.lowercased())
    }

    /// nine thirty-eight → 9:38; half past and quarters are left to a person.
    private static func spoken(_ text: String) -> String? {
        let words = text.split { !$0.isLetter }.map(String.init)
        for index in words.indices.dropLast() {
            guard index > 0, words[index - 1] == "at", let hour = ones.firstIndex(of: words[index]),
                (1...12).contains(hour)
            else { continue }
            let next = words[index + 1]
            if next == "o", index + 2 < words.count, words[index + 2] == "clock" { return "\(hour):00" }
            if let ten = tens.firstIndex(of: next), ten > 1 {
                let unit = index + 2 < words.count ? ones.firstIndex(of: words[index + 2]) ?? 0 : 0
                return "\(hour):\(ten)\(unit < 10 ? unit : 0)"
            }
            if let minute = ones.firstIndex(of: next), minute >= 10 { return "\(hour):\(minute)" }
        }
        return nil
    }

    private static let ones = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = ["", "", "twenty", "thirty", "forty", "fifty"]
}
