internal import DocketCore
internal import DocketText

/// The fields of an item as a document gives them.
struct ItemFields: Sendable {
    let item: ItemReading
    private var reading: DocumentReading { item.reading }
    private var letter: LetterStructure? { reading.structure.letter }
    private let masker = PersonalDataMasker()

    init(_ item: ItemReading) { self.item = item }

    /// Every field of an item, filled or empty with its reason.
    func all() -> [(CatalogueField, DescribedField)] {
        titles() + parties() + numbers() + times() + levels() + matter() + [
            (.cataloguedBy, .empty(EmptyReason.byCataloguer.text)),
            (.cataloguedOn, .empty(EmptyReason.byCataloguer.text)),
        ]
    }

    private var producer: DescribedField.Producer { item.form == .record ? .imported : .rule }

    private func field(_ value: CitedText?, _ reason: EmptyReason = .notStated) -> DescribedField {
        guard let value, !value.text.isEmpty else { return .empty(reason.text) }
        return DescribedField([value.text], by: producer, evidence: [value.citations])
    }

    private func field(_ values: [CitedText], _ reason: EmptyReason = .notStated) -> DescribedField {
        guard !values.isEmpty else { return .empty(reason.text) }
        return DescribedField(values.map(\.text), by: producer, evidence: values.map(\.citations))
    }

    private func labelled(_ names: String...) -> CitedText? { reading.value(names) ?? fact(names) }

    private func fact(_ names: [String]) -> CitedText? {
        names.lazy.compactMap { reading.document.facts[$0] }.first.map { CitedText($0, [whole]) }
    }

    private var whole: Citation { reading.citation(0..<reading.document.text.utf8.count) }

    // MARK: Titles

    private func titles() -> [(CatalogueField, DescribedField)] {
        let subject = SubjectWriter(item).subject()
        return [
            (.folderTitle, field(folderTitle()?.masked(masker), .fromFolder)),
            (.subject, field(subject, .noPurpose)),
            (.parallelTitle, field(labelled("並列案由", "並列案名")?.masked(masker))),
            (.otherTitle, field(labelled("其他案由", "其他案名")?.masked(masker))),
        ]
    }

    private func folderTitle() -> CitedText? {
        if item.form == .record {
            // A list that has both columns has the case as title and the subject as abstract.
            let passages = reading.document.passages
            guard passages.contains(where: { $0.mark == "abstract" }) || item.isClassified else { return nil }
            return passages.first { $0.mark == "title" }.map {
                CitedText(reading.document.text(in: $0.range).trimmingBlanks, [reading.citation($0.range)])
            }
        }
        return labelled("案名", "File title")
    }

    // MARK: Parties

    private func parties() -> [(CatalogueField, DescribedField)] {
        let day = item.date?.text
        let senders = item.senders.map { $0.with(full($0.text, day)) }
        let code = senders.first.flatMap { sender in item.book.code(sender.text, on: day).map { sender.with($0) } }
        return [
            (.principalSender, field(senders.first?.masked(masker))),
            (.otherSenders, field(senders.dropFirst().map { $0.masked(masker) })),
            (.recipients, field(unique(item.recipients.map { $0.with(full($0.text, day)).masked(masker) }))),
            (.agencyCode, field(code, .notInRoster)),
            (.unitCode, field(labelled("單位代碼"))),
        ]
    }

    private func full(_ name: String, _ day: String?) -> String {
        // A row of a list is somebody's description already.
        guard item.form != .record else { return name }
        let name = item.book.fullName(name, on: day)
        let government = item.senders.first.flatMap { item.book.government(of: item.book.fullName($0.text, on: day)) }
        for organ in ["局", "處", "會", "館", "所", "院", "室", "校"] {
            if let rest = name.without(prefix: "本" + organ), let sender = item.senders.first {
                let whole = item.book.fullName(sender.text, on: day) + rest
                return item.book.agency(rest, on: day).flatMap {
                    whole.hasSuffix(rest) && $0.officialName.hasSuffix(rest) ? $0.officialName : nil
                } ?? whole
            }
        }
        if let rest = name.without(prefix: "本市"), let agency = item.book.agency(rest, on: day) {
            return agency.officialName
        }
        guard let government, let rest = name.without(prefix: "本府") else { return name }
        // 本府研考會 is found by its short name, 本府各機關 by nobody.
        return item.book.agency(rest, on: day)?.officialName ?? government + rest
    }

