public import DocketCore
internal import DocketText

/// Describes documents as items (案件): proposes what each field of the entry says, with the words it rests on.
///
/// Everything is read by rule from the document; what it does not say stays empty with a reason. Dates, numbers and names are never
/// guessed: an agency's code is given only for one exact name, the access restriction is always "unreviewed" (CAT-11). Of a classified
/// document only number, code name and dates are given (CAT-16). Time is linear in the length of the document, of which at most
/// 400,000 bytes are looked at.
public struct ItemDescriber: Sendable {
    /// Agencies known to the library.
    public let roster: Roster
    private let book: AgencyBook

    /// A describer that knows `roster`.
    public init(roster: Roster = Roster()) {
        self.roster = roster
        book = AgencyBook(roster)
    }

    /// Who made the proposals: rules of this version.
    public static let engine = EngineIdentity(name: "catalogue-rules", version: "1")

    /// The entry of one document.
    public func entry(for source: DescribedSource) -> CatalogueEntry { entry(ItemReading(source, book: book)) }

    /// The entries of a batch, in its order.
    ///
    /// A petition that gives no subject of its own takes the matter that a reply in the batch names, when both bear one case number.
    public func entries(for batch: [DescribedSource]) -> [CatalogueEntry] {
        let readings = batch.map { ItemReading($0, book: book) }
        var entries = readings.map(entry)
        let matters = PetitionMatters(readings)
        for (index, reading) in readings.enumerated() where reading.form == .petition && !reading.isClassified {
            if let matter = matters.matter(of: reading) { entries[index].fields[.subject] = Self.filled(matter) }
        }
        return entries
    }

    func entry(_ item: ItemReading) -> CatalogueEntry {
        let document = item.document
        var entry = CatalogueEntry(
            level: .item, fileNumber: fileNumber(item)?.number, sources: [document.id],
            classification: document.classification, scope: document.scope, engine: Self.engine)
        let fields = ItemFields(item)
        for (field, value) in fields.all() { entry.fields[field] = value }
        if let notes = fields.notes() { entry.notes = notes }
        if item.isClassified { withhold(&entry, item) }
        return entry
    }

    private func fileNumber(_ item: ItemReading) -> (number: FileNumber, place: CitedText)? {
        ItemFields(item).fileNumber()
    }

    /// A field with one value.
    static func filled(_ value: CitedText, by producer: DescribedField.Producer = .rule) -> DescribedField {
        DescribedField([value.text], by: producer, evidence: [value.citations])
    }

    // MARK: Classified items

    /// What a classified item may say.
    private static let allowed: Set<CatalogueField> = [
        .classification, .declassification, .declassifiedOn, .creationDate, .outgoingNumber, .incomingNumber,
        .retention,
        .accessRestriction, .publicationRestriction, .filedOn, .cataloguedBy, .cataloguedOn,
    ]

    /// 密不錄由: what a classified item says in place of its subject.
    public static let withheldSubject = "密不錄由"

    private func withhold(_ entry: inout CatalogueEntry, _ item: ItemReading) {
        for field in entry.fields.keys where !Self.allowed.contains(field) {
            entry.fields[field] = .empty(EmptyReason.withheld.text)
        }
        // A list gives a code name as the title of the case; a letter's own words are none.
        if item.form == .record, let name = item.document.passages.first(where: { $0.mark == "title" }) {
            let words = CitedText(
                item.document.text(in: name.range).trimmingBlanks, [item.reading.citation(name.range)])
            entry.fields[.folderTitle] = Self.filled(words, by: .imported)
        }
        entry.fields[.subject] = DescribedField([Self.withheldSubject], by: .rule)
        entry.fields[.publicationRestriction] = DescribedField(["restricted"], by: .rule)
        entry.notes = []
    }
}

/// What replies of a batch say petitions are about, by case number.
struct PetitionMatters {
    private var byNumber: [String: CitedText] = [:]

    init(_ readings: [ItemReading]) {
        for reading in readings where reading.form == .letter {
            guard let purpose = reading.purpose, let number = Self.number(in: reading.document.text),
                var matter = Self.matter(PurposeText(purpose.text))
            else { continue }
            for word in ["臺端等", "台端等", "臺端", "台端", "民眾"] { matter = matter.replacing(word, with: "") }
            if !matter.hasPrefix("陳情") && !matter.hasPrefix("反映") { matter = "陳情" + matter }
            matter = SubjectWriter.bounded(PersonalDataMasker().masked(ChineseText.fullWidth(matter)))
            // Of several letters the one that says most of the matter counts.
            if let known = byNumber[number], known.text.count >= matter.count { continue }
            byNumber[number] = purpose.with(matter)
        }
    }

    /// What a reply answers (臺端陳情…一案), or what a letter takes up (為民眾陳情…一案); nil for any other letter.
    private static func matter(_ purpose: PurposeText) -> String? {
        guard let first = purpose.clauses.first else { return nil }
        if purpose.isReply { return first }
        guard let rest = first.without(prefix: "為民眾") ?? first.without(prefix: "民眾"), rest.hasSuffix("案") else {
            return nil
        }
        return rest
    }

    /// The matter of a petition with its own number, resting on the reply and on the number.
    func matter(of petition: ItemReading) -> CitedText? {
        guard let number = Self.number(in: petition.document.text), let matter = byNumber[number] else { return nil }
        return matter + (petition.reading.cited(finding: number)?.with("") ?? CitedText("", []))
    }

    /// 青陳113-091522: letters or Han characters, a year, a serial.
    static func number(in text: String) -> String? {
        let head = String(text.prefix(4_000))
        guard let label = head.range(after: "案號", from: head.startIndex) else { return nil }
        let rest = head[label.upperBound...].drop { "：: *　".contains($0) }
        let number = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
        // Between Han characters and digits lies the number; what follows without a mark does not belong to it.
        guard number.contains("-"), number.count >= 8, number.count <= 30 else { return nil }
        return String(number)
    }
}
