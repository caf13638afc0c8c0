import DocketCore
import Foundation

/// The signs for a new topic at every place of a talk, each a column of one value a place.
struct BoundarySigns {
    /// A sign by name.
    struct Column {
        let name: String
        let values: [Double]
    }

    /// All signs, always in the same order.
    private(set) var columns: [Column] = []

    private let turns: [SpokenTurn]

    init(_ turns: [SpokenTurn]) {
        self.turns = turns
        let speakers = SpeakerSigns(turns)
        addWording(clean: speakers.crossing())
        addSpeakers(speakers)
        addPhrases(speakers)
        addPauses()
        let edge = 0.04 * Double(turns.count)
        add("edge", turns.indices.map { Double(min($0, turns.count - $0)) < edge ? 1 : 0 })
    }

    private mutating func add(_ name: String, _ values: [Double]) {
        columns.append(Column(name: name, values: values))
    }

    // MARK: - Wording

    private mutating func addWording(clean crossing: [Double]) {
        let words = TurnWords(turns.map(\.text))
        let sizes = words.turns.map { Double($0.count) }
        let total = max(1, sizes.reduce(0, +))
        var cohesion = SlidingCohesion(words.turns, weights: words.weights)
        for window in [80.0, 200, 500, 1200] {
            let likeness = cohesion.similarities(window: window, sizes: sizes)
            let difference = Curve.standardized(likeness.map { -$0 })
            add("wording \(Int(window))", difference)
            if window == 200 || window == 1200 {
                let reach = min(200, max(2, Int(Double(turns.count) * window / total)))
                add("valley \(Int(window))", Curve.standardized(Curve.depths(likeness, reach: reach)))
            }
            if window == 500 {
                add("wording 500 high", difference.map { max(0, $0 - 1) })
                add("wording 500 clean", zip(difference, crossing).map { $1 < 0.01 ? $0 : 0 })
            }
        }
    }

    // MARK: - Speakers

    private mutating func addSpeakers(_ speakers: SpeakerSigns) {
        let ones = [Double](repeating: 1, count: turns.count)
        var cohesion = SlidingCohesion(speakers.speakers.map { [$0] }, weights: speakers.weights)
        for window in [8.0, 24, 70] {
            let difference = cohesion.similarities(window: window, sizes: ones).map { 1 - $0 }
            add("speakers \(Int(window))", difference)
            if window > 8 { add("speakers \(Int(window)) high", difference.map { 5 * max(0, $0 - 0.8) }) }
        }
        let crossing = speakers.crossing()
        add("crossing", crossing)
        add("clean", crossing.map { $0 < 0.01 ? 1 : 0 })
        add("change", speakers.changes())
        let (arrivals, departures) = (speakers.arrivals(), speakers.departures())
        add("arrival", arrivals)
        add("departure", departures)
        add("exchange", zip(arrivals, departures).map { $0 * $1 })
        add("novelty", speakers.novelty())
    }

    // MARK: - Phrases

    private mutating func addPhrases(_ speakers: SpeakerSigns) {
        let cues = CuePhrases.shared
        let plain = turns.map { CuePhrases.plain($0.text) }
        let goes = plain.map { cues.goesOn($0) ? 1.0 : 0 }
        let opens = plain.map { cues.opens($0) ? 1.0 : 0 }
        let closes = plain.map { cues.closes($0) ? 1.0 : 0 }
        let chair = speakers.isChair.map { $0 ? 1.0 : 0 }
        let goesSoon = turns.indices.map { cues.goesOn(onward($0, plain, speakers.speakers)) ? 1.0 : 0 }
        add("goes on", goes)
        add("goes on before", [0] + goes.dropLast())
        add("goes on soon", goesSoon)
        add("opens", opens)
        add("closes before", [0] + closes.dropLast())
        add("closes lately", turns.indices.map { cues.closes(backward($0, plain)) ? 1 : 0 })
        add("chair", chair)
        add("chair goes on", zip(chair, goesSoon).map { $0 * $1 })
        add("chair opens", zip(chair, opens).map { $0 * $1 })
        let lengths = turns.map { log(1 + Double($0.text.utf8.count)) }
        add("long", Curve.standardized(lengths))
        add("long soon", Curve.standardized(Self.meanAhead(lengths, 5)))
    }

    /// What one speaker says from here on, up to five utterances.
    private func onward(_ place: Int, _ plain: [[UInt8]], _ speakers: [Int32]) -> [UInt8] {
        var bytes = plain[place]
        var next = place + 1
        while next < plain.count, next < place + 5, bytes.count < 160, speakers[next] == speakers[place] {
            bytes += plain[next].dropFirst()
            next += 1
        }
        return bytes
    }

    /// What was said last before here, up to four utterances.
    private func backward(_ place: Int, _ plain: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        var before = place - 1
        while before >= max(0, place - 4), bytes.count < 120 {
            bytes = plain[before] + bytes.dropFirst()
            before -= 1
        }
        return bytes
    }

    private static func meanAhead(_ values: [Double], _ count: Int) -> [Double] {
        values.indices.map { place in
            let next = values[place..<min(values.count, place + count)]
            return next.reduce(0, +) / Double(max(1, next.count))
        }
    }

    // MARK: - Pauses

    /// Seconds of silence before each utterance, at most 5; 0 where no times are known.
    private mutating func addPauses() {
        add(
            "pause",
            turns.indices.map { place in
                guard place > 0, let end = turns[place - 1].time?.end, let start = turns[place].time?.start else {
                    return 0
                }
                return min(5, max(0, Double(start - end) / 1000))
            })
    }
}
