internal import DocketCore
internal import DocketTransport

/// Joins the sentences of many parts into one text, round by round until one prompt holds them; citations go along.
struct NoteMerger: Sendable {
    let writer: ChatWriter
    /// What is asked: `merge` or `mergeConclusions`, with its values.
    let question: ChatWriter.Question
    /// True when a sentence that no joined sentence took up stays as it is: nothing that was ruled may be lost.
    var keepsAll = false

    /// Joined sentences, and the pairs that the model found to contradict each other.
    struct Merged: Sendable {
        var notes: [DraftNote] = []
        var contradictions: [Contradiction] = []
    }

    /// One round joins groups that fit a prompt; rounds go on until there is one group.
    func merged(_ notes: [DraftNote]) async throws -> Merged {
        var result = Merged(notes: notes)
        guard notes.count > 1 else { return result }
        let room = try writer.room(question.name, question.values)
        for round in 0..<Self.mostRounds {
            let groups = grouped(result.notes, room)
            writer.run.expect(groups.count)
            let before = result.notes.reduce(0) { $0 + tokens(of: $1) }
            let joined = try await joined(groups, round: round)
            result.notes = joined.flatMap(\.notes)
            result.contradictions += joined.flatMap(\.contradictions)
            guard groups.count > 1 || joined.contains(where: \.wasSplit) else { return result }
            let after = result.notes.reduce(0) { $0 + tokens(of: $1) }
            // A model that repeats what it is given would go round for ever.
            if after * 10 > before * 9, after > room { break }
        }
        if !keepsAll { result.notes = weightiest(result.notes, room) }
        return result
    }

    private static let mostRounds = 8

    private struct Joined: Sendable {
        var notes: [DraftNote]
        var contradictions: [Contradiction]
        var wasSplit = false
    }

    private func joined(_ groups: [[DraftNote]], round: Int) async throws -> [Joined] {
        try await withThrowingTaskGroup(of: (Int, Joined).self) { tasks in
            for (number, group) in groups.enumerated() {
                tasks.addTask { (number, try await join(group, number: number)) }
            }
            var results = [Joined?](repeating: nil, count: groups.count)
            for try await (number, joined) in tasks { results[number] = joined }
            return results.compactMap(\.self)
        }
    }

    private func join(_ group: [DraftNote], number: Int) async throws -> Joined {
        guard group.count > 1 else {
            writer.run.expect(-1)
            return Joined(notes: group, contradictions: [])
        }
        var data = PromptData(isChinese: writer.isChinese)
        for (index, note) in group.enumerated() { data.add("n\(index + 1)", speaker: nil, note.text) }
        var own = question
        own.order += number
        do {
            let answer = try await writer.run.answer(writer.step(own, data: data), as: MergeAnswer.self)
            return taken(answer, group)
        } catch let failure as ChatFailure {
            guard ChatWriter.isTooLarge(failure, depth: 0), group.count > 2 || keepsAll else { throw failure }
            guard group.count > 2 else { return Joined(notes: group, contradictions: []) }
            writer.run.expect(1)
            let half = group.count / 2
            let left = try await join(Array(group[..<half]), number: number)
            let right = try await join(Array(group[half...]), number: number)
            return Joined(
                notes: left.notes + right.notes, contradictions: left.contradictions + right.contradictions,
                wasSplit: true)
        }
    }

    /// The joined sentences with the places of those they come from.
    private func taken(_ answer: MergeAnswer, _ group: [DraftNote]) -> Joined {
        let ids = group.indices.map { "n\($0 + 1)" }
        let finder = CitationFinder(zip(ids, group).map { ($0, $1.text) }, isChinese: writer.isChinese)
        var notes: [DraftNote] = []
        var taken = Set<Int>()
        for claim in answer.claims.prefix(AnswerLimits.claims) {
            for sentence in AnswerText.sentences(claim.text, isChinese: writer.isChinese) {
                let from = finder.places(of: sentence, citing: claim.passages).map(\.piece)
                taken.formUnion(from)
                notes.append(Self.joined(sentence, from: from.sorted().map { group[$0] }))
            }
        }
        if keepsAll || notes.isEmpty {
            // An answer without a sentence says nothing about those it was given.
            for index in group.indices where !taken.contains(index) { notes.append(group[index]) }
            notes.sort { ($0.firstPassage, $0.part) < ($1.firstPassage, $1.part) }
        }
        let pairs = answer.contradictions.prefix(Self.mostContradictions).compactMap { found -> Contradiction? in
            let places = found.between.prefix(2).compactMap { ids.firstIndex(of: $0.lowercased()) }
            guard places.count == 2, places[0] != places[1] else { return nil }
            return Contradiction(group[places[0]], group[places[1]], answered: true)
        }
        return Joined(notes: notes, contradictions: pairs)
    }

    private static let mostContradictions = 20

    private static func joined(_ text: String, from notes: [DraftNote]) -> DraftNote {
        var places: [DraftNote.Place] = []
        for place in notes.flatMap(\.places) where !places.contains(place) && places.count < AnsweredClaim.mostPassages
        {
            places.append(place)
        }
        return DraftNote(
            text: text, places: places, part: notes.first?.part ?? 0, isTask: notes.contains(where: \.isTask))
    }

    // MARK: - Room

    private func tokens(of note: DraftNote) -> Int {
        let line = PromptData.entry("n999", speaker: nil, note.text, isChinese: writer.isChinese)
        return writer.run.model.traits.tokens.tokens(in: line) + 1
    }

    private func grouped(_ notes: [DraftNote], _ room: Int) -> [[DraftNote]] {
        var groups: [[DraftNote]] = []
        var size = Int.max
        for note in notes {
            let own = tokens(of: note)
            if size > room - own {
                groups.append([])
                size = 0
            }
            groups[groups.count - 1].append(note)
            size += own
        }
        return groups
    }

    /// The sentences that say most of what all say, as many as one prompt holds, in their order.
    private func weightiest(_ notes: [DraftNote], _ room: Int) -> [DraftNote] {
        let units = notes.enumerated().map { index, note in
            Unit(
                utterance: index, position: index, range: 0..<0, text: note.text, isVerbatim: true,
                terms: writer.isChinese ? Terms.chinese(note.text) : Terms.english(note.text), size: tokens(of: note))
        }
        guard units.reduce(0, { $0 + $1.size }) > room else { return notes }
        let chosen = CoverageSelector(decay: 0.5, lengthPower: 0.6).choose(
            units, weights: Summarizer.weights(units), boost: units.map { _ in 1 }, budget: room)
        return chosen.map { notes[$0] }
    }
}
