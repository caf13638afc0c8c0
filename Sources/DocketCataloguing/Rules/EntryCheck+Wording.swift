public import DocketCore
internal import DocketText

/// What an entry says and who may read it: CAT-11 to 17, 25, and SEC.
extension EntryCheck {
    // MARK: CAT-11, CAT-12

    func access() -> [Finding] {
        guard let field = entry.fields[.accessRestriction], entry[.accessRestriction] == "open",
            field.producer == .rule || field.producer == .model, !field.state.isDecided
        else { return [] }
        return [
            finding(
                "CAT-11", .error, .accessRestriction, "應用限制由系統建議為「開放」，未經人工審認",
                "the access restriction was proposed as open and nobody has reviewed it",
                remedy: ("請由檔案管理人員審認後再填「開放」", "someone must review it before it says open"))
        ]
    }

    func subjects() -> [Finding] {
        guard let known = context.concepts else { return [] }
        return entry.subjects.filter { $0.state != .rejected && !($0.concept.map { known.contains($0.uri) } ?? false) }
            .map { term in
                let words = isClassified ? "" : "「\(term.label.prefix(50))」"
                let english = isClassified ? "" : " “\(term.label.prefix(50))”"
                return CatalogueRule.finding(
                    "CAT-12", .warning, entry.id, nil, path: entry.fileNumber?.text, "主題項\(words)不在所用詞彙表",
                    "the subject term\(english) is in no scheme in use",
                    remedy: ("請改用詞彙表之詞，或將其列為新詞建議", "use a term of the scheme, or propose it as a new one"))
            }
    }

    // MARK: CAT-13, CAT-14

    func summary() -> [Finding] {
        guard entry.level == .folder, let field = entry.fields[.summary], let text = entry[.summary] else { return [] }
        var found: [Finding] = []
        let length = SummaryLength.length(text)
        let range = SummaryLength.range(for: text)
        if !range.contains(length) {
            let isShort = length < range.lowerBound
            found.append(
                finding(
                    "CAT-13", .warning, .summary,
                    "案情摘要 \(length) 字，\(isShort ? "少於 \(range.lowerBound)" : "逾 \(range.upperBound)") 字",
                    "the summary has \(length) characters, \(isShort ? "fewer than \(range.lowerBound)" : "more than \(range.upperBound)")",
                    remedy: isShort
                        ? (
                            "案卷文件所載有限時得較短；請確認是否尚有可補之事實",
                            "short is right where the items say little; add what they hold beyond it"
                        )
                        : ("請刪去次要事實", "leave out what matters least")))
        }
        guard field.producer == .rule || field.producer == .model, field.state != .edited else { return found }
        for index in field.values.indices where !field.evidence.indices.contains(index) || field.evidence[index].isEmpty
        {
            found.append(
                finding(
                    "CAT-14", .error, .summary, "案情摘要第 \(index + 1) 句未引用來源",
                    "sentence \(index + 1) of the summary rests on nothing",
                    remedy: ("請補上所據文件之處，或刪去該句", "cite the place that it rests on, or delete the sentence")))
        }
        return found
    }

    // MARK: CAT-15, CAT-17, CAT-25

    private static let written: [CatalogueField] = [
        .folderTitle, .parallelTitle, .otherTitle, .subject, .summary, .accessNote,
    ]

    func wording() -> [Finding] { personalData() + punctuation() + titles() }

    private func personalData() -> [Finding] {
        let masker = PersonalDataMasker()
        let severity: Finding.Severity = context.purpose == .export ? .error : .warning
        var found: [Finding] = []
        for field in Self.written {
            guard let text = entry[field] else { continue }
            for kind in Self.kinds(masker, text) { found.append(personal(kind, field, severity, field.name)) }
        }
        for kind in Self.kinds(masker, entry.notes.map(\.text).joined(separator: "\n")) {
            found.append(personal(kind, nil, severity, LocalizedText(zhHant: "附註項", en: "notes")))
        }
        return found
    }

    private static func kinds(_ masker: PersonalDataMasker, _ text: String) -> [PersonalDataMasker.Kind] {
        let kinds = Set(masker.spans(in: text).map(\.kind))
        return PersonalDataMasker.Kind.allCases.filter(kinds.contains)
    }

    private func personal(
        _ kind: PersonalDataMasker.Kind, _ field: CatalogueField?, _ severity: Finding.Severity, _ name: LocalizedText
    ) -> Finding {
        finding(
            "CAT-15", severity, field, "「\(name.zhHant)」含個人資料（\(kind.name.zhHant)）",
            "“\(name.en)” holds personal data (\(kind.name.en))",
            remedy: ("請遮蔽或刪去", "mask it or take it out"))
    }

