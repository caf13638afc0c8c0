public import DocketCore
internal import DocketTransport

extension ChatEngine {
    /// Asks once for other words of doubted claims, block by block, with the passages they cite and those beside them.
    public func repaired(
        _ doubts: [ClaimDoubt], of draft: Draft, for request: DraftRequest
    ) async throws -> ClaimRepairs {
        guard !doubts.isEmpty else { return ClaimRepairs() }
        let board = ProgressBoard()
        let writer = try writer(for: request, board: board)
        let blocks = Dictionary(grouping: doubts, by: \.block).sorted { $0.key < $1.key }
        let work = blocks.map { block, own in
            let repair = BlockRepair(writer: writer, request: request, draft: draft, order: block)
            return { @Sendable in try await repair.claims(own) }
        }
        var repairs = ClaimRepairs()
        try await board.gather(work) {
        } onValue: { _, claims in
            repairs.claims.merge(claims) { first, _ in first }
        }
        repairs.derivation = writer.run.derivation
        return repairs
    }
}

/// The repair of one block's claims.
struct BlockRepair: Sendable {
    let writer: ChatWriter
    let request: DraftRequest
    let draft: Draft
    let order: Int

    /// New claims by the numbers of the old; none where the model fails, since the claims then fall back anyway.
    func claims(_ doubts: [ClaimDoubt]) async throws -> [Int: Claim] {
        guard draft.blocks.indices.contains(order) else { return [:] }
        let block = draft.blocks[order]
        let asked = doubts.compactMap { doubt in
            block.claims.first { $0.number == doubt.claim }.map { (claim: $0, reasons: doubt.reasons) }
        }
        return try await claims(asked, block, Talk(request.source))
    }

    private func claims(
        _ asked: [(claim: Claim, reasons: [VerdictReason])], _ block: DraftBlock, _ talk: Talk
    ) async throws -> [Int: Claim] {
        let pieces = evidence(asked.map(\.claim), talk)
        guard !pieces.isEmpty, !asked.isEmpty else { return [:] }
        var data = PromptData(isChinese: writer.isChinese)
        for piece in pieces { data.add(piece.id, speaker: piece.name, piece.text) }
        for (claim, reasons) in asked { data.add("k\(claim.number)", speaker: nil, line(claim, reasons)) }
        let room = try writer.room(.repair, [:])
        let size = writer.run.model.traits.tokens.tokens(in: data.fenced)
        guard size <= room else { return try await halves(asked, block, talk) }
        let question = ChatWriter.Question(name: .repair, step: "repair", item: block.label, order: order)
        writer.run.expect(1)
        do {
            let answer = try await writer.run.answer(writer.step(question, data: data), as: ClaimsAnswer.self)
            return taken(
                answer, asked.map(\.claim), pieces, talk, isHeading: block.kind.isPhrase || draft.kind == .subject)
        } catch ChatFailure.contextExceeded {
            return try await halves(asked, block, talk)
        } catch let failure as ChatFailure where !failure.isTemporary {
            return [:]
        }
    }

    private func halves(
        _ asked: [(claim: Claim, reasons: [VerdictReason])], _ block: DraftBlock, _ talk: Talk
    ) async throws -> [Int: Claim] {
        guard asked.count > 1 else { return [:] }
        let half = asked.count / 2
        let left = try await claims(Array(asked[..<half]), block, talk)
        return left.merging(try await claims(Array(asked[half...]), block, talk)) { first, _ in first }
    }

    /// The sentence with what is wrong in it, in the words of the check.
    private func line(_ claim: Claim, _ reasons: [VerdictReason]) -> String {
        let wrong = reasons.prefix(4).map { reason in
            reason.evidenceWords.isEmpty
                ? reason.claimWords.prefix(60).description
                : "\(reason.claimWords.prefix(60)) ≠ \(reason.evidenceWords.prefix(60))"
        }
        let label = writer.isChinese ? "——不符：" : " -- wrong: "
        return claim.text + label + wrong.joined(separator: writer.isChinese ? "；" : "; ")
    }

    /// The cited passages and one on either side, in order.
    private func evidence(_ claims: [Claim], _ talk: Talk) -> [SourcePiece] {
        var wanted = Set<Int>()
        for citation in claims.flatMap(\.citations) where citation.span.source == request.source.id {
            for passage in request.source.passages(meeting: citation.span.range) {
                wanted.formUnion([passage - 1, passage, passage + 1])
            }
        }
        return SourcePiece.pieces(of: talk) { $0 }.filter { wanted.contains($0.passage) }
    }

    private func taken(
        _ answer: ClaimsAnswer, _ asked: [Claim], _ pieces: [SourcePiece], _ talk: Talk, isHeading: Bool
    ) -> [Int: Claim] {
        var claims: [Int: Claim] = [:]
        for answered in answer.claims.prefix(AnswerLimits.claims) {
            let id = answered.id.lowercased().filter { !"[] ".contains($0) }
            guard let old = asked.first(where: { id == "k\($0.number)" || id == "\($0.number)" }),
                claims[old.number] == nil
            else { continue }
            let notes =
                isHeading
                ? [writer.phrase(answered, of: pieces)].compactMap(\.self)
                : writer.notes([answered], of: pieces, part: 0)
            let places = notes.flatMap(\.places)
            guard !places.isEmpty, !notes.contains(where: \.isInstruction) else { continue }
            if draft.kind == .abstract, notes.contains(where: { PersonalData.isIn($0.text) }) { continue }
            let isLater = old.text.hasPrefix(" ")
            let text = notes.map(\.text).joined(separator: writer.isChinese ? "" : " ")
            claims[old.number] = Claim(
                number: old.number, text: isLater ? " " + text : text,
                citations: places.map { request.source.citation(talk.sourceRange($0.range)) }, derivation: .composed)
        }
        return claims
    }
}

extension DraftBlock.Kind {
    /// True for titles, which are phrases and no sentences.
    var isPhrase: Bool { self == .heading || self == .itemTitle }
}
