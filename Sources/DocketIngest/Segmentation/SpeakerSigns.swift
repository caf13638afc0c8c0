import Foundation

/// What the sequence of speakers tells about every place of a talk.
struct SpeakerSigns {
    /// Number of each utterance's speaker.
    let speakers: [Int32]
    /// Weight of each speaker: high for one who speaks in few parts of the talk, near 0 for one who speaks throughout.
    let weights: [Float]
    /// True where the utterance is the chair's: the one whom most others follow or precede.
    let isChair: [Bool]
    private let first: [Int]
    private let last: [Int]
    private let counts: [Int]

    init(_ turns: [SpokenTurn]) {
        var ids: [String: Int32] = [:]
        let speakers = turns.map { turn -> Int32 in
            let next = Int32(ids.count)
            return Self.id(turn.speaker ?? "", next, &ids)
        }
        self.speakers = speakers
        var (first, last) = ([Int](repeating: .max, count: ids.count), [Int](repeating: -1, count: ids.count))
        var counts = [Int](repeating: 0, count: ids.count)
        for (place, speaker) in speakers.enumerated() {
            first[Int(speaker)] = min(first[Int(speaker)], place)
            last[Int(speaker)] = place
            counts[Int(speaker)] += 1
        }
        (self.first, self.last, self.counts) = (first, last, counts)
        weights = Self.weights(speakers, count: ids.count)
        let chair = Self.chair(speakers, counts: counts)
        isChair = speakers.map { $0 == chair }
    }

    private static func id(_ name: String, _ next: Int32, _ ids: inout [String: Int32]) -> Int32 {
        if let id = ids[name] { return id }
        ids[name] = next
        return next
    }

    /// Inverse frequency over parts of equally many utterances.
    private static func weights(_ speakers: [Int32], count: Int) -> [Float] {
        let parts = min(24, max(4, speakers.count / 8))
        var holding = [Int](repeating: 0, count: count)
        var seen = [Int](repeating: -1, count: count)
        for (place, speaker) in speakers.enumerated() {
            let part = place * parts / max(1, speakers.count)
            if seen[Int(speaker)] != part {
                seen[Int(speaker)] = part
                holding[Int(speaker)] += 1
            }
        }
        return holding.map { Float(max(0, log((Double(parts) + 0.5) / Double(max(1, $0))))) }
    }

    private static func chair(_ speakers: [Int32], counts: [Int]) -> Int32 {
        var neighbours = [Set<Int32>](repeating: [], count: counts.count)
        for (one, two) in zip(speakers, speakers.dropFirst()) where one != two {
            neighbours[Int(one)].insert(two)
            neighbours[Int(two)].insert(one)
        }
        let best = counts.indices.max { (neighbours[$0].count, counts[$0]) < (neighbours[$1].count, counts[$1]) }
        return Int32(best ?? 0)
    }

    // MARK: - Signs

    /// Share of the speakers' weight that speaks both before and after each place, 0...1.
    func crossing() -> [Double] {
        var steps = [Double](repeating: 0, count: speakers.count + 1)
        var total = 0.0
        for speaker in counts.indices where counts[speaker] > 0 {
            let weight = Double(weights[speaker]) * log1p(Double(counts[speaker]))
            total += weight
            steps[first[speaker] + 1 <= speakers.count ? first[speaker] + 1 : speakers.count] += weight
            if last[speaker] + 1 <= speakers.count { steps[last[speaker] + 1] -= weight }
        }
        var (result, sum) = ([Double](), 0.0)
        for place in speakers.indices {
            sum += steps[place]
            result.append(total > 1e-6 ? max(0, sum / total) : 0)
        }
        return result
    }

    /// How soon after each place someone speaks for the first time: 1 at once, less by a third for each utterance between.
    func arrivals() -> [Double] {
        speakers.indices.map { place in
            var best = 0.0
            for next in place..<min(speakers.count, place + 5) {
                let start = first[Int(speakers[next])]
                if start >= place { best = max(best, pow(0.7, Double(start - place))) }
            }
            return place == 0 ? 0 : best
        }
    }

    /// How shortly before each place someone spoke for the last time, on the same scale.
    func departures() -> [Double] {
        speakers.indices.map { place in
            var best = 0.0
            for before in max(0, place - 5)..<place {
                let stop = last[Int(speakers[before])]
                if stop < place { best = max(best, pow(0.7, Double(place - 1 - stop))) }
            }
            return best
        }
    }

    /// Share of the next 20 utterances whose speakers have not spoken in the 40 before.
    func novelty() -> [Double] {
        var latest = [Int](repeating: -1, count: counts.count)
        var result = [Double](repeating: 0, count: speakers.count)
        for place in speakers.indices {
            if place > 0 {
                latest[Int(speakers[place - 1])] = place - 1
                let next = speakers[place..<min(speakers.count, place + 20)]
                let new = next.count { latest[Int($0)] < 0 || latest[Int($0)] < place - 40 }
                result[place] = Double(new) / Double(next.count)
            }
        }
        return result
    }

    /// 1 where the speaker changes.
    func changes() -> [Double] {
        speakers.indices.map { $0 > 0 && speakers[$0] != speakers[$0 - 1] ? 1 : 0 }
    }
}
