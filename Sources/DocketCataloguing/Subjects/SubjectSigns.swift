import DocketText
import Foundation

/// The signs by which a candidate is judged, one row of numbers a candidate.
struct SubjectSigns {
    /// Names of the signs in the order of a row; part of the form of a file of weights.
    static let names = [
        "constant", "named", "times", "freeTimes", "free", "inTitle", "freeInTitle", "start", "spread", "length",
        "long",
        "inexact", "habit", "givenNamed", "namedOften", "closeUnnamed", "closeNamed", "closeShare", "near",
        "refusedNear",
        "nearest", "label", "labelUnnamed", "rank", "edges", "crowd", "size", "given", "kin",
    ]
    static let width = names.count

    /// Where a concept is named in a text.
    struct Naming {
        var concept: Int32
        var times = 0
        var freeTimes = 0
        var first = Int32.max
        var last: Int32 = 0
        var length = 0
        var isInTitle = false
        var isFreeInTitle = false
        var isInexact = true
        var edges = 0
        /// Positions in the matches, in order.
        var matches: [Int32] = []
    }

    /// Concepts named in a text, ascending.
    var namings: [Naming] = []
    /// Candidates, ascending.
    var concepts: [Int32] = []
    /// Their rows.
    var rows: [Double] = []
    /// Records near the text.
    var near: [NearRecord] = []

    // MARK: - Namings

    /// Gathers the places of labels by concept; `titleEnd` is the first unit behind the title.
    static func namings(
        _ matches: [LabelMatcher.Match], _ matcher: LabelMatcher, _ text: TextUnits, titleEnd: Int
    ) -> [Naming] {
        var pairs: [(concept: Int32, match: Int32)] = []
        for (position, match) in matches.enumerated() {
            for index in match.entries { pairs.append((matcher.entries[Int(index)].concept, Int32(position))) }
        }
        pairs.sort { ($0.concept, $0.match) < ($1.concept, $1.match) }
        var result: [Naming] = []
        for (concept, position) in pairs {
            if result.last?.concept != concept { result.append(Naming(concept: concept)) }
            let match = matches[Int(position)]
            result[result.count - 1].add(match, position, text, titleEnd)
        }
        return result
    }

    // MARK: - Rows

    /// Rows for all candidates of a text; `own` is the place of a record of the memory to be left out.
    init(
        _ text: TextUnits, namings: [Naming], memory: SubjectMemory, hasKin: (Int32, (Int32) -> Bool) -> Bool,
        without own: Int? = nil,
        _ scratch: SubjectScratch
    ) {
        self.namings = namings
        let vector = memory.vector(of: text, without: own, scratch)
        let echo = memory.echo(of: vector, named: namings.map(\.concept), without: own, scratch)
        concepts = echo.concepts
        near = echo.near
        let record = own.map { memory.records[$0] }
        let context = Context(
            echo: echo, memory: memory, count: text.units.count, crowd: Double(namings.count), record: record,
            ranks: Self.ranks(echo.closeness))
        let shares = Shares(echo, memory)
        rows.reserveCapacity(concepts.count * Self.width)
        var next = 0
        let sums = scratch.sums
        for naming in namings { sums[Int(naming.concept)].isNamed = true }
        for (position, concept) in concepts.enumerated() {
            while next < namings.count, namings[next].concept < concept { next += 1 }
            let naming = next < namings.count && namings[next].concept == concept ? namings[next] : nil
            let isKin = hasKin(concept) { sums[Int($0)].isNamed }
            append(position, concept, naming, context, shares, isKin)
        }
        for naming in namings { sums[Int(naming.concept)].isNamed = false }
    }

    private struct Context {
        var echo: SubjectMemory.Echo
        var memory: SubjectMemory
        var count: Int
        var crowd: Double
        var record: SubjectMemory.Record?
        var ranks: [Int]
    }

    /// Rank of each by closeness, from 0; equal ones by their order.
    private static func ranks(_ closeness: [Double]) -> [Int] {
        let order = closeness.indices.sorted { (closeness[$1], $0) < (closeness[$0], $1) }
        var ranks = [Int](repeating: 0, count: closeness.count)
        for (rank, index) in order.enumerated() { ranks[index] = rank }
        return ranks
    }

    /// What near records say of the candidates, beside them.
    private struct Shares {
        var given: [Double]
        var closest: [Double]
        var refused: [Double]
        var total = 1e-9

        init(_ echo: SubjectMemory.Echo, _ memory: SubjectMemory) {
            given = Array(repeating: 0, count: echo.concepts.count)
            (closest, refused) = (given, given)
            for (rank, near) in echo.near.enumerated() {
                total += near.likeness
                let record = memory.records[near.place]
                Self.forEach(record.given, echo.concepts) {
                    given[$0] += near.likeness
                    if rank < 8 { closest[$0] += near.likeness }
                }
                Self.forEach(record.refused, echo.concepts) { refused[$0] += near.likeness }
            }
        }

