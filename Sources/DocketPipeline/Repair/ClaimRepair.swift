import DocketCore
import DocketDrafting
import DocketGrounding

/// Between engine and check: asks once for other words of what the source does not support, then lets the policy decide.
struct ClaimRepair: Sendable {
    let engine: any DraftingEngine
    let verifier: DraftVerifier
    let policy: UnsupportedPolicy
    let sources: [SourceDocument]
    let given: [String]

    /// A draft in which every sentence of a model is supported, or handled as the policy says; the findings say what was
    /// done.
    func mended(_ draft: Draft, for request: DraftRequest) async throws -> Draft {
        let doubts = try doubts(on: draft)
        guard !doubts.isEmpty else { return draft }
        let repairs = try await engine.repaired(doubts, of: draft, for: request)
        var revision = DraftRevision(draft, source: request.source)
        var outcome = Outcome()
        let words = SourceWords(request.source)
        var texts = Set(draft.claims.map(\.text))
        for doubt in doubts {
            try Task.checkCancellation()
            let block = draft.blocks[doubt.block]
            guard let claim = block.claims.first(where: { $0.number == doubt.claim }) else { continue }
            if let repaired = repairs.claims[doubt.claim], try isSupported(repaired, in: block, of: draft) {
                revision.replace(doubt.claim, with: repaired)
                outcome.repaired.append(doubt)
                continue
            }
            guard policy != .flag else { continue }
            let candidates =
                policy == .replace || block.kind.isTitle
                ? words.candidates(for: claim, isPhrase: block.kind.isTitle) : []
            let fitting = try candidates.first { try !texts.contains($0.text) && isSupported($0, in: block, of: draft) }
            if let fitting {
                texts.insert(fitting.text)
                revision.replace(doubt.claim, with: fitting)
                outcome.replaced.append(doubt)
            } else if !block.kind.isTitle {
                revision.drop(doubt.claim)
                outcome.dropped.append(doubt)
            }
        }
        return finished(revision, outcome, draft, repairs.derivation)
    }

    private struct Outcome {
        var repaired: [ClaimDoubt] = []
        var replaced: [ClaimDoubt] = []
        var dropped: [ClaimDoubt] = []
    }

    /// The sentences of a model that do not follow from what they cite.
    private func doubts(on draft: Draft) throws -> [ClaimDoubt] {
        guard draft.claims.contains(where: { $0.derivation == .composed }) else { return [] }
        let verdicts = try verifier.verify(draft, sources: sources, given: given).verdicts
        var rest = verdicts[...]
        return draft.blocks.enumerated().flatMap { number, block -> [ClaimDoubt] in
            let own = rest.prefix(block.claims.count)
            rest = rest.dropFirst(block.claims.count)
            return zip(block.claims, own).compactMap { claim, verdict -> ClaimDoubt? in
                guard claim.derivation == .composed, verdict.verdict != .supported else { return nil }
                return ClaimDoubt(claim: claim.number, block: number, reasons: verdict.reasons)
            }
        }
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
    /// The words of a sentence that nothing supports are shown shortened, so that a reader can judge whether something is
    /// missing.
    private func finding(_ deed: Deed, _ doubt: ClaimDoubt, _ draft: Draft, claim: Int?) -> Finding {
        let block = draft.blocks[doubt.block]
        let old = block.claims.first { $0.number == doubt.claim }
        let words = (old?.text ?? "").prefix(40)
        let why = doubt.reasons.first.map { $0.claimWords.prefix(30) } ?? ""
        let place = Finding.Place(spans: (old?.citations ?? []).prefix(4).map(\.span), claim: claim, path: block.path)
        switch deed {
        case .replaced:
            return Finding(
                rule: "GEN-06", severity: .information, place: place,
                message: LocalizedText(
                    zhHant: "模型所擬「\(words)…」之「\(why)」查無根據，已改用原文語句",
                    en: "\"\(words)…\" (\"\(why)\") had no support; words of the source stand in its place"),
                remedy: LocalizedText(zhHant: "請核對改用之語句是否足夠", en: "see whether the words of the source say enough"))
        case .dropped:
            return Finding(
                rule: "GEN-06", severity: .warning, place: place,
                message: LocalizedText(
                    zhHant: "模型所擬「\(words)…」之「\(why)」查無根據，已略去",
                    en: "\"\(words)…\" (\"\(why)\") had no support and was left out"),
                remedy: LocalizedText(zhHant: "請核對該處原文是否有應記載之事項", en: "read the place and add what the record needs"))
        }
    }
}

extension DraftBlock.Kind {
    /// True for titles, which a page cannot be without.
    fileprivate var isTitle: Bool { self == .heading || self == .itemTitle }
}
