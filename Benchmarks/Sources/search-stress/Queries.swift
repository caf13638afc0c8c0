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

    /// Measures queries of every kind: processor time and wall time of the whole search, hits with snippets included.
    func query() async throws {
        let (catalogue, pool) = (try catalogue, try open())
        let before = Self.processorTime
        let cold = PostingSearchIndex(SQLitePostingSource(pool))
        _ = try await cold.search(SearchRequest("資料 研究", viewer: Viewer(clearance: .internal)))
        Self.report("first search of a process: \(Self.milliseconds(Self.processorTime - before)) ms of processor")
        var random = Randomness(options.seed)
        let index = PostingSearchIndex(SQLitePostingSource(pool))
        for kind in kinds(catalogue, &random) {
            var (processor, wall, totals): ([Double], [Double], [Int]) = ([], [], [])
            for request in kind.requests {
                let start = (Self.processorTime, ContinuousClock.now)
                let answer = try await index.search(request)
                processor.append(Self.processorTime - start.0)
                wall.append(Double((ContinuousClock.now - start.1).components.attoseconds) / 1e18)
                totals.append(answer.total.count)
            }
            let (p, w) = (processor.sorted(), wall.sorted())
            Self.report(
                "\(kind.name.padding(toLength: 34, withPad: " ", startingAt: 0)) processor median "
                    + "\(Self.milliseconds(p[p.count / 2])) most \(Self.milliseconds(p[p.count - 1])) ms; wall median "
                    + "\(Self.milliseconds(w[w.count / 2])) most \(Self.milliseconds(w[w.count - 1])) ms; hits median "
                    + "\(totals.sorted()[totals.count / 2]) most \(totals.max() ?? 0)")
        }
        Self.report("peak memory of the query process \(Self.peakMemory) MB")
    }

    private static func milliseconds(_ seconds: Double) -> String { String(format: "%.1f", seconds * 1000) }

    private func kinds(_ catalogue: Catalogue, _ random: inout Randomness) -> [Kind] {
        func cut(_ length: Int) -> String {
            catalogue.phrase(random.below(options.records), length: length, &random)
        }
        func make(_ name: String, _ count: Int = 40, _ body: () -> SearchRequest) -> Kind {
            Kind(name: name, requests: (0..<count).map { _ in body() })
        }
        func request(_ text: String, _ change: (inout SearchRequest) -> Void = { _ in }) -> SearchRequest {
            var request = SearchRequest(text, viewer: Viewer(clearance: .topSecret), mode: .keywords)
            change(&request)
            return request
        }
        let common = ["研究", "資料", "分析", "系統", "方法", "結果", "影響", "技術"]
        let characters = ["的", "一", "是", "不", "在", "有", "人", "中", "大", "學", "分", "性"]
        return [
            make("common two characters") { request(common[random.below(common.count)]) },
            make("any two characters") { request(cut(2)) },
            make("phrase of 4") { request(cut(4)) },
            make("phrase of 8") { request(cut(8)) },
            make("phrase of common pairs") { request(["研究結果", "系統分析", "分析方法", "結果分析"][random.below(4)]) },
            make("AND") { request("\(cut(2)) \(common[random.below(common.count)])") },
            make("OR of common") { request("研究 OR 資料 OR 分析 OR \(cut(2))") },
            make("NOT") { request("\(common[random.below(common.count)]) NOT \(cut(2))") },
            make("plain question") { request(cut(12) + "是什麼") { $0.mode = .question } },
            make("long question") { request(cut(12) + "，" + cut(12)) { $0.mode = .question } },
            make("agency and years") { request("\(cut(2)) agency:臺北市教育局0 date:2005..2010") },
            make("dates alone") { request("date:1995-03..2015-07-20") },
            make("one character") { request(characters[random.below(characters.count)]) },
            make("one character, worst", 10) { request("的") },
            make("one character and a phrase") { request("的 \(cut(3))") },
            make("everything by date") { request("") },
            make("common, by date") { request(common[random.below(common.count)]) { $0.order = .date } },
            make("common, restricted viewer") {
                request(common[random.below(common.count)]) { $0.viewer = Viewer(clearance: .public, scopes: []) }
            },
            make("common, all facets", 10) {
                request(common[random.below(common.count)]) { $0.facets = Set(Facet.allCases) }
            },
            make("everything, all facets", 10) { request("") { $0.facets = Set(Facet.allCases) } },
            make("word or number") { request(["110年", "5000件", "98年3月", "DNA", "web"][random.below(5)]) },
        ]
    }
}
