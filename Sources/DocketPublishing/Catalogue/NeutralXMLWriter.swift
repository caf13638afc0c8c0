import DocketCore

/// Docket's own XML: an element a value under the name of its field, in the order of `CatalogueField`.
struct NeutralXMLWriter: CatalogueWriter {
    static let namespace = "urn:docket:catalogue:1"

    func opening() -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<catalogue xmlns=\"\(Self.namespace)\" version=\"1\">\n"
    }

    func closing() -> String { "</catalogue>\n" }

    func text(of entry: CatalogueEntry) -> String {
        var xml = XMLText(depth: 1)
        xml.open(
            "entry",
            [
                ("id", entry.id.rawValue), ("level", entry.level.rawValue),
                ("classification", entry.classification.rawValue),
            ])
        if let number = entry.fileNumber {
            xml.element(
                "fileNumber",
                [
                    ("year", number.year), ("classNumber", number.classNumber), ("caseNumber", number.caseNumber),
                    ("volume", number.volume), ("item", number.item),
                ])
        }
        // 密等 stands as the entry states it: the level of the sources has an attribute here.
        for field in entry.fields.keys.sorted() {
            for value in entry.values(field) where !value.isEmpty { xml.element(field.rawValue, [], value) }
        }
        for field in entry.fields.keys.sorted() {
            guard let value = entry.fields[field], value.values.isEmpty, let reason = value.emptyReason else {
                continue
            }
            xml.element("empty", [("field", field.rawValue), ("zh-Hant", reason.zhHant), ("en", reason.en)])
        }
        for subject in entry.subjects {
            xml.element(
                "term",
                [
                    ("kind", subject.kind?.rawValue), ("vocabulary", subject.concept?.vocabulary),
                    ("uri", subject.concept?.uri),
                ], subject.label)
        }
        for note in entry.notes { xml.element("note", [("type", note.type.isEmpty ? nil : note.type)], note.text) }
        xml.close("entry")
        return xml.text
    }
}
