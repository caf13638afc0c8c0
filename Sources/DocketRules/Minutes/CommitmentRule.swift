internal import DocketCore
internal import DocketText

/// MIN-20: a task that nobody in the chair gave: words of a statement under the conclusions.
struct CommitmentsOfStatements: Rule {
    let card = RuleCard(
        "MIN-20", .error,
        finds: LocalizedText(
            "與會人員發言之承諾或建議列為結論，或據發言逕予列管。",
            "A promise or wish out of a statement that stands as a conclusion, or is put under tracking."),
        remedy: LocalizedText(
            "請核對主席裁示；非主席裁示者移回發言內容。", "Compare with the chair's ruling; what is none belongs under the statements."),
        silent: LocalizedText(
            "主席採納發言並另為裁示者；以機關名稱交辦之結論；無法辨識主席之逐字稿；英文草稿（行動項目慣由本人認領）。",
            "Rulings that take up a statement in words of their own; tasks given to a named agency; transcripts whose "
                + "chair cannot be told; English drafts, where people take on actions themselves."))

    // MARK: - Minutes as received

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes else { return [] }
        return trackedStatements(minutes, reading) + copiedStatements(minutes, reading)
    }

    /// Tracking that is opened in the middle of a statement.
    private func trackedStatements(_ minutes: MinutesStructure, _ reading: SourceReading) -> [Finding] {
        let paragraphs = minutes.statements.flatMap(\.paragraphs).map(\.range).sorted { $0.lowerBound < $1.lowerBound }
        return minutes.trackingActions.filter { $0.action == .open }.compactMap { action in
            guard let paragraph = paragraphs.last(where: { $0.lowerBound <= action.words.start }),
                paragraph.upperBound >= action.words.end, !action.words.range.isEmpty
            else { return nil }
            let message = LocalizedText("列管出自發言，而非結論。", "The tracking stands in a statement, not in a conclusion.")
            return card.finding(at: reading.place(action.words), message)
        }
    }

    /// Conclusions that speak as the agency itself, in words that a statement of the same item has too.
    private func copiedStatements(_ minutes: MinutesStructure, _ reading: SourceReading) -> [Finding] {
        var spoken: [String: Set<String>] = [:]
        for statement in minutes.statements {
            for sentence in statement.paragraphs.flatMap({ Self.sentences($0.text) }) {
                spoken[statement.itemPath ?? "", default: []].insert(sentence)
            }
        }
        return minutes.conclusions.compactMap { conclusion in
            guard let heard = spoken[conclusion.itemPath ?? ""],
                Self.sentences(conclusion.text.text).contains(where: { Self.isFirstPerson($0) && heard.contains($0) })
            else { return nil }
            let message = LocalizedText(
                "本項結論與發言內容相同，且為發言機關自述。", "The conclusion repeats a statement in the speaker's own person.")
            return card.finding(at: reading.place(conclusion.text, path: conclusion.path), message)
        }
    }

    private static func sentences(_ text: String) -> [String] {
        text.split { "。；，".contains($0) }.map { $0.filter { !$0.isWhitespace } }.filter { $0.count >= 6 }
    }

    /// 本局將…, 本局建請…, 建請…: an agency speaking of itself or wishing.
    private static func isFirstPerson(_ sentence: String) -> Bool {
        if ["建請", "擬請", "懇請", "請示"].contains(where: { sentence.hasPrefix($0) }) { return true }
        guard sentence.hasPrefix("本"), let agency = sentence.dropFirst().first, "局處會中科室隊所館".contains(agency) else {
            return false
        }
        let rest = sentence.dropFirst(2).prefix(4)
        return ["將", "擬", "會", "願", "建請", "刻正", "規劃"].contains { rest.contains($0) }
    }

    // MARK: - Drafts

    func findings(on reading: DraftReading) -> [Finding] {
        guard reading.draft.kind == .minutes, reading.isChinese, let chair = ChairVoice(reading) else { return [] }
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            guard block.kind == .conclusion, claim.derivation != .form, claim.derivation != .human,
                let speaker = chair.strangerBehind(claim)
            else { return }
            let message = LocalizedText(
                "本項結論僅依據\(speaker)之發言，而非主席裁示。",
                "The conclusion rests on what \(speaker) said, not on a ruling of the chair.")
            findings.append(card.finding(at: reading.place(claim, in: block), message))
        }
        return findings
    }
}

/// Which speakers of the cited transcripts are the chair.
private struct ChairVoice {
    private let passages: [SourceID: [Passage]]
    private let chairs: Set<String>

    /// Nil when no speaker of the transcripts can be told to be the chair.
    init?(_ reading: DraftReading) {
        let field =
            reading.draft.blocks.first { $0.kind == .field && ["主席", "Chair", "主持人"].contains($0.label) }?.text ?? ""
        let transcripts = reading.sources.filter { $0.kind == .transcript }
        let labels = Set(transcripts.flatMap { $0.passages.compactMap(\.speaker) })
        chairs = labels.filter { Self.isChair($0, field) }
        passages = Dictionary(transcripts.map { ($0.id, $0.passages) }, uniquingKeysWith: { first, _ in first })
        if chairs.isEmpty { return nil }
    }

    /// 主席, or a name whose every character the field 主席 has: 沈秘書長維岳, 沈維岳秘書長.
    private static func isChair(_ label: String, _ field: String) -> Bool {
        let lowered = label.lowercased()
        if label.contains("主席") || lowered.contains("chair") { return true }
        let characters = Set(field.filter { !$0.isWhitespace })
        let wanted = label.filter { !$0.isWhitespace }
        guard wanted.count >= 2, let first = wanted.first, field.hasPrefix(String(first)) else { return false }
        return wanted.allSatisfy { characters.contains($0) }
    }

    /// Who said all that a claim rests on, when none of it is the chair's; nil otherwise.
    func strangerBehind(_ claim: Claim) -> String? {
        var stranger: String?
        for citation in claim.citations {
            guard let passage = passage(at: citation.span) else { return nil }
            guard let speaker = passage.speaker, !chairs.contains(speaker) else { return nil }
            stranger = stranger ?? speaker
        }
        return stranger
    }

    private func passage(at span: SourceSpan) -> Passage? {
        guard let all = passages[span.source] else { return nil }
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].end <= span.start { low = middle + 1 } else { high = middle }
        }
        return low < all.count && all[low].start <= span.start ? all[low] : nil
    }
}
