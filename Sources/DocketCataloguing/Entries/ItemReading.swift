internal import DocketCore
internal import DocketText

/// What a document says of itself, read once for the description of the item and of its folder.
struct ItemReading: Sendable {
    let reading: DocumentReading
    let book: AgencyBook
    /// What kind of paper it is.
    let form: Form
    /// Sender as written, several where a letter is sent jointly.
    let senders: [CitedText]
    /// Addressees as written.
    let recipients: [CitedText]
    /// Day of the document, ISO 8601.
    let date: CitedText?
    /// 主旨, or what stands for it.
    let purpose: CitedText?
    /// Title line of a document without purpose.
    let title: CitedText?

    /// Kinds of papers that are described differently.
    enum Form: Sendable {
        case letter, minutes, report, contract, notice, petition, record, english, other
    }

    var document: SourceDocument { reading.document }
    var isClassified: Bool { document.classification >= .restricted }

    init(_ source: DescribedSource, book: AgencyBook) {
        let reading = DocumentReading(source.document, source.structure)
        self.reading = reading
        self.book = book
        let form = Self.form(reading)
        self.form = form
        senders = Self.senders(reading, form)
        recipients = Self.recipients(reading, form)
        date = Self.date(reading, form)
        purpose = Self.purpose(reading, form)
        title = Self.title(reading, form)
    }

    // MARK: Form

    private static func form(_ reading: DocumentReading) -> Form {
        let document = reading.document
        if document.kind == .record { return .record }
        if document.kind == .minutes { return .minutes }
        let head = reading.rawLines.prefix(8).map(\.text)
        if !ChineseText.isChinese(String(document.text.prefix(2_000))), isEnglishLetter(reading) { return .english }
        if reading.structure.letter != nil { return .letter }
        if reading.value("主旨") != nil { return .letter }
        if head.contains(where: { $0.contains("契約") || $0.contains("合約") || $0.contains("Contract") }) {
            return .contract
        }
        if isPetition(reading, head) { return .petition }
        if document.kind == .report { return .report }
        if head.prefix(3).contains(where: { isNotice($0) }) { return .notice }
        return .other
    }

    private static func isNotice(_ line: String) -> Bool {
        let dense = line.filter { !$0.isWhitespace }
        return ["公告", "通知", "通報", "啟事"].contains { dense.hasSuffix($0) || dense.contains($0) && dense.count < 30 }
    }

    private static func isPetition(_ reading: DocumentReading, _ head: [String]) -> Bool {
        let words = ["陳情", "市長信箱", "App通報", "青陳", "mayor's mailbox", "陳情書", "檢舉"]
        return reading.document.kind == .document
            && head.prefix(3).contains { line in words.contains { line.contains($0) } }
    }

    private static func isEnglishLetter(_ reading: DocumentReading) -> Bool {
        reading.value("Subject", "Re", "RE") != nil && reading.value("Date") != nil
    }

    // MARK: People and agencies

    private static func senders(_ reading: DocumentReading, _ form: Form) -> [CitedText] {
        let structure = reading.structure
        if let sender = structure.letter?.sender {
            // A memorandum is written 於 its unit.
            return names(sender.without(prefix: "於") ?? sender).map { name in place(name, in: reading) }
        }
        switch form {
        case .english: return reading.value("From").map { [$0] } ?? []
        case .record: return reading.document.facts["agency"].map { [CitedText($0, [whole(reading)])] } ?? []
        case .minutes:
            return structure.minutes?.issuer.map { [place($0, in: reading)] } ?? []
        case .petition: return []
        default:
            if let value = reading.value("機關名稱", "公告單位", "發文機關", "立約機關", "機關", "招標機關", "甲方", "施工單位") { return [value] }
            if let issuer = structure.report?.issuer { return [place(issuer, in: reading)] }
            return head(reading).map { [$0] } ?? []
        }
    }

