import DocketCore
import DocketText

/// Makes a vocabulary of a draft: orders concepts, mends what has one meaning only, sets aside what has none, and says so.
///
/// Mended in silence: a link that only one of its ends states, a label stated twice. Set aside with a finding: links that
/// lead nowhere, the links that close a cycle, further preferred labels in one language (they become alternative).
struct VocabularyAssembly {
    private let draft: VocabularyDraft
    private var findings: VocabularyFindings
    /// Draft position of each concept in order of URIs, and the way back; -1 for what is no concept.
    private var order: [Int32] = []
    private var positions: [Int32]
    private var concepts: [Vocabulary.Concept] = []

    private init(_ draft: VocabularyDraft) {
        self.draft = draft
        findings = VocabularyFindings(limit: draft.limits.findings)
        positions = Array(repeating: -1, count: draft.subjects.count)
    }

    /// The vocabulary of `draft` and what was found on it, by rule and concept.
    /// - Throws: `IngestError.malformed` when the draft holds no concept.
    static func vocabulary(
        of draft: VocabularyDraft, format: String, digest: SHA256Digest
    ) throws(IngestError) -> (Vocabulary, [Finding]) {
        var assembly = VocabularyAssembly(draft)
        assembly.arrange()
        guard !assembly.order.isEmpty else {
            throw .malformed(
                file: draft.fileName, format: format, place: .init(),
                problem: LocalizedText(zhHant: "其中沒有概念", en: "it holds no concept"))
        }
        assembly.link()
        assembly.cutCycles()
        let concepts = assembly.concepts
        VocabularyLabelCheck(concepts).run(&assembly.findings)
        let languages = Set(concepts.lazy.flatMap(\.labels).map(\.language)).sorted()
        let scheme = assembly.scheme
        do {
            let vocabulary = try Vocabulary(
                id: .make(), name: draft.name, title: assembly.title, languages: languages,
                statedVersion: scheme?.statedVersion, licence: scheme?.licence, sourceDigest: digest,
                concepts: concepts)
            return (vocabulary, assembly.findings.all(vocabulary))
        } catch {
            throw .malformed(file: draft.fileName, format: format, place: .init(), problem: error.explanation)
        }
    }

    // MARK: - Concepts

    private mutating func arrange() {
        order = draft.subjects.indices.filter {
            let subject = draft.subjects[$0]
            let isNamed = subject.labels.contains { $0.kind == .preferred } && !subject.isScheme
            return (subject.isConcept || isNamed) && !subject.isCollection
        }.map(Int32.init)
        order.sort {
            draft.subjects[Int($0)].uri.utf8.lexicographicallyPrecedes(draft.subjects[Int($1)].uri.utf8)
        }
        for (position, index) in order.enumerated() { positions[Int(index)] = Int32(position) }
        concepts.reserveCapacity(order.count)
        for index in order {
            let subject = draft.subjects[Int(index)]
            var concept = Vocabulary.Concept(
                uri: subject.uri, notation: subject.notation, notes: subject.notes, kind: subject.kind)
            concept.labels = labels(of: subject, at: concepts.count)
            concepts.append(concept)
        }
    }

    /// Labels by kind, each text once a language; a second preferred label of a language becomes alternative.
    private mutating func labels(of subject: VocabularyDraft.Subject, at position: Int) -> [Vocabulary.Label] {
        var preferred: [String: String] = [:]
        var labels: [Vocabulary.Label] = []
        // Concepts that are no longer used are commonly left with a plain name.
        for var label in subject.labels.isEmpty ? subject.title : subject.labels {
            if label.kind == .preferred {
                if let first = preferred[label.language], first != label.text {
                    findings.add(.secondPreferred(position, label, first: first))
                    label.kind = .alternative
                } else {
                    preferred[label.language] = label.text
                }
            }
            labels.append(label)
        }
        var seen: Set<Vocabulary.Label> = []
        let byKind = Vocabulary.LabelKind.allCases.flatMap { kind in labels.filter { $0.kind == kind } }
        return byKind.filter { seen.insert(Vocabulary.Label(.preferred, $0.text, language: $0.language)).inserted }
    }

