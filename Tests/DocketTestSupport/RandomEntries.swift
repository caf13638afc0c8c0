public import DocketCore

extension CatalogueEntry {
    /// An entry with any of its fields, of values in their normal forms, that follows from `seed`; all `.imported` and unclassified.
    ///
    /// Texts hold what makes writers stumble: marks of XML, CSV and spreadsheets, line breaks, blanks at ends, rare and joined characters.
    public static func random(seed: UInt64, level: Level? = nil) -> CatalogueEntry {
        var random = SeededGenerator(seed: seed)
        return random.entry(level)
    }
}

extension SeededGenerator {
    mutating func entry(_ wanted: CatalogueEntry.Level?) -> CatalogueEntry {
        let level = wanted ?? (Bool.random(using: &self) ? .item : .folder)
        var entry = CatalogueEntry(id: EntryID(rawValue: "E\(next() % 1_000_000)"), level: level)
        if Int.random(in: 0..<5, using: &self) > 0 { entry.fileNumber = number(level) }
        for field in CatalogueField.allCases where field.level == nil || field.level == level {
            guard field != .classification, Int.random(in: 0..<3, using: &self) > 0 else { continue }
            let count = field.isList || field == .summary ? Int.random(in: 1...3, using: &self) : 1
            entry.fields[field] = DescribedField((0..<count).map { _ in value(field) }, by: .imported)
        }
        entry.subjects = (0..<Int.random(in: 0...3, using: &self)).map { _ in subject() }
        entry.notes = (0..<Int.random(in: 0...2, using: &self)).map { _ in
            CatalogueNote(type: Bool.random(using: &self) ? "" : ["附件", "來源", "other"][int(3)], text())
        }
        return entry
    }

    private mutating func int(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    private mutating func number(_ level: CatalogueEntry.Level) -> FileNumber {
        let volumes = ["1", "2", "ED01"]
        return FileNumber(
            year: ["110", "0099", "68"][int(3)], classNumber: ["0301", "1551", "A.2"][int(3)],
            caseNumber: "\(int(9) + 1)",
            volume: level == .item ? volumes[int(3)] : nil, item: level == .item ? ["001", "12"][int(2)] : nil)
    }

    private mutating func subject() -> SubjectTerm {
        let kind = int(3) == 0 ? nil : Vocabulary.Kind.allCases[int(Vocabulary.Kind.allCases.count)]
        let concept =
            int(2) == 0
            ? nil : ConceptReference(vocabulary: "administration", uri: "https://example.org/c?a=1&b=\(int(99))")
        return SubjectTerm(text(), kind: kind, concept: concept, producer: .imported)
    }

    private mutating func value(_ field: CatalogueField) -> String {
        switch field.form {
        case .date: return ["2021-10-26", "1905-03-02", "1979-12-31", "2021-10", "1983"][int(5)]
        case .count: return ["1", "12", "30507"][int(3)]
        case .retention: return ["permanent", "30", "10", "1"][int(4)]
        case .access: return ["open", "restricted", "unreviewed"][int(3)]
        case .disposition: return ["nationalArchives", "permanentAtAgency", "appraiseAtExpiry", "destroy"][int(4)]
        case .fileNumber: return number(.item).text
        case .agencyCode: return "301000000A"
        case .classification: return "restricted"
        case .text: return text()
        }
    }

    /// A text that is not empty.
    mutating func text() -> String {
        let parts = [
            "函", "青嵐市政府", "a", " ", "；", ";", ",", "、", "\"", "'", "\\", "<b>", "&amp;", "]]>", "=1+1", "\n", "\t", "|",
            ":",
            "𠮷", "👩‍⚖️", "é", "（", "%", "1", "\u{3000}", "e\u{301}",
        ]
        var text = ""
        for _ in 0...int(8) { text += parts[int(parts.count)] }
        return text
    }
}
