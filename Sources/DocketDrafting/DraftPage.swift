internal import DocketCore

/// A draft in the making: blocks with numbered claims, and what became of each passage of the main source.
struct DraftPage {
    /// Blocks in page order.
    private(set) var blocks: [DraftBlock] = []
    private var nextClaim = 0
    private var uses: [Int: CoverageEntry.Use] = [:]
    private var reasons: [Int: String] = [:]

    /// A claim resting on `ranges` of `document`; citations of one passage are one citation.
    mutating func claim(
        _ text: String, _ document: SourceDocument?, _ ranges: [Range<Int>], _ derivation: Claim.Derivation
    ) -> Claim {
        defer { nextClaim += 1 }
        let citations = ranges.compactMap { range in
            range.isEmpty ? nil : document?.citation(range)
        }
        return Claim(number: nextClaim, text: text, citations: citations, derivation: derivation)
    }

    /// Adds a block to the page.
    mutating func add(_ block: DraftBlock) { blocks.append(block) }

    /// Notes that a passage stands in the draft word for word or shortened; the stronger use wins.
    mutating func use(_ passage: Int, _ use: CoverageEntry.Use) {
        if uses[passage] != .used { uses[passage] = use }
    }

    /// Notes why a passage is not in the draft, unless it is.
    mutating func setAside(_ passage: Int, _ reason: SetAside) {
        if reasons[passage] == nil { reasons[passage] = reason.rawValue }
    }

    /// One entry a passage of `document`, in order.
    func coverage(of document: SourceDocument, otherwise reason: SetAside) -> [CoverageEntry] {
        document.passages.map { passage in
            if let use = uses[passage.number] {
                return CoverageEntry(source: document.id, passage: passage.number, use: use)
            }
            return CoverageEntry(
                source: document.id, passage: passage.number, use: .setAside,
                reason: reasons[passage.number] ?? reason.rawValue)
        }
    }
}

/// Why a passage is not in a draft.
enum SetAside: String {
    /// Hesitations alone.
    case filler
    /// Short signs of attention: 好, 對, yes.
    case backchannel
    /// Running of the meeting: calls to speak, openings, thanks.
    case procedure
    /// Said before or after in other words that the draft has.
    case repetition
    /// A question; its answer is what the draft has.
    case question
    /// Less weighty than what the wished length had room for.
    case belowLength
    /// Talk beside the agenda.
    case offTopic
    /// Shown to the model; no sentence of its answer rests on it.
    case noClaim
    /// What rested on it was left out since nothing supports it.
    case claimDropped
    /// Addressed to a machine and not to the meeting.
    case instruction
    /// Titles and empty lines of a document.
    case heading
    /// Rows of a table, which say little outside it.
    case table
    /// Fields of a form: recipient, date, number.
    case form
}

/// Tells what an utterance is that a draft leaves out.
struct SetAsideReasons {
    let isChinese: Bool

    /// The reason that the words themselves give; `fallback` when they give none.
    func reason(_ text: String, kind: PassageKind, fallback: SetAside) -> SetAside {
        if kind == .heading { return .heading }
        let count = Terms.contentCount(text)
        if count == 0 { return .filler }
        if isChinese {
            let bare = WrittenRegister.unmarked(SpokenChinese.withoutFillers(text))
            if Terms.contentCount(bare) == 0 { return .filler }
            if Terms.contentCount(bare) <= 4, count <= 8 { return .backchannel }
            if WrittenRegister.isSalutation(bare) { return .procedure }
        } else {
            let bare = SpokenEnglish.tidy(text)
            if bare.isEmpty { return .filler }
            if bare.split(separator: " ").count <= 3 { return .backchannel }
        }
        if isProcedure(text) { return .procedure }
        if text.hasSuffix("？") || text.hasSuffix("?") { return .question }
        return fallback
    }

    private func isProcedure(_ text: String) -> Bool {
        (isChinese ? Self.chineseCues : Self.englishCues).isIn(text) && Terms.contentCount(text) < 60
    }

    private static let chineseCues = PhraseMatcher([
        "我們開始", "開始開會", "散會", "下一案", "請說", "請講", "有沒有意見", "有沒有其他", "沒有意見", "謝謝大家", "簽到", "進行下一",
    ])
    private static let englishCues = PhraseMatcher([
        "next item", "move on", "any other business", "let's start", "let us start", "thank you", "welcome", "adjourn",
        "any comments",
    ])
}
