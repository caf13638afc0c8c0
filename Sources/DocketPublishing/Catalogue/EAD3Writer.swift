import DocketCore
import DocketText

/// EAD3 1.1: `control`, then one `archdesc` with a component an entry; items stand in the folder that they follow.
///
/// Each part names its field in `localtype`, so that Docket reads everything back; other readers see titles, dates, extents, creators,
/// access points and conditions where the tag library has them.
struct EAD3Writer: CatalogueWriter {
    private let context: CatalogueExport.Context
    /// The folder whose component is open.
    private var folder: FileNumber?
    private var isOpen = false
    private var count = 0

    init(_ context: CatalogueExport.Context) { self.context = context }

    func opening() -> String {
        var xml = XMLText()
        xml.open("ead", [("xmlns", "http://ead3.archivists.org/schema/")])
        xml.open(
            "control",
            [
                ("langencoding", "iso639-2b"), ("scriptencoding", "iso15924"), ("dateencoding", "iso8601"),
                ("countryencoding", "iso3166-1"),
            ])
        xml.element("recordid", [], recordID)
        xml.open("filedesc")
        xml.open("titlestmt")
        xml.element("titleproper", [], context.title)
        xml.close("titlestmt")
        xml.close("filedesc")
        xml.element("maintenancestatus", [("value", "derived")])
        xml.open("maintenanceagency", [("countrycode", "TW")])
        if let code = context.agencyCode { xml.element("otheragencycode", [], code) }
        xml.element("agencyname", [], context.agency)
        xml.close("maintenanceagency")
        xml.open("languagedeclaration")
        let isChinese = context.language.hasPrefix("zh")
        xml.element("language", [("langcode", isChinese ? "chi" : "eng")])
        xml.element("script", [("scriptcode", isChinese ? "Hant" : "Latn")])
        xml.close("languagedeclaration")
        xml.open("maintenancehistory")
        xml.open("maintenanceevent")
        xml.element("eventtype", [("value", "derived")])
        xml.element("eventdatetime", [("standarddatetime", context.date.iso)], context.date.iso)
        xml.element("agenttype", [("value", "machine")])
        xml.element("agent", [], "Docket")
        xml.close("maintenanceevent")
        xml.close("maintenancehistory")
        xml.close("control")
        xml.open("archdesc", [("level", "collection")])
        xml.open("did")
        xml.element("unittitle", [], context.title)
        xml.open("repository")
        xml.nested("corpname", [], "part", context.agency)
        xml.close("repository")
        xml.close("did")
        xml.open("dsc", [("dsctype", "combined")])
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.text
    }

    /// The agency and the day tell files apart.
    private var recordID: String { (context.agencyCode ?? "docket") + "-" + context.date.iso }

    mutating func closing() -> String {
        var xml = XMLText(depth: isOpen ? 4 : 3)
        if isOpen { xml.close("c") }
        xml.close("dsc")
        xml.close("archdesc")
        xml.close("ead")
        return xml.text
    }

    mutating func text(of entry: CatalogueEntry) -> String {
        let isInside = isOpen && entry.level == .item && entry.fileNumber?.folder == folder
        var text = ""
        if isOpen, !isInside {
            var xml = XMLText(depth: 4)
            xml.close("c")
            text = xml.text
            isOpen = false
        }
        var xml = XMLText(depth: isInside ? 4 : 3)
        xml.open("c", [("level", entry.level == .folder ? "file" : "item")])
        EAD3Component(entry: entry, context: context).write(&xml)
        if entry.level == .folder {
            isOpen = true
            folder = entry.fileNumber?.folder
        } else {
            xml.close("c")
        }
        return text + xml.text
    }
}

/// What one component says.
private struct EAD3Component {
    let entry: CatalogueEntry
    let context: CatalogueExport.Context

    func write(_ xml: inout XMLText) {
        let values = Dictionary(uniqueKeysWithValues: entry.described.map { ($0.field, $0.values) })
        xml.open("did")
        identify(values, &xml)
        xml.close("did")
        if let summary = entry[.summary] { xml.nested("scopecontent", [], "p", summary) }
        for (field, fieldValues) in entry.described {
            guard let element = Self.elements[field], !isDate(field) else { continue }
            xml.open(element, [("localtype", field.rawValue)])
            for value in fieldValues { xml.element("p", [], context.text(field.words(for: value))) }
            xml.close(element)
        }
        subjects(&xml)
    }

    /// True for a date that stands in `did` at this level.
    private func isDate(_ field: CatalogueField) -> Bool {
        entry.level == .item ? field == .creationDate : field == .dateFrom || field == .dateTo
    }

    private var title: CatalogueField { entry.level == .item ? .subject : .folderTitle }
    private var creator: CatalogueField { entry.level == .item ? .principalSender : .creator }

