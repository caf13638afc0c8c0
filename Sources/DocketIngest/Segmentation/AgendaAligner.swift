import DocketCore
import DocketText
import Foundation

/// Lays the items of an agenda along a transcript.
///
/// Each utterance is in the preamble, in one item, or in the epilogue, and these follow one another in the order of the
/// agenda; an item may be passed over. Among all such ways the best is found by dynamic programming over what speaks for an
/// utterance to belong to an item (shared words) and to begin it (its number or title read out, a chair's phrase, the score
/// of `TopicModel`). Time grows with utterances times items.
struct AgendaAligner {
    private let items: [AgendaItem]
    private let turns: [SpokenTurn]
    private let evidence: AgendaEvidence

    /// What an item that is passed over costs.
    private static let passing = 3.0
    /// What the beginning of an item costs that nothing speaks for.
    private static let beginning = 4.0

    init(items: [AgendaItem], turns: [SpokenTurn], scores: [Double]) {
        // An agenda is short; what is longer than any is not one, and would cost time without limit.
        self.items = Array(items.prefix(500))
        self.turns = turns
        evidence = AgendaEvidence(items: self.items, turns: turns, scores: scores)
    }

    /// Segments in order, which partition the utterances.
    func segments() -> [Segment] {
        let states = path()
        var segments: [Segment] = []
        var start = 0
        for place in 1...states.count where place == states.count || states[place] != states[start] {
            segments.append(segment(state: states[start], number: segments.count, passages: start...place - 1))
            start = place
        }
        return segments
    }

    private func segment(state: Int, number: Int, passages: ClosedRange<Int>) -> Segment {
        if state == 0 { return Segment(number: number, kind: .preamble, passages: passages) }
        if state > items.count { return Segment(number: number, kind: .epilogue, passages: passages) }
        let item = items[state - 1]
        let support = evidence.beginning(of: state - 1, at: passages.lowerBound)
        return Segment(
            number: number, kind: .agendaItem, passages: passages, title: item.title.text, path: item.path,
            confidence: 1 / (1 + exp(Self.beginning / 2 - support)))
    }

    /// The best state of each utterance: 0 for the preamble, then the items from 1, one more for the epilogue.
    private func path() -> [Int] {
        let states = items.count + 2
        var values = [Double](repeating: -.infinity, count: states)
        var origins = [[Int32]](repeating: [Int32](repeating: -1, count: states), count: turns.count)
        for place in turns.indices {
            var next = [Double](repeating: -.infinity, count: states)
            // Best way to arrive from any earlier state, and that state.
            var (best, origin) = (place == 0 ? 0 : -Double.infinity, Int32(-1))
            for state in 0..<states {
                let arriving = best - Self.start(state, evidence, place)
                let staying = values[state]
                let isArriving = state > 0 && arriving > staying || (place == 0 && state == 0)
                next[state] = (isArriving ? (state == 0 ? 0 : arriving) : staying) + evidence.belonging(place, state)
                origins[place][state] = isArriving ? origin : Int32(state)
                let cost = state > 0 && state <= items.count ? Self.passing : 0
                best -= cost
                if values[state] > best { (best, origin) = (values[state], Int32(state)) }
            }
            values = next
        }
        return trace(values, origins)
    }

    private static func start(_ state: Int, _ evidence: AgendaEvidence, _ place: Int) -> Double {
        beginning - evidence.beginning(of: state - 1, at: place)
    }

    private func trace(_ values: [Double], _ origins: [[Int32]]) -> [Int] {
        // Items after the last one reached were passed over.
        let finals = values.indices.map { state in
            values[state] - Self.passing * Double(state == 0 ? items.count : max(0, items.count - state))
        }
        var state = finals.indices.max { finals[$0] < finals[$1] } ?? 0
        var states = [Int](repeating: 0, count: turns.count)
        for place in turns.indices.reversed() {
            states[place] = state
            state = max(0, Int(origins[place][state]))
        }
        return states
    }
}
