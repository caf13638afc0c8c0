/// Decisions and tasks of English meetings, found by how they are said.
public struct OutcomeFinder: Sendable {
    /// A decision or task with the place it comes from.
    public struct Outcome: Sendable, Equatable {
        /// Text in reported or written form.
        public var text: String
        /// Passage it comes from.
        public var passage: Int
        /// Bytes in the source's text.
        public var range: Range<Int>
    }

    /// A finder; it has no settings.
    public init() {}

    /// Sentences that settle something, in the order they were said.
    public func decisions(in talk: Talk) -> [Outcome] {
        if talk.isChinese {
            return RulingFinder().rulings(in: talk).map { ruling in
                let utterance = talk.utterances[ruling.utterance]
                let range = utterance.start..<utterance.start + utterance.text.utf8.count
                return Outcome(text: ruling.decision, passage: utterance.passage, range: range)
            }
        }
        return outcomes(in: talk, cues: EnglishCues.decision)
    }

    /// Sentences that give somebody something to do, in the order they were said.
    public func actions(in talk: Talk) -> [Outcome] {
        guard !talk.isChinese else { return [] }
        return outcomes(in: talk, cues: EnglishCues.action)
    }

    private func outcomes(in talk: Talk, cues: [String]) -> [Outcome] {
        var found: [Outcome] = []
        var seen = Set<String>()
        for sentence in SpokenSentence.sentences(of: talk) where !sentence.isQuestion {
            let tidy = SpokenEnglish.tidy(sentence.text)
            let lowered = " " + tidy.lowercased() + " "
            guard cues.contains(where: lowered.contains), tidy.split(separator: " ").count >= 5 else { continue }
            let text = EnglishCues.written(tidy)
            if seen.insert(text.lowercased()).inserted {
                found.append(Outcome(text: text, passage: sentence.passage, range: sentence.range))
            }
        }
        return found
    }
}

/// How English speakers decide and assign.
enum EnglishCues {
    static let decision = [
        " agreed", " decided", " we decide", " we've decided", " so decided", " approved", " adopted", " carried",
        " resolved", " we'll go with",
        " let's go with", " we're going with", " we are going with", " we will have ", " the decision is",
        " it's settled",
        " so noted", " are not published", " we're gonna have ", " no objections",
    ]
    static let action = [
        " action on ", " will work on ", " you'll be ", " you will be ", " can you ", " could you please", " i'll send",
        " i'll bring", " i'll write",
        " i'll circulate", " i'll check", " i'll ask", " i'll get ", " to do that by ", " will send ", " will provide ",
        " will be working on ",
        " is going to work on ", " by the next meeting", " please send", " will circulate ",
        " will prepare ",
    ]

    /// A date for the next meeting: "next meeting" or "eighth meeting" with a month.
    static func isNextMeeting(_ lowered: String) -> Bool {
        lowered.contains("meeting") && !lowered.contains("minutes") && months.contains { lowered.contains($0) }
            && (lowered.contains("next") || lowered.contains("th meeting") || lowered.contains("meet again"))
    }

    /// A time by which: "by the first of November", "by Friday".
    static func isDeadline(_ lowered: String) -> Bool {
        guard lowered.contains(" by ") else { return false }
        return
            (months + ["monday", "tuesday", "wednesday", "thursday", "friday", "next week", "next meeting", "end of"])
            .contains { lowered.contains($0) }
    }

    private static let months = [
        "january", "february", "march", "april", "may ", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// The task with who took it on: "I'll send the scan" of Rosalind → Rosalind will send the scan.
    static func task(_ tidy: String, by name: String?) -> String {
        guard let name else { return written(tidy) }
        for start in ["I'll ", "I will ", "we'll ", "we will ", "We'll ", "We will ", "I can ", "we can ", "We can "] {
            guard let place = tidy.range(of: start) else { continue }
            let isModal = start.hasSuffix("can ")
            return written("\(name) \(isModal ? "can" : "will") " + tidy[place.upperBound...])
        }
        return written("\(name): \(tidy)")
    }

    /// The sentence as minutes put it: openers gone, closed with a full stop.
    static func written(_ tidy: String) -> String {
        var text = tidy
        for lead in [
            "Agreed then: ", "Agreed, then: ", "Agreed: ", "So decided. ", "Decided: ", "All right, ", "Good, ",
        ] where text.hasPrefix(lead) {
            text = String(text.dropFirst(lead.count))
        }
        while let last = text.last, ",;:- ".contains(last) { text.removeLast() }
        text = text.prefix(1).uppercased() + text.dropFirst()
        return text.hasSuffix(".") || text.hasSuffix("!") ? text : text + "."
    }
}

/// Decisions and tasks of one agenda item of English minutes.
struct EnglishOutcomes {
    let book: SpeakerBook

    /// What the chair decided, and who took on what.
    func conclusions(in talk: Talk) -> [ConclusionFinder.Found] {
        let sentences = SpokenSentence.sentences(of: talk)
        let found = sentences.indices.compactMap { conclusion(at: $0, in: sentences, talk) }
        return withoutDoubles(found)
    }

