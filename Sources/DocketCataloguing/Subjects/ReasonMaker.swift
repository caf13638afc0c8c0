import DocketCore
import DocketText

/// Puts the reasons of a suggestion into words that a person can check.
struct ReasonMaker {
    let indexer: SubjectIndexer
    let document: SubjectDocument
    let reading: SubjectIndexer.Reading
    let signs: SubjectSigns

    /// Places that are shown at most.
    private static let places = 5
    private static let depth = 32

    /// Words in place, the way down the hierarchy, and similar records that have the concept.
    func reasons(for concept: Int32) -> SubjectReasons {
        SubjectReasons(matches: matches(concept), path: path(concept), similar: similar(concept))
    }

    private func matches(_ concept: Int32) -> [SubjectReasons.Match] {
        guard let naming = reading.namings.first(where: { $0.concept == concept }) else { return [] }
        let bytes = Array(document.text.utf8)
        return naming.matches.prefix(Self.places).map { position in
            let match = reading.matches[Int(position)]
            let range =
                reading.units.units[Int(match.units.lowerBound)].range
                .lowerBound..<reading.units.units[Int(match.units.upperBound) - 1].range.upperBound
            let entry = indexer.matcher.entries[Int(match.entries.lowerBound)..<Int(match.entries.upperBound)]
                .first { $0.concept == concept }
            return SubjectReasons.Match(
                words: String(decoding: bytes[range], as: UTF8.self), label: label(entry, concept),
                citation: document.citation(range))
        }
    }

    /// The label that was found; of a concept that replaced another the label may be the other's.
    private func label(_ entry: LabelMatcher.Entry?, _ concept: Int32) -> String {
        let labels = indexer.vocabulary.concepts[Int(entry?.owner ?? concept)].labels
        if let entry, Int(entry.label) < labels.count { return labels[Int(entry.label)].text }
        return labels.first?.text ?? ""
    }

    /// The first broader concept of each, up to the top.
    private func path(_ concept: Int32) -> [String] {
        let concepts = indexer.vocabulary.concepts
        var (path, current) = ([Int32](), concept)
        while path.count < Self.depth {
            path.append(current)
            guard let next = concepts[Int(current)].broader.first else { break }
            current = next
        }
        guard path.count > 1 else { return [] }
        return path.reversed().map { concepts[Int($0)].label(in: indexer.language) ?? concepts[Int($0)].uri }
    }

    private func similar(_ concept: Int32) -> [SubjectReasons.SimilarRecord] {
        signs.near.lazy.filter { indexer.memory.records[$0.place].given.contains(concept) }.prefix(3).map {
            let record = indexer.memory.records[$0.place]
            return SubjectReasons.SimilarRecord(id: record.id, title: record.title, likeness: $0.likeness)
        }
    }

    // MARK: - Types

    /// The concept's type, or that of the next broader one that has one, or what the words look like.
    func kind(of concept: Int32, _ reasons: SubjectReasons) -> Vocabulary.Kind? {
        var current = concept
        for _ in 0..<Self.depth {
            let one = indexer.vocabulary.concepts[Int(current)]
            if let kind = one.kind { return kind }
            guard let next = one.broader.first else { break }
            current = next
        }
        guard let words = reasons.matches.first?.words else { return nil }
        let mentions = MentionFinder().mentions(in: words)
        for mention in mentions where mention.range == 0..<words.utf8.count {
            if mention.kind == .agency { return .corporateBody }
            if mention.kind == .person { return .person }
        }
        if let date = DateParser().expressions(in: words).first, date.dateRange == 0..<words.utf8.count { return .time }
        return nil
    }
}
