public import DocketCore
public import Foundation

/// Checks claims given as JSON Lines: in `{"id","sources":[{"id","title"?,"text"}],"claim"}`, out
/// `{"id","verdict","reasons"}`.
public struct ClaimChecker: Sendable {
    private let grounder: Grounder

    /// A checker that judges with `grounder`.
    public init(_ grounder: Grounder = Grounder()) {
        self.grounder = grounder
    }

    /// One claim with the passages it cites.
    public struct Record: Sendable, Codable {
        /// Name of the claim.
        public var id: String
        /// What it cites.
        public var sources: [Source]
        /// Its text.
        public var claim: String

        /// A claim with its passages.
        public init(id: String, sources: [Source], claim: String) {
            self.id = id
            self.sources = sources
            self.claim = claim
        }

        /// One cited passage.
        public struct Source: Sendable, Codable {
            /// Name of the passage.
            public var id: String
            /// Title of its document.
            public var title: String?
            /// Its text.
            public var text: String

            /// A passage.
            public init(id: String, title: String? = nil, text: String) {
                self.id = id
                self.title = title
                self.text = text
            }
        }
    }

    /// The verdict on one claim.
    public struct Result: Sendable, Codable, Equatable {
        /// Name of the claim.
        public var id: String
        /// The verdict.
        public var verdict: Verdict
        /// Why.
        public var reasons: [VerdictReason]
    }

    /// The verdict on one record.
    public func check(_ record: Record) -> Result {
        let evidence = record.sources.map { Evidence(id: $0.id, title: $0.title ?? "", text: $0.text) }
        let (verdict, reasons) = grounder.verdict(claim: record.claim, evidence: evidence)
        return Result(id: record.id, verdict: verdict, reasons: reasons)
    }

    /// Reads one line, checks it and gives the line of its result, without a line break.
    /// - Throws: `GroundingError.malformedRecord` for a line that is no record.
    public func check(line: Data, number: Int) throws(GroundingError) -> Data {
        guard let record = try? JSONDecoder().decode(Record.self, from: line) else {
            // The decoder's own message would hold text of the line.
            throw .malformedRecord(line: number)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let result = try? encoder.encode(check(record)) else { throw .malformedRecord(line: number) }
        return result
    }
}

/// Claims could not be checked.
public enum GroundingError: ExplainedError, Equatable {
    /// A line of a claims file is no record.
    case malformedRecord(line: Int)
    /// The coverage ledger of a draft does not name every passage of its main source once.
    case incompleteCoverage(source: SourceID, missing: Int, repeated: Int)
    /// A source that the draft cites was not given.
    case missingSource(SourceID)

    /// One line for a person.
    public var explanation: LocalizedText {
        switch self {
        case .malformedRecord(let line):
            LocalizedText(
                zhHant: "第 \(line) 行不是待查主張：每行須為含 id、sources、claim 的 JSON 物件",
                en: "line \(line) is no claim record: each line is a JSON object with id, sources and claim")
        case .incompleteCoverage(let source, let missing, let repeated):
            LocalizedText(
                zhHant: "草稿未交代來源 \(source) 的全部段落（漏 \(missing)、重複 \(repeated)）：請重新產生草稿",
                en:
                    "the draft does not account for \(source): \(missing) missing, \(repeated) repeated; draft again"
            )
        case .missingSource(let source):
            LocalizedText(
                zhHant: "草稿引用的來源 \(source) 不在檢查範圍：請一併提供",
                en: "the draft cites \(source), which was not given; pass it too")
        }
    }
}
