internal import DocketCore

/// Asks the model about one item of a meeting, part by part, and joins what it says.
struct ItemWriter: Sendable {
    let writer: ChatWriter
    let drafter: MinutesDrafter
    /// Place of the item on the page.
    let order: Int

    /// What came of an item.
    struct Written: Sendable {
        var text: MinutesItemText
        var contradictions: [Contradiction] = []
        /// Sentences addressed to a machine, which are not on the page.
        var instructions: [DraftNote] = []
    }

    /// True when there is enough talk to ask about.
    static func says(_ part: Talk) -> Bool {
        part.utterances.reduce(0) { $0 + Terms.contentCount($1.text) } >= 12
    }

    // MARK: - Titles

    /// The title of a topic; without an answer that fits, the rules' title stands.
    func title(of topic: MinutesTopic) async throws -> Written {
        let part = drafter.talk(of: [topic.segment])
        let form = RecordForm(isChinese: writer.isChinese)
        let answered = try await PhraseWriter(writer: writer).phrase(
            .title, "title", of: pieces(part), length: form.titleLength, item: topic.label, order: order, facts: [])
        guard let answered, !answered.isInstruction, !answered.places.isEmpty, let text = form.title(answered.text)
        else {
            return Written(text: MinutesItemText(), instructions: [answered].compactMap(\.self).filter(\.isInstruction))
        }
        let title = MinutesItemText.Title(
            text: text, ranges: answered.places.map(\.range), passages: answered.places.map(\.passage),
            derivation: .composed)
        return Written(text: MinutesItemText(title: title))
    }

    // MARK: - Items

    /// Statements and conclusions of a matter.
    func text(of matter: MinutesMatter, _ part: Talk) async throws -> Written {
        let pieces = pieces(part)
        let rulings = drafter.rulings(on: matter, in: part)
        let name = matter.title.isEmpty ? matter.path : String(matter.title.prefix(60))
        let question = ChatWriter.Question(
            name: .minutesItem, step: "minutes.item", item: name, order: order, facts: facts(matter, rulings))
        let parts = try await writer.ask(question, about: pieces, as: ItemAnswer.self)
        var statements: [DraftNote] = []
        var conclusions: [DraftNote] = []
        for (number, part) in parts.enumerated() {
            if matter.hasStatements {
                statements += writer.notes(part.answer.statements, of: part.pieces, part: number)
            }
            conclusions += writer.notes(part.answer.conclusions, of: part.pieces, part: number)
        }
        let instructions = (statements + conclusions).filter(\.isInstruction)
        statements.removeAll(where: \.isInstruction)
        conclusions.removeAll(where: \.isInstruction)
        var contradictions: [Contradiction] = []
        if parts.count > 1 {
            contradictions = Contradiction.found(in: statements + conclusions, isChinese: writer.isChinese)
            let merged = try await merged(statements, conclusions, item: name, parts: parts.count)
            (statements, conclusions) = (merged.statements, merged.conclusions)
            contradictions += merged.contradictions
        }
        let assembly = ItemAssembly(book: drafter.book, isChinese: writer.isChinese, matter: matter, rulings: rulings)
        var text = assembly.text(statements: statements, conclusions: conclusions)
        text.sent = Set(pieces.map(\.passage))
        return Written(text: text, contradictions: contradictions, instructions: instructions)
    }

    private func pieces(_ part: Talk) -> [SourcePiece] {
        SourcePiece.pieces(of: part) { label in
            let voice = drafter.book.voice(label)
            return voice.isUnknown || voice.display.isEmpty ? label : voice.display
        }
    }

    /// What the rules know: title, agency, chair, and the rulings that they found, which the model may put in better words.
    private func facts(_ matter: MinutesMatter, _ rulings: [ConclusionFinder.Found]) -> [ChatWriter.Fact] {
        func fact(_ zhHant: String, _ en: String, _ text: String?, _ passages: [Int] = []) -> ChatWriter.Fact? {
            guard let text, !text.isEmpty else { return nil }
            return ChatWriter.Fact(
                label: LocalizedText(zhHant: zhHant, en: en), text: String(text.prefix(300)), passages: passages)
        }
        let chair = drafter.book.chairLabel.map { drafter.book.voice($0).display }
        let general = [
            fact("議程項目", "item", matter.title), fact("提案或報告機關", "presented by", matter.sponsor),
            fact("主席", "chair", chair),
        ]
        return general.compactMap(\.self)
            + rulings.compactMap { ruling in
                let ids = Set(ruling.passages).sorted().prefix(6).map { "p\($0)" }.joined(separator: " ")
                return fact("裁示 \(ids)", "ruling \(ids)", ruling.text, ruling.passages)
            }
    }

    // MARK: - Joining parts

    private struct Joined {
        var statements: [DraftNote]
        var conclusions: [DraftNote]
        var contradictions: [Contradiction]
    }

    private func merged(
        _ statements: [DraftNote], _ conclusions: [DraftNote], item: String, parts: Int
    ) async throws -> Joined {
        let question = ChatWriter.Question(
            name: .mergeConclusions, step: "merge.conclusions", item: item, order: order + parts)
        async let ruled = NoteMerger(writer: writer, question: question, keepsAll: true).merged(conclusions)
        let bySpeaker = try await shortened(statements, item: item, parts: parts)
        let joined = try await ruled
        return Joined(
            statements: bySpeaker.flatMap(\.notes), conclusions: joined.notes,
            contradictions: joined.contradictions + bySpeaker.flatMap(\.contradictions))
    }

    /// Each speaker's sentences; where they are more than a statement holds, joined into one.
    private func shortened(_ statements: [DraftNote], item: String, parts: Int) async throws -> [NoteMerger.Merged] {
        var order: [String] = []
        var bySpeaker: [String: [DraftNote]] = [:]
        for note in statements {
            let speaker = note.places.first?.speaker ?? ""
            if bySpeaker[speaker] == nil { order.append(speaker) }
            bySpeaker[speaker, default: []].append(note)
        }
        let (longest, length) = writer.isChinese ? (240, 200) : (130, 110)
        return try await withThrowingTaskGroup(of: (Int, NoteMerger.Merged).self) { group in
            for (number, speaker) in order.enumerated() {
                let own = bySpeaker[speaker] ?? []
                let size = own.reduce(0) { $0 + Talk.length(of: $1.text, isChinese: writer.isChinese) }
                guard size > longest, !speaker.isEmpty else {
                    group.addTask { (number, NoteMerger.Merged(notes: own)) }
                    continue
                }
                var question = ChatWriter.Question(
                    name: .merge, step: "merge.statement", item: item, order: self.order + parts + 1 + number)
                question.values["length"] = "\(length)"
                let asked = question
                group.addTask { (number, try await NoteMerger(writer: writer, question: asked).merged(own)) }
            }
            var merged = [NoteMerger.Merged](repeating: .init(), count: order.count)
            for try await (number, own) in group { merged[number] = own }
            return merged
        }
    }
}
