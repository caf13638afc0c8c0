/// Finds the documents in which several phrases stand near each other.
enum NearMatcher {
    /// Documents in which one start of each phrase can be chosen so that all lie within `distance` positions.
    static func matches(_ phrases: [PhrasePlaces], distance: Int) -> PhraseMatches {
        var found = PhraseMatches()
        guard let rarest = phrases.min(by: { $0.docs.count < $1.docs.count }) else { return found }
        for doc in rarest.docs {
            var weight = UInt32.max
            var places: [(start: Int32, phrase: Int)] = []
            for (number, phrase) in phrases.enumerated() {
                let slot = phrase.slot(of: Int(doc))
                guard slot < phrase.docs.count, phrase.docs[slot] == doc else { break }
                weight = min(weight, phrase.weights[slot])
                places += phrase.starts(slot).map { ($0, number) }
            }
            guard Set(places.map(\.phrase)).count == phrases.count, isNear(places, phrases.count, distance) else {
                continue
            }
            found.docs.append(doc)
            found.weights.append(weight)
        }
        return found
    }

    /// True when a window of `distance` positions holds a start of each of `count` phrases.
    private static func isNear(_ places: [(start: Int32, phrase: Int)], _ count: Int, _ distance: Int) -> Bool {
        let places = places.sorted { $0.start < $1.start }
        var held = [Int](repeating: 0, count: count)
        var (first, different) = (0, 0)
        for place in places {
            if held[place.phrase] == 0 { different += 1 }
            held[place.phrase] += 1
            while Int(place.start) - Int(places[first].start) > distance {
                held[places[first].phrase] -= 1
                if held[places[first].phrase] == 0 { different -= 1 }
                first += 1
            }
            if different == count { return true }
        }
        return false
    }
}
