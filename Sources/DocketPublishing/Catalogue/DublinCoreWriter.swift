import DocketCore

/// Dublin Core: what of an entry has a term there (DOMAIN.md section 3.4); it is not read back.
struct DublinCoreWriter: CatalogueWriter {
    private let context: CatalogueExport.Context

    init(_ context: CatalogueExport.Context) { self.context = context }

    /// Term by field; a field without one is lost.
    static let crosswalk: [CatalogueField: String] = [
        .folderTitle: "dc:title", .subject: "dc:title", .parallelTitle: "dcterms:alternative",
        .otherTitle: "dcterms:alternative", .creationDate: "dcterms:created", .dateFrom: "dcterms:created",
        .dateTo: "dcterms:created", .extentCount: "dcterms:extent", .extentUnit: "dcterms:extent",
        .volumeCount: "dcterms:extent", .creator: "dc:creator", .principalSender: "dc:creator",
        .otherSenders: "dc:contributor", .relatedAgencies: "dc:contributor", .recipients: "dcterms:audience",
        .summary: "dcterms:abstract", .accessRestriction: "dcterms:accessRights",
        .classification: "dcterms:accessRights", .relatedItems: "dcterms:relation",
        .relatedFolders: "dcterms:relation", .documentKind: "dc:type", .storageMedia: "dcterms:medium",
        .outgoingNumber: "dc:identifier", .incomingNumber: "dc:identifier",
    ]

    func opening() -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <records xmlns="urn:docket:dublin-core:1" xmlns:dc="http://purl.org/dc/elements/1.1/" \
        xmlns:dcterms="http://purl.org/dc/terms/">

        """
    }

    func closing() -> String { "</records>\n" }

    func text(of entry: CatalogueEntry) -> String {
        var xml = XMLText(depth: 1)
        xml.open("record")
        if let number = entry.fileNumber { xml.element("dc:identifier", [], number.text) }
        let described = entry.described
        let values = Dictionary(uniqueKeysWithValues: described.map { ($0.field, $0.values) })
        for (field, fieldValues) in described {
            guard let term = Self.crosswalk[field] else { continue }
            switch field {
            case .summary: xml.element(term, [], entry[.summary] ?? "")
            case .extentCount, .extentUnit:
                guard field == .extentCount || values[.extentCount] == nil else { continue }
                let units = values[.extentUnit] ?? []
                for (index, count) in fieldValues.enumerated() where field == .extentCount {
                    xml.element(term, [], count + (units.indices.contains(index) ? units[index] : ""))
                }
            case .volumeCount:
                for count in fieldValues {
                    xml.element(term, [], count + context.text(.init(zhHant: "卷", en: " volumes")))
                }
            case .dateFrom, .dateTo:
                // A range is one value, with an open end where one date is missing (ISO 8601).
                guard field == .dateFrom || values[.dateFrom] == nil else { continue }
                xml.element(term, [], (values[.dateFrom]?.first ?? "..") + "/" + (values[.dateTo]?.first ?? ".."))
            case .folderTitle where entry.level == .item && values[.subject] != nil:
                for value in fieldValues { xml.element("dcterms:isPartOf", [], value) }
            default:
                for value in fieldValues { xml.element(term, [], context.text(field.words(for: value))) }
            }
        }
        for subject in entry.subjects {
            let term =
                switch subject.kind {
                case .place: "dcterms:spatial"
                case .time: "dcterms:temporal"
                case .form: "dc:type"
                default: "dc:subject"
                }
            xml.element(term, [], subject.label.isEmpty ? subject.concept?.uri ?? "" : subject.label)
        }
        for note in entry.notes { xml.element("dc:description", [], note.text) }
        xml.element(
            "dc:type", [],
            context.text(entry.level == .item ? .init(zhHant: "案件", en: "item") : .init(zhHant: "案卷", en: "file")))
        xml.close("record")
        return xml.text
    }
}
