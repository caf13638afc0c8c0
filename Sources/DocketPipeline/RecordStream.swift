import DocketArchive
import DocketCore
import DocketIngest
import Synchronization

/// The records of a container on their way into the library: each is read when the library asks for it.
final class RecordStream: AsyncSequence, Sendable {
    private let records: SourceRecords
    private let prepare: @Sendable (SourceDocument) -> SourceDocument
    private let state = Mutex(State())

    private struct State {
        var failures: [(line: Int, error: IngestError)] = []
        var failed = 0
    }

    /// Records of `records`, each changed by `prepare`.
    init(records: SourceRecords, prepare: @escaping @Sendable (SourceDocument) -> SourceDocument) {
        self.records = records
        self.prepare = prepare
    }

    /// Number of records that could not be read, and the first 1,000 of them with their lines.
    var failures: (count: Int, first: [(line: Int, error: IngestError)]) {
        state.withLock { ($0.failed, $0.failures) }
    }

    func makeAsyncIterator() -> Iterator { Iterator(stream: self, base: records.makeIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        let stream: RecordStream
        var base: AnyIterator<SourceRecords.Element>

        mutating func next() async throws -> NewRecord? {
            while let element = base.next() {
                try Task.checkCancellation()
                switch element.result {
                case .success(let read):
                    let document = stream.prepare(read)
                    return NewRecord(line: element.line, external: document.facts["external"], document: document)
                case .failure(let error):
                    stream.note(error, line: element.line)
                }
            }
            return nil
        }
    }

    private func note(_ error: IngestError, line: Int) {
        state.withLock {
            $0.failed += 1
            if $0.failures.count < 1000 { $0.failures.append((line, error)) }
        }
    }
}
