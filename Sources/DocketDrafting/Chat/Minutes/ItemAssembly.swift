internal import DocketCore

/// Puts a model's sentences of one item into the form of minutes: who said them follows from the places they rest on, a
/// conclusion rests on the chair's words, and no ruling that the rules found is lost.
struct ItemAssembly {
    let book: SpeakerBook
    let isChinese: Bool
    let matter: MinutesMatter
    /// What the rules found to have been ruled.
    let rulings: [ConclusionFinder.Found]

    /// The item in its form.
    func text(statements: [DraftNote], conclusions: [DraftNote]) -> MinutesItemText {
        let isRuling = conclusions.map(self.isRuling)
        let demoted = zip(conclusions, isRuling).filter { !$0.1 }.map(\.0)
        let ruled = zip(conclusions, isRuling).filter(\.1).map(\.0)
        let outcome = protected(distinct(ruled))
        let said = matter.hasStatements ? statements + demoted : []
        return MinutesItemText(
            statements: self.statements(distinct(said).filter { !isSaid($0, in: outcome) }), conclusions: outcome)
    }

    /// Sentences of which the same words do not stand before.
    private func distinct(_ notes: [DraftNote]) -> [DraftNote] {
        var seen = Set<String>()
        return notes.filter { seen.insert($0.text).inserted }
    }

    // MARK: - Conclusions

    /// True for what the chair said, and in English minutes for a task that somebody took on.
    ///
    /// What cites nothing is left to the check.
    private func isRuling(_ note: DraftNote) -> Bool {
        if note.places.isEmpty || !isChinese && note.isTask { return true }
        return note.places.contains { book.voice($0.speaker).isChair } || book.chairLabel == nil
    }

    /// The model's conclusions with the rulings that it left out or robbed of a date or figure, in page order.
    private func protected(_ notes: [DraftNote]) -> [ConclusionFinder.Found] {
        let tracking = rulings.filter(Self.isTracking)
        var kept = notes.filter { note in tracking.isEmpty || !Self.isTracking(note.text) }
        var added: [ConclusionFinder.Found] = []
        for ruling in rulings where !Self.isTracking(ruling) {
            let answering = kept.filter { answers($0, ruling) }
            let words = answering.map(\.text).joined()
            if answering.isEmpty {
                added.append(ruling)
            } else if !Self.figures(ruling.text).isSubset(of: Self.figures(words)) {
                let own = Set(ruling.passages)
                kept.removeAll { note in answering.contains(note) && note.places.allSatisfy { own.contains($0.passage) }
                }
                added.append(ruling)
            }
        }
        let written = kept.map { note in
            ConclusionFinder.Found(
                text: note.text, ranges: note.places.map(\.range), passages: note.places.map(\.passage),
                isTask: !isChinese && note.isTask, derivation: .composed)
        }
        // Sorting by place keeps the model's order within a passage.
        let rest = (written + added).enumerated().sorted {
            ($0.element.passages.min() ?? .max, $0.offset) < ($1.element.passages.min() ?? .max, $1.offset)
        }
        return tracking + rest.map(\.element)
    }

    private static func isTracking(_ found: ConclusionFinder.Found) -> Bool { isTracking(found.text) }

    private static func isTracking(_ text: String) -> Bool {
        ["解除列管", "賡續列管", "繼續列管"].contains(where: text.contains)
    }

    /// True when the sentence says what the ruling says: it rests on the same passage and shares its words, or shares
    /// most of them.
    private func answers(_ note: DraftNote, _ ruling: ConclusionFinder.Found) -> Bool {
        let wanted = CitationFinder.terms(ruling.text, isChinese: isChinese)
        guard wanted.count > 3 else {
            let words = ruling.text.filter { !"。.".contains($0) }
            return note.text.contains(words)
        }
        let shared = Double(wanted.intersection(CitationFinder.terms(note.text, isChinese: isChinese)).count)
        let meets = note.places.contains { ruling.passages.contains($0.passage) }
        return shared >= (meets ? 0.35 : 0.6) * Double(wanted.count)
    }

    /// Dates and figures of two digits and more: what a ruling must not lose.
    static func figures(_ text: String) -> Set<String> {
        var figures = Set<String>()
        var digits = ""
        for character in text.replacing(",", with: "") + " " {
            if character.isDigit {
                digits.append(character)
                continue
            }
            if digits.count > 1 || !digits.isEmpty && "月日時億萬%％".contains(character) { figures.insert(digits) }
            digits = ""
        }
        return figures
    }

    // MARK: - Statements

    /// True for a sentence whose words a conclusion has.
    private func isSaid(_ note: DraftNote, in outcome: [ConclusionFinder.Found]) -> Bool {
        let own = CitationFinder.terms(note.text, isChinese: isChinese)
        guard own.count > 2 else { return outcome.contains { $0.text == note.text } }
        return outcome.contains { found in
            let shared = own.intersection(CitationFinder.terms(found.text, isChinese: isChinese)).count
            return Double(shared) >= 0.8 * Double(own.count)
        }
    }

    /// One statement a speaker, in the order of their first words.
    private func statements(_ notes: [DraftNote]) -> [StatementCondenser.Found] {
        var order: [String] = []
        var bySpeaker: [String: [DraftNote]] = [:]
        let sorted = notes.enumerated().sorted {
            ($0.element.firstPassage, $0.offset) < ($1.element.firstPassage, $1.offset)
        }
        for note in sorted.map(\.element) {
            let speaker = note.places.first?.speaker ?? ""
            if bySpeaker[speaker] == nil { order.append(speaker) }
            bySpeaker[speaker, default: []].append(note)
        }
        return order.map { statement(of: $0, bySpeaker[$0] ?? []) }
    }

    private func statement(of label: String, _ notes: [DraftNote]) -> StatementCondenser.Found {
        let voice = book.voice(label)
        let parts = notes.enumerated().map { index, note in
            StatementCondenser.Found.Part(
                text: isChinese || index == 0 ? note.text : " " + note.text, ranges: note.places.map(\.range),
                passages: note.places.map(\.passage), derivation: .composed)
        }
        let isUncited = notes.allSatisfy(\.places.isEmpty)
        guard isChinese else {
            let names = notes.first?.text.hasPrefix(voice.display) ?? false
            return .init(speaker: names || isUncited ? "" : voice.display, verb: "", sentences: parts)
        }
        if isUncited || voice.display.isEmpty { return .init(speaker: "", verb: "發言摘要", sentences: parts) }
        let presents = matter.sponsor != nil && voice.agency == matter.sponsor
        let verb = presents ? "報告" : voice.isUnknown ? "摘要" : voice.isChair ? "說明" : "補充說明"
        return .init(speaker: voice.display, verb: verb, sentences: parts)
    }
}