    /// An agency that the first lines name as their own: 秘書處檔案科　113年8月9日; 研究發展考核委員會　113年10月15日.
    private static func head(_ reading: DocumentReading) -> CitedText? {
        let finder = MentionFinder()
        for line in reading.rawLines.prefix(6) where line.marker == nil && line.text.count <= 60 {
            let words = line.text
            if let kind = ["公告", "通知"].first(where: { words.hasSuffix($0) }), words.count > kind.count + 4 {
                let name = String(words.dropLast(kind.count)).trimmingBlanks
                if isAgencyName(name) { return place(name, in: reading) }
            }
            for part in words.split(whereSeparator: { " \u{3000}\t（()）。，,".contains($0) }).prefix(5) {
                let part = part.hasPrefix("於") ? String(part.dropFirst()) : String(part)
                if isAgencyName(part), finder.mentions(in: part).contains(where: { $0.kind == .agency }) {
                    return place(part, in: reading)
                }
            }
        }
        return nil
    }

    private static func isAgencyName(_ words: String) -> Bool {
        let dense = words.filter { !$0.isWhitespace }
        return dense.count >= 3 && dense.count <= 24
            && ["局", "處", "會", "府", "館", "所", "院", "署", "部", "科", "室", "中心"].contains { dense.hasSuffix($0) }
            && !dense.contains { "「。：:".contains($0) || $0.isNumber }
    }

    private static func recipients(_ reading: DocumentReading, _ form: Form) -> [CitedText] {
        if form == .english {
            return (reading.value("To").map { names($0) } ?? [])
                + (reading.value("Copies to", "Copy to", "Cc", "cc").map { names($0) } ?? [])
        }
        if form == .record {
            return reading.document.facts["受文者"].map { names(CitedText($0, [whole(reading)])) } ?? []
        }
        guard let letter = reading.structure.letter else { return [] }
        let refers = ["如正", "如受文者", "如行文單位", "正副本"]
        let own = letter.recipient.map(names) ?? []
        let all =
            own.filter { name in !refers.contains { name.hasPrefix($0) } && name != "副本" } + letter.originals
            + letter.copies
        var seen: Set<String> = []
        return all.map(\.trimmingBlanks).filter { name in
            isAddressee(name) && !refers.contains { name.hasPrefix($0) } && seen.insert(AgencyBook.plain(name)).inserted
        }.map { place($0, in: reading) }
    }

    /// True for a name; what pages put around a letter (© …, 瀏覽人次：1,024) is none.
    private static func isAddressee(_ name: String) -> Bool {
        guard !["無", "副本", "（不得複製）", "(不得複製)"].contains(name), name.count <= 60 else { return false }
        guard !name.contains(where: { "©：:|".contains($0) }) else { return false }
        return name.unicodeScalars.count { $0.properties.isAlphabetic } >= 2
    }