        /// Positions in `concepts` of those in `wanted`; both ascending.
        private static func forEach(_ wanted: [Int32], _ concepts: [Int32], _ body: (Int) -> Void) {
            for concept in wanted {
                var (low, high) = (0, concepts.count)
                while low < high {
                    let middle = (low + high) / 2
                    if concepts[middle] < concept { low = middle + 1 } else { high = middle }
                }
                if low < concepts.count, concepts[low] == concept { body(low) }
            }
        }
    }

    private mutating func append(
        _ position: Int, _ concept: Int32, _ naming: Naming?, _ context: Context, _ shares: Shares, _ hasKin: Bool
    ) {
        let (memory, echo) = (context.memory, context.echo)
        let isGiven = context.record?.given.contains(concept) ?? false
        let isNamed = context.record?.matched.contains(concept) ?? false
        let given = Double(memory.given[Int(concept)] - (isGiven ? 1 : 0))
        let named = Double(memory.named[Int(concept)] - (isNamed ? 1 : 0))
        let both = Double(memory.both[Int(concept)] - (isGiven && isNamed ? 1 : 0))
        let close = log(max(echo.closeness[position], 1e-3))
        let label = echo.labelCloseness[position]
        let often = log(1 + given)
        rows.append(1)
        if let naming {
            let length = Double(max(1, context.count))
            let habit = (both + 0.3) / (named + 2)
            put(
                1, log(1 + Double(naming.times)), log(1 + Double(naming.freeTimes)), naming.freeTimes > 0 ? 1 : 0,
                naming.isInTitle ? 1 : 0, naming.isFreeInTitle ? 1 : 0, log(1 + Double(naming.first)),
                Double(naming.last - naming.first) / length)
            put(
                log(Double(max(1, naming.length))), naming.length >= 4 ? 1 : 0, naming.isInexact ? 1 : 0,
                log(habit / (1 - habit)), often, log(1 + named), 0, close)
        } else {
            put(0, 0, 0, 0, 0, 0, 0, 0)
            put(0, 0, 0, 0, 0, 0, close, 0)
        }
        let isHere = naming != nil ? 1.0 : 0
        put(
            echo.closeness[position] / max(echo.best, 1e-9), log(0.02 + shares.given[position] / shares.total),
            shares.refused[position] / shares.total * isHere, shares.closest[position], label, (1 - isHere) * label,
            log(1 + Double(min(60, context.ranks[position]))), naming.map { Double($0.edges) / 2 } ?? 0)
        rows.append(isHere * log(1 + context.crowd))
        rows.append(isHere * log(Double(max(1, context.count))))
        rows.append(often)
        rows.append(hasKin ? 1 : 0)
    }

    /// Eight numbers of a row, without an array of their own.
    @inline(__always)
    private mutating func put(
        _ one: Double, _ two: Double, _ three: Double, _ four: Double, _ five: Double, _ six: Double, _ seven: Double,
        _ eight: Double
    ) {
        rows.append(one)
        rows.append(two)
        rows.append(three)
        rows.append(four)
        rows.append(five)
        rows.append(six)
        rows.append(seven)
        rows.append(eight)
    }
}

extension SubjectSigns.Naming {
    /// Characters of grammar beside which a term often begins or ends, folded.
    private static let grammar = Set("的与和及在对为是了以将其于中等之由从因被把或并而向有".unicodeScalars.map(\.value))

    fileprivate mutating func add(
        _ match: LabelMatcher.Match, _ position: Int32, _ text: TextUnits, _ titleEnd: Int
    ) {
        let (lower, upper) = (Int(match.units.lowerBound), Int(match.units.upperBound))
        times += 1
        first = min(first, match.units.lowerBound)
        last = max(last, match.units.upperBound)
        length = max(
            length,
            match.units.reduce(0) { $0 + (text.units[Int($1)].isWord ? Int(text.units[Int($1)].foldedRange.count) : 1) }
        )
        if !match.isCovered { freeTimes += 1 }
        if lower < titleEnd {
            isInTitle = true
            if !match.isCovered { isFreeInTitle = true }
        }
        if match.isExact { isInexact = false }
        let before = lower == 0 || text.units[lower].gap != .none || Self.grammar.contains(text.scalar(at: lower - 1))
        let after =
            upper >= text.units.count || text.units[upper].gap != .none
            || Self.grammar.contains(text.scalar(at: upper))
        edges = max(edges, (before ? 1 : 0) + (after ? 1 : 0))
        matches.append(position)
    }
}
