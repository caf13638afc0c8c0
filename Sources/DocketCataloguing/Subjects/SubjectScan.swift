import DocketText
import Foundation

/// Room for the sums over one text, used again for the next; all of it is zero between two texts.
///
/// Its numbers lie in plain memory: the loops over them are where the time goes.
final class SubjectScratch {
    private(set) var gramCounts = UnsafeMutableBufferPointer<UInt16>(start: nil, count: 0)
    private(set) var likeness = UnsafeMutableBufferPointer<Int32>(start: nil, count: 0)
    private(set) var sums = UnsafeMutableBufferPointer<Sum>(start: nil, count: 0)
    /// Lists that keep their room.
    var grams: [Int32] = []
    var near: [Int32] = []
    var touched: [Int32] = []

    /// Sums of a concept.
    struct Sum {
        var records: Int64 = 0
        var labels: Int64 = 0
        var isTouched = false
        var isNamed = false
    }

    deinit {
        gramCounts.deallocate()
        likeness.deallocate()
        sums.deallocate()
    }

    /// Makes room for a memory.
    func fit(grams: Int, records: Int, concepts: Int) {
        Self.grow(&gramCounts, grams, 0)
        Self.grow(&likeness, records, 0)
        Self.grow(&sums, concepts, Sum())
    }

    private static func grow<Element>(
        _ buffer: inout UnsafeMutableBufferPointer<Element>, _ count: Int, _ zero: Element
    ) {
        guard buffer.count < count else { return }
        buffer.deallocate()
        buffer = .allocate(capacity: count + count / 4)
        buffer.initialize(repeating: zero)
    }
}

/// A record near a text.
struct NearRecord: Sendable, Equatable {
    /// Place in the memory.
    var place: Int
    /// Cosine of the two vectors, 0...1.
    var likeness: Double
}

extension SubjectMemory {
    /// What the memory says about a text, in numbers that need no further look at it.
    struct Echo {
        /// Concepts worth a look, ascending.
        var concepts: [Int32] = []
        /// Beside `concepts`: likeness to the concept's records and label, likeness to the label alone.
        var closeness: [Double] = []
        var labelCloseness: [Double] = []
        /// Best `closeness` of all.
        var best = 0.0
        /// Nearest records, nearest first.
        var near: [NearRecord] = []
    }

    /// Nearest records that count.
    static let neighbours = 30
    /// Concepts of the greatest closeness that are looked at.
    static let closest = 40
    /// How much the label counts among the records of a concept.
    static let labelShare: Int64 = 2
    /// A gram in more records than this tells little: a quarter of few records, a few hundred of many.
    private var commonRecords: Int { max(64, min(liveCount / 4, 250 + liveCount / 50)) }
    /// A record that is this many times farther than the nearest says nothing.
    private static let farthest: Int64 = 8
    /// The same of labels.
    private static let commonLabels = 96

    /// Counts the grams of a text; returns its vector, as it were if the record `own` had never been learned.
    func vector(
        of text: TextUnits, without own: Int? = nil, _ scratch: SubjectScratch
    ) -> [(gram: Int32, weight: Int32)] {
        scratch.fit(grams: gramNumbers.count, records: records.count, concepts: given.count)
        let counts = scratch.gramCounts
        var grams: [Int32] = []
        swap(&grams, &scratch.grams)
        defer { swap(&grams, &scratch.grams) }
        grams.removeAll(keepingCapacity: true)
        var unknown = 0
        GramScan.forEach(in: text) { key in
            let gram = gramNumbers.find(UInt64(key))
            guard gram >= 0 else {
                unknown += 1
                return
            }
            if counts[Int(gram)] == 0 { grams.append(gram) }
            if counts[Int(gram)] < .max { counts[Int(gram)] += 1 }
        }
        var values = [Float](repeating: 0, count: grams.count)
        var square = Float(unknown) * unknownRarity * unknownRarity
        for (position, gram) in grams.enumerated() {
            let count = counts[Int(gram)]
            counts[Int(gram)] = 0
            if isForgotten(Int(gram), without: own) {
                square += Float(count) * unknownRarity * unknownRarity
                continue
            }
            let value = (count == 1 ? 1 : 1 + log(Float(count))) * rarity[Int(gram)]
            values[position] = value
            square += value * value
        }
        let scale = Float(Self.unit) / max(1e-9, square.squareRoot())
        return zip(grams, values).map { ($0, Int32(($1 * scale).rounded())) }
    }

    /// True for a gram of records that are gone, or of `own` alone: it counts as if it had never been seen.
    @inline(__always)
    private func isForgotten(_ gram: Int, without own: Int?) -> Bool {
        guard gram >= labelGramCount else { return false }
        let list = postings[gram]
        if list.isEmpty { return baseCounts[gram] == 0 }
        guard let own, list.count == 1, baseCounts[gram] <= 1 else { return false }
        return list[0].target == Int32(own)
    }

    /// What the memory says of a text with this vector; `own` is the place of a record to be left out of all it says.
    func echo(
        of vector: [(gram: Int32, weight: Int32)], named: [Int32], without own: Int?, _ scratch: SubjectScratch
    ) -> Echo {
        var (near, touched): ([Int32], [Int32]) = ([], [])
        swap(&near, &scratch.near)
        swap(&touched, &scratch.touched)
        defer {
            near.removeAll(keepingCapacity: true)
            touched.removeAll(keepingCapacity: true)
            swap(&near, &scratch.near)
            swap(&touched, &scratch.touched)
        }
        let (likeness, sums) = (scratch.likeness, scratch.sums)
        addRecords(vector, likeness, &near)
        if let own { likeness[own] = 0 }
        var echo = Echo()
        echo.near = nearest(near, likeness)
        for concept in named { Self.touch(concept, sums, &touched) }
        let least = Int64((echo.near.first?.likeness ?? 0) * Self.unit * Self.unit) / Self.farthest
        for place in near {
            let value = Int64(likeness[Int(place)])
            likeness[Int(place)] = 0
            guard value > least else { continue }
            for concept in records[Int(place)].given {
                Self.touch(concept, sums, &touched)
                sums[Int(concept)].records += value
            }
        }
        addLabels(vector, sums, &touched)
        choose(named, own, sums, touched, &echo)
        for concept in touched { sums[Int(concept)] = SubjectScratch.Sum() }
        return echo
    }