    private func conclusion(at index: Int, in sentences: [SpokenSentence], _ talk: Talk) -> ConclusionFinder.Found? {
        let sentence = sentences[index]
        let tidy = SpokenEnglish.tidy(sentence.text)
        let lowered = " " + tidy.lowercased() + " "
        let label = talk.utterances[sentence.utterance].speaker
        let isChair = book.voice(label).isChair
        func found(_ text: String, _ places: [SpokenSentence], isTask: Bool = false) -> ConclusionFinder.Found {
            ConclusionFinder.Found(
                text: text, ranges: places.map(\.range), passages: places.map(\.passage), isTask: isTask)
        }
        if isChair, EnglishCues.isNextMeeting(lowered) {
            let words = tidy.hasSuffix("?") ? String(tidy.dropLast()) : tidy
            return found(EnglishCues.written("Next meeting: " + words), [sentence])
        }
        guard !sentence.isQuestion else { return nil }
        let words = tidy.split(separator: " ")
        if isChair, EnglishCues.decision.contains(where: lowered.contains) {
            // "So decided." says nothing by itself: the ruling is the sentence after or before it.
            guard words.count < 4 else { return found(EnglishCues.written(tidy), [sentence]) }
            guard let content = neighbour(of: index, in: sentences) else { return nil }
            return found(EnglishCues.written(SpokenEnglish.tidy(content.text)), [content, sentence])
        }
        let takesOn = EnglishCues.action.contains(where: lowered.contains)
        guard words.count >= 4, takesOn || isChair && EnglishCues.isDeadline(lowered) else { return nil }
        let name = label.flatMap { ReportedSpeech.isName($0) ? $0 : nil } ?? "Somebody"
        return found(EnglishCues.task(tidy, by: isChair ? nil : name), [sentence], isTask: true)
    }

    private func neighbour(of index: Int, in sentences: [SpokenSentence]) -> SpokenSentence? {
        let after = index + 1 < sentences.count ? sentences[index + 1] : nil
        if let after, after.utterance == sentences[index].utterance, after.text.split(separator: " ").count >= 4 {
            return after
        }
        let before = index > 0 ? sentences[index - 1] : nil
        return before.flatMap { $0.text.split(separator: " ").count >= 4 && !$0.isQuestion ? $0 : nil }
    }

    private func withoutDoubles(_ found: [ConclusionFinder.Found]) -> [ConclusionFinder.Found] {
        var seen = Set<String>()
        return found.filter { seen.insert($0.text.lowercased()).inserted }
    }
}

/// What each speaker said on an item of an English meeting, as reported speech.
struct EnglishStatements {
    let book: SpeakerBook
    /// Longest statement in words.
    var longest = 60

    /// Statements of everybody but the chair, in the order of their first words.
    func statements(in talk: Talk) -> [StatementCondenser.Found] {
        let units = UnitSplitter().units(of: talk).filter { !$0.isQuestion && Self.isStatement($0.text) }
        let weights = Summarizer.weights(units)
        let reporter = ReportedSpeech(talk)
        var order: [String] = []
        var bySpeaker: [String: [Unit]] = [:]
        for unit in units {
            guard let label = talk.utterances[unit.utterance].speaker, !book.voice(label).isChair else { continue }
            if bySpeaker[label] == nil { order.append(label) }
            bySpeaker[label, default: []].append(unit)
        }
        return order.compactMap { label in
            let own = bySpeaker[label] ?? []
            let boosts = own.map { $0.text.contains(where: \.isDigit) ? 1.4 : 1 }
            let chosen = CoverageSelector(decay: 0.4, lengthPower: 0.5)
                .choose(own, weights: weights, boost: boosts, budget: longest)
            let parts = chosen.enumerated().map { place, index in
                let text = reporter.sentence(
                    own[index].text, name: place == 0 ? label : nil, isSpoken: true)
                return StatementCondenser.Found.Part(
                    text: place == 0 ? text : " " + text, ranges: [own[index].range],
                    passages: [talk.utterances[own[index].utterance].passage])
            }
            guard parts.contains(where: { $0.text.split(separator: " ").count >= 8 }) else { return nil }
            return StatementCondenser.Found(speaker: "", verb: "", sentences: parts)
        }
    }

    /// True for a sentence with somebody or something that does or is: not "Number two, Lin, to find a venue".
    private static func isStatement(_ text: String) -> Bool {
        let words = Set(EnglishWords(text))
        let verbs = [
            "is", "are", "was", "were", "am", "be", "has", "have", "had", "will", "would", "can", "could", "should",
            "must", "may", "need", "needs",
            "it's", "that's", "there's", "i'm", "we're", "they're", "i've", "we've", "they've", "i'd", "we'd", "they'd",
            "i'll", "we'll", "they'll",
            "think", "want", "wants", "runs", "opens", "pays", "asks", "comes", "takes", "costs", "means", "goes",
            "says", "don't", "doesn't", "can't",
            "isn't", "aren't", "didn't", "won't", "haven't", "it'll", "it'd",
        ]
        let subjects = ["i", "we", "they", "it", "he", "she", "there", "this", "that", "who", "the", "you"]
        let hasVerb = verbs.contains { words.contains($0) } || words.contains { $0.count > 4 && $0.hasSuffix("ed") }
        let hasSubject = subjects.contains { words.contains($0) } || words.contains { $0.contains("'") }
        return hasVerb && hasSubject
    }
}