    private func punctuation() -> [Finding] {
        var texts = Self.written.compactMap { field in entry[field].map { (Optional(field), field.name, $0) } }
        texts += entry.notes.map { (nil, LocalizedText(zhHant: "附註項", en: "notes"), $0.text) }
        return texts.compactMap { field, name, text in
            let marks = ChineseText.halfWidthMarks(in: text)
            guard !marks.isEmpty else { return nil }
            let shown = Set(marks.map(\.mark)).map(String.init).sorted().joined(separator: " ")
            return finding(
                "CAT-17", .warning, field, "「\(name.zhHant)」有半形標點 \(shown)",
                "“\(name.en)” has half-width punctuation: \(shown)",
                remedy: ("標點符號請以全形輸入", "write punctuation in full width"))
        }
    }

    private func titles() -> [Finding] {
        let main = entry.level == .folder ? entry[.folderTitle] : entry[.subject]
        guard let main else { return [] }
        return [CatalogueField.parallelTitle, .otherTitle].filter { field in
            entry[field].map { Folding.key($0) == Folding.key(main) } ?? false
        }.map { field in
            finding(
                "CAT-25", .warning, field, "「\(field.name.zhHant)」與題名相同", "“\(field.name.en)” repeats the title",
                remedy: ("請刪去，或填入另一語文或另一名稱", "empty it, or give the other language or name"))
        }
    }

    // MARK: CAT-16

    /// Fields of a classified item that tell more than number, code name and dates.
    func classified() -> [Finding] {
        guard isClassified, entry.level == .item else { return [] }
        var found: [Finding] = []
        if entry[.attachments] != nil {
            found.append(
                finding(
                    "CAT-16", .error, .attachments, "機密案件載有附件名稱", "a classified item names its attachments",
                    remedy: ("請刪去附件名稱", "take the names out")))
        }
        return found
    }

    // MARK: SEC

    func security() -> [Finding] {
        var found: [Finding] = []
        if entry.classification > context.ceiling {
            found.append(
                finding(
                    "SEC-01", .error, .classification, "密等高於本資料庫上限", "the entry is above the library's ceiling",
                    remedy: ("請移至上限較高之資料庫", "keep it in a library whose ceiling allows it")))
        }
        let isGenerated = entry.fields.values.contains {
            ($0.producer == .rule || $0.producer == .model) && !$0.values.isEmpty
        }
        if isGenerated, entry.engine == nil {
            found.append(
                finding(
                    "SEC-03", .error, nil, "系統產生之內容未載明產生者", "generated fields without the engine that made them",
                    remedy: ("請重新產生著錄建議", "propose the entry again")))
        }
        let sources = entry.sources.compactMap { context.sourceClassifications[$0] }
        if let highest = sources.max(), highest > entry.classification {
            found.append(
                finding(
                    "SEC-04", .error, .classification, "目錄之密等低於其來源文件", "the entry is classified lower than its sources",
                    remedy: ("請提高密等，或先辦理來源文件解密", "raise its level, or declassify the sources first")))
        }
        return found + oldDraft()
    }

    private func oldDraft() -> [Finding] {
        guard (context.status[entry.id] ?? .suggested) == .suggested,
            let today = context.today.flatMap(CalendarDate.init(iso:)),
            let proposed = context.proposedOn[entry.id].flatMap({ CalendarDate(iso: String($0.prefix(10))) }),
            let due = proposed.adding(days: context.draftDays), due < today
        else { return [] }
        return [
            finding(
                "SEC-07", .warning, nil, "著錄建議已逾保留期限（\(context.draftDays) 天）",
                "the proposal is older than drafts are kept (\(context.draftDays) days)",
                remedy: ("請審認採用，或刪除該建議", "take it up, or withdraw it"))
        ]
    }
}

extension PersonalDataMasker.Kind {
    /// Its name for people.
    public var name: LocalizedText {
        switch self {
        case .nationalID: LocalizedText(zhHant: "身分證字號", en: "national identity number")
        case .residentID: LocalizedText(zhHant: "統一證號", en: "resident identity number")
        case .phone: LocalizedText(zhHant: "電話", en: "telephone number")
        case .mobile: LocalizedText(zhHant: "行動電話", en: "mobile number")
        case .address: LocalizedText(zhHant: "地址", en: "address")
        case .email: LocalizedText(zhHant: "電子郵件", en: "e-mail address")
        case .licencePlate: LocalizedText(zhHant: "車牌", en: "licence plate")
        case .bankAccount: LocalizedText(zhHant: "帳號", en: "bank account")
        case .personName: LocalizedText(zhHant: "私人姓名", en: "name of a private person")
        }
    }
}
