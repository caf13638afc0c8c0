internal import DocketCore
internal import DocketTransport

/// Asks one model about one source: packs its pieces, asks about each part, and gives back sentences with their places.
struct ChatWriter: Sendable {
    let run: DraftRun
    let prompts: PromptSet
    let settings: ChatEngine.Settings
    let isChinese: Bool
    /// True where the source is written in Simplified characters.
    let isSimplified: Bool

    /// A line of facts before the passages.
    struct Fact: Sendable, Equatable {
        var label: LocalizedText
        var text: String
        /// Passage that must be in the part for the fact to be told; nil for a fact of every part.
        var passages: [Int] = []
    }

    /// What is asked about some pieces.
    struct Question: Sendable {
        var name: PromptSet.Name
        /// "minutes.item".
        var step: String
        /// What people see as the thing being written.
        var item: String
        /// Place on the page.
        var order: Int
        var values: [String: String] = [:]
        var facts: [Fact] = []
    }

    /// A part of the source with what was answered about it.
    struct Part<Answer: Sendable>: Sendable {
        var pieces: [SourcePiece]
        var answer: Answer
    }

    var packer: PartPacker { PartPacker(estimate: run.model.traits.tokens, isChinese: isChinese) }

    // MARK: - Budgets

    /// Tokens that an answer may take.
    var answerTokens: Int { min(settings.mostAnswerTokens, max(128, run.model.traits.contextTokens / 4)) }

    /// Tokens that the data of a prompt may take beside its own words and the answer.
    /// - Throws: `DraftingError.contextTooSmall` when there is next to no room.
    func room(_ name: PromptSet.Name, _ values: [String: String]) throws -> Int {
        let traits = run.model.traits
        let empty = messages(name, values, data: PromptData(isChinese: isChinese))
        let own = traits.tokens.tokens(in: empty)
        // What a server adds around messages is not known; a fiftieth is kept free.
        let room = traits.contextTokens - traits.contextTokens / 50 - answerTokens - own
        guard room >= Self.leastRoom else {
            throw DraftingError.contextTooSmall(
                tokens: traits.contextTokens, needed: own + answerTokens + 2 * Self.leastRoom)
        }
        return min(room, settings.partTokens)
    }

    /// Tokens of data below which nothing sensible can be asked.
    private static let leastRoom = 160

    private func messages(_ name: PromptSet.Name, _ values: [String: String], data: PromptData) -> [ChatMessage] {
        var values = values
        values["script"] = isChinese ? (isSimplified ? "简体中文" : "正體中文") : "English"
        values["data"] = data.fenced
        return prompts.messages(name, isChinese: isChinese, values)
    }

    func step(_ question: Question, data: PromptData) -> DraftRun.Step {
        DraftRun.Step(
            name: question.step, item: question.item, order: question.order,
            messages: messages(question.name, question.values, data: data), schema: prompts.schema(question.name),
            answerTokens: answerTokens, script: isChinese && !isSimplified ? .traditional : nil)
    }

    // MARK: - Asking about pieces

    /// What the model answers about `pieces`, in as many parts as its context needs; all parts are asked at once.
    func ask<Answer: Decodable & Sendable>(
        _ question: Question, about pieces: [SourcePiece], as type: Answer.Type
    ) async throws -> [Part<Answer>] {
        let room = try room(question.name, question.values)
        let general = question.facts.filter(\.passages.isEmpty)
        let special = question.facts.filter { !$0.passages.isEmpty }
        let used = general.reduce(0) { $0 + tokens(of: $1) }
        let budget = max(Self.leastRoom, (room - min(used, room / 3)) * (special.isEmpty ? 100 : 80) / 100)
        let parts = packer.parts(pieces, budget: budget)
        run.expect(parts.count)
        return try await withThrowingTaskGroup(of: (Int, [Part<Answer>]).self) { group in
            for (number, part) in parts.enumerated() {
                var own = question
                own.order += number
                own.facts = Self.within(general, room / 3, tokens) + Self.within(special, budget / 5, tokens)
                if parts.count > 1 { own.item += " \(number + 1)/\(parts.count)" }
                let asked = own
                group.addTask { (number, try await ask(asked, aboutPart: part, depth: 0, as: type)) }
            }
            var answers = [[Part<Answer>]](repeating: [], count: parts.count)
            for try await (number, answer) in group { answers[number] = answer }
            return answers.flatMap(\.self)
        }
    }

