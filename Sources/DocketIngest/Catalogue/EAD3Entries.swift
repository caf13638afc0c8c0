import DocketCore

/// Reads the components of an EAD3 finding aid: `c` and `c01` to `c12` of the levels file and item, and such an `archdesc`.
///
/// What Docket wrote is told by an identifier of the type `docket:id` and read back whole: each part names its field in
/// `localtype`. Of other finding aids the elements say what they are; what has no field is a note.
enum EAD3Entries {
    static let namespace = "http://ead3.archivists.org/schema/"
    static let identityType = "docket:id"

    static func isRecord(_ name: String) -> Bool {
        name == "c" || name == "archdesc" || name.count == 3 && name.hasPrefix("c") && Int(name.dropFirst()) != nil
    }

    /// Fills a draft with what a component says; false for fonds, series and other levels that are no entry here.
    static func fill(_ element: XMLElement, _ draft: inout EntryDraft) -> Bool {
        switch element.attributes["level"] {
        case "file": draft.level = .folder
        case "item": draft.level = .item
        case nil:
            draft.report(
                .unusable(
                    LocalizedText(zhHant: "<\(element.name)> 沒有 level", en: "<\(element.name)> has no level"),
                    remedy: LocalizedText(
                        zhHant: "請補上 level=\"file\" 或 \"item\"", en: "give it level=\"file\" or \"item\"")))
            return false
        default: return false
        }
        let did = element.child("did")
        draft.isOwn = did?.all("unitid").contains { $0.attributes["localtype"] == identityType } ?? false
        for child in did?.children ?? [] { identify(child, &draft) }
        for child in element.children where child.name != "did" { describe(child, &draft) }
        return true
    }

    private static func text(_ element: XMLElement, _ draft: EntryDraft) -> String {
        draft.isOwn ? element.text : element.words
    }

    private static func named(_ element: XMLElement) -> CatalogueField? {
        (element.attributes["localtype"] ?? element.attributes["label"]).flatMap(CatalogueField.init(rawValue:))
    }

    // MARK: Identification

    private static func identify(_ child: XMLElement, _ draft: inout EntryDraft) {
        let isItem = draft.level == .item
        switch child.name {
        case "unitid":
            switch child.attributes["localtype"] {
            case identityType: draft.id = text(child, draft)
            case let type?:
                guard let field = CatalogueField(rawValue: type) else { return number(child, &draft) }
                draft.add(text(child, draft), to: field)
            case nil: number(child, &draft)
            }
        case "unittitle": draft.add(text(child, draft), to: named(child) ?? (isItem ? .subject : .folderTitle))
        case "unitdatestructured": dates(child, &draft)
        case "unitdate": date(child.attributes["normal"] ?? child.words, &draft)
        case "physdescstructured": extent(child, &draft)
        case "physdesc": draft.add(text(child, draft), to: named(child) ?? .physicalDetail)
        case "origination":
            for name in child.children {
                for part in name.all("part").prefix(1) {
                    draft.add(text(part, draft), to: named(child) ?? (isItem ? .principalSender : .creator))
                }
            }
        case "abstract" where draft.values(.summary).isEmpty: draft.add(text(child, draft), to: .summary)
        case "didnote":
            let note = text(child, draft)
            if !note.isEmpty { draft.notes.append(CatalogueNote(type: child.attributes["localtype"] ?? "", note)) }
        default: other(child, &draft)
        }
    }

    private static func number(_ child: XMLElement, _ draft: inout EntryDraft) {
        if draft.fileNumber == nil { draft.setNumber(child.words) } else { draft.keep(child.words, as: "unitid") }
    }

    private static func dates(_ child: XMLElement, _ draft: inout EntryDraft) {
        func value(_ element: XMLElement) -> String { element.attributes["standarddate"] ?? element.words }
        for single in child.all("datesingle") { date(value(single), &draft) }
        for range in child.all("daterange") {
            let isItem = draft.level == .item
            if let from = range.child("fromdate") { draft.add(value(from), to: isItem ? .creationDate : .dateFrom) }
            if let to = range.child("todate"), !isItem { draft.add(value(to), to: .dateTo) }
        }
    }

    /// A date, or two with a slash between them.
    private static func date(_ text: String, _ draft: inout EntryDraft) {
        guard draft.level == .folder else { return draft.add(text, to: .creationDate) }
        let ends = text.split(separator: "/").map(String.init)
        let isRange = ends.count == 2 && ends.allSatisfy { ($0.first?.isNumber ?? false) && $0.count >= 4 }
        draft.add(isRange ? ends[0] : text, to: .dateFrom)
        draft.add(isRange ? ends[1] : text, to: .dateTo)
    }

    private static func extent(_ child: XMLElement, _ draft: inout EntryDraft) {
        let quantity = child.child("quantity").map { text($0, draft) } ?? ""
        let unit = child.child("unittype").map { text($0, draft) } ?? ""
        if named(child) == .volumeCount { return draft.add(quantity, to: .volumeCount) }
        draft.add(quantity, to: .extentCount)
        draft.add(unit, to: .extentUnit)
    }

    // MARK: Description

    private static func describe(_ child: XMLElement, _ draft: inout EntryDraft) {
        if child.name == "controlaccess" { return subjects(child, &draft) }
        if let field = named(child) {
            for value in paragraphs(child, draft) { draft.add(value, to: field) }
            return
        }
        switch child.name {
        case "scopecontent":
            // Between Latin sentences stands a blank, between Chinese ones nothing.
            let summary = paragraphs(child, draft).reduce("") { text, paragraph in
                text + (text.unicodeScalars.last?.isASCII ?? false ? " " : "") + paragraph
            }
            draft.add(summary, to: .summary)
        case "accessrestrict":
            for value in paragraphs(child, draft) {
                let isKnown = CatalogueField.accessRestriction.value(ofWords: value) != nil
                draft.add(value, to: isKnown ? .accessRestriction : .accessNote)
            }
        case "head", "thead": return
        default: other(child, &draft)
        }
    }

    private static func paragraphs(_ element: XMLElement, _ draft: EntryDraft) -> [String] {
        let paragraphs = element.children.filter { $0.name != "head" }.map { text($0, draft) }
        return paragraphs.filter { !$0.isEmpty }
    }

    private static let kinds: [String: Vocabulary.Kind] = [
        "persname": .person, "corpname": .corporateBody, "famname": .person, "geogname": .place, "genreform": .form,
    ]

    private static func subjects(_ element: XMLElement, _ draft: inout EntryDraft) {
        // Further groups stand inside a group; a deeper nesting than the limit of XML does not come here.
        var groups = [element]
        while let group = groups.popLast() {
            for child in group.children {
                if child.name == "controlaccess" {
                    groups.append(child)
                    continue
                }
                let label = child.all("part").map { text($0, draft) }.joined(separator: " ")
                guard !label.isEmpty || child.attributes["identifier"] != nil else { continue }
                let stated = child.attributes["localtype"].flatMap(Vocabulary.Kind.init(rawValue:))
                draft.addSubject(
                    label, kind: stated ?? kinds[child.name], vocabulary: child.attributes["source"],
                    uri: child.attributes["identifier"])
            }
        }
    }

    private static func other(_ child: XMLElement, _ draft: inout EntryDraft) {
        let words = child.words
        guard !words.isEmpty else { return }
        draft.notes.append(CatalogueNote(type: child.name, words))
    }
}