    private func unique(_ values: [CitedText]) -> [CitedText] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0.text).inserted }
    }

    // MARK: Numbers

    private func numbers() -> [(CatalogueField, DescribedField)] {
        let own = letter?.documentNumber.map(reading.cited) ?? labelled("發文字號", "Our ref", "Reference", "標案案號")
        let contract = own ?? (item.form == .contract ? labelled("契約編號", "案號").map(clipped) : nil) ?? contractNumber()
        // A letter may name the case of the petition that it answers; that is no number of its own.
        let petition = item.form == .petition ? labelled("案號", "Case no.") : nil
        let incoming = (petition ?? labelled("收文字號", "來文字號", "收文號", "Your ref")).map(clipped)
        return [
            (.outgoingNumber, field(contract)),
            (.incomingNumber, field(item.form == .record ? fact(["收文字號"]) : incoming)),
            (.relatedItems, field(related())),
        ]
    }

    /// SEC113-008 in the title of a contract.
    private func contractNumber() -> CitedText? {
        guard item.form == .contract else { return nil }
        for line in reading.lines.prefix(4) {
            var rest = line.text[...]
            while let open = rest.firstIndex(where: { "（(".contains($0) }) {
                let inside = rest[rest.index(after: open)...].prefix { !"）)".contains($0) }
                let number = inside.split(whereSeparator: { "：: ".contains($0) }).last.map(String.init) ?? ""
                if number.contains("-"), number.contains(where: \.isNumber), number.first?.isLetter ?? false,
                    number.count >= 5,
                    number.unicodeScalars.allSatisfy({ $0.value < 0x80 })
                {
                    return reading.cited(finding: number)
                }
                rest = rest[open...].dropFirst()
            }
        }
        return nil
    }

    private func clipped(_ value: CitedText) -> CitedText {
        value.with(String(value.text.prefix { !$0.isWhitespace && $0 != "，" && $0 != "。" && $0 != "）" && $0 != ")" }))
    }

    /// The file number: a line or label 檔號, or the code of a row.
    func fileNumber() -> (number: FileNumber, place: CitedText)? {
        let value = reading.value("檔號", "File no.", "File number") ?? fact(["code"])
        guard let value else { return nil }
        let words = value.text.prefix { !$0.isWhitespace && $0 != "，" && $0 != "　" }
        return FileNumber(String(words)).map { ($0, value) }
    }

    /// File numbers that the text names beside its own.
    private func related() -> [CitedText] {
        let own = fileNumber()?.number
        var seen: Set<String> = []
        var found: [CitedText] = []
        for line in reading.lines {
            guard line.text.utf8.count <= 4_000, line.text.contains("/") || line.text.contains("檔號") else { continue }
            for mention in MentionFinder().mentions(in: line.text) where mention.kind == .fileNumber {
                guard let number = FileNumber(mention.words), number != own, seen.insert(number.text).inserted,
                    found.count < 20
                else { continue }
                let start = line.range.lowerBound + mention.range.lowerBound
                found.append(CitedText(number.text, [reading.citation(cleaned: start..<start + mention.range.count)]))
            }
        }
        return found
    }

    // MARK: Times and levels

    private func times() -> [(CatalogueField, DescribedField)] {
        let filed = labelled("歸檔日期", "Filed").flatMap { value in ItemReading.day(value.text).map { value.with($0) } }
        return [(.creationDate, field(item.date, .unreadDate)), (.filedOn, field(filed))]
    }

    private func levels() -> [(CatalogueField, DescribedField)] {
        let level = classification()
        let retention = labelled("保存年限", "Retention").flatMap { value in
            RetentionPeriod.value(value.text).map { value.with($0) }
        }
        return [
            (.classification, field(level?.word)), (.declassification, field(level?.condition)),
            (.declassifiedOn, field(level?.day)),
            (.retention, field(retention)), (.accessRestriction, DescribedField(["unreviewed"], by: .rule)),
            (.publicationRestriction, field(nil, .byCataloguer)), (.storageMedia, field(labelled("媒體型式", "儲存媒體型式"))),
        ]
    }

    /// 密（本件於113年12月31日解密）: the level, its condition, and the day that the condition names.
    private func classification() -> (word: CitedText?, condition: CitedText?, day: CitedText?)? {
        let value = reading.value("密等及解密條件或保密期限", "密等", "機密等級", "Classification") ?? fact(["密等"])
        guard item.document.classification >= .restricted else { return nil }
        let place = value ?? CitedText("", [])
        let word = place.with(item.document.classification.rawValue)
        guard let open = place.text.firstIndex(where: { "（(".contains($0) }) else { return (word, nil, nil) }
        var inside = String(place.text[place.text.index(after: open)...])
        while let last = inside.last, "）)".contains(last) { inside.removeLast() }
        let isRelease = inside.contains("解密")
        let day = ItemReading.day(inside)
        return (word, place.with(inside), isRelease ? day.map { place.with($0) } : nil)
    }

    // MARK: Matter

    private func matter() -> [(CatalogueField, DescribedField)] {
        let attachments =
            (letter?.attachments ?? reading.value("附件", "Enclosure", "Enclosures")?.text).map(ItemReading.names) ?? []
        let cited = attachments.filter { $0 != "無" && $0 != "如文" && $0 != "如主旨" }.map { name in
            (reading.cited(finding: name) ?? CitedText(name, [whole])).with(masker.masked(ChineseText.fullWidth(name)))
        }
        return [
            (.attachments, field(item.form == .contract ? [] : cited)), (.documentKind, field(kind())),
            (.copyKind, field(copyKind())), (.extentCount, field(extent()?.count)),
            (.extentUnit, field(extent()?.unit)),
        ]
    }

    private func kind() -> CitedText? {
        if let kind = letter?.documentKind {
            // A kind set apart by blanks (公　告) is cited where the head stands.
            return reading.cited(finding: kind)
                ?? CitedText(kind, reading.lines.first.map { [reading.citation(cleaned: $0.range)] } ?? [])
        }
        if item.form == .record { return fact(["文別"]) }
        // A memorandum begins with its kind: 簽　於法務局.
        if item.form == .letter,
            let line = reading.rawLines.prefix(6).first(where: { $0.text.hasPrefix("簽") && $0.text.count < 24 })
        {
            return reading.raw(line).with("簽")
        }
        let words: [(ItemReading.Form, [String])] = [
            (.minutes, ["會議紀錄", "會勘紀錄", "紀錄", "Minutes"]), (.report, ["報告", "計畫", "統計", "Report"]),
            (.contract, ["契約", "合約", "Contract"]),
            (.notice, ["公告", "通知"]),
        ]
        let place = item.title ?? reading.lines.first.map(reading.cited)
        guard let place, let names = words.first(where: { $0.0 == item.form })?.1 else { return nil }
        let dense = place.text.filter { !$0.isWhitespace && $0 != "　" }
        return names.first { dense.contains($0) }.map { place.with($0) }
    }

    private func copyKind() -> CitedText? {
        if let value = labelled("本別") { return value }
        return reading.lines.prefix(4).first { $0.text.hasSuffix("（稿）") || $0.text.hasSuffix("(稿)") }.map {
            reading.cited($0).with("稿")
        }
    }

    private func extent() -> (count: CitedText, unit: CitedText)? {
        if item.form == .record, let count = fact(["數量"]), let unit = fact(["單位"]) { return (count, unit) }
        if let value = labelled("頁數"), let count = Int(value.text.prefix { $0.isNumber }), count > 0 {
            return (value.with("\(count)"), value.with("頁"))
        }
        let pages = reading.document.passages.compactMap(\.locator?.page).max()
        return pages.map { (CitedText("\($0)", [whole]), CitedText("頁", [whole])) }
    }

    /// Document numbers that the text answers or rests on, as a note; nil when it names none.
    func notes() -> [CatalogueNote]? {
        guard let letter else { return nil }
        var numbers: [String] = []
        for words in letter.explanation.prefix(3) {
            for mention in MentionFinder().mentions(in: words.text) where mention.kind == .documentNumber {
                if !numbers.contains(mention.words), mention.words != letter.documentNumber?.text {
                    numbers.append(mention.words)
                }
            }
        }
        guard !numbers.isEmpty else { return nil }
        return [CatalogueNote(type: "引據文號", numbers.prefix(8).joined(separator: "；"))]
    }
}

extension CitedText {
    /// With personal data masked.
    func masked(_ masker: PersonalDataMasker) -> CitedText { with(masker.masked(text)) }
}

/// Retention periods in the form of `CatalogueField.retention`.
public enum RetentionPeriod {
    /// The periods of the regulation, longest first.
    public static let legal = ["permanent", "30", "25", "20", "15", "10", "5", "3", "1"]

    /// "10" of 10年, "permanent" of 永久, 永久保存 and 99; digits of any other number; nil when no period stands there.
    public static func value(_ words: String) -> String? {
        let narrow = ChineseText.fullWidth(words).lowercased()
        if narrow.contains("永久") || narrow.contains("permanent") { return "permanent" }
        let digits = String(narrow.drop { !$0.isNumber }.prefix { $0.isNumber && $0.isASCII })
        guard !digits.isEmpty, digits.count <= 3, let years = Int(digits) else { return nil }
        return years == 99 ? "permanent" : String(years)
    }

    /// Years for comparison, permanent being longest; nil for a value that is no period.
    public static func years(_ value: String) -> Int? { value == "permanent" ? Int.max : Int(value) }
}
