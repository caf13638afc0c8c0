import DocketCore
import DocketDrafting
import DocketGrounding

/// Between engine and check: asks once for other words of what the source does not support, then the policy decides.
struct ClaimRepair: Sendable {
    let engine: any DraftingEngine
    let verifier: DraftVerifier
    let policy: UnsupportedPolicy
    let sources: [SourceDocument]
    let given: [String]

    /// A draft as it is after the repair.
    struct Mended {
        var draft: Draft
        /// The verdicts on it, where they are known already.
        var verified: VerifiedDraft?
    }

    /// A draft in which every sentence of a model is supported or handled as the policy says; findings tell of it.
    func mended(_ draft: Draft, for request: DraftRequest) async throws -> Mended {
        // An embedded engine's sentences are the source's own words: they keep their verdicts.
        guard engine.model != nil else { return Mended(draft: draft) }
        let verified = try verifier.verify(draft, sources: sources, given: given)
        let doubts = doubts(on: draft, verified.verdicts)
        guard !doubts.isEmpty else { return Mended(draft: draft, verified: verified) }
        // What the rules found is not put into other words by a model: it might lose a date.
        let composed = Set(draft.claims.filter { $0.derivation == .composed }.map(\.number))
        let asked = doubts.filter { composed.contains($0.claim) }
        let repairs = try await engine.repaired(asked, of: draft, for: request)
        var revision = DraftRevision(draft, source: request.source)
        var outcome = Outcome()
        var page = Page(draft, words: SourceWords(request, for: draft.kind), task: request.task)
        for doubt in doubts {
            try Task.checkCancellation()
            let block = draft.blocks[doubt.block]
            guard let claim = block.claims.first(where: { $0.number == doubt.claim }) else { continue }
            let repaired = repairs.claims[doubt.claim]
            if let repaired, page.hasRoom(for: repaired, insteadOf: claim, in: doubt.block),
                block.kind != .conclusion || !page.repeats(repaired, insteadOf: claim, in: doubt.block),
                try isSupported(repaired, in: block, of: draft)
            {
                page.take(repaired, insteadOf: claim, in: doubt.block)
                revision.replace(doubt.claim, with: repaired)
                outcome.repaired.append(doubt)
            } else if policy != .flag {
                let fitting = try fitting(claim, doubt, of: draft, page)
                if let fitting {
                    page.take(fitting, insteadOf: claim, in: doubt.block)
                    revision.replace(doubt.claim, with: fitting)
                    outcome.replaced.append(doubt)
                } else if !block.kind.isTitle, claim.derivation == .composed {
                    page.take(nil, insteadOf: claim, in: doubt.block)
                    revision.drop(doubt.claim)
                    outcome.dropped.append(doubt)
                }
            }
        }
        return Mended(draft: finished(revision, outcome, draft, repairs.derivation))
    }

    /// Words of the source that are supported, are not on the page yet and have room on it; a title is never without
    /// words.
    private func fitting(_ claim: Claim, _ doubt: ClaimDoubt, of draft: Draft, _ page: Page) throws -> Claim? {
        let block = draft.blocks[doubt.block]
        guard policy == .replace || block.kind.isTitle else { return nil }
        let candidates = page.words.candidates(
            for: claim, isPhrase: block.kind.isTitle || draft.kind == .subject, isConclusion: block.kind == .conclusion)
        return try candidates.first { candidate in
            try !page.repeats(candidate, insteadOf: claim, in: doubt.block)
                && page.hasRoom(for: candidate, insteadOf: claim, in: doubt.block)
                && isSupported(candidate, in: block, of: draft)
        }
    }

    /// What stands on the page while claims are changed.
    private struct Page {
        let words: SourceWords
        private let limit: Int?
        /// Claims of each block as they stand now.
        private var claims: [[Claim]]
        private let paths: [String?]

        init(_ draft: Draft, words: SourceWords, task: DraftRequest.Task) {
            self.words = words
            claims = draft.blocks.map(\.claims)
            paths = draft.blocks.map(\.path)
            switch task {
            case .summary(let length, _), .answer(_, let length), .speakerDigest(let length): limit = length
            case .abstract: limit = words.form.abstractLength.upperBound
            case .minutes, .title, .subject: limit = nil
            }
        }

        /// True when a claim leaves its block within its length.
        func hasRoom(for claim: Claim, insteadOf old: Claim, in block: Int) -> Bool {
            let rest = claims[block].reduce(0) { $0 + ($1.number == old.number ? 0 : words.length(of: $1.text)) }
            guard let limit, rest > 0 else { return true }
            return rest + words.length(of: claim.text) <= limit
        }

        /// True when a sentence beside the old one says most of what a claim says: on the same matter, or in the text.
        func repeats(_ claim: Claim, insteadOf old: Claim, in block: Int) -> Bool {
            let beside = claims.indices.filter { paths[$0] == paths[block] }
            let others = beside.flatMap { claims[$0] }.filter { $0.number != old.number }.map(\.text)
            return words.isRepeated(claim.text, among: others)
        }

