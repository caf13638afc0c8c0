import DocketCore
import DocketTestSupport
import Testing

@testable import DocketArchive

/// What is passed over never would have been among the first: against evaluation of every match.
@Suite struct SkippingSearchTests {
    private static let limits: [PlanEvaluation.Limits] = [
        PlanEvaluation.Limits(), PlanEvaluation.Limits(mostCounted: 20, few: 0, window: 64),
        PlanEvaluation.Limits(mostCounted: 150, few: 10, window: 192),
        PlanEvaluation.Limits(mostCounted: 5, few: 4_096, window: 1_024),
    ]

    private static let viewers = [
        SearchFixture.everyone, SearchFixture.everyone, Viewer(clearance: .restricted, scopes: ["案一"]),
        Viewer(clearance: .public),
    ]

    /// Words side by side and alternatives, with conditions, of every kind of term.
    private static func query(_ generator: inout SearchGenerator) -> String {
        func words() -> String { generator.query() }
        let filters = ["", "", "", " kind:entry", " agency:教育局", " date:2021..2022", " status:列管", " NOT 請", " -會議"]
        let filter = filters.randomElement(using: &generator.generator) ?? ""
        switch Int.random(in: 0..<6, using: &generator.generator) {
        case 0: return words() + filter
        case 1: return "\(words()) \(words())" + filter
        case 2: return "(\(words()) OR \(words()) OR \(words()))" + filter
        case 3: return "的" + filter
        case 4: return "臺北市 會議" + filter
        default: return "(會議 OR 的 OR \(words()) OR 教育局)" + filter
        }
    }

    /// A library after changes of every kind, part of it in segments.
    private static func fixture(_ seed: UInt64, _ generator: inout SearchGenerator) throws -> SearchFixture {
        var fixture = try SearchFixture()
        let count = 700 + Int(seed % 3) * 900
        try fixture.load((0..<count).map { generator.document($0) })
        for round in 0..<3 {
            let changes = (0..<60).map { _ -> IndexChange in
                let number = Int.random(in: 0..<count + 40, using: &generator.generator)
                let document = generator.document(number, revision: round)
                let isRemoval = Int.random(in: 0..<4, using: &generator.generator) == 0
                return isRemoval ? .remove(document.id, source: document.source) : .put(document)
            }
            try fixture.apply(changes)
            if seed % 2 == 0, round < 2 { try fixture.fold() }
        }
        if seed % 5 == 4 {
            try fixture.upkeep(
                IndexMaintenance.Policy(foldAt: 1, mergeFactor: 2, largeMergeFactor: 2, deadShare: 0.1), isForced: true)
        }
        return fixture
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `the first hits, their scores and the total are those of full evaluation`(seed: UInt64) async throws {
        var generator = SearchGenerator(seed: seed &+ 900)
        let fixture = try Self.fixture(seed, &generator)
        var hits = 0
        for round in 0..<30 {
            let text = Self.query(&generator)
            let viewer = Self.viewers[round % Self.viewers.count]
            // Words of punctuation alone ask for nothing.
            guard let query = try? QueryParser().parse(text) else { continue }
            let plan = QueryPlan(query, viewer: viewer, facets: [])
            let batch = try await fixture.index.source.postings(plan.requests, deadline: SearchDeadline(nil))
            var full = try PlanEvaluation(
                plan, batch, Ranking(), .relevance, SearchDeadline(nil),
                limits: PlanEvaluation.Limits(mostCounted: .max / 2, isFull: true))
            let limit = [1, 10, 50][round % 3]
            let expected = try full.top(limit, after: nil, .relevance)
            let total = try full.total().count
            hits += expected.count
            for limits in Self.limits {
                var skipping = try PlanEvaluation(
                    plan, batch, Ranking(), .relevance, SearchDeadline(nil), limits: limits)
                #expect(try skipping.top(limit, after: nil, .relevance) == expected, "seed \(seed): \(text)")
                let counted = try skipping.total()
                #expect(counted.count == min(total, limits.mostCounted), "seed \(seed): \(text)")
                #expect(counted.isCapped == (total > limits.mostCounted), "seed \(seed): \(text)")
                if let middle = expected.dropFirst(limit / 2).first {
                    let rest = try skipping.top(limit, after: middle, .relevance)
                    #expect(rest == (try full.top(limit, after: middle, .relevance)), "seed \(seed): \(text)")
                }
            }
        }
        #expect(hits > 100)
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `a question's first hits are those of full evaluation`(seed: UInt64) async throws {
        var generator = SearchGenerator(seed: seed &+ 1_900)
        let fixture = try Self.fixture(seed, &generator)
        for round in 0..<12 {
            let text = generator.text(6) + "？"
            let plan = QueryPlan(.question(text), viewer: Self.viewers[round % Self.viewers.count], facets: [])
            let batch = try await fixture.index.source.postings(plan.requests, deadline: SearchDeadline(nil))
            var full = try PlanEvaluation(
                plan, batch, Ranking(), .relevance, SearchDeadline(nil),
                limits: PlanEvaluation.Limits(mostCounted: .max / 2, isFull: true))
            let expected = try full.top(50, after: nil, .relevance)
            for limits in Self.limits {
                var skipping = try PlanEvaluation(
                    plan, batch, Ranking(), .relevance, SearchDeadline(nil), limits: limits)
                #expect(try skipping.top(50, after: nil, .relevance) == expected, "seed \(seed): \(text)")
                #expect(try skipping.total().count == min(try full.total().count, limits.mostCounted))
            }
        }
    }
}
