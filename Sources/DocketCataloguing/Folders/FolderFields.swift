internal import DocketCore
internal import DocketText

/// The fields of a folder as its items give them, but for the abstract.
struct FolderFields: Sendable {
    let items: [CatalogueEntry]
    let number: FileNumber
    let book: AgencyBook

    init(_ items: [CatalogueEntry], number: FileNumber, book: AgencyBook) {
        self.items = items
        self.number = number
        self.book = book
    }

    /// Every field of a folder but the abstract, filled or empty with its reason.
    func all() -> [(CatalogueField, DescribedField)] {
        let level = items.map(\.classification).max() ?? .internal
        let creator = creator()
        let title = FolderTitle.title(of: items)
        return [
            (.folderTitle, field(title?.title, .tooLittle)),
            (.creator, field(creator, .differing)), (.relatedAgencies, relatedAgencies(creator?.text)),
            (.dateFrom, field(days().first, .unreadDate)), (.dateTo, field(days().last, .unreadDate)),
            (.volumeCount, field(volumes())), (.extentCount, DescribedField(["\(items.count)"], by: .rule)),
            (.extentUnit, DescribedField(["件"], by: .rule)), (.retention, field(retention())),
            (.disposition, .empty(EmptyReason.byCataloguer.text)),
            (
                .classification,
                level >= .restricted ? DescribedField([level.rawValue], by: .rule) : .empty(EmptyReason.notStated.text)
            ),
            (.accessRestriction, DescribedField(["unreviewed"], by: .rule)),
            (
                .publicationRestriction,
                level >= .restricted ? DescribedField(["restricted"], by: .rule) : .empty(EmptyReason.byCataloguer.text)
            ),
            (.agencyCode, field(code(creator), .notInRoster)),
            (.scheduleItemCode, .empty(EmptyReason.byCataloguer.text)),
            (.cataloguedBy, .empty(EmptyReason.byCataloguer.text)),
            (.cataloguedOn, .empty(EmptyReason.byCataloguer.text)),
        ]
    }

    private func field(_ value: CitedText?, _ reason: EmptyReason = .notStated) -> DescribedField {
        guard let value, !value.text.isEmpty else { return .empty(reason.text) }
        return ItemDescriber.filled(value)
    }

    /// A value of an item with its places.
    private func values(_ field: CatalogueField) -> [CitedText] {
        items.flatMap { item in
            let described = item.fields[field]
            return (described?.values ?? []).enumerated().map { index, value in
                let evidence = described?.evidence ?? []
                return CitedText(value, evidence.indices.contains(index) ? evidence[index] : [])
            }
        }
    }

    // MARK: Agencies

    /// The agency that sent most of the items; of equals none, as a wrong creator is worse than an empty one.
    private func creator() -> CitedText? {
        let senders = values(.principalSender).filter { isAgency($0.text) }
        var counts: [String: Int] = [:]
        for sender in senders { counts[sender.text, default: 0] += 1 }
        guard let most = counts.values.max() else { return nil }
        let best = counts.filter { $0.value == most }.map(\.key)
        guard best.count == 1, let name = best.first else { return nil }
        return senders.first { $0.text == name }
    }

    private func relatedAgencies(_ creator: String?) -> DescribedField {
        var seen: Set<String> = creator.map { [$0] } ?? []
        let all = values(.principalSender) + values(.otherSenders) + values(.recipients)
        let others = all.filter { isAgency($0.text) && !$0.text.contains("各") && seen.insert($0.text).inserted }
        guard !others.isEmpty else { return .empty(EmptyReason.notStated.text) }
        return DescribedField(others.map(\.text), by: .rule, evidence: others.map(\.citations))
    }

    private func isAgency(_ name: String) -> Bool {
        guard !name.contains("◯") else { return false }
        return book.agency(name) != nil
            || MentionFinder().mentions(in: name).contains { $0.kind == .agency && $0.range.count == name.utf8.count }
    }

    private func code(_ creator: CitedText?) -> CitedText? {
        creator.flatMap { name in book.code(name.text, on: days().last?.text).map { name.with($0) } }
    }

    // MARK: Dates, volumes, retention

    private func days() -> [CitedText] { values(.creationDate).sorted { $0.text < $1.text } }

    /// Volumes that the items' numbers name.
    private func volumes() -> CitedText? {
        let names = Set(items.compactMap(\.fileNumber?.volume))
        return names.isEmpty ? nil : CitedText("\(names.count)", [])
    }

    /// The longest period of the items.
    private func retention() -> CitedText? {
        values(.retention).max { (RetentionPeriod.years($0.text) ?? 0) < (RetentionPeriod.years($1.text) ?? 0) }
    }

    // MARK: Findings

    func findings(_ entry: EntryID) -> [Finding] {
        var findings: [Finding] = []
        let periods = Set(values(.retention).map(\.text)).sorted {
            (RetentionPeriod.years($0) ?? 0) < (RetentionPeriod.years($1) ?? 0)
        }
        if periods.count > 1 { findings.append(CatalogueRule.differingRetention(periods, entry)) }
        let classified = items.count { $0.classification >= .restricted }
        if classified > 0 { findings.append(CatalogueRule.classifiedLeftOut(classified, of: items.count, entry)) }
        return findings
    }
}
