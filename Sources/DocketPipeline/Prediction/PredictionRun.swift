import DocketArchive
import DocketCataloguing
import DocketCore
import DocketDrafting
import DocketIngest
import DocketText
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
    /// Vocabulary of `subj`.
    public var vocabulary: URL?
    /// Records with subjects or keywords that `subj` and `key` learn from.
    public var train: URL?

    /// A run.
    public init(
        task: PredictionTask, length: Int? = nil, field: Field = .decisions, corpus: URL? = nil,
        vocabulary: URL? = nil, train: URL? = nil
    ) {
        self.task = task
        self.length = length
        self.field = field
        self.corpus = corpus
        self.vocabulary = vocabulary
        self.train = train
    }

    /// Which items `items` looks for.
    public enum Field: String, Sendable, CaseIterable {
        case decisions, actions
    }

    /// What became of a run.
    public struct Result: Sendable {
        /// Number of records that were answered.
        public var count = 0
        /// Lines that could not be read and have no answer, in order; each a `PipelineError.badLine`.
        public var failures: [PipelineError] = []
    }

    /// Runs over the file at `input` and writes the file at `output`; a bad line costs its own answer alone.
    /// - Throws: `PipelineError.missingInput`, `.cannotRead`, `.cannotWrite`.
    public func run(
        from input: URL, to output: URL, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Result {
        if task == .ret { return try await retrieve(input, output) }
        if task == .subj { return try index(input, output, progress) }
        var result = Result()
        var answers = Data()
        let phrases = task == .key ? try keyphraseModel(&result) : nil
        for line in try JSONLines(input) {
            try Task.checkCancellation()
            do {
                try answers.append(answer(to: line, phrases))
            } catch let error as PipelineError {
                result.failures.append(error)
                continue
            }
            answers.append(UInt8(ascii: "\n"))
            result.count += 1
            progress(result.count)
        }
        try write(answers, to: output)
        return result
    }

    // MARK: - Records

    private func answer(to line: JSONLines.Line, _ phrases: KeyphraseModel?) throws -> Data {
        switch task {
        case .key, .abstract: try encoded(record(line.decode(RecordInput.self), phrases))
        case .seg: try encoded(segments(line.decode(MeetingInput.self)))
        case .summary, .segsum, .title, .query: try encoded(texts(line.decode(MeetingInput.self)))
        case .items: try encoded(items(line.decode(MeetingInput.self)))
        case .ret, .subj: Data()
        }
    }

    func encoded(_ value: some Encodable) throws -> Data {
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

    private static func isChinese(_ record: RecordInput) -> Bool {
        let profile = ScriptProfile(of: record.bestTitle + record.bestAbstract)
        return profile.hanCount * 2 > profile.latinCount
    }

    private func record(_ record: RecordInput, _ phrases: KeyphraseModel?) -> RecordOutput {
        var output = RecordOutput(id: record.id)
        if let phrases, Self.isChinese(record) {
            output.keywords = phrases.phrases(
                in: SubjectDocument(title: record.bestTitle, text: record.bestAbstract)
            ).map(\.text)
        } else if task == .key {
            output.keywords = Prediction.keyphrases(title: record.bestTitle, abstract: record.bestAbstract)
        } else {
            output.title = Prediction.title(abstract: record.bestAbstract)
        }
        return output
    }

    // MARK: - Retrieval

    private func retrieve(_ queries: URL, _ output: URL) async throws -> Result {
        guard let corpus else { throw PipelineError.missingInput(task: task.rawValue, option: "--corpus FILE") }
        var result = Result()
        let documents = try records(corpus, &result)
        let questions = try records(queries, &result)
        let ranking = try await RetrievalPrediction.ranked(
            documents: documents.map { ($0.id, $0.title ?? "", $0.text) }, queries: questions.map { ($0.id, $0.text) })
        var answers = Data()
        for (query, ids) in ranking {
            answers += try encoded(RetrievalOutput(query_id: query, doc_ids: ids))
            answers.append(UInt8(ascii: "\n"))
        }
        try write(answers, to: output)
        result.count = ranking.count
        return result
    }

    private func records(_ url: URL, _ result: inout Result) throws -> [SearchRecord] {
        try JSONLines(url).compactMap { line in
            do {
                return try line.decode(SearchRecord.self)
            } catch let error as PipelineError {
                result.failures.append(error)
                return nil
            }
        }
    }

    func write(_ data: Data, to url: URL) throws {
        do { try data.write(to: url, options: .atomic) } catch { throw PipelineError.cannotWrite(file: url.path) }
    }
}