        mutating func take(_ claim: Claim?, insteadOf old: Claim, in block: Int) {
            guard let place = claims[block].firstIndex(where: { $0.number == old.number }) else { return }
            if var claim {
                claim.number = old.number
                claims[block][place] = claim
            } else {
                claims[block].remove(at: place)
            }
        }
    }

    private struct Outcome {
        var repaired: [ClaimDoubt] = []
        var replaced: [ClaimDoubt] = []
        var dropped: [ClaimDoubt] = []
    }

    /// The sentences of a model's draft that do not follow from what they cite.
    private func doubts(on draft: Draft, _ verdicts: [ClaimVerdict]) -> [ClaimDoubt] {
        var rest = verdicts[...]
        return draft.blocks.enumerated().flatMap { number, block -> [ClaimDoubt] in
            let own = rest.prefix(block.claims.count)
            rest = rest.dropFirst(block.claims.count)
            return zip(block.claims, own).compactMap { claim, verdict -> ClaimDoubt? in
                guard verdict.verdict != .supported, Self.isDoubted(claim, in: block) else { return nil }
                return ClaimDoubt(claim: claim.number, block: number, reasons: verdict.reasons)
            }
        }
    }

    /// True for what a model composed, and for rulings that the rules put back beside it.
    private static func isDoubted(_ claim: Claim, in block: DraftBlock) -> Bool {
        claim.derivation == .composed || claim.derivation == .condensed && block.kind == .conclusion
    }

    /// True when a claim would be supported in the place of another.
    private func isSupported(_ claim: Claim, in block: DraftBlock, of draft: Draft) throws -> Bool {
        var alone = draft
        var own = block
        own.claims = [claim]
        alone.blocks = [own]
        let verified = try verifier.verify(alone, sources: sources, given: given)
        return verified.verdicts.allSatisfy { $0.verdict == .supported }
            && !verified.findings.contains { $0.severity == .error }
    }

    private func finished(
        _ revision: DraftRevision, _ outcome: Outcome, _ draft: Draft, _ took: DraftDerivation
    ) -> Draft {
        var (revised, former) = revision.revised()
        var derivation = draft.derivation ?? DraftDerivation()
        derivation.requests += took.requests
        derivation.remembered += took.remembered
        derivation.promptTokens += took.promptTokens
        derivation.answerTokens += took.answerTokens
        derivation.milliseconds += took.milliseconds
        derivation.repairedClaims += outcome.repaired.count
        derivation.extractiveClaims += outcome.replaced.count
        derivation.droppedClaims += outcome.dropped.count
        revised.derivation = derivation
        let numbers = Dictionary(former.enumerated().map { ($1, $0) }) { first, _ in first }
        var remarks = (draft.remarks ?? []).map { remark in
            var moved = remark
            moved.place.claim = remark.place.claim.flatMap { numbers[$0] }
            return moved
        }
        remarks += outcome.replaced.map { finding(.replaced, $0, draft, claim: numbers[$0.claim]) }
        remarks += outcome.dropped.map { finding(.dropped, $0, draft, claim: nil) }
        revised.remarks = remarks.isEmpty ? nil : remarks
        return revised
    }

    private enum Deed { case replaced, dropped }

    /// GEN-06: what was not written, and why.
    ///
    /// The words of a sentence that nothing supports are shown shortened, so that a reader can judge what is missing.
    private func finding(_ deed: Deed, _ doubt: ClaimDoubt, _ draft: Draft, claim: Int?) -> Finding {
        let block = draft.blocks[doubt.block]
        let old = block.claims.first { $0.number == doubt.claim }
        func short(_ text: String, _ most: Int) -> String { text.count > most ? text.prefix(most) + "…" : text }
        let words = short(old?.text ?? "", 40)
        let why = short(doubt.reasons.first?.claimWords ?? "", 30)
        let place = Finding.Place(spans: (old?.citations ?? []).prefix(4).map(\.span), claim: claim, path: block.path)
        switch deed {
        case .replaced:
            return Finding(
                rule: "GEN-06", severity: .information, place: place,
                message: LocalizedText(
                    zhHant: "所擬「\(words)」之「\(why)」查無根據，已改用原文語句",
                    en: "\"\(words)\" (\"\(why)\") had no support; words of the source stand in its place"),
                remedy: LocalizedText(zhHant: "請核對改用之語句是否足夠", en: "see whether the words of the source say enough"))
        case .dropped:
            return Finding(
                rule: "GEN-06", severity: .warning, place: place,
                message: LocalizedText(
                    zhHant: "所擬「\(words)」之「\(why)」查無根據，已略去",
                    en: "\"\(words)\" (\"\(why)\") had no support and was left out"),
                remedy: LocalizedText(zhHant: "請核對該處原文是否有應記載之事項", en: "read the place and add what the record needs"))
        }
    }
}

extension DraftBlock.Kind {
    /// True for titles, which a page cannot be without.
    fileprivate var isTitle: Bool { self == .heading || self == .itemTitle }
}
