/// The promises of `Vocabulary` on its concepts, checked in time linear in the number of links.
struct VocabularyShape {
    private let concepts: [Vocabulary.Concept]

    init(_ concepts: [Vocabulary.Concept]) { self.concepts = concepts }

    /// The first promise that is broken; nil when all hold.
    func fault() -> VocabularyError? {
        guard concepts.count <= Int(Int32.max) else { return .tooMany(limit: Int(Int32.max)) }
        for position in concepts.indices.dropFirst()
        where !concepts[position - 1].uri.utf8.lexicographicallyPrecedes(concepts[position].uri.utf8) {
            return .unordered(position: position)
        }
        for position in concepts.indices where !hasGoodLinks(position) { return .badLink(position: position) }
        return concepts.indices.contains { !concepts[$0].broader.isEmpty } ? cycle() : nil
    }

    private func hasGoodLinks(_ position: Int) -> Bool {
        let concept = concepts[position]
        var replacements: [Int32] = []
        if case .deprecated(let replacedBy) = concept.status { replacements = replacedBy }
        for links in [concept.broader, concept.narrower, concept.related, replacements] {
            for (index, link) in links.enumerated() {
                guard concepts.indices.contains(Int(link)), Int(link) != position else { return false }
                guard index == 0 || links[index - 1] < link else { return false }
            }
        }
        let own = Int32(position)
        return concept.broader.allSatisfy { Self.holds(concepts[Int($0)].narrower, own) }
            && concept.narrower.allSatisfy { Self.holds(concepts[Int($0)].broader, own) }
            && concept.related.allSatisfy { Self.holds(concepts[Int($0)].related, own) }
    }

    /// True when `links`, ascending, hold `link`.
    private static func holds(_ links: [Int32], _ link: Int32) -> Bool {
        var (low, high) = (0, links.count)
        while low < high {
            let middle = (low + high) / 2
            if links[middle] < link { low = middle + 1 } else { high = middle }
        }
        return low < links.count && links[low] == link
    }

    /// Takes away, again and again, what has nothing above it; what is left stands on or below a cycle.
    private func cycle() -> VocabularyError? {
        var above = concepts.map { $0.broader.count }
        var free = concepts.indices.filter { above[$0] == 0 }
        var taken = 0
        while let position = free.popLast() {
            taken += 1
            for link in concepts[position].narrower {
                above[Int(link)] -= 1
                if above[Int(link)] == 0 { free.append(Int(link)) }
            }
        }
        return taken == concepts.count ? nil : above.firstIndex { $0 > 0 }.map { .cycle(position: $0) }
    }
}
