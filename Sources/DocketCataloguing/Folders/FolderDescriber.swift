public import DocketCore
internal import DocketText

/// Describes folders (案卷): groups items by file number and proposes one entry for each case.
///
/// Items belong together when year, class and case of their file numbers are equal. Dates, extent and agencies are gathered from the items, the
/// retention is the longest of theirs; the abstract is cut from all items in the order of the case and joined by rule, never reworded,
/// with the places that each sentence rests on. Nothing of a classified item is told. What people wrote in the items' fields counts as it is.
public struct FolderDescriber: Sendable {
    private let book: AgencyBook

    /// A describer that knows `roster`.
    public init(roster: Roster = Roster()) { book = AgencyBook(roster) }

    /// A folder with its items and what is to be said of the proposal.
    public struct Folder: Sendable {
        /// The proposed entry.
        public var entry: CatalogueEntry
        /// Its items, by file number and then by date.
        public var items: [CatalogueEntry]
        /// What the describer noticed: differing retention (CAT-27), classified items left out (CAT-28).
        public var findings: [Finding]
    }

    /// The folders of a batch, and the items that no folder takes because they have no file number.
    public struct Grouping: Sendable {
        /// Folders by file number.
        public var folders: [Folder]
        /// Items without a file number, in their order.
        public var unfiled: [CatalogueEntry]
    }

    /// The folders of `items`; `sources` gives the documents that the items describe.
    ///
    /// An item whose document is not among `sources` counts with its fields and tells nothing in the abstract.
    public func folders(of items: [CatalogueEntry], sources: [DescribedSource]) -> Grouping {
        let documents = Dictionary(sources.map { ($0.document.id, $0) }) { first, _ in first }
        var groups: [FileNumber: [CatalogueEntry]] = [:]
        var unfiled: [CatalogueEntry] = []
        for item in items where item.level == .item {
            if let number = item.fileNumber?.folder {
                groups[number, default: []].append(item)
            } else {
                unfiled.append(item)
            }
        }
        let folders = groups.sorted { $0.key < $1.key }.map { folder($0.key, $0.value, documents) }
        return Grouping(folders: folders, unfiled: unfiled)
    }

    private func folder(
        _ number: FileNumber, _ unordered: [CatalogueEntry], _ documents: [SourceID: DescribedSource]
    ) -> Folder {
        let items = unordered.sorted { lhs, rhs in
            let (left, right) = (lhs[.creationDate] ?? "9999", rhs[.creationDate] ?? "9999")
            if left != right { return left < right }
            guard let leftNumber = lhs.fileNumber, let rightNumber = rhs.fileNumber else { return false }
            return leftNumber < rightNumber
        }
        var seen: Set<SourceID> = []
        let scopes = Set(items.flatMap { $0.scope.split(separator: "\n").map(String.init) })
        var entry = CatalogueEntry(
            level: .folder, fileNumber: number, sources: items.flatMap(\.sources).filter { seen.insert($0).inserted },
            classification: items.map(\.classification).max() ?? .internal,
            scope: scopes.sorted().joined(separator: "\n"),
            engine: ItemDescriber.engine)
        let fields = FolderFields(items, number: number, book: book)
        for (field, value) in fields.all() { entry.fields[field] = value }
        entry.fields[.summary] = summary(items, documents)
        let findings = fields.findings(entry.id)
        return Folder(entry: entry, items: items, findings: findings)
    }

    // MARK: Abstract

    private func summary(_ items: [CatalogueEntry], _ documents: [SourceID: DescribedSource]) -> DescribedField {
        guard !items.isEmpty else { return .empty(EmptyReason.noItems.text) }
        let open = items.filter { $0.classification < .restricted }
        guard !open.isEmpty else { return .empty(EmptyReason.onlyClassified.text) }
        var readings: [(CatalogueEntry, ItemReading)] = []
        for item in open {
            for source in item.sources.compactMap({ documents[$0] }) where source.document.classification < .restricted
            {
                readings.append((item, ItemReading(source, book: book)))
            }
        }
        let matters = PetitionMatters(readings.map(\.1))
        let steps = readings.compactMap { item, reading in
            StoryStep(reading, subject: matters.matter(of: reading) ?? Self.subject(item), book: book)
        }
        let sentences =
            SummaryWriter(book: book).sentences(steps) + listed(readings.filter { $0.1.form == .record }.map(\.0))
        guard !sentences.isEmpty else { return .empty(EmptyReason.tooLittle.text) }
        return DescribedField(sentences.map(\.text), by: .rule, evidence: sentences.map(\.citations))
    }

    private static func subject(_ item: CatalogueEntry) -> CitedText? {
        item.fields[.subject].flatMap { field in field.values.first.map { CitedText($0, field.evidence.first ?? []) } }
    }

    /// 案卷內含…、…及…: what a folder of listed rows holds, of which no more is known.
    private func listed(_ items: [CatalogueEntry]) -> [CitedText] {
        let subjects = items.compactMap(Self.subject).map { $0.with(SubjectWriter.trimmed($0.text)) }.filter {
            !$0.text.isEmpty
        }
        guard !subjects.isEmpty else { return [] }
        var sentence = CitedText("案卷內含", [])
        var count = 0
        for subject in subjects
        where ChineseText.length(sentence.text + subject.text) < SummaryLength.chinese.upperBound - 10 {
            sentence = sentence + subject.with((count == 0 ? "" : "、") + subject.text)
            count += 1
        }
        return [sentence.with(PersonalDataMasker().masked(sentence.text) + "。")]
    }
}
