import DocketCore
import Foundation
import GRDB

@testable import DocketArchive

extension Stress {
    /// A kind of query and how to make one.
    struct Kind {
        var name: String
        var requests: [SearchRequest]
    }

    /// Processor and wall seconds of searches of one kind.
    private struct Times {
        var processor: [Double] = []
        var wall: [Double] = []

        mutating func measure<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
            let start = (Stress.processorTime, ContinuousClock.now)
            let answer = try await body()
            processor.append(Stress.processorTime - start.0)
            wall.append((ContinuousClock.now - start.1) / .seconds(1))
            return answer
        }

        /// "median / most" of the processor, in ms.
        var summary: String {
            let sorted = processor.sorted()
            return "\(Stress.milliseconds(sorted[sorted.count / 2])) / \(Stress.milliseconds(sorted[sorted.count - 1]))"
        }
    }

    /// Measures queries of every kind: processor time of the whole search, with the snippets and marks of ten hits.
    ///
    /// Warm: by a process that has searched before. Cold: by one that opens the database for this search and has read
    /// nothing of the index; the system's own cache of the file is left as it is, since it is not a matter of the processor.
    func query() async throws {
        let (catalogue, pool) = (try catalogue, try open())
        var random = Randomness(options.seed)
        let index = PostingSearchIndex(SQLitePostingSource(pool))
        _ = try await index.search(SearchRequest("資料 研究", viewer: Viewer(clearance: .internal)))
        Self.report("| processor ms, median / most | hits | warm | warm, all facets | cold, all facets | wall, cold |")
        Self.report("| --- | --- | --- | --- | --- | --- |")
        var most = 0.0
        for kind in kinds(catalogue, &random) where options.kind.isEmpty || kind.name == options.kind {
            var (plain, faceted, cold, totals) = (Times(), Times(), Times(), [Int]())
            for request in kind.requests {
                var request = request
                totals.append(try await plain.measure { try await index.search(request) }.total.count)
                request.facets = Set(Facet.allCases)
                _ = try await faceted.measure { try await index.search(request) }
            }
            for request in kind.requests.prefix(10) {
                var request = request
                request.facets = Set(Facet.allCases)
                _ = try await cold.measure {
                    try await PostingSearchIndex(SQLitePostingSource(try open())).search(request)
                }
            }
            most = max(most, (plain.processor + faceted.processor + cold.processor).max() ?? 0)
            let wall = cold.wall.sorted()
            Self.report(
                "| \(kind.name) | \(totals.sorted()[totals.count / 2]) / \(totals.max() ?? 0) | \(plain.summary) "
                    + "| \(faceted.summary) | \(cold.summary) | \(Self.milliseconds(wall[wall.count / 2])) |")
        }
        Self.report("most of all \(Self.milliseconds(most)) ms; peak memory of the process \(Self.peakMemory) MB")
    }

    private static func milliseconds(_ seconds: Double) -> String { String(format: "%.1f", seconds * 1000) }

    private static let common = ["研究", "資料", "分析", "系統", "方法", "結果", "影響", "技術"]
    private static let characters = ["的", "一", "是", "不", "在", "有", "人", "中", "大", "學", "分", "性"]

    private func make(_ name: String, _ count: Int = 40, _ body: () -> SearchRequest) -> Kind {
        Kind(name: name, requests: (0..<count).map { _ in body() })
    }

    private func request(_ text: String, _ change: (inout SearchRequest) -> Void = { _ in }) -> SearchRequest {
        var request = SearchRequest(text, viewer: Viewer(clearance: .topSecret), mode: .keywords)
        change(&request)
        return request
    }

    private func question(_ text: String, _ viewer: Viewer = Viewer(clearance: .topSecret)) -> SearchRequest {
        SearchRequest(text, viewer: viewer, mode: .question)
    }

    private func kinds(_ catalogue: Catalogue, _ random: inout Randomness) -> [Kind] {
        words(catalogue, &random) + questions(catalogue, &random) + characters(catalogue, &random)
            + facts(catalogue, &random)
    }

    private func words(_ catalogue: Catalogue, _ random: inout Randomness) -> [Kind] {
        func cut(_ length: Int) -> String {
            catalogue.phrase(random.below(options.records), length: length, &random)
        }
        func common() -> String { Self.common[random.below(Self.common.count)] }
        return [
            make("common two characters") { request(common()) },
            make("any two characters") { request(cut(2)) },
            make("phrase of 4") { request(cut(4)) },
            make("phrase of 8") { request(cut(8)) },
            make("phrase of 16", 10) { request(cut(16)) },
            make("phrase of common pairs") { request(["研究結果", "系統分析", "分析方法", "結果分析"][random.below(4)]) },
            make("AND") { request("\(cut(2)) \(common())") },
            make("AND of six", 10) { request("研究 資料 分析 系統 方法 結果") },
            make("OR of common") { request("研究 OR 資料 OR 分析 OR \(cut(2))") },
            make("NOT") { request("\(common()) NOT \(cut(2))") },
            make("NOT alone", 10) { request("NOT \(common())") },
            make("word or number") { request(["110年", "5000件", "98年3月", "DNA", "web"][random.below(5)]) },
        ]
    }

    private func questions(_ catalogue: Catalogue, _ random: inout Randomness) -> [Kind] {
        func cut(_ length: Int) -> String {
            catalogue.phrase(random.below(options.records), length: length, &random)
        }
        return [
            make("plain question") { question(cut(12) + "是什麼") },
            make("long question") { question(cut(12) + "，" + cut(12)) },
            make("question of common pairs", 10) { question("研究資料分析系統方法結果影響技術為何？") },
            make("question, restricted viewer") {
                question(cut(12) + "是什麼", Viewer(clearance: .public, scopes: []))
            },
            make("a record as a question", 10) {
                question(catalogue.record(random.below(options.records)).fields[0].text)
            },
        ]
    }

    private func characters(_ catalogue: Catalogue, _ random: inout Randomness) -> [Kind] {
        func cut(_ length: Int) -> String {
            catalogue.phrase(random.below(options.records), length: length, &random)
        }
        return [
            make("one character") { request(Self.characters[random.below(Self.characters.count)]) },
            make("one character, worst", 10) { request("的") },
            make("one character and a phrase") { request("的 \(cut(3))") },
            make("four characters by OR", 10) { request("的 OR 一 OR 在 OR 人") },
            make("phrase that ends in one", 10) { request(["DNA的", "\"中 的\"", "web的", "\"3 的\""][random.below(4)]) },
            make("NOT one character", 10) { request("NOT 的") },
        ]
    }

    private func facts(_ catalogue: Catalogue, _ random: inout Randomness) -> [Kind] {
        func cut(_ length: Int) -> String {
            catalogue.phrase(random.below(options.records), length: length, &random)
        }
        func common() -> String { Self.common[random.below(Self.common.count)] }
        let restricted = Viewer(clearance: .public, scopes: [Catalogue.scopes[0]])
        return [
            make("agency and years") { request("\(cut(2)) agency:臺北市教育局0 date:2005..2010") },
            make("dates alone", 10) { request("date:1995-03..2015-07-20") },
            make("everything by date", 10) { request("") },
            make("common, by date") { request(common()) { $0.order = .date } },
            make("common, restricted viewer") { request(common()) { $0.viewer = restricted } },
            make("everything, restricted viewer", 10) { request("") { $0.viewer = restricted } },
        ]
    }
}
