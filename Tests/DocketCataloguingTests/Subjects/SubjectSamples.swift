import DocketCataloguing
import DocketCore
import DocketTestSupport

/// Small vocabularies and texts for the tests of subject terms.
enum SubjectSamples {
    /// A vocabulary of concepts in order of their numbers: "c:003" and so on.
    static func vocabulary(_ concepts: [Vocabulary.Concept]) throws -> Vocabulary {
        try Vocabulary(
            id: VocabularyID(rawValue: "v"), name: "test", title: "test", languages: ["zh-Hant"],
            sourceDigest: SHA256Digest(of: "test"), concepts: concepts)
    }

    static func uri(_ number: Int) -> String {
        let digits = String(number)
        return "c:" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// A vocabulary of one label a concept.
    static func vocabulary(labels: [String]) throws -> Vocabulary {
        try vocabulary(
            labels.enumerated().map { number, label in
                Vocabulary.Concept(uri: uri(number), labels: [.init(.preferred, label, language: "zh-Hant")])
            })
    }

    static let characters = Array("採購契約檔案管理會議紀錄環境保護交通")

    /// Characters at random.
    static func text(_ count: Int, _ random: inout SeededGenerator) -> String {
        String((0..<count).compactMap { _ in characters.randomElement(using: &random) })
    }

    /// Records of random text with random concepts.
    static func records(_ count: Int, concepts: Int, _ random: inout SeededGenerator) -> [CataloguedRecord] {
        (0..<count).map { number in
            let text = text(Int.random(in: 10...60, using: &random), &random)
            let given = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                uri(Int.random(in: 0..<concepts, using: &random))
            }
            return CataloguedRecord(
                id: "r\(number)", title: String(text.prefix(6)), document: SubjectDocument(text: text), given: given,
                rejected: [uri(Int.random(in: 0..<concepts, using: &random))])
        }
    }
}
