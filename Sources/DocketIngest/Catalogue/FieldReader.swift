import DocketCore

/// Brings what lists and elements say into the normal forms of `CatalogueField`.
struct FieldReader {
    /// How dates are written.
    var dates = DateForm.auto

    /// What a cell or element says.
    enum Outcome: Equatable {
        case values([String])
        case empty
        /// Not of the field's form.
        case bad
    }

    /// The normal form of one value; `isOwn` keeps white space of values that Docket wrote.
    func outcome(_ raw: String, _ field: CatalogueField, isOwn: Bool = false) -> Outcome {
        let text = isOwn ? raw : raw.withoutControls
        guard !text.isEmpty else { return .empty }
        guard let value = normal(text, field) else { return .bad }
        return .values([value])
    }

    private func normal(_ text: String, _ field: CatalogueField) -> String? {
        switch field.form {
        case .text: return text
        case .date: return dates.iso(text)
        case .count: return Self.count(text)
        case .retention: return Self.retention(text)
        case .classification, .access, .disposition: return field.value(ofWords: text)
        case .fileNumber: return FileNumber(text)?.text
        case .agencyCode:
            let code = Self.narrow(text)
            let isCode = (8...10).contains(code.utf8.count) && code.utf8.allSatisfy(Self.isDigitOrCapital)
            return isCode ? code : nil
        }
    }

    private static func isDigitOrCapital(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
    }

    /// Full-width digits and letters made narrow, blanks taken away.
    static func narrow(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            result.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(result)
    }

    private static func digits(_ text: Substring) -> String? {
        !text.isEmpty && text.utf8.count <= 9 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            ? String(text) : nil
    }

    private static func count(_ text: String) -> String? {
        let number = narrow(text).replacing(",", with: "")
        guard let digits = digits(number[...]) else { return nil }
        let trimmed = digits.drop { $0 == "0" }
        return trimmed.isEmpty ? "0" : String(trimmed)
    }

    /// Years; 99 stands for permanent in the lists of deployed systems (DOMAIN.md section 3.2).
    private static func retention(_ text: String) -> String? {
        var words = narrow(text).lowercased()
        if ["永久", "永久保存", "permanent", "99"].contains(words) { return "permanent" }
        for suffix in ["年", "years", "year", "yrs", "y"] where words.hasSuffix(suffix) {
            words.removeLast(suffix.count)
            break
        }
        guard let digits = digits(words[...]), digits.utf8.count <= 3, let years = Int(digits), years > 0 else {
            return nil
        }
        return years == 99 ? "permanent" : String(years)
    }
}

/// One entry as it grows from the cells or elements of a record, with what is wrong with them.
struct EntryDraft {
    let file: String
    let line: Int
    let options: CatalogueImportOptions
    var reader = FieldReader()
    /// True for values that Docket wrote, whose white space counts.
    var isOwn = false
    var id: String?
    var level: CatalogueEntry.Level?
    var fileNumber: FileNumber?
    var subjects: [SubjectTerm] = []
    var notes: [CatalogueNote] = []
    var classification: Classification
    private(set) var fields: [CatalogueField: DescribedField] = [:]
    private(set) var findings: [Finding] = []

    /// Findings that are kept of one record.
    private static let mostFindings = 20
    /// Type of notes that keep what could not be read.
    static let unread = "匯入未辨識"

    init(file: String, line: Int, options: CatalogueImportOptions) {
        self.file = file
        self.line = line
        self.options = options
        classification = options.classification
    }

    mutating func report(_ finding: ImportFinding) {
        guard findings.count < Self.mostFindings else { return }
        findings.append(finding.finding(file: file, line: line))
    }

    /// Adds one value to a field.
    mutating func add(_ raw: String, to field: CatalogueField) {
        if field == .classification { return classify(raw) }
        if field == .extentCount, let (count, unit) = Self.countAndUnit(raw), reader.outcome(raw, field) == .bad {
            append([count], to: .extentCount)
            if fields[.extentUnit] == nil { append([unit], to: .extentUnit) }
            return
        }
        switch reader.outcome(raw, field, isOwn: isOwn) {
        case .empty: return
        case .values(let values): append(values, to: field)
        case .bad:
            report(.badValue(field, words: raw))
            keep(raw, as: field.name.zhHant)
            if fields[field] == nil {
                fields[field] = .empty(
                    LocalizedText(zhHant: "匯入資料之值無法辨識", en: "the imported value is not of a known form"))
                fields[field]?.producer = .imported
            }
        }
    }

    /// Adds values that are in their normal form.
    mutating func append(_ values: [String], to field: CatalogueField) {
        if fields[field]?.emptyReason != nil { fields[field] = nil }
        fields[field, default: DescribedField([], by: .imported)].values += values
    }

