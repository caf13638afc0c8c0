internal import DocketCore
internal import DocketText

/// MIN-18: a correction of something that is not there.
struct CorrectionTargets: Rule {
    let card = RuleCard(
        "MIN-18", .error,
        finds: LocalizedText(
            "更正備註所指之項次不存在，或內文查無擬更正之文字。",
            "A correction whose item does not exist, or whose wrong words are not in the text."),
        remedy: LocalizedText(
            "請核對備註所載項次與文字；更正以備註為之，內文不得逕改。",
            "Check the item and the words; a correction is a note, and the body stays as it was."),
        silent: LocalizedText("更正他次會議紀錄者，其原文不在本件。", "Corrections of other minutes, whose text is not here."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes else { return [] }
        return minutes.corrections.compactMap { correction in
            guard correction.ofMeeting == nil || correction.ofMeeting == minutes.ordinal else { return nil }
            return message(correction, reading).map { card.finding(at: reading.place(correction.note), $0) }
        }
    }

    private func message(_ correction: Correction, _ reading: SourceReading) -> LocalizedText? {
        if let target = correction.target, !correction.targetFound {
            return LocalizedText("查無備註所指之「\(target)」。", "There is no \(target) in these minutes.")
        }
        guard !correction.bodyStillHasFrom, !Self.bodyHas(correction, reading) else { return nil }
        return LocalizedText("內文查無「\(correction.from)」。", "The text has no \(correction.from).")
    }

    /// True when the wrong words stand anywhere but in the note.
    private static func bodyHas(_ correction: Correction, _ reading: SourceReading) -> Bool {
        let wanted = correction.from.filter { !$0.isWhitespace }
        let note = reading.clean.cleaned(correction.note.range)
        let body = reading.bytes[..<note.lowerBound] + reading.bytes[note.upperBound...]
        let bare = body.filter { $0 > 0x20 }
        return !WordMatcher([wanted]).matches(in: bare).isEmpty
    }
}

/// MIN-19: the body of corrected minutes as it was.
struct CorrectedBody: Rule {
    let card = RuleCard(
        "MIN-19", .warning,
        finds: LocalizedText("紀錄經備註更正，內文仍為原文字。", "Minutes corrected by a note, with the old words still in the body."),
        remedy: LocalizedText(
            "引用時請採更正後文字；原紀錄內文不予更動。", "Quote the corrected words; the body of the record is not changed."),
        silent: LocalizedText("更正他次會議紀錄者。", "Corrections of other minutes."))

    func findings(on reading: SourceReading) -> [Finding] {
        (reading.minutes?.corrections ?? []).filter(\.bodyStillHasFrom).map { correction in
            let message = LocalizedText(
                "「\(correction.from)」已更正為「\(correction.to)」，內文仍為原文字。",
                "\(correction.from) is corrected to \(correction.to); the body still has the old words.")
            return card.finding(at: reading.place(correction.note, path: correction.target), message)
        }
    }
}
