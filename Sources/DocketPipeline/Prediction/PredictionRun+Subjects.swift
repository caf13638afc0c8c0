import DocketCataloguing
import DocketCore
import DocketIngest
import Foundation

/// A catalogue record with the subjects that a person gave it; only files of records to learn from are read into this.
struct LearnedRecordInput: Decodable {
    var record: SubjectInput
    var subjects: [String]

    private enum CodingKeys: String, CodingKey { case subjects }

    init(from decoder: any Decoder) throws {
        record = try SubjectInput(from: decoder)
        subjects = try decoder.container(keyedBy: CodingKeys.self).decode([String].self, forKey: .subjects)
    }
}

/// A record to be indexed: one text, or title and abstract.
struct SubjectInput: Decodable {
    var record: RecordInput
    var text: String?

    private enum CodingKeys: String, CodingKey { case text }

    init(from decoder: any Decoder) throws {
        record = try RecordInput(from: decoder)
        text = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .text)
    }

    var document: SubjectDocument {
        text.map { SubjectDocument(text: $0) }
            ?? SubjectDocument(title: record.bestTitle, text: record.bestAbstract)
    }
}

/// A catalogue record with the keywords of its authors; only files of records to learn from are read into this.
struct KeyphraseExampleInput: Decodable {
    var record: RecordInput
    var keywords: [String]

    private enum CodingKeys: String, CodingKey { case keywords, keywords_hant }

    init(from decoder: any Decoder) throws {
        record = try RecordInput(from: decoder)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        keywords =
            try values.decodeIfPresent([String].self, forKey: .keywords_hant)
            ?? values.decode([String].self, forKey: .keywords)
    }
}

struct SubjectsOutput: Encodable {
    var id: String
    var subjects: [String]
}

extension PredictionRun {
    /// Subject terms for every record, after learning from the records of `train`.
    func index(_ input: URL, _ output: URL, _ progress: @Sendable (Int) -> Void) throws -> Result {
        guard let vocabulary else { throw PipelineError.missingInput(task: task.rawValue, option: "--vocabulary FILE") }
        var result = Result()
        let reading = try VocabularyReader.read(ReaderInput(file: vocabulary), named: "predict")
        let weights = try SubjectWeights.embedded()
        var indexer = SubjectIndexer(reading.vocabulary, weights: weights)
        if let train {
            var documents: [(id: String, document: SubjectDocument)] = []
            for line in try JSONLines(train) {
                guard let given = decoded(LearnedRecordInput.self, line, &result) else { continue }
                let document = given.record.document
                let id = "\(line.number):\(given.record.record.id)"
                indexer.learn(
                    CataloguedRecord(
                        id: id, title: given.record.record.bestTitle, document: document, given: given.subjects))
                documents.append((id, document))
            }
            indexer.train(documents, prior: weights)
        }
        var records: [SubjectInput] = []
        for line in try JSONLines(input) {
            if let record = decoded(SubjectInput.self, line, &result) { records.append(record) }
        }
        var answers = Data()
        let chosen = indexer.concepts(for: records.lazy.map(\.document))
        for (record, subjects) in zip(records, chosen) {
            try answers.append(encoded(SubjectsOutput(id: record.record.id, subjects: subjects)))
            answers.append(UInt8(ascii: "\n"))
            result.count += 1
            progress(result.count)
        }
        try write(answers, to: output)
        return result
    }

    /// The model of keyphrases: of the records of `train` where there are such, else the built-in one.
    func keyphraseModel(_ result: inout Result) throws -> KeyphraseModel? {
        guard let train else { return try KeyphraseModel.embedded() }
        var examples: [KeyphraseModel.Example] = []
        for line in try JSONLines(train) {
            guard let given = decoded(KeyphraseExampleInput.self, line, &result) else { continue }
            examples.append(
                .init(
                    document: SubjectDocument(title: given.record.bestTitle, text: given.record.bestAbstract),
                    phrases: given.keywords))
        }
        return KeyphraseModel(training: examples)
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ line: JSONLines.Line, _ result: inout Result) -> Value?
    {
        do { return try line.decode(type) } catch {
            result.failures.append(error)
            return nil
        }
    }
}