    /// One part; where it turns out too large for the server, its halves.
    private func ask<Answer: Decodable & Sendable>(
        _ question: Question, aboutPart part: [SourcePiece], depth: Int, as type: Answer.Type
    ) async throws -> [Part<Answer>] {
        var data = PromptData(isChinese: isChinese)
        let shown = Set(part.map(\.passage))
        for fact in question.facts where fact.passages.isEmpty || fact.passages.contains(where: shown.contains) {
            data.add(fact: fact.label, fact.text)
        }
        for piece in part { data.add(piece.id, speaker: piece.name, piece.text) }
        do {
            return [Part(pieces: part, answer: try await run.answer(step(question, data: data), as: type))]
        } catch let failure as ChatFailure {
            guard Self.isTooLarge(failure, depth: depth), let (left, right) = packer.halves(part) else { throw failure }
            run.expect(1)
            return try await ask(question, aboutPart: left, depth: depth + 1, as: type)
                + ask(question, aboutPart: right, depth: depth + 1, as: type)
        }
    }

    /// True when less text may help: a context that is smaller than said, once an answer that did not come to its end.
    static func isTooLarge(_ failure: ChatFailure, depth: Int) -> Bool {
        switch failure {
        case .contextExceeded: true
        case .incomplete: depth == 0
        default: false
        }
    }

    private func tokens(of fact: Fact) -> Int {
        run.model.traits.tokens.tokens(in: PromptData.fact(fact.label, fact.text, isChinese: isChinese)) + 1
    }

    /// The facts that there is room for, in order.
    private static func within(_ facts: [Fact], _ room: Int, _ tokens: (Fact) -> Int) -> [Fact] {
        var left = room
        return facts.filter { fact in
            left -= tokens(fact)
            return left >= 0
        }
    }

    // MARK: - From answers to notes

    /// The sentences of an answer with the places they rest on; `part` says which part of the source it was.
    func notes(_ claims: [AnsweredClaim], of pieces: [SourcePiece], part: Int) -> [DraftNote] {
        let finder = CitationFinder(pieces.map { ($0.id, $0.text) }, isChinese: isChinese)
        return claims.prefix(AnswerLimits.claims).flatMap { claim in
            AnswerText.sentences(claim.text, isChinese: isChinese).map { sentence in
                note(sentence, claim, finder, pieces, part: part)
            }
        }
    }

    /// The phrase of an answer with its places; nil for an empty one.
    func phrase(_ claim: AnsweredClaim, of pieces: [SourcePiece]) -> DraftNote? {
        let text = AnswerText.phrase(claim.text, isChinese: isChinese)
        guard Terms.contentCount(text) > 0, text.count <= AnswerText.longest else { return nil }
        let finder = CitationFinder(pieces.map { ($0.id, $0.text) }, isChinese: isChinese)
        return note(text, claim, finder, pieces, part: 0)
    }

    private func note(
        _ text: String, _ claim: AnsweredClaim, _ finder: CitationFinder, _ pieces: [SourcePiece], part: Int
    ) -> DraftNote {
        let places = finder.places(of: text, citing: claim.passages).flatMap { place in
            let piece = pieces[place.piece]
            return place.ranges.map { range in
                DraftNote.Place(
                    passage: piece.passage, speaker: piece.speaker,
                    range: piece.start + range.lowerBound..<piece.start + range.upperBound)
            }
        }
        return DraftNote(
            text: text, places: places, part: part, isTask: claim.task,
            isInstruction: Self.isInstruction(text, places, pieces))
    }

    /// True when the sentence, or all that it rests on, is addressed to a machine.
    private static func isInstruction(_ text: String, _ places: [DraftNote.Place], _ pieces: [SourcePiece]) -> Bool {
        if InstructionSigns.isIn(text) { return true }
        let words = places.compactMap { place -> String? in
            guard let piece = pieces.first(where: { $0.passage == place.passage && $0.start <= place.range.lowerBound })
            else { return nil }
            let bytes = Array(piece.text.utf8)
            let lower = min(place.range.lowerBound - piece.start, bytes.count)
            let upper = min(max(lower, place.range.upperBound - piece.start), bytes.count)
            return String(decoding: bytes[lower..<upper], as: UTF8.self)
        }
        return !words.isEmpty && words.allSatisfy(InstructionSigns.isIn)
    }
}

/// A sentence in the making with the places it rests on.
struct DraftNote: Sendable, Equatable {
    /// Bytes of the talk with who said them.
    struct Place: Sendable, Equatable {
        var passage: Int
        var speaker: String?
        var range: Range<Int>
    }

    var text: String
    var places: [Place]
    /// Part of the source that it was written from.
    var part: Int
    /// True where somebody took something on.
    var isTask = false
    /// True for what is addressed to a machine and does not go on the page.
    var isInstruction = false

    /// First passage it rests on, for the order of the page.
    var firstPassage: Int { places.map(\.passage).min() ?? Int.max }
}