    private func identify(_ values: [CatalogueField: [String]], _ xml: inout XMLText) {
        if let number = entry.fileNumber { xml.element("unitid", [], number.text) }
        xml.element("unitid", [("localtype", "docket:id")], entry.id.rawValue)
        for field in [CatalogueField.outgoingNumber, .incomingNumber] {
            for value in values[field] ?? [] { xml.element("unitid", [("localtype", field.rawValue)], value) }
        }
        for field in [title] + [.subject, .folderTitle].filter({ $0 != title }) + [.parallelTitle, .otherTitle] {
            for value in values[field] ?? [] {
                xml.element("unittitle", [("localtype", field == title ? nil : field.rawValue)], value)
            }
        }
        dates(values, &xml)
        extents(values, &xml)
        for field in [creator] + [.principalSender, .creator].filter({ $0 != creator }) {
            for value in values[field] ?? [] {
                xml.open("origination", [("localtype", field.rawValue)])
                xml.nested("corpname", [], "part", value)
                xml.close("origination")
            }
        }
        for value in values[.physicalDetail] ?? [] {
            xml.element("physdesc", [("localtype", CatalogueField.physicalDetail.rawValue)], value)
        }
        for note in entry.notes {
            xml.element("didnote", [("localtype", note.type.isEmpty ? nil : note.type)], note.text)
        }
    }

    /// A folder has a range, an item a day; where an entry has what the other level has, it stands in `odd`.
    private func dates(_ values: [CatalogueField: [String]], _ xml: inout XMLText) {
        switch entry.level {
        case .item:
            for value in values[.creationDate] ?? [] {
                xml.open("unitdatestructured")
                xml.element("datesingle", [("standarddate", value)], value)
                xml.close("unitdatestructured")
            }
        case .folder:
            guard values[.dateFrom] != nil || values[.dateTo] != nil else { return }
            xml.open("unitdatestructured")
            xml.open("daterange")
            if let from = values[.dateFrom]?.first { xml.element("fromdate", [("standarddate", from)], from) }
            if let to = values[.dateTo]?.first { xml.element("todate", [("standarddate", to)], to) }
            xml.close("daterange")
            xml.close("unitdatestructured")
        }
    }

    private func extents(_ values: [CatalogueField: [String]], _ xml: inout XMLText) {
        let (counts, units) = (values[.extentCount] ?? [], values[.extentUnit] ?? [])
        for index in 0..<max(counts.count, units.count) {
            extent(
                nil, counts.indices.contains(index) ? counts[index] : "",
                units.indices.contains(index) ? units[index] : "", &xml)
        }
        for count in values[.volumeCount] ?? [] {
            extent(.volumeCount, count, context.text(.init(zhHant: "卷", en: "volumes")), &xml)
        }
    }

    private func extent(_ field: CatalogueField?, _ count: String, _ unit: String, _ xml: inout XMLText) {
        xml.open(
            "physdescstructured",
            [("coverage", "whole"), ("physdescstructuredtype", "spaceoccupied"), ("label", field?.rawValue)])
        xml.element("quantity", [], count)
        xml.element("unittype", [], unit)
        xml.close("physdescstructured")
    }

    private func subjects(_ xml: inout XMLText) {
        guard !entry.subjects.isEmpty else { return }
        xml.open("controlaccess")
        for subject in entry.subjects {
            let name = subject.kind.flatMap { Self.accessPoints[$0] } ?? "subject"
            let isPlain = subject.kind == nil || Self.accessPoints[subject.kind ?? .topic] != nil
            xml.nested(
                name,
                [
                    ("localtype", isPlain ? nil : subject.kind?.rawValue), ("source", subject.concept?.vocabulary),
                    ("identifier", subject.concept?.uri),
                ], "part", subject.label)
        }
        xml.close("controlaccess")
    }

    private static let accessPoints: [Vocabulary.Kind: String] = [
        .person: "persname", .corporateBody: "corpname", .place: "geogname", .form: "genreform",
    ]

    /// Fields that stand outside `did`, with the element that the crosswalk gives them; `odd` where it gives none.
    private static let elements: [CatalogueField: String] = {
        let inside: Set<CatalogueField> = [
            .folderTitle, .subject, .parallelTitle, .otherTitle, .outgoingNumber, .incomingNumber, .extentCount,
            .extentUnit, .volumeCount, .principalSender, .creator, .physicalDetail, .summary,
        ]
        var elements: [CatalogueField: String] = [:]
        for field in CatalogueField.allCases where !inside.contains(field) {
            elements[field] =
                switch field {
                case .accessRestriction, .classification, .declassification, .declassifiedOn, .publicationRestriction,
                    .accessNote:
                    "accessrestrict"
                case .retention, .originalRetention, .retentionReason, .disposition, .scheduleItemCode, .destroyedOn,
                    .destructionApproval:
                    "appraisal"
                case .relatedItems, .relatedFolders: "relatedmaterial"
                case .cataloguedBy, .cataloguedOn: "processinfo"
                case .transferredOn, .transferredTo: "custodhist"
                case .storageMedia: "phystech"
                default: "odd"
                }
        }
        return elements
    }()
}
