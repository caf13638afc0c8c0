public import DocketArchive
public import DocketCore
import DocketDrafting
import DocketTransport
import Foundation

extension Workspace {
    /// What became of a batch that was asked for.
    public struct Enqueued: Sendable {
        /// The batch; nil when nothing was added.
        public var batch: JobBatchID?
        /// Jobs, one a source that was taken, in their order.
        public var jobs: [(source: SourceID, receipt: JobReceipts.Receipt)]
        /// Sources that were not taken, and why.
        public var refused: [(source: SourceID, error: any ExplainedError)]
    }

    /// Name by which jobs ask for the engine of this workspace: the endpoint's, or the embedded engine's own.
    public var engineName: String { stages.engine.model?.endpoint ?? stages.engine.identity.name }

    /// Adds a job for each source, to be drafted by this workspace's engine when a worker comes to it.
    ///
    /// A source that cannot be drafted so is left out and reported; the others are added together.
    /// - Throws: `ArchiveError`; nothing is added then.
    public func enqueue(
        _ order: DraftOrder, of sources: [SourceID], titled title: String, priority: Int = 0, by actor: Actor
    ) async throws -> Enqueued {
        var result = Enqueued(batch: nil, jobs: [], refused: [])
        var taken: [SourceID] = []
        for id in sources {
            do {
                try await check(order, on: id, by: actor)
                taken.append(id)
            } catch let error as PipelineError {
                result.refused.append((id, error))
            } catch let error as ArchiveError where error.isOfOneSource {
                result.refused.append((id, error))
            }
        }
        let payload = try order.payload()
        let papers = [order.agenda, order.attendance].compactMap { $0 }
        let jobs = taken.map {
            NewJob(
                kind: DraftOrder.jobKind, payload: payload, sources: [$0] + papers, engine: engineName,
                priority: priority)
        }
        guard !jobs.isEmpty else { return result }
        let receipts = try await library.enqueue(jobs, titled: title, by: actor)
        result.batch = receipts.batch
        result.jobs = Array(zip(taken, receipts.jobs)).map { (source: $0, receipt: $1) }
        return result
    }

    /// Sources that an order can be given for, oldest first: of the kinds it is for where the filter names none, and without
    /// a draft of its kind that was not rejected, unless `again`.
    public func sources(
        for order: DraftOrder, matching filter: SourceFilter, again: Bool = false
    ) async throws -> [SourceID] {
        var filter = filter
        if filter.kinds.isEmpty { filter.kinds = order.usualKinds }
        var found: [SourceID] = []
        var page: PageToken?
        repeat {
            let next = try await library.list(filter, page: page, limit: 1000, viewer: viewer)
            for source in next.items {
                let isDone = again ? false : try await hasDraft(order.kind, of: source.id)
                if !isDone { found.append(source.id) }
            }
            page = next.next
        } while page != nil
        return found.reversed()
    }

    private func hasDraft(_ kind: Draft.Kind, of source: SourceID) async throws -> Bool {
        let drafts = try await library.drafts(of: source, limit: 1000, viewer: viewer).items
        return drafts.contains { $0.kind == kind && $0.source == source && $0.state != .rejected }
    }

    /// - Throws: what a draft of this source would end with, as far as it can be known now.
    private func check(_ order: DraftOrder, on id: SourceID, by actor: Actor) async throws {
        let stored = try await source(id, kind: order.kind == .minutes ? .transcript : nil)
        let segments = order.segment == nil ? 0 : segments(of: stored).count
        if let segment = order.segment, !(0..<segments).contains(segment) {
            throw PipelineError.noSegment(id: id.rawValue, segment: segment, count: segments)
        }
        try await admit([stored.document], by: actor)
    }
}

extension DraftOrder {
    /// Kinds of sources that a batch means when it names none: never catalogue records, of which there may be a million.
    fileprivate var usualKinds: Set<SourceKind> {
        switch kind {
        case .minutes, .speakerDigest: [.transcript]
        case .summary, .title: [.document, .minutes, .report, .letter, .transcript]
        case .subject, .abstract: [.document, .minutes, .report, .letter]
        }
    }
}

extension ArchiveError {
    /// True when it concerns the source that was named and not the library.
    var isOfOneSource: Bool {
        switch self {
        case .notFound, .refused, .conflict: true
        default: false
        }
    }
}