    /// The scheme that says most of itself.
    private var scheme: VocabularyDraft.Subject? {
        let schemes = draft.subjects.filter(\.isScheme)
        func said(_ subject: VocabularyDraft.Subject) -> Int {
            (subject.title.isEmpty && subject.labels.isEmpty ? 0 : 4) + (subject.licence == nil ? 0 : 2)
                + (subject.statedVersion == nil ? 0 : 1)
        }
        return schemes.max { said($0) < said($1) }
    }

    private var title: String {
        let titles = (scheme?.title ?? []) + (scheme?.labels ?? []).filter { $0.kind == .preferred }
        let title = titles.first { $0.language.hasPrefix("zh") } ?? titles.first { $0.language == "en" } ?? titles.first
        return title?.text ?? draft.name
    }

    // MARK: - Links

    private mutating func link() {
        var (broader, related) = (Links(count: order.count), Links(count: order.count))
        for (position, index) in order.enumerated() {
            let subject = draft.subjects[Int(index)]
            let own = Int32(position)
            var replacedBy: Set<Int32> = []
            var lost: Set<Int32> = []
            for link in subject.links {
                let target = positions[Int(link.target)]
                guard target >= 0 else {
                    // A collection or scheme is no concept, but it is there.
                    let other = draft.subjects[Int(link.target)]
                    if !other.isCollection, !other.isScheme, lost.insert(link.target).inserted {
                        findings.add(.dangling(position, target: other.uri))
                    }
                    continue
                }
                switch link.kind {
                case .broader: broader.add(own, target)
                case .narrower: broader.add(target, own)
                case .related where target != own:
                    related.add(own, target)
                    related.add(target, own)
                case .replacement where target != own: replacedBy.insert(target)
                default: break
                }
            }
            if subject.isDeprecated || !replacedBy.isEmpty {
                concepts[position].status = .deprecated(replacedBy: replacedBy.sorted())
                if replacedBy.isEmpty { findings.add(.noReplacement(position)) }
            }
        }
        for position in concepts.indices {
            concepts[position].broader = broader.sorted(position)
            concepts[position].related = related.sorted(position)
        }
    }

    /// Takes out the links that close a cycle, each with a finding, and writes the other direction of those that stay.
    private mutating func cutCycles() {
        var finder = CycleFinder(concepts.map(\.broader))
        finder.run()
        for (position, links) in finder.kept.enumerated() {
            concepts[position].broader = links
            for link in links { concepts[Int(link)].narrower.append(Int32(position)) }
        }
        for cycle in finder.cycles { findings.add(.cycle(cycle)) }
    }

    /// Links by the concept that they start at.
    private struct Links {
        private var targets: [[Int32]]

        init(count: Int) { targets = Array(repeating: [], count: count) }

        mutating func add(_ from: Int32, _ to: Int32) { targets[Int(from)].append(to) }

        /// Each once, ascending.
        func sorted(_ position: Int) -> [Int32] {
            var result: [Int32] = []
            for target in targets[position].sorted() where result.last != target { result.append(target) }
            return result
        }
    }
}

/// Finds the links that lead from a concept back to itself: a walk upwards in depth, without recursion.
struct CycleFinder {
    /// Links that close no cycle.
    private(set) var kept: [[Int32]]
    /// Concepts on each cycle, from the one that the closing link leads to up to the one it starts at.
    private(set) var cycles: [[Int32]] = []

    private let links: [[Int32]]

    init(_ links: [[Int32]]) {
        self.links = links
        kept = Array(repeating: [], count: links.count)
    }

    private enum Mark { case new, open, done }

    mutating func run() {
        var marks = Array(repeating: Mark.new, count: links.count)
        for start in links.indices where marks[start] == .new {
            var path: [(concept: Int32, next: Int)] = [(Int32(start), 0)]
            marks[start] = .open
            while let (concept, next) = path.last {
                guard next < links[Int(concept)].count else {
                    marks[Int(concept)] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let target = links[Int(concept)][next]
                switch marks[Int(target)] {
                case .open:
                    let first = path.lastIndex { $0.concept == target } ?? 0
                    // The whole of a long cycle helps nobody: its first concepts, and the one that closes it.
                    let whole = path[first...].map(\.concept)
                    cycles.append(
                        whole.count <= Self.longestNamed
                            ? whole : whole.prefix(Self.longestNamed - 1) + whole.suffix(1))
                    continue
                case .new:
                    marks[Int(target)] = .open
                    path.append((target, 0))
                case .done: break
                }
                kept[Int(concept)].append(target)
            }
        }
    }

    private static let longestNamed = 6
}
