import DocketCore

/// Vocabularies as tables: Annif's list of IRI and label separated by tabs, and CSV with a head.
///
/// Columns of the head, in any order: `uri` (or `id`), `prefLabel`, `altLabel`, `hiddenLabel`, each also with a language
/// behind `@` or `_` (`prefLabel@en`, `label_fi`), `broader`, `narrower`, `related`, `replacedBy`, `status`, `type`,
/// `notation`, `scopeNote`, `definition`, `note`; the Chinese headings below mean the same, other columns nothing. Several
/// values of a cell stand between `;`, `；` or `|`. A link is an IRI, a `uri` of the file, or a preferred label.
struct VocabularyTableReader {
    private var draft: VocabularyDraft

    init(_ draft: VocabularyDraft) { self.draft = draft }

    // MARK: - Annif's list

    /// Reads lines of IRI in angle brackets or bare, tab, label, and possibly tab and notation.
    /// - Throws: `IngestError.malformed` with the line that has no tab or no label.
    static func list(
        _ bytes: [UInt8], into draft: VocabularyDraft, progress: (Int) -> Void
    ) throws(IngestError) -> VocabularyDraft {
        var reader = VocabularyTableReader(draft)
        var (line, start) = (0, 0)
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            line += 1
            reader.draft.line = line
            if line.isMultiple(of: 10_000) { progress(start) }
            try reader.entry(bytes[start..<end], line: line)
            start = end + 1
        }
        return reader.draft
    }

    private mutating func entry(_ bytes: ArraySlice<UInt8>, line: Int) throws(IngestError) {
        let cells = bytes.split(separator: 0x09, maxSplits: 3, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self).trimmedString
        }
        guard cells.contains(where: { !$0.isEmpty }) else { return }
        guard cells.count >= 2, !cells[0].isEmpty, !cells[1].isEmpty else {
            throw malformed(line, "TSV", "應為識別碼、定位字元、標目", "a line is an IRI, a tab and a label")
        }
        let uri =
            cells[0].hasPrefix("<") && cells[0].hasSuffix(">") ? String(cells[0].dropFirst().dropLast()) : cells[0]
        let position = try draft.position(of: draft.identity(uri))
        draft.change(position) {
            $0.isConcept = true
            if cells.count > 2, !cells[2].isEmpty { $0.notation = $0.notation ?? cells[2].tidied }
        }
        try draft.addLabel(.preferred, cells[1], language: LabelLanguage.of(cells[1]), to: position)
    }

    private func malformed(_ line: Int, _ format: String, _ zhHant: String, _ en: String) -> IngestError {
        .malformed(
            file: draft.fileName, format: format, place: .init(line: line),
            problem: LocalizedText(zhHant: zhHant, en: en))
    }

    // MARK: - CSV

    /// What a column holds.
    enum Column: Equatable {
        case uri, label(Vocabulary.LabelKind, language: String?), link(VocabularyDraft.LinkKind),
            note(Vocabulary.NoteKind), notation, status, type, other

        private static let words: [String: Column] = [
            "uri": .uri, "id": .uri, "identifier": .uri, "編號": .uri, "識別碼": .uri,
            "preflabel": .label(.preferred, language: nil), "label": .label(.preferred, language: nil),
            "主題詞": .label(.preferred, language: nil), "優先詞": .label(.preferred, language: nil),
            "用詞": .label(.preferred, language: nil), "詞": .label(.preferred, language: nil),
            "英文": .label(.preferred, language: "en"), "英文詞": .label(.preferred, language: "en"),
            "altlabel": .label(.alternative, language: nil), "別名": .label(.alternative, language: nil),
            "同義詞": .label(.alternative, language: nil), "不用": .label(.alternative, language: nil),
            "不用詞": .label(.alternative, language: nil), "異名": .label(.alternative, language: nil),
            "簡稱": .label(.alternative, language: nil), "hiddenlabel": .label(.hidden, language: nil),
            "broader": .link(.broader), "廣義": .link(.broader), "廣義詞": .link(.broader), "上位詞": .link(.broader),
            "narrower": .link(.narrower), "狹義": .link(.narrower), "狹義詞": .link(.narrower),
            "下位詞": .link(.narrower), "related": .link(.related), "相關": .link(.related), "相關詞": .link(.related),
            "replacedby": .link(.replacement), "取代": .link(.replacement), "改用": .link(.replacement),
            "scopenote": .note(.scope), "範圍註": .note(.scope), "definition": .note(.definition),
            "定義": .note(.definition), "note": .note(.general), "附註": .note(.general), "註": .note(.general),
            "notation": .notation, "分類號": .notation, "代碼": .notation, "status": .status, "狀態": .status,
            "type": .type, "類型": .type,
        ]

        /// The meaning of a heading, whatever its case; `prefLabel@en` and `label_en` name a language.
        init(_ heading: String) {
            let words = heading.trimmedString
            if let known = Self.words[words.lowercased()] {
                self = known
                return
            }
            guard let mark = words.firstIndex(where: { $0 == "@" || $0 == "_" }),
                case .label(let kind, _) = Self.words[words[..<mark].lowercased()]
            else {
                self = .other
                return
            }
            let tag = words[words.index(after: mark)...].replacing("_", with: "-")
            self = .label(kind, language: String(tag.prefix(35)))
        }
    }

    /// True for a head that names labels: the sign of such a table.
    static func isHead(_ cells: [String]) -> Bool {
        cells.contains {
            if case .label(.preferred, _) = Column($0) { true } else { false }
        }
    }

    /// Reads a table with a head.
    /// - Throws: `IngestError.malformed` with the line of a row that has neither identity nor label.
    static func table(
        _ bytes: [UInt8], delimiter: UInt8, into draft: VocabularyDraft, limits: ReaderLimits, progress: (Int) -> Void
    ) throws(IngestError) -> VocabularyDraft {
        var reader = VocabularyTableReader(draft)
        var text = DelimitedText(bytes, delimiter: delimiter, mostFields: limits.tableCells + 1)
        guard let head = text.next() else { return draft }
        guard head.fields.count <= limits.tableCells else {
            throw .limitExceeded(
                file: draft.fileName, limit: .tableCells, value: limits.tableCells, place: .init(line: 1))
        }
        let columns = head.fields.map(Column.init)
        var links: [(from: Int32, kind: VocabularyDraft.LinkKind, to: String)] = []
        var byLabel: [String: Int32] = [:]
        while let row = text.next() {
            reader.draft.line = row.line
            if row.line.isMultiple(of: 10_000) { progress(row.offset) }
            let cells = zip(columns, row.fields).filter { !$0.1.isEmpty }
            guard !cells.isEmpty else { continue }
            let position = try reader.concept(cells, line: row.line)
            for (column, cell) in cells {
                switch column {
                case .label(.preferred, _):
                    try reader.draft.spend(64)
                    byLabel[cell.tidied] = byLabel[cell.tidied] ?? position
                case .link(let kind):
                    for value in Self.values(of: cell) {
                        try reader.draft.spend(64)
                        links.append((position, kind, value))
                    }
                default: break
                }
            }
        }
        for link in links {
            if let target = byLabel[link.to.tidied] {
                try reader.draft.addLink(link.kind, from: link.from, to: reader.draft.subjects[Int(target)].uri)
            } else {
                try reader.draft.addLink(link.kind, from: link.from, to: reader.draft.identity(link.to))
            }
        }
        return reader.draft
    }

    private mutating func concept(_ cells: [(Column, String)], line: Int) throws(IngestError) -> Int32 {
        let label = cells.first { if case .label(.preferred, _) = $0.0 { true } else { false } }?.1
        guard let identity = cells.first(where: { $0.0 == .uri })?.1 ?? label else {
            throw malformed(line, "CSV", "此列既無識別碼也無優先詞", "a row has neither an identifier nor a preferred label")
        }
        let position = try draft.position(of: draft.identity(identity))
        draft.change(position) { $0.isConcept = true }
        for (column, cell) in cells {
            switch column {
            case .label(let kind, let language):
                // A preferred label may hold any character; only the others come in lists.
                for text in kind == .preferred ? [cell] : Self.values(of: cell) {
                    try draft.addLabel(kind, text, language: language ?? LabelLanguage.of(text), to: position)
                }
            case .note(let kind): try draft.addNote(kind, cell, language: LabelLanguage.of(cell), to: position)
            case .notation: draft.change(position) { $0.notation = cell.tidied }
            case .status:
                let isGone = ["deprecated", "withdrawn", "obsolete", "停用", "廢止"].contains(cell.lowercased())
                draft.change(position) { $0.isDeprecated = isGone }
            case .type: draft.change(position) { $0.kind = Self.kind(cell) }
            case .uri, .link, .other: break
            }
        }
        return position
    }

    private static func values(of cell: String) -> [String] {
        cell.split { $0 == ";" || $0 == "；" || $0 == "|" }.map(\.trimmedString).filter { !$0.isEmpty }
    }

    /// The kind of thing that a cell names, in English, Chinese or as an IRI.
    static func kind(_ cell: String) -> Vocabulary.Kind? {
        let words: [String: Vocabulary.Kind] = [
            "人名": .person, "人物": .person, "機關": .corporateBody, "團體": .corporateBody, "團體名稱": .corporateBody,
            "地名": .place, "地點": .place, "事件": .event, "主題": .topic, "時間": .time, "年代": .time, "形式": .form,
            "文件類型": .form, "corporatebody": .corporateBody,
        ]
        return Vocabulary.Kind(rawValue: cell) ?? words[cell.lowercased()]
            ?? Vocabulary.Kind(rawValue: cell.lowercased()) ?? SKOSCollector.kinds[cell]
    }
}

extension StringProtocol {
    /// Without white space at its ends.
    fileprivate var trimmedString: String { String(self).trimmedString }
}
