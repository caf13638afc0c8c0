import DocketCore
import DocketText

/// Looks for labels that lead to two concepts: such a word cannot be catalogued or widened with certainty.
///
/// Labels are compared as search compares them (`Folding.labelKey`), within one language. Concepts that are no longer used
/// are left alone: what replaces them commonly carries their label.
struct VocabularyLabelCheck {
    private let concepts: [Vocabulary.Concept]

    init(_ concepts: [Vocabulary.Concept]) { self.concepts = concepts }

    private struct Key: Hashable {
        var language: String
        var label: String

        init(_ label: Vocabulary.Label) {
            language = label.language
            self.label = Folding.labelKey(label.text)
        }
    }

    func run(_ findings: inout VocabularyFindings) {
        var preferred: [Key: [Int32]] = [:]
        for (position, concept) in concepts.enumerated() where concept.status == .current {
            var own: Set<Key> = []
            for label in concept.labels where label.kind == .preferred {
                let key = Key(label)
                if own.insert(key).inserted { preferred[key, default: []].append(Int32(position)) }
            }
        }
        for (position, concept) in concepts.enumerated() where concept.status == .current {
            if !concept.labels.contains(where: { $0.kind == .preferred }) { findings.add(.noPreferred(position)) }
            var own: Set<Key> = []
            for label in concept.labels {
                let key = Key(label)
                let holders = preferred[key] ?? []
                if label.kind == .preferred {
                    // Said once, at the first of those that share it.
                    if holders.count > 1, holders.first == Int32(position), own.insert(key).inserted {
                        findings.add(.clash(label, holders))
                    }
                } else if label.kind == .alternative, !holders.contains(Int32(position)), let other = holders.first,
                    own.insert(key).inserted
                {
                    findings.add(.preferredElsewhere(position, label, preferredBy: other))
                }
            }
        }
    }
}
