import DocketCore

/// Reads the elements 案件 and 案卷 in the variations that have been seen (DOMAIN.md section 3.2).
///
/// Codes (文別, 本別, 媒體型式) are kept as they are, "函類別:1": what they mean is not guessed.
enum ArchivesXMLEntries {
    static let records: Set<String> = ["案件", "案卷"]

    /// Fills a draft with what the element says.
    static func fill(_ element: XMLElement, _ draft: inout EntryDraft) -> Bool {
        draft.level = element.name == "案卷" ? .folder : .item
        draft.id = element.attributes["識別碼"]
        // Only Docket writes identities, and then white space counts.
        draft.isOwn = draft.id != nil
        var parts: [CatalogueMapping.Target.NumberPart: String] = [:]
        for child in element.children {
            if let part = numberParts[child.name] {
                parts[part] = child.words
            } else {
                take(child, &draft)
            }
        }
        draft.setNumber(parts: parts)
        return true
    }

    private static func take(_ child: XMLElement, _ draft: inout EntryDraft) {
        switch child.name {
        case "檔號": draft.setNumber(child.words)
        case "主題項": subject(child, &draft)
        case "附註項": note(child, &draft)
        case "文別", "本別", "媒體型式", "儲存媒體型式":
            guard let field = fields[child.name] else { return }
            for value in coded(child, draft) { draft.add(value, to: field) }
        case "發文字號", "收文字號", "來文字號": documentNumber(child, &draft)
        default:
            guard let field = fields[child.name] else { return unknown(child, &draft) }
            draft.add(field == .summary ? draft.paragraph(child) : draft.words(child), to: field)
        }
    }

    /// Words, codes, or both: "函", "代碼:1", "代碼:1 正本", "函類別:1".
    private static func coded(_ element: XMLElement, _ draft: EntryDraft) -> [String] {
        var values: [String] = []
        // Between elements white space is layout.
        let words = element.children.isEmpty ? draft.words(element) : element.text.tidied
        if let code = element.attributes["代碼"], !code.isEmpty {
            values.append(words.isEmpty ? "代碼:\(code)" : "代碼:\(code) \(words)")
        } else if !words.isEmpty {
            values.append(words)
        }
        for child in element.children {
            let words = draft.words(child)
            if let code = child.attributes["代碼"], !code.isEmpty {
                values.append("\(child.name):\(code)" + (words.isEmpty ? "" : " \(words)"))
            } else if !words.isEmpty {
                values.append(words)
            }
        }
        return values
    }

    /// The whole number stands in 文字; of parts alone no number is made.
    private static func documentNumber(_ child: XMLElement, _ draft: inout EntryDraft) {
        let field: CatalogueField = child.name == "收文字號" ? .incomingNumber : .outgoingNumber
        let whole = child.child("文字").map(draft.words) ?? child.text.tidied
        if !whole.isEmpty {
            draft.add(whole, to: field)
        } else if !child.words.isEmpty {
            draft.report(.badValue(field, words: child.words))
            draft.keep(child.words, as: child.name)
        }
    }

    private static func subject(_ child: XMLElement, _ draft: inout EntryDraft) {
        let kind = (child.attributes["類別"] ?? child.attributes["類型"]).flatMap { Vocabulary.Kind(words: $0) }
        draft.addSubject(
            draft.words(child), kind: kind, vocabulary: child.attributes["詞彙表"], uri: child.attributes["識別碼"])
    }

    private static func note(_ child: XMLElement, _ draft: inout EntryDraft) {
        let type = child.child("類別").map(draft.words) ?? child.attributes["類別"] ?? ""
        let text = child.child("內容").map(draft.paragraph) ?? child.text.withoutControls
        if !text.isEmpty { draft.notes.append(CatalogueNote(type: type, text)) }
    }

    /// An element that no field stands for is a note under its name.
    private static func unknown(_ child: XMLElement, _ draft: inout EntryDraft) {
        let words = child.words
        guard !words.isEmpty else { return }
        // 主要來文者 is the sender where the agency did not send the document itself.
        if child.name == "主要來文者", draft.values(.principalSender).isEmpty {
            return draft.add(words, to: .principalSender)
        }
        if !notes.contains(child.name) { draft.report(.unmapped(child.name)) }
        draft.notes.append(CatalogueNote(type: child.name, words))
    }

    /// Elements that are known and have no field.
    private static let notes: Set<String> = ["主要來文者", "次要來文者", "文件類別", "電子媒體編號", "其他編號"]

    static let numberParts: [String: CatalogueMapping.Target.NumberPart] = [
        "年度號": .year, "分類號": .classNumber, "案次號": .caseNumber, "卷次號": .volume, "目次號": .item,
    ]

    /// Fields by element.
    static let fields: [String: CatalogueField] = {
        var fields = Dictionary(uniqueKeysWithValues: CatalogueField.allCases.map { ($0.name.zhHant, $0) })
        let others: [String: CatalogueField] = [
            "並列案由": .parallelTitle, "並列案名": .parallelTitle, "其他案由": .otherTitle, "其他案名": .otherTitle,
            "發文字號": .outgoingNumber, "來文字號": .outgoingNumber, "媒體型式": .storageMedia, "附件": .attachments,
            "產生機關": .creator, "檔案產生日期": .creationDate, "起始日期": .dateFrom, "結束日期": .dateTo, "起日": .dateFrom,
            "迄日": .dateTo, "調整保存年限之原因": .retentionReason, "機密等級": .classification,
            "移轉日期": .transferredOn, "移轉機關": .transferredTo, "移交日期": .transferredOn, "移交機關": .transferredTo,
        ]
        fields.merge(others) { _, other in other }
        return fields
    }()
}

extension EntryDraft {
    /// Words of an element; as they stand where Docket wrote them.
    fileprivate func words(_ element: XMLElement) -> String { isOwn ? element.text : element.words }

    /// Words of an element with their line breaks.
    fileprivate func paragraph(_ element: XMLElement) -> String {
        isOwn ? element.text : element.text.withoutControls
    }
}
