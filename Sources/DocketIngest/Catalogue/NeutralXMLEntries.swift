import DocketCore
import DocketText

/// Reads Docket's own XML, Models/schemas/catalogue-1.rng.
enum NeutralXMLEntries {
    static let namespace = "urn:docket:catalogue:1"

    /// Fills a draft with what an `entry` says.
    static func fill(_ element: XMLElement, _ draft: inout EntryDraft) -> Bool {
        draft.isOwn = true
        draft.id = element.attributes["id"]
        draft.level = element.attributes["level"].flatMap(CatalogueEntry.Level.init(rawValue:))
        if let level = element.attributes["classification"].flatMap(Classification.init(rawValue:)) {
            draft.classification = max(
                level, draft.options.classification > .internal ? draft.options.classification : level)
        }
        for child in element.children { take(child, &draft) }
        return true
    }

    private static func take(_ child: XMLElement, _ draft: inout EntryDraft) {
        switch child.name {
        case "fileNumber":
            let pairs = CatalogueMapping.Target.NumberPart.allCases.compactMap { part in
                child.attributes[part.rawValue].map { (part, $0) }
            }
            draft.setNumber(parts: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
        case "empty":
            guard let field = child.attributes["field"].flatMap(CatalogueField.init(rawValue:)) else { return }
            draft.leave(
                field,
                empty: LocalizedText(
                    zhHant: child.attributes["zh-Hant"] ?? "", en: child.attributes["en"] ?? ""))
        case "term":
            draft.addSubject(
                child.text, kind: child.attributes["kind"].flatMap(Vocabulary.Kind.init(rawValue:)),
                vocabulary: child.attributes["vocabulary"], uri: child.attributes["uri"])
        case "note": draft.notes.append(CatalogueNote(type: child.attributes["type"] ?? "", child.text))
        default: field(child, &draft)
        }
    }

    private static func field(_ child: XMLElement, _ draft: inout EntryDraft) {
        guard let field = CatalogueField(rawValue: child.name) else { return draft.report(.unmapped(child.name)) }
        guard isNormal(child.text, field) else {
            draft.report(.badValue(field, words: child.text))
            return draft.keep(child.text, as: field.name.zhHant)
        }
        draft.append([child.text], to: field)
        if field == .classification, let level = Classification(rawValue: child.text) {
            draft.classification = max(draft.classification, level)
        }
    }

    /// True for a value of the field's normal form.
    static func isNormal(_ value: String, _ field: CatalogueField) -> Bool {
        let isDigits = !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return switch field.form {
        case .text, .fileNumber, .agencyCode: !value.isEmpty
        case .date: CalendarDate(iso: value) != nil
        case .count: isDigits
        case .retention: isDigits || value == "permanent"
        case .classification: Classification(rawValue: value) != nil
        case .access, .disposition: field.value(ofWords: value) == value
        }
    }
}