    static func names(_ text: String) -> [String] {
        var parts: [String] = [""]
        var depth = 0
        for character in text {
            if "（(".contains(character) { depth += 1 }
            if "）)".contains(character) { depth = max(0, depth - 1) }
            if depth == 0, "、；;，".contains(character) || character.isNewline {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        let names = parts.map(\.trimmingBlanks).filter { !$0.isEmpty }
        // 如正、副本 is one word.
        return names.first == "如正" ? ["如正、副本"] : names
    }

    private static func names(_ value: CitedText) -> [CitedText] {
        let parts = value.text.contains(";") || !value.text.contains(",") ? names(value.text) : [value.text]
        return parts.map { value.with($0) }
    }

    private static func place(_ words: String, in reading: DocumentReading) -> CitedText {
        reading.cited(finding: words)
            ?? CitedText(words, reading.lines.first.map { [reading.citation(cleaned: $0.range)] } ?? [])
    }

    private static func whole(_ reading: DocumentReading) -> Citation {
        reading.citation(0..<reading.document.text.utf8.count)
    }

    // MARK: Date

    private static func date(_ reading: DocumentReading, _ form: Form) -> CitedText? {
        let structure = reading.structure
        if let date = structure.letter?.date, let iso = date.iso {
            return CitedText(String(iso.prefix(10)), [reading.citation(date.words.range)])
        }
        if let start = structure.minutes?.start, let iso = start.iso {
            return CitedText(String(iso.prefix(10)), [reading.citation(start.words.range)])
        }
        if form == .record {
            return (reading.document.date ?? reading.document.facts["date"].flatMap { DateParser.metadata($0)?.iso })
                .map { CitedText($0, [whole(reading)]) }
        }
        let labels = ["發文日期", "公告日期", "簽約日", "簽約日期", "訂約日期", "決標日期", "通報日期", "收件日期", "日期", "Date", "Received"]
        if let value = reading.value(labels), let iso = day(value.text) { return value.with(iso) }
        if let date = structure.report?.date, let iso = date.iso {
            return CitedText(String(iso.prefix(10)), [reading.citation(date.words.range)])
        }
        guard form != .contract else { return nil }
        for line in reading.rawLines.prefix(8)
        where line.text.count <= 60 && line.marker == nil && !line.text.contains("期間") {
            let dates = DateParser().expressions(in: line.text).filter { $0.start?.day != nil }
            if let only = dates.first, dates.count == 1, only.bound == nil, only.end == nil, let iso = only.start?.iso {
                return reading.raw(line).with(iso)
            }
        }
        return form == .petition || form == .other
            ? nil : reading.document.date.map { CitedText(String($0.prefix(10)), [whole(reading)]) }
    }

    /// The first day that a text writes, ISO 8601.
    static func day(_ text: String) -> String? {
        if let plain = DateParser.metadata(text.trimmingBlanks), plain.day != nil { return plain.iso }
        if let found = DateParser().expressions(in: text).first(where: { $0.start?.day != nil }) {
            return found.start?.iso
        }
        // 113.10.11 stands on forms.
        let words = String(text.prefix { !$0.isWhitespace }).replacing(".", with: "/")
        return DateParser.metadata(words).flatMap { $0.day == nil ? nil : $0.iso }
    }

    // MARK: Purpose and title

    private static func purpose(_ reading: DocumentReading, _ form: Form) -> CitedText? {
        if let purpose = reading.structure.letter?.purpose { return reading.cited(purpose) }
        switch form {
        case .letter: return reading.value("主旨")
        case .english: return reading.value("Subject", "Re", "RE")
        case .notice: return reading.value("事由", "主旨")
        default: return nil
        }
    }

    private static func title(_ reading: DocumentReading, _ form: Form) -> CitedText? {
        if let title = reading.structure.minutes?.title ?? reading.structure.report?.title {
            return reading.cited(title)
        }
        if form == .record {
            let title = reading.document.title
            return title.isEmpty ? nil : CitedText(title, [whole(reading)])
        }
        guard form != .petition else { return nil }
        // A label, a date of its own line and the menu of a page are no title.
        for line in reading.rawLines.prefix(10) where line.marker == nil && !line.text.contains("|") {
            guard line.text.count <= 80, !line.text.prefix(8).contains(where: { "：:".contains($0) }) else { continue }
            let words = withoutDate(line.text)
            guard words.count >= 4, !isAgencyName(words) else { continue }
            return reading.raw(line).with(words)
        }
        return nil
    }

    /// Without a bracket that holds a date, and without an agency and date behind the title.
    private static func withoutDate(_ line: String) -> String {
        guard DateParser().expressions(in: line).contains(where: { $0.start?.day != nil }) else { return line }
        if let open = line.lastIndex(where: { "（(".contains($0) }), day(String(line[open...])) != nil {
            return String(line[..<open]).trimmingBlanks
        }
        let parts = line.split(whereSeparator: { " \u{3000}\t".contains($0) }).map(String.init)
        return parts.filter { day($0) == nil && !isAgencyName($0) }.joined(separator: "")
    }
}
