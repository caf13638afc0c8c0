import DocketText
import Foundation

/// Room for the sums over one text, used again for the next.
final class SubjectScratch {
    var gramCounts: [UInt16] = []
    var grams: [Int32] = []
    var likeness: [Int32] = []
    var near: [Int32] = []
    var sums: [Int64] = []
    var labelSums: [Int64] = []
    var touched: [Int32] = []
    var isTouched: [Bool] = []
    var places: [Int32] = []

    /// Makes room for a memory.
    func fit(grams: Int, records: Int, concepts: Int) {
        if gramCounts.count < grams {
            gramCounts += Array(repeating: 0, count: grams - gramCounts.count)
        }
        if likeness.count < records { likeness += Array(repeating: 0, count: records - likeness.count) }
        if sums.count < concepts {
            sums = Array(repeating: 0, count: concepts)
            labelSums = sums
            isTouched = Array(repeating: false, count: concepts)
            places = Array(repeating: -1, count: concepts)
        }
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
    /// A gram in more than this share of the records tells nothing.
    private static let commonShare = 4

    /// Counts the grams of a text; returns its vector.
    func vector(of text: TextUnits, _ scratch: SubjectScratch) -> [(gram: Int32, weight: Int32)] {
        scratch.fit(grams: gramNumbers.count, records: records.count, concepts: given.count)
        scratch.grams.removeAll(keepingCapacity: true)
        var unknown = 0
        GramScan.forEach(in: text) { key in
            let gram = gramNumbers.find(UInt64(key))
            guard gram >= 0 else {
                unknown += 1
                return
            }
            let index = Int(gram)
            if scratch.gramCounts[index] == 0 { scratch.grams.append(gram) }
            if scratch.gramCounts[index] < .max { scratch.gramCounts[index] += 1 }
        }
        var values = [Float](repeating: 0, count: scratch.grams.count)
        var square = Float(unknown) * unknownRarity * unknownRarity
        for (position, gram) in scratch.grams.enumerated() {
            let count = scratch.gramCounts[Int(gram)]
            scratch.gramCounts[Int(gram)] = 0
            let value = (count == 1 ? 1 : 1 + log(Float(count))) * rarity[Int(gram)]
            values[position] = value
            square += value * value
        }
        let scale = Float(Self.unit) / max(1e-9, square.squareRoot())
        return zip(scratch.grams, values).map { ($0, Int32(($1 * scale).rounded())) }
    }

    /// What the memory says of a text with this vector; `own` is the place of a record to be left out of all it says.
    func echo(
        of vector: [(gram: Int32, weight: Int32)], named: [Int32], without own: Int?, _ scratch: SubjectScratch
    ) -> Echo {
        addRecords(vector, scratch)
        if let own { scratch.likeness[own] = 0 }
        var echo = Echo()
        echo.near = nearest(scratch)
        for concept in named { touch(concept, scratch) }
        for place in scratch.near {
            let likeness = Int64(scratch.likeness[Int(place)])
            scratch.likeness[Int(place)] = 0
            guard likeness > 0 else { continue }
            for concept in records[Int(place)].given {
                touch(concept, scratch)
                scratch.sums[Int(concept)] += likeness
            }
        }
        scratch.near.removeAll(keepingCapacity: true)
        addLabels(vector, scratch)
        choose(named, own, scratch, &echo)
        return echo
    }

    @inline(__always)
    private func touch(_ concept: Int32, _ scratch: SubjectScratch) {
        if !scratch.isTouched[Int(concept)] {
            scratch.isTouched[Int(concept)] = true
            scratch.touched.append(concept)
        }
    }

    private func addRecords(_ vector: [(gram: Int32, weight: Int32)], _ scratch: SubjectScratch) {
        let limit = max(64, liveCount / Self.commonShare)
        scratch.likeness.withUnsafeMutableBufferPointer { likeness in
            for (gram, weight) in vector {
                let list = postings[Int(gram)]
                guard list.count <= limit else { continue }
                list.withUnsafeBufferPointer { list in
                    for posting in list {
                        let place = Int(posting.target)
                        if likeness[place] == 0 { scratch.near.append(posting.target) }
                        likeness[place] += weight &* posting.weight
                    }
                }
            }
        }
    }

    private func addLabels(_ vector: [(gram: Int32, weight: Int32)], _ scratch: SubjectScratch) {
        let limit = max(256, given.count / 50)
        for (gram, weight) in vector where Int(gram) + 1 < labelBounds.count {
            let bounds = Int(labelBounds[Int(gram)])..<Int(labelBounds[Int(gram) + 1])
            guard bounds.count <= limit else { continue }
            labelPostings.withUnsafeBufferPointer { list in
                for index in bounds {
                    touch(list[index].target, scratch)
                    scratch.labelSums[Int(list[index].target)] += Int64(weight &* list[index].weight)
                }
            }
        }
    }

    /// The nearest records; equal ones in order of their identities.
    private func nearest(_ scratch: SubjectScratch) -> [NearRecord] {
        var best: [(likeness: Int32, place: Int32)] = []
        var lowest: Int32 = 0
        for place in scratch.near {
            let likeness = scratch.likeness[Int(place)]
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
    private func closeness(_ concept: Int, _ sum: Int64, _ label: Int64, without own: Record?) -> Double {
        var (square, product) = (squares[concept], labelProducts[concept])
        if let own, own.given.contains(Int32(concept)) {
            // Its own vector has the length of a unit: |S - v|² = |S|² - 2 (S - v)·v - |v|².
            square -= 2 * sum + Int64(Self.unit * Self.unit)
            product -= label
        }
        let length = square + 2 * Self.labelShare * product + Self.labelShare * Self.labelShare * labelSquares[concept]
        let numerator = Double(sum + Self.labelShare * label) / (Self.unit * Self.unit)
        guard length > 0, numerator > 0 else { return 0 }
        return numerator * pow(Double(length) / (Self.unit * Self.unit), -0.35)
    }

    private func choose(_ named: [Int32], _ own: Int?, _ scratch: SubjectScratch, _ echo: inout Echo) {
        let record = own.map { records[$0] }
        var best: [(closeness: Double, concept: Int32)] = []
        var lowest = 0.0
        for concept in scratch.touched {
            let (sum, label) = (scratch.sums[Int(concept)], scratch.labelSums[Int(concept)])
            let value = closeness(Int(concept), sum, label, without: record)
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
            let (sum, label) = (scratch.sums[Int(concept)], scratch.labelSums[Int(concept)])
            echo.closeness.append(closeness(Int(concept), sum, label, without: record))
            let square = Double(max(1, labelSquares[Int(concept)]))
            echo.labelCloseness.append(Double(label) / (Self.unit * square.squareRoot()))
        }
        for concept in scratch.touched {
            scratch.sums[Int(concept)] = 0
            scratch.labelSums[Int(concept)] = 0
            scratch.isTouched[Int(concept)] = false
        }
        scratch.touched.removeAll(keepingCapacity: true)
    }
}
