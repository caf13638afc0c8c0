internal import DocketCore

/// Minutes whose statements, conclusions and topic titles a model writes, in the form that the rules write.
///
/// All items are asked about at once, so that no slot waits for another item; their blocks are handed over in page order.
struct MinutesWriting: Sendable {
    private let writer: ChatWriter
    private let request: DraftRequest
    private let drafter: MinutesDrafter

    init(_ writer: ChatWriter, _ request: DraftRequest, _ facts: MinutesFacts) {
        self.writer = writer
        self.request = request
        drafter = MinutesDrafter(request, facts: facts)
    }

    /// One entry of the body as the model wrote it.
    private struct Written: Sendable {
        var entry: Int
        var item: ItemWriter.Written
    }

    /// The draft, block by block.
    func draft(
        _ board: ProgressBoard, _ onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> Draft {
        var page = drafter
        let title = page.writeHeader()
        let plan = page.plan()
        var remarks: [Finding] = []
        var shown = 0
        var next = 0
        func show() async throws {
            for block in page.page.blocks[shown...] { try await onFragment(.block(block)) }
            shown = page.page.blocks.count
        }
        try await show()
        let run = writer.run
        try await board.gather(work(plan)) {
            try await onFragment(.progress(run.progress))
        } onValue: { _, written in
            for entry in plan[next..<written.entry] { page.write(entry) }
            page.write(plan[written.entry], text: written.item.text)
            next = written.entry + 1
            remarks += findings(written.item, path: plan[written.entry].path)
            try await show()
        }
        for entry in plan[next...] { page.write(entry) }
        var draft = page.finished(title: title, engine: run.identity)
        for block in draft.blocks[shown...] { try await onFragment(.block(block)) }
        draft.remarks = remarks.isEmpty ? nil : remarks
        return draft
    }

    private func findings(_ item: ItemWriter.Written, path: String?) -> [Finding] {
        Contradiction.findings(item.contradictions, in: request.source, talk: drafter.talk, path: path)
            + InstructionSigns.findings(item.instructions, in: request.source, talk: drafter.talk, path: path)
    }

    private func work(_ plan: [MinutesEntry]) -> [@Sendable () async throws -> Written] {
        plan.enumerated().compactMap { number, entry -> (@Sendable () async throws -> Written)? in
            let items = ItemWriter(writer: writer, drafter: drafter, order: number * Self.orderStride)
            switch entry {
            case .section, .title: return nil
            case .topic(let topic):
                guard topic.segment.title == nil else { return nil }
                return { Written(entry: number, item: try await items.title(of: topic)) }
            case .item(let matter):
                guard let part = matter.part, matter.kind != .readPrevious, ItemWriter.says(part) else { return nil }
                return { Written(entry: number, item: try await items.text(of: matter, part)) }
            }
        }
    }

    /// Steps that one entry may have before its numbers run into those of the next.
    private static let orderStride = 100_000
}

extension MinutesEntry {
    /// Path of the matter.
    var path: String? {
        switch self {
        case .section(let section): section.path
        case .title(let item): item.path
        case .topic(let topic): topic.path
        case .item(let matter): matter.path
        }
    }
}
