internal import DocketCore
internal import DocketTransport

/// One phrase for some pieces: a title, a subject; of many parts, the phrase of their phrases.
struct PhraseWriter: Sendable {
    let writer: ChatWriter

    /// The phrase with its places; nil when the model has none.
    func phrase(
        _ name: PromptSet.Name, _ step: String, of pieces: [SourcePiece], length: Int, item: String, order: Int,
        facts: [ChatWriter.Fact]
    ) async throws -> DraftNote? {
        guard !pieces.isEmpty else { return nil }
        var question = ChatWriter.Question(name: name, step: step, item: item, order: order, facts: facts)
        question.values["length"] = "\(length)"
        let parts = try await writer.ask(question, about: pieces, as: AnsweredClaim.self)
        var phrases = parts.compactMap { writer.phrase($0.answer, of: $0.pieces) }
        phrases = phrases.contains { !$0.isInstruction } ? phrases.filter { !$0.isInstruction } : phrases
        question.name = .mergeTitle
        question.step = "merge.title"
        question.facts = []
        while phrases.count > 1 {
            let next = try await joined(phrases, question)
            guard next.count < phrases.count else { return phrases.first }
            phrases = next
        }
        return phrases.first
    }

    /// One phrase a group of phrases that one prompt holds.
    private func joined(_ phrases: [DraftNote], _ question: ChatWriter.Question) async throws -> [DraftNote] {
        let pieces = phrases.enumerated().map { index, phrase in
            SourcePiece(id: "n\(index + 1)", passage: index, speaker: nil, name: nil, text: phrase.text, start: 0)
        }
        let groups = try await writer.ask(question, about: pieces, as: AnsweredClaim.self)
        return groups.map { group in
            let members = group.pieces.map { phrases[$0.passage] }
            guard members.count > 1, let phrase = writer.phrase(group.answer, of: group.pieces) else {
                return members[0]
            }
            let places = phrase.places.flatMap { phrases[$0.passage].places }
            return DraftNote(text: phrase.text, places: places, part: 0)
        }
    }
}
