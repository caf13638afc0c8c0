import DocketCore

/// A thesaurus as plain text: a term on a line, below it lines that begin with USE, UF, BT, NT, RT or SN.
///
///     採購
///         UF 政府採購
///         BT 行政管理
///         NT 招標
///     路樹
///         USE 行道樹
///
/// The Chinese signs 用, 不用 (or 代), 廣義 (屬), 狹義 (分), 相關 (參) and 範圍註 mean the same; 英文 (or EN) gives the English
/// label. A sign is followed by a blank, a tab or a colon. Terms of one sign may stand on several lines or between
/// semicolons. A term that only has a USE is an alternative label of the term it names.
struct ThesaurusTextReader {
    private var draft: VocabularyDraft
    private var current: String?
    private var uses: [(term: String, preferred: String)] = []
    /// Terms that say more of themselves than what to use instead.
    private var described: Set<String> = []
    private var headings: [String] = []

    private enum Sign {
        case use, usedFor, link(VocabularyDraft.LinkKind), scopeNote, english, ignored
    }

    private static let signs: [String: Sign] = [
        "USE": .use, "用": .use, "UF": .usedFor, "不用": .usedFor, "代": .usedFor,
        "BT": .link(.broader), "廣義": .link(.broader), "廣義詞": .link(.broader), "屬": .link(.broader),
        "NT": .link(.narrower), "狹義": .link(.narrower), "狹義詞": .link(.narrower), "分": .link(.narrower),
        "RT": .link(.related), "相關": .link(.related), "相關詞": .link(.related), "參": .link(.related),
        "SN": .scopeNote, "範圍註": .scopeNote, "註": .scopeNote, "EN": .english, "英文": .english, "TT": .ignored,
        "族首詞": .ignored,
    ]

    init(_ draft: VocabularyDraft) { self.draft = draft }

    /// True when one of the first lines is a sign with a term: what tells such a text from any other.
    static func isThesaurus(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(64 << 10).split(separator: 0x0A).prefix(200).contains {
            let line = String(decoding: $0, as: UTF8.self).trimmedString
            return sign(of: line).map { !$0.value.isEmpty } ?? false || inline(line) != nil
        }
    }

    /// Reads the whole text.
    /// - Throws: `IngestError.malformed` with the line of a sign without term or before any term.
    static func read(
        _ bytes: [UInt8], into draft: VocabularyDraft, progress: (Int) -> Void
    ) throws(IngestError) -> VocabularyDraft {
        var reader = ThesaurusTextReader(draft)
        var (number, start) = (0, 0)
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            number += 1
            if number.isMultiple(of: 10_000) { progress(start) }
            reader.draft.line = number
            let line = String(decoding: bytes[start..<end], as: UTF8.self)
            let words = line.trimmedString
            if !words.isEmpty, !words.hasPrefix("#") {
                let indent = line.unicodeScalars.prefix { $0.properties.isWhitespace }.count
                try reader.take(words, line: number, column: indent + 1)
            }
            start = end + 1
        }
        try reader.finish()
        return reader.draft
    }

    // MARK: - Lines

    private mutating func take(_ line: String, line number: Int, column: Int) throws(IngestError) {
        try draft.spend(64)
        guard let (sign, value) = Self.sign(of: line) else {
            if let (term, preferred) = Self.inline(line) {
                uses.append((term, preferred))
                current = nil
            } else {
                let term = line.tidied
                headings.append(term)
                current = term
            }
            return
        }
        guard let current, !value.isEmpty else {
            throw .malformed(
                file: draft.fileName, format: "thesaurus", place: .init(line: number, column: column),
                problem: value.isEmpty
                    ? LocalizedText(zhHant: "符號之後沒有詞", en: "a sign without a term")
                    : LocalizedText(zhHant: "符號之前沒有詞條", en: "a sign before any term"))
        }
        if case .use = sign {
            for term in Self.terms(value) {
                try draft.spend(64)
                uses.append((current, term))
            }
            return
        }
        if case .ignored = sign { return }
        described.insert(current)
        let position = try concept(current)
        switch sign {
        case .usedFor:
            for term in Self.terms(value) {
                try draft.addLabel(.alternative, term, language: LabelLanguage.of(term), to: position)
            }
        case .link(let kind):
            for term in Self.terms(value) { try draft.addLink(kind, from: position, to: draft.identity(term)) }
        case .scopeNote: try draft.addNote(.scope, value, language: LabelLanguage.of(value), to: position)
        case .english: try draft.addLabel(.preferred, value, language: "en", to: position)
        case .use, .ignored: break
        }
    }

    private mutating func finish() throws(IngestError) {
        let entries = Set(uses.map(\.term)).subtracting(described)
        for heading in headings where !entries.contains(heading) { _ = try concept(heading) }
        for (term, preferred) in uses {
            let position = try concept(preferred)
            try draft.addLabel(.alternative, term, language: LabelLanguage.of(term), to: position)
        }
    }

    /// The concept of a term, which is made with the term as its label when it is new.
    private mutating func concept(_ term: String) throws(IngestError) -> Int32 {
        let position = try draft.position(of: draft.identity(term))
        guard !draft.subjects[Int(position)].isConcept else { return position }
        draft.change(position) { $0.isConcept = true }
        try draft.addLabel(.preferred, term, language: LabelLanguage.of(term), to: position)
        return position
    }

    private static func sign(of line: String) -> (sign: Sign, value: String)? {
        guard let end = line.firstIndex(where: isSeparator) else {
            // English signs are no words; a Chinese one alone on its line may be a term.
            return signs[line].flatMap { line.utf8.first ?? 0 < 0x80 ? ($0, "") : nil }
        }
        guard let sign = signs[String(line[..<end])] else { return nil }
        return (sign, String(line[end...].drop(while: isSeparator)))
    }

    /// A term and what is used instead, on one line.
    private static func inline(_ line: String) -> (term: String, preferred: String)? {
        for mark in [" USE ", "\tUSE ", "\tUSE\t", " 用 ", "\t用\t", "　用　"] {
            let parts = line.split(separator: mark, maxSplits: 1)
            if parts.count == 2 { return (String(parts[0]).tidied, String(parts[1]).tidied) }
        }
        return nil
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace || character == ":" || character == "："
    }

    private static func terms(_ value: String) -> [String] {
        value.split { $0 == ";" || $0 == "；" }.map { String($0).tidied }.filter { !$0.isEmpty }
    }
}
