/// What a person says of one part of an entry.
public enum EntryDecision: Sendable, Equatable {
    /// The values of a field are right as they are.
    case accept(CatalogueField)
    /// A field has these values; none leaves it empty for good.
    case edit(CatalogueField, values: [String])
    /// The values of a field are wrong, and nobody says what is right.
    case reject(CatalogueField)
    /// The file number is this; nil takes it away.
    case number(FileNumber?)
    /// A subject term is right; found by the URI of its concept, or by its label where it has none.
    case acceptSubject(String)
    /// A subject term is wrong, and is not suggested again.
    case rejectSubject(String)
    /// A subject term that was not suggested.
    case addSubject(SubjectTerm)
    /// The notes are these.
    case notes([CatalogueNote])
    /// Everything that is still suggested is right.
    case acceptAll
}

/// A decision that does not fit the entry.
public enum EntryDecisionError: ExplainedError, Equatable {
    /// A field of the other level.
    case wrongLevel(CatalogueField)
    /// Nothing stands in the field that could be accepted or rejected.
    case emptyField(CatalogueField)
    /// The entry has no such term.
    case unknownSubject(String)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .wrongLevel(let field):
            LocalizedText(
                zhHant: "欄位「\(field.rawValue)」不屬於此著錄層級；請改用該層級的欄位",
                en: "field \(field.rawValue) is not of this level of description; name one that is")
        case .emptyField(let field):
            LocalizedText(
                zhHant: "欄位「\(field.rawValue)」沒有內容可供採用或駁回；請直接填寫",
                en: "field \(field.rawValue) is empty; write a value instead")
        case .unknownSubject(let name):
            LocalizedText(
                zhHant: "此著錄沒有主題項「\(name)」；請用 docket catalogue show 查看",
                en: "the entry has no subject term \(name); see docket catalogue show")
        }
    }
}

extension CatalogueField {
    /// True for fields that entries of `level` may have.
    public func isOf(_ level: CatalogueEntry.Level) -> Bool { self.level == nil || self.level == level }
}

extension SubjectTerm {
    /// What tells it from other terms of an entry: the URI of its concept, else its label.
    public var key: String { concept?.uri ?? label }
}

extension CatalogueEntry {
    /// Does what a person decided.
    /// - Throws: `EntryDecisionError`; the entry stays as it was then.
    public mutating func apply(_ decision: EntryDecision) throws(EntryDecisionError) {
        switch decision {
        case .accept(let field): try change(field) { $0.state = .accepted }
        case .reject(let field): try change(field) { $0.state = .rejected }
        case .edit(let field, let values):
            guard field.isOf(level) else { throw .wrongLevel(field) }
            let reason = LocalizedText(zhHant: "經人員清空", en: "left empty by a person")
            fields[field] = DescribedField(
                values, by: .human, state: .edited, emptyReason: values.isEmpty ? reason : nil)
        case .number(let number): fileNumber = number
        case .acceptSubject(let key): try change(key, to: .accepted)
        case .rejectSubject(let key): try change(key, to: .rejected)
        case .addSubject(let term):
            subjects.removeAll { $0.key == term.key }
            var added = term
            (added.state, added.producer, added.score) = (.accepted, .human, 1)
            subjects.append(added)
        case .notes(let notes): self.notes = notes
        case .acceptAll:
            for field in fields.keys where fields[field]?.values.isEmpty == false && fields[field]?.state == .suggested
            {
                fields[field]?.state = .accepted
            }
            for index in subjects.indices where subjects[index].state == .suggested {
                subjects[index].state = .accepted
            }
        }
    }

    private mutating func change(_ field: CatalogueField, _ body: (inout DescribedField) -> Void)
        throws(EntryDecisionError)
    {
        guard field.isOf(level) else { throw .wrongLevel(field) }
        guard var described = fields[field], !described.values.isEmpty else { throw .emptyField(field) }
        body(&described)
        fields[field] = described
    }

    private mutating func change(_ key: String, to state: DescribedField.State) throws(EntryDecisionError) {
        guard let index = subjects.firstIndex(where: { $0.key == key || $0.label == key }) else {
            throw .unknownSubject(key)
        }
        subjects[index].state = state
    }

    /// A later proposal for the same thing, with all that a person has decided here.
    ///
    /// Fields and terms that were only suggested are the proposal's; what was accepted, written or rejected stays, and so does a
    /// file number that is there. Notes are a person's own.
    public func renewed(by proposal: CatalogueEntry) -> CatalogueEntry {
        var renewed = proposal
        renewed.id = id
        renewed.fileNumber = fileNumber ?? proposal.fileNumber
        for (field, described) in fields where described.state.isDecided || described.producer == .human {
            renewed.fields[field] = described
        }
        let decided = subjects.filter { $0.state.isDecided || $0.producer == .human }
        let known = Set(decided.map(\.key))
        renewed.subjects = decided + proposal.subjects.filter { !known.contains($0.key) }
        if !notes.isEmpty { renewed.notes = notes }
        return renewed
    }

    /// Subject terms that count: all but the rejected ones.
    public var givenSubjects: [SubjectTerm] { subjects.filter { $0.state != .rejected } }

    /// What the entry is called on a page: 案由 of an item, 案名 of a folder; "" where neither is known.
    public var title: String {
        switch level {
        case .item: self[.subject] ?? self[.folderTitle] ?? ""
        case .folder: self[.folderTitle] ?? ""
        }
    }
}
