import DocketArchive
import DocketCore
import DocketDrafting
import DocketIngest
public import Foundation

/// One run of `docket predict`: reads records line by line, runs the engine, writes one answer a line.
///
/// Only inputs are decoded: speakers, texts, marks and times of utterances, bounds of given segments, the words of given
/// queries. Whatever a record says of its own answers is not even read.
public struct PredictionRun: Sendable {
    /// What to do.
    public var task: PredictionTask
    /// Length in characters (Chinese) or words; nil takes the task's own.
    public var length: Int?
    /// Which items are looked for.
    public var field: Field
    /// Documents of `ret`.
    public var corpus: URL?

    /// A run.
    public init(task: PredictionTask, length: Int? = nil, field: Field = .decisions, corpus: URL? = nil) {
        self.task = task
        self.length = length
        self.field = field
        self.corpus = corpus
    }

    /// Which items `items` looks for.
    public enum Field: String, Sendable, CaseIterable {
        case decisions, actions
    }

    /// Runs over the file at `input` and writes the file at `output`; gives the number of records.
    /// - Throws: `PipelineError.badLine`, `.missingInput`, `.cannotWrite`.
    public func run(from input: URL, to output: URL, progress: @Sendable (Int) -> Void = { _ in }) async throws -> Int {
        if task == .ret { return try await retrieve(input, output) }
        let lines = try Lines(input)
        var answers = Data()
        var count = 0
        for (number, line) in lines {
            try Task.checkCancellation()
            try answers.append(answer(to: line, number: number, file: input.lastPathComponent))
            answers.append(UInt8(ascii: "\n"))
            count += 1
            progress(count)
        }
        try write(answers, to: output)
        return count
    }

    // MARK: - Records

    private func answer(to line: Data, number: Int, file: String) throws -> Data {
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            do { return try JSONDecoder().decode(type, from: line) } catch let error as DecodingError {
                throw PipelineError.badLine(
                    file: file, line: number, problem: "\(error.problem) (\(error.place))")
            }
        }
        switch task {
        case .key, .abstract: return try encoded(record(decode(RecordInput.self)))
        case .seg: return try encoded(segments(decode(MeetingInput.self)))
        case .summary, .segsum, .title, .query: return try encoded(texts(decode(MeetingInput.self)))
        case .items: return try encoded(items(decode(MeetingInput.self)))
        case .ret: return Data()
        }
    }

    private func encoded(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    private func segments(_ meeting: MeetingInput) -> SegmentsOutput {
        let segments = TranscriptSegmenter().segments(of: meeting.document, agenda: nil)
        return SegmentsOutput(
            id: meeting.id,
            topic_segments: segments.map { .init(start_utt: $0.firstPassage, end_utt: $0.lastPassage) })
    }

    private func texts(_ meeting: MeetingInput) -> TextsOutput {
        let talk = meeting.talk
        let bounds = meeting.bounds
        var output = TextsOutput(id: meeting.id)
        switch task {
        case .segsum:
            output.segment_summaries = Prediction.segmentSummaries(
                talk, bounds: bounds, length: length ?? (talk.isChinese ? 150 : 80))
        case .title:
            output.segment_titles = Prediction.segmentTitles(talk, bounds: bounds)
        case .query:
            output.answers = Prediction.answers(
                talk, questions: meeting.queries?.map(\.query) ?? [], length: length ?? 71)
        default:
            output.overall_summary = Prediction.summary(talk, length: length ?? (talk.isChinese ? 250 : 160))
        }
        return output
    }

    private func items(_ meeting: MeetingInput) -> ItemsOutput {
        let talk = meeting.talk
        var output = ItemsOutput(id: meeting.id)
        switch field {
        case .decisions where meeting.hasItems:
            output.decisions = Prediction.rulings(talk).map { .ruling(item: $0.item, decision: $0.decision) }
        case .decisions: output.decisions = Prediction.decisions(talk).map(ItemsOutput.Entry.text)
        case .actions: output.actions = Prediction.actions(talk).map(ItemsOutput.Entry.text)
        }
        return output
    }

    private func record(_ record: RecordInput) -> RecordOutput {
        var output = RecordOutput(id: record.id)
        if task == .key {
            output.keywords = Prediction.keyphrases(title: record.bestTitle, abstract: record.bestAbstract)
        } else {
            output.title = Prediction.title(abstract: record.bestAbstract)
        }
        return output
    }

    // MARK: - Retrieval

    private func retrieve(_ queries: URL, _ output: URL) async throws -> Int {
        guard let corpus else { throw PipelineError.missingInput(task: task.rawValue, option: "--corpus FILE") }
        func decode<Value: Decodable>(_ type: Value.Type, _ url: URL) throws -> [Value] {
            try Lines(url).map { number, line in
                do { return try JSONDecoder().decode(type, from: line) } catch let error as DecodingError {
                    throw PipelineError.badLine(
                        file: url.lastPathComponent, line: number, problem: "\(error.problem) (\(error.place))")
                }
            }
        }
        let documents = try decode(SearchRecord.self, corpus)
        let questions = try decode(SearchRecord.self, queries)
        let ranking = try await RetrievalPrediction.ranked(
            documents: documents.map { ($0.id, $0.title ?? "", $0.text) }, queries: questions.map { ($0.id, $0.text) })
        var answers = Data()
        for (query, ids) in ranking {
            answers += try encoded(RetrievalOutput(query_id: query, doc_ids: ids))
            answers.append(UInt8(ascii: "\n"))
        }
        try write(answers, to: output)
        return ranking.count
    }

    private func write(_ data: Data, to url: URL) throws {
        do { try data.write(to: url, options: .atomic) } catch { throw PipelineError.cannotWrite(file: url.path) }
    }
}

/// The lines of a file that are not blank, with their numbers from 1.
struct Lines: Sequence {
    private let data: Data

    init(_ url: URL) throws {
        do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
            throw PipelineError.badLine(file: url.path, line: 1, problem: "the file cannot be read")
        }
    }

    func makeIterator() -> AnyIterator<(Int, Data)> {
        var start = data.startIndex
        var number = 0
        return AnyIterator {
            while start < data.endIndex {
                let end = data[start...].firstIndex(of: UInt8(ascii: "\n")) ?? data.endIndex
                let line = data[start..<end]
                start = end < data.endIndex ? data.index(after: end) : end
                number += 1
                if line.contains(where: { $0 > 0x20 }) { return (number, Data(line)) }
            }
            return nil
        }
    }
}