    /// Keeps an empty field with its reason.
    mutating func leave(_ field: CatalogueField, empty reason: LocalizedText) {
        guard fields[field] == nil else { return }
        fields[field] = DescribedField([], by: .imported, emptyReason: reason)
    }

    /// Values of a field so far.
    func values(_ field: CatalogueField) -> [String] { fields[field]?.values ?? [] }

    /// Keeps words that no field takes in a note.
    mutating func keep(_ words: String, as name: String) {
        let text = words.withoutControls
        guard !text.isEmpty else { return }
        notes.append(CatalogueNote(type: Self.unread, "\(name)：\(text)"))
    }

    private mutating func classify(_ raw: String) {
        let text = raw.tidied
        guard !text.isEmpty else { return }
        if let level = Classification(rawValue: text) ?? Classification(words: text) {
            if level > .internal { append([level.rawValue], to: .classification) }
            classification = max(classification, level)
        } else if ["無", "否", "n", "no", "-", "0"].contains(text.lowercased()) {
            return
        } else {
            report(.unknownLevel(words: raw))
            append([Classification.restricted.rawValue], to: .classification)
            classification = max(classification, .restricted)
        }
    }

    /// "12頁" as 12 and 頁.
    private static func countAndUnit(_ raw: String) -> (count: String, unit: String)? {
        let text = FieldReader.narrow(raw)
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count)
        guard (1...9).contains(digits.count), !unit.isEmpty, unit.count <= 3, unit.allSatisfy(\.isLetter) else {
            return nil
        }
        let trimmed = digits.drop { $0 == "0" }
        return (trimmed.isEmpty ? "0" : String(trimmed), String(unit))
    }

    mutating func setNumber(_ raw: String) {
        let text = raw.tidied
        guard !text.isEmpty else { return }
        guard let number = FileNumber(text) else {
            report(.badNumber(words: text))
            return keep(text, as: "檔號")
        }
        fileNumber = number
    }

    /// A file number of its parts; a number with a hole is none.
    mutating func setNumber(parts: [CatalogueMapping.Target.NumberPart: String]) {
        let parts = parts.mapValues(FieldReader.narrow).filter { !$0.value.isEmpty }
        guard !parts.isEmpty else { return }
        guard let year = parts[.year], let classNumber = parts[.classNumber], let caseNumber = parts[.caseNumber],
            parts[.volume] != nil || parts[.item] == nil
        else {
            let words = CatalogueMapping.Target.NumberPart.allCases.map { parts[$0] ?? "?" }.joined(separator: "/")
            report(.badNumber(words: words))
            return keep(words, as: "檔號")
        }
        fileNumber = FileNumber(
            year: year, classNumber: classNumber, caseNumber: caseNumber, volume: parts[.volume], item: parts[.item])
    }

    mutating func addSubject(
        _ label: String, kind: Vocabulary.Kind?, vocabulary: String? = nil, uri: String? = nil
    ) {
        let label = isOwn ? label : label.tidied
        guard !label.isEmpty || uri != nil else { return }
        let concept = uri.map { ConceptReference(vocabulary: vocabulary ?? options.vocabulary, uri: $0) }
        subjects.append(SubjectTerm(label, kind: kind, concept: concept, producer: .imported))
    }

    /// The row: the entry, unless its level is unknown.
    func row(text: String? = nil) -> CatalogueRow {
        var draft = self
        if draft.level == nil { draft.level = fileNumber.map { $0.item != nil ? .item : .folder } }
        guard let level = draft.level else {
            draft.report(
                .unusable(
                    LocalizedText(zhHant: "看不出是案件或案卷", en: "it does not say whether it is an item or a folder"),
                    remedy: LocalizedText(
                        zhHant: "請於欄位對照檔指定 level: item 或 folder",
                        en: "state `level: item` or `folder` in the mapping file")))
            return CatalogueRow(line: line, entry: nil, text: text, findings: draft.findings)
        }
        let entry = CatalogueEntry(
            id: id.flatMap(Self.identity) ?? .make(), level: level, fileNumber: fileNumber, fields: fields,
            subjects: subjects, notes: notes, classification: classification, scope: options.scope)
        return CatalogueRow(line: line, entry: entry, text: text, findings: findings)
    }

    /// An identity that can be one: of a sensible length and without control characters.
    private static func identity(_ words: String) -> EntryID? {
        let isPlain = words.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        return isPlain && (1...200).contains(words.utf8.count) ? EntryID(rawValue: words) : nil
    }

    /// True when nothing at all is in it.
    var isBlank: Bool { fields.isEmpty && fileNumber == nil && subjects.isEmpty && notes.isEmpty }
}
