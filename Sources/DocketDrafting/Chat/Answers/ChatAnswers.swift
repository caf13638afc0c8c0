import Foundation

/// One sentence of an answer with the identifiers it rests on.
struct AnsweredClaim: Sendable, Equatable, Decodable {
    var text: String
    var passages: [String]
    var task: Bool
    var id: String

    private enum CodingKeys: String, CodingKey { case text, passages, task, id }

    /// Identifiers that one sentence may name; more are left out.
    static let mostPassages = 24

    init(text: String, passages: [String], task: Bool = false, id: String = "") {
        self.text = text
        self.passages = passages
        self.task = task
        self.id = id
    }

    /// Reads what models write: identifiers as strings or numbers, one or several in a string.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        text = try values.decode(String.self, forKey: .text)
        task = (try? values.decode(Bool.self, forKey: .task)) ?? false  // Absent from most forms.
        id = (try? values.decode(String.self, forKey: .id)) ?? ""  // Absent from most forms.
        passages = Self.identifiers(values)
    }

    private static func identifiers(_ values: KeyedDecodingContainer<CodingKeys>) -> [String] {
        // Whatever is not a list of identifiers is none: the places are then found by the words.
        if let list = try? values.decode([Identifier].self, forKey: .passages) {
            return Array(list.prefix(mostPassages).flatMap(\.words).prefix(mostPassages))
        }
        let one = try? values.decode(Identifier.self, forKey: .passages)
        return Array((one?.words ?? []).prefix(mostPassages))
    }

    /// "p12", "[P12]", 12, "p3, p4", "p3-p5".
    private struct Identifier: Decodable {
        var words: [String]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int.self) {  // A bare number is the number of an identifier.
                words = [String(number)]
                return
            }
            words = Self.words(try value.decode(String.self))
        }

        static func words(_ text: String) -> [String] {
            text.prefix(200).split { ",、，; ".contains($0) }.flatMap { word -> [String] in
                let bare = word.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" }
                let ends = bare.split(separator: "-")
                guard ends.count == 2, let low = number(ends[0]), let high = number(ends[1]), low < high,
                    high - low < mostPassages, let letter = ends[0].first, letter.isLetter
                else { return ends.map(String.init) }
                return (low...high).map { "\(letter)\($0)" }
            }
        }

        private static func number(_ word: Substring) -> Int? { Int(word.drop { $0.isLetter }) }
    }
}

/// Sentences in order.
struct ClaimsAnswer: Sendable, Decodable {
    var claims: [AnsweredClaim]
}

/// Statements and conclusions of an agenda item.
struct ItemAnswer: Sendable, Decodable {
    var statements: [AnsweredClaim]
    var conclusions: [AnsweredClaim]

    private enum CodingKeys: String, CodingKey { case statements, conclusions }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        statements = try values.decodeIfPresent([AnsweredClaim].self, forKey: .statements) ?? []
        conclusions = try values.decodeIfPresent([AnsweredClaim].self, forKey: .conclusions) ?? []
    }
}

/// Joined sentences, and what contradicts.
struct MergeAnswer: Sendable, Decodable {
    struct Contradiction: Sendable, Decodable {
        var between: [String]
        var about: String
    }

    var claims: [AnsweredClaim]
    var contradictions: [Contradiction]

    private enum CodingKeys: String, CodingKey { case claims, contradictions }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        claims = try values.decode([AnsweredClaim].self, forKey: .claims)
        contradictions = try values.decodeIfPresent([Contradiction].self, forKey: .contradictions) ?? []
    }
}

/// Sentences that one answer may have; more are no minutes of one part.
enum AnswerLimits {
    static let claims = 60
    /// Bytes of an answer's JSON.
    static let bytes = 1 << 20
}
