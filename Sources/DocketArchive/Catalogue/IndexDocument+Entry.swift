import DocketCore

extension IndexDocument {
    /// What a search finds of a catalogue entry: 案由 or 案名 as its title, 案情摘要, subject terms, agencies and numbers.
    ///
    /// Nothing but the file number is indexed of what must not be copied from a classified record: the entry itself has no more.
    init(describing stored: StoredEntry) {
        let entry = stored.entry
        let names = entry.values(.principalSender) + entry.values(.creator) + entry.values(.otherSenders)
        let concerned = entry.values(.recipients) + entry.values(.relatedAgencies)
        var fields: [IndexField] = []
        func add(_ texts: [String]) {
            let text = texts.filter { !$0.isEmpty }.joined(separator: "\n")
            if !text.isEmpty { fields.append(IndexField(.body, text)) }
        }
        add([entry[.summary] ?? ""])
        add(entry.givenSubjects.map(\.label))
        add(
            [.folderTitle, .parallelTitle, .otherTitle, .outgoingNumber, .incomingNumber, .attachments].flatMap {
                $0 == .folderTitle && entry.level == .folder ? [] : entry.values($0)
            } + names + concerned + entry.notes.map(\.text))
        var facts = ["status": stored.status.rawValue, "level": entry.level.rawValue]
        facts["code"] = entry.fileNumber?.text
        facts["source"] = entry.sources.first?.rawValue
        self.init(
            id: entry.id.rawValue, kind: .entry, source: SourceID(rawValue: entry.id.rawValue),
            external: entry.fileNumber?.text, title: entry.title, fields: fields,
            date: (entry[.creationDate] ?? entry[.dateTo] ?? entry[.dateFrom]).flatMap {
                IndexDate($0) == nil ? nil : $0
            },
            agencies: names + concerned.filter { !names.contains($0) }, sourceKind: .record,
            classification: entry.classification, scope: entry.scope, facts: facts)
    }
}