    @inline(__always)
    private static func touch(
        _ concept: Int32, _ sums: UnsafeMutableBufferPointer<SubjectScratch.Sum>, _ touched: inout [Int32]
    ) {
        if !sums[Int(concept)].isTouched {
            sums[Int(concept)].isTouched = true
            touched.append(concept)
        }
    }

    private func addRecords(
        _ vector: [(gram: Int32, weight: Int32)], _ likeness: UnsafeMutableBufferPointer<Int32>, _ near: inout [Int32]
    ) {
        let limit = commonRecords
        for (gram, weight) in vector where weight > 0 {
            guard postings[Int(gram)].count <= limit else { continue }
            postings[Int(gram)].withUnsafeBufferPointer { list in
                for posting in list {
                    let place = Int(posting.target)
                    if likeness[place] == 0 { near.append(posting.target) }
                    likeness[place] &+= weight &* posting.weight
                }
            }
        }
    }

    private func addLabels(
        _ vector: [(gram: Int32, weight: Int32)], _ sums: UnsafeMutableBufferPointer<SubjectScratch.Sum>,
        _ touched: inout [Int32]
    ) {
        labelPostings.withUnsafeBufferPointer { list in
            for (gram, weight) in vector where Int(gram) + 1 < labelBounds.count {
                let bounds = Int(labelBounds[Int(gram)])..<Int(labelBounds[Int(gram) + 1])
                guard bounds.count <= Self.commonLabels else { continue }
                for index in bounds {
                    let concept = list[index].target
                    Self.touch(concept, sums, &touched)
                    sums[Int(concept)].labels &+= Int64(weight &* list[index].weight)
                }
            }
        }
    }

    /// The nearest records; equal ones in order of their identities.
    private func nearest(_ near: [Int32], _ values: UnsafeMutableBufferPointer<Int32>) -> [NearRecord] {
        var best: [(likeness: Int32, place: Int32)] = []
        var lowest: Int32 = 0
        for place in near {
            let likeness = values[Int(place)]
            guard likeness > 0, best.count < Self.neighbours * 2 || likeness >= lowest else { continue }
            best.append((likeness, place))
            if best.count >= Self.neighbours * 4 {
                best.sort { $0.likeness > $1.likeness }
                best.removeSubrange((Self.neighbours * 2)...)
                lowest = best[best.count - 1].likeness
            }
        }
        best.sort {
            $0.likeness != $1.likeness
                ? $0.likeness > $1.likeness
                : records[Int($0.place)].id.utf8.lexicographicallyPrecedes(records[Int($1.place)].id.utf8)
        }
        return best.prefix(Self.neighbours).map {
            NearRecord(place: Int($0.place), likeness: min(1, Double($0.likeness) / (Self.unit * Self.unit)))
        }
    }

    /// Closeness of a concept whose sums are known: to its records and its label, longer for concepts of many records.
    @inline(__always)
    private func closeness(_ concept: Int, _ sum: Int64, _ label: Int64, without own: Record?) -> Double {
        let numerator = Double(sum + Self.labelShare * label) / (Self.unit * Self.unit)
        guard let own, own.given.contains(Int32(concept)) else { return max(0, numerator * scales[concept]) }
        // Its own vector has the length of a unit: |S - v|² = |S|² - 2 (S - v)·v - |v|².
        let square = squares[concept] - 2 * sum - Int64(Self.unit * Self.unit)
        let product = labelProducts[concept] - label
        let length = square + 2 * Self.labelShare * product + Self.labelShare * Self.labelShare * labelSquares[concept]
        return max(0, numerator * Self.scale(length))
    }

    private func choose(
        _ named: [Int32], _ own: Int?, _ sums: UnsafeMutableBufferPointer<SubjectScratch.Sum>, _ touched: [Int32],
        _ echo: inout Echo
    ) {
        let record = own.map { records[$0] }
        var best: [(closeness: Double, concept: Int32)] = []
        var lowest = 0.0
        for concept in touched {
            let sum = sums[Int(concept)]
            let value = closeness(Int(concept), sum.records, sum.labels, without: record)
            guard value > 0, best.count < Self.closest * 2 || value >= lowest else { continue }
            best.append((value, concept))
            if best.count >= Self.closest * 4 {
                best.sort { ($1.closeness, $0.concept) < ($0.closeness, $1.concept) }
                best.removeSubrange((Self.closest * 2)...)
                lowest = best[best.count - 1].closeness
            }
        }
        best.sort { ($1.closeness, $0.concept) < ($0.closeness, $1.concept) }
        echo.best = best.first?.closeness ?? 0
        var wanted = Set(named)
        wanted.formUnion(best.prefix(Self.closest).map(\.concept))
        for near in echo.near.prefix(15) { wanted.formUnion(records[near.place].given) }
        echo.concepts = wanted.sorted()
        for concept in echo.concepts {
            let sum = sums[Int(concept)]
            echo.closeness.append(closeness(Int(concept), sum.records, sum.labels, without: record))
            let square = Double(max(1, labelSquares[Int(concept)]))
            echo.labelCloseness.append(Double(sum.labels) / (Self.unit * square.squareRoot()))
        }
    }
}
