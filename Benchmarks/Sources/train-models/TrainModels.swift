import DocketCataloguing
import DocketCore
import DocketIngest
import Foundation

/// Makes the files of Models/subjects and Models/keyphrases from the reference data.
///
///     train-models subjects OUT.json VOCABULARY RECORDS.jsonl [VOCABULARY RECORDS.jsonl ...]
///     train-models keyphrases OUT.json RECORDS.jsonl
///     train-models curve VOCABULARY LEARNED.jsonl TEST.jsonl
///
/// `curve` prints what a person who corrects record after record sees: how often, in the test records, the mistakes return
/// that were made in them before she began.
@main
struct TrainModels {
    struct Record: Decodable {
        var id: String
        var text: String?
        var title_hant: String?
        var abstract_hant: String?
        var subjects: [String]?
        var keywords_hant: [String]?

        var document: SubjectDocument {
            text.map { SubjectDocument(text: $0) }
                ?? SubjectDocument(title: title_hant ?? "", text: abstract_hant ?? "")
        }
    }

    static func records(_ path: String) throws -> [Record] {
        try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)) }
    }

    static func vocabulary(_ path: String) throws -> Vocabulary {
        try VocabularyReader.read(ReaderInput(file: URL(filePath: path)), named: "train").vocabulary
    }

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "subjects" where arguments.count >= 4 && arguments.count % 2 == 0:
            var sets: [(SubjectIndexer, [(id: String, document: SubjectDocument)])] = []
            for index in stride(from: 2, to: arguments.count, by: 2) {
                sets.append(
                    try learned(vocabulary(arguments[index]), records(arguments[index + 1]), weights: .plain))
            }
            let weights = SubjectIndexer.weights(fittedOn: sets)
            try Data(weights.bytes).write(to: URL(filePath: arguments[1]))
        case "keyphrases" where arguments.count == 3:
            let examples = try records(arguments[2]).map {
                KeyphraseModel.Example(document: $0.document, phrases: $0.keywords_hant ?? [])
            }
            try Data(KeyphraseModel(training: examples).bytes).write(to: URL(filePath: arguments[1]))
        case "curve" where arguments.count == 4:
            try curve(vocabulary(arguments[1]), records(arguments[2]), records(arguments[3]))
        default: print("see the head of TrainModels.swift")
        }
    }

    static func learned(
        _ vocabulary: Vocabulary, _ records: [Record], weights: SubjectWeights
    ) -> (SubjectIndexer, [(id: String, document: SubjectDocument)]) {
        var indexer = SubjectIndexer(vocabulary, weights: weights)
        for record in records { indexer.learn(catalogued(record)) }
        return (indexer, records.map { ($0.id, $0.document) })
    }

    static func catalogued(_ record: Record) -> CataloguedRecord {
        CataloguedRecord(id: record.id, title: "", document: record.document, given: record.subjects ?? [])
    }

    // MARK: - Curve

    /// Mistakes are wrong terms among the five that are shown at most; "again" are those of them whose concept was wrongly suggested in the
    /// test records by the indexer that had learned nothing.
    static func curve(_ vocabulary: Vocabulary, _ learned: [Record], _ test: [Record]) throws {
        let weights = try SubjectWeights(Data(contentsOf: URL(filePath: "Models/subjects/weights.json")))
        var indexer = SubjectIndexer(vocabulary, weights: weights)
        let request = SubjectRequest(limit: 5)
        let documents = test.map(\.document)
        let gold = test.map { Set($0.subjects ?? []) }
        func wrong() -> [[String]] {
            zip(indexer.concepts(for: documents, request), gold).map { list, given in
                list.filter { !given.contains($0) }
            }
        }
        let first = wrong().map(Set.init)
        print("corrected  same mistakes  all mistakes  right")
        for count in [0, 5, 10, 20, 50, 100, 200, 400] where count <= learned.count {
            let from = indexer.recordCount
            for record in learned[from..<count] { indexer.learn(catalogued(record)) }
            let now = wrong()
            let same = zip(now, first).reduce(0) { $0 + $1.0.filter($1.1.contains).count }
            let all = now.reduce(0) { $0 + $1.count }
            let right = zip(indexer.concepts(for: documents, request), gold).reduce(0) {
                $0 + $1.0.filter($1.1.contains).count
            }
            print("\(count)  \(same)  \(all)  \(right)")
        }
    }
}
