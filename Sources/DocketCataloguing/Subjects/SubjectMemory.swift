import Foundation

/// What catalogued records teach: which grams go with which concept, which concept is given where its label stands, which
/// records resemble a text.
///
/// All sums are of whole numbers, so the memory after any sequence of changes is the memory of the records that are in it,
/// whatever their order: nothing drifts, nothing is forgotten, and a record that is replaced leaves no trace. Only the rarity
/// of grams is measured anew by `rebased` alone.
struct SubjectMemory: Sendable {
    /// A catalogued record as it is kept.
    struct Record: Sendable, Equatable {
        var id: String
        var title: String
        /// Keys of its grams, ascending, with how often each stands there.
        var grams: [(key: UInt32, count: UInt16)]
        /// Concepts given to it, those a person rejected, and those whose label stands in it: each ascending.
        var given: [Int32]
        var rejected: [Int32]
        var matched: [Int32]
        /// Concepts that a person saw no use for: rejected, or named in it and not given; ascending.
        private(set) var refused: [Int32]

        init(
            id: String, title: String, grams: [(key: UInt32, count: UInt16)] = [], given: [Int32] = [],
            rejected: [Int32] = [], matched: [Int32] = []
        ) {
            self.id = id
            self.title = title
            self.grams = grams
            self.given = given
            self.rejected = rejected
            self.matched = matched
            let kept = Set(given)
            refused = Set(rejected + matched).filter { !kept.contains($0) }.sorted()
        }

        static func == (one: Record, other: Record) -> Bool {
            one.id == other.id && one.title == other.title && one.given == other.given
                && one.rejected == other.rejected && one.matched == other.matched
                && one.grams.elementsEqual(other.grams) { $0 == $1 }
        }
    }

    struct Posting: Sendable {
        var target: Int32
        var weight: Int32
    }

    /// Weights of vectors are kept in whole numbers of this part of 1.
    static let unit = 8192.0
    /// How many records the labels stand for in the rarity of grams.
    private static let labelDocuments = 50.0
    /// Records whose vectors are made anew rather than looking at all records that share a gram.
    private static let fewRecords = 20

    private(set) var records: [Record] = []
    /// Place in `records` by identity.
    private(set) var places: [String: Int] = [:]
    /// False at the places of records that were replaced or taken out.
    private(set) var isAlive: [Bool] = []
    private(set) var liveCount = 0

    private(set) var gramNumbers: KeyTable
    /// Rarity of each gram.
    private(set) var rarity: [Float] = []
    /// Records by gram.
    private(set) var postings: [[Posting]] = []
    /// Concepts by gram of their labels: bounds in `labelPostings`.
    private(set) var labelBounds: [Int32] = []
    private(set) var labelPostings: [Posting] = []

    /// Places of the records of each concept.
    private var members: [[Int32]]
    /// By concept: records it was given to, records that name it, both at once, times it was rejected.
    private(set) var given: [Int32]
    private(set) var named: [Int32]
    private(set) var both: [Int32]
    private(set) var rejections: [Int32]
    /// Square of the length of the sum of its records' vectors, and that sum times its label's vector.
    private(set) var squares: [Int64]
    private(set) var labelProducts: [Int64]
    /// Square of the length of its label's vector, 0 without labels.
    private(set) var labelSquares: [Int64]

    /// What the length of a concept's sum of records and label takes from its closeness, 0 where there is nothing.
    private(set) var scales: [Double]

    /// How many records each gram stood in when rarity was measured, and how many there were.
    private(set) var baseCounts: [Int32] = []
    private(set) var baseRecords = 0
    /// Keys of the labels' grams by concept with their counts, for measuring rarity.
    private let labelGrams: [(first: Int32, count: Int32)]
    private let labelKeys: [(gram: Int32, count: UInt16)]
    private var labelCounts: [Int32] = []
    /// Grams below this number stand in some label.
    var labelGramCount: Int { labelCounts.count }
    private let conceptCount: Int

    // MARK: - Making

    /// An empty memory for the concepts whose labels have these grams, each concept's ascending by key.
    init(labels: [[(key: UInt32, count: UInt16)]]) {
        conceptCount = labels.count
        gramNumbers = KeyTable(capacity: labels.count * 8)
        var bounds: [(first: Int32, count: Int32)] = []
        var keys: [(gram: Int32, count: UInt16)] = []
        for grams in labels {
            bounds.append((Int32(keys.count), Int32(grams.count)))
            for (key, count) in grams {
                let gram = gramNumbers.number(UInt64(key))
                keys.append((gram, count))
                if Int(gram) == labelCounts.count { labelCounts.append(0) }
                labelCounts[Int(gram)] += 1
            }
        }
        labelGrams = bounds
        labelKeys = keys
        members = Array(repeating: [], count: labels.count)
        given = Array(repeating: 0, count: labels.count)
        (named, both, rejections) = (given, given, given)
        squares = Array(repeating: 0, count: labels.count)
        (labelProducts, labelSquares) = (squares, squares)
        scales = Array(repeating: 0, count: labels.count)
        baseCounts = Array(repeating: 0, count: gramNumbers.count)
        postings = Array(repeating: [], count: gramNumbers.count)
        measure()
    }

    /// Measures rarity from the base counts and makes the labels' vectors anew; no record may be in the memory.
    private mutating func measure() {
        rarity = (0..<gramNumbers.count).map { rarity(ofGram: $0) }
        var counts = [Int32](repeating: 0, count: gramNumbers.count + 1)
        for (gram, _) in labelKeys { counts[Int(gram) + 1] += 1 }
        for index in 1..<max(1, counts.count) { counts[index] += counts[index - 1] }
        labelBounds = counts
        labelPostings = Array(repeating: Posting(target: 0, weight: 0), count: labelKeys.count)
        for (concept, bounds) in labelGrams.enumerated() {
            let keys = labelKeys[Int(bounds.first)..<Int(bounds.first + bounds.count)]
            let weights = self.weights(of: keys.map { ($0.gram, $0.count) })
            labelSquares[concept] = weights.reduce(0) { $0 + Int64($1.weight) * Int64($1.weight) }
            scales[concept] = Self.scale(lengthSquare(ofConcept: concept))
            for (gram, weight) in weights {
                labelPostings[Int(counts[Int(gram)])] = Posting(target: Int32(concept), weight: weight)
                counts[Int(gram)] += 1
            }
        }
    }

    /// Logarithm of how rare a gram is among the records of the base and, for a few records' worth, among the labels.
    private func rarity(ofGram gram: Int) -> Float {
        let labels = gram < labelCounts.count ? Double(labelCounts[gram]) : 0
        let share = conceptCount > 0 ? Self.labelDocuments * labels / Double(conceptCount) : 0
        let total = Double(baseRecords) + Self.labelDocuments
        return Float(log((1 + total) / (1 + Double(baseCounts[gram]) + share)) + 1)
    }

    /// Rarity of a gram that no record of the base and no label has.
    var unknownRarity: Float { Float(log(1 + Double(baseRecords) + Self.labelDocuments) + 1) }

    /// Numbers of new grams are given on the way.
    private mutating func number(_ key: UInt32) -> Int32 {
        let gram = gramNumbers.number(UInt64(key))
        if Int(gram) == postings.count {
            postings.append([])
            baseCounts.append(0)
            rarity.append(unknownRarity)
        }
        return gram
    }

    /// Vector of unit length, in whole numbers.
    func weights(of grams: [(gram: Int32, count: UInt16)]) -> [(gram: Int32, weight: Int32)] {
        var values = grams.map { (1 + log(Double($0.count))) * Double(rarity[Int($0.gram)]) }
        let length = max(1e-9, values.reduce(0) { $0 + $1 * $1 }.squareRoot())
        for index in values.indices { values[index] = (values[index] / length * Self.unit).rounded() }
        return zip(grams, values).map { ($0.gram, Int32($1)) }
    }

    // MARK: - Records

    /// Keeps `record`, instead of an earlier one of the same identity.
    mutating func put(_ record: Record) {
        remove(record.id)
        let place = records.count
        records.append(record)
        isAlive.append(true)
        places[record.id] = place
        liveCount += 1
        let vector = vector(of: record)
        count(record, vector, sign: 1)
        for (gram, weight) in vector { postings[Int(gram)].append(Posting(target: Int32(place), weight: weight)) }
        for concept in record.given { members[Int(concept)].append(Int32(place)) }
    }

    /// Takes the record `id` out; nothing happens where there is none.
    mutating func remove(_ id: String) {
        guard let place = places.removeValue(forKey: id) else { return }
        let record = records[place]
        let vector = vector(of: record)
        isAlive[place] = false
        liveCount -= 1
        for (gram, _) in vector { postings[Int(gram)].removeAll { $0.target == Int32(place) } }
        for concept in record.given { members[Int(concept)].removeAll { $0 == Int32(place) } }
        count(record, vector, sign: -1)
        records[place] = Record(id: "", title: "")
    }

    /// The record `id`.
    func record(_ id: String) -> Record? { places[id].map { records[$0] } }

    private mutating func vector(of record: Record) -> [(gram: Int32, weight: Int32)] {
        // New grams get their numbers first: the call below looks at the memory as it then is.
        let grams = record.grams.map { (number($0.key), $0.count) }
        return weights(of: grams)
    }

    /// Adds a record that is in no posting, or takes away one that is in none any more, in the sums of its concepts.
    private mutating func count(_ record: Record, _ vector: [(gram: Int32, weight: Int32)], sign: Int32) {
        var dense = [Int32](repeating: 0, count: record.given.isEmpty ? 0 : gramNumbers.count)
        if !record.given.isEmpty { for (gram, weight) in vector { dense[Int(gram)] = weight } }
        let square = vector.reduce(Int64(0)) { $0 + Int64($1.weight) * Int64($1.weight) }
        let sums = sums(of: record.given, vector, dense)
        for (concept, sum) in zip(record.given, sums) {
            let bounds = labelGrams[Int(concept)]
            let label = weights(of: labelKeys[Int(bounds.first)..<Int(bounds.first + bounds.count)].map { $0 })
            given[Int(concept)] += sign
            squares[Int(concept)] += Int64(sign) * (2 * sum + square)
            labelProducts[Int(concept)] += Int64(sign) * Self.product(label, dense)
            scales[Int(concept)] = Self.scale(lengthSquare(ofConcept: Int(concept)))
        }
        let kept = Set(record.given)
        for concept in record.matched {
            named[Int(concept)] += sign
            if kept.contains(concept) { both[Int(concept)] += sign }
        }
        for concept in record.rejected { rejections[Int(concept)] += sign }
    }

    private func lengthSquare(ofConcept concept: Int) -> Int64 {
        squares[concept] + 2 * Self.labelShare * labelProducts[concept]
            + Self.labelShare * Self.labelShare * labelSquares[concept]
    }

    /// Between no regard to the length, which favours concepts of many records, and the cosine.
    static func scale(_ lengthSquare: Int64) -> Double {
        lengthSquare > 0 ? pow(Double(lengthSquare) / (unit * unit), -0.35) : 0
    }

    @inline(__always)
    private static func product(_ vector: [(gram: Int32, weight: Int32)], _ dense: [Int32]) -> Int64 {
        vector.reduce(0) { $0 + Int64($1.weight) * Int64(dense[Int($1.gram)]) }
    }

    /// Product of the vector with the sum of the records of each concept: over those records where they are few, else over
    /// all that share a gram.
    private func sums(of concepts: [Int32], _ vector: [(gram: Int32, weight: Int32)], _ dense: [Int32]) -> [Int64] {
        if concepts.reduce(0, { $0 + members[Int($1)].count }) <= Self.fewRecords {
            return concepts.map { concept in
                members[Int(concept)].reduce(0) { sum, place in
                    let grams = records[Int(place)].grams.map { (gramNumbers.find(UInt64($0.key)), $0.count) }
                    return sum + Self.product(weights(of: grams), dense)
                }
            }
        }
        var products = [Int64](repeating: 0, count: records.count)
        for (gram, weight) in vector {
            for posting in postings[Int(gram)] {
                products[Int(posting.target)] += Int64(posting.weight) * Int64(weight)
            }
        }
        return concepts.map { members[Int($0)].reduce(0) { $0 + products[Int($1)] } }
    }

    // MARK: - Rarity

    /// The memory of the same records with rarity measured on them.
    func rebased() -> SubjectMemory {
        var counts: [UInt32: Int32] = [:]
        for (record, isAlive) in zip(records, isAlive) where isAlive {
            for (key, _) in record.grams { counts[key, default: 0] += 1 }
        }
        return based(on: counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, records: liveCount)
    }

    /// The memory of the same records with rarity of a given base, ascending by key.
    func based(on counts: [(key: UInt32, count: Int32)], records total: Int) -> SubjectMemory {
        var memory = self
        memory.clear()
        for (key, count) in counts { memory.baseCounts[Int(memory.number(key))] = count }
        memory.baseRecords = total
        memory.measure()
        for (record, isAlive) in zip(records, isAlive) where isAlive { memory.put(record) }
        return memory
    }

    /// The base as `based(on:records:)` takes it.
    var base: [(key: UInt32, count: Int32)] {
        zip(gramNumbers.ordered, baseCounts).filter { $0.1 > 0 }.map { (UInt32(truncatingIfNeeded: $0.0), $0.1) }
            .sorted { $0.0 < $1.0 }
    }

    private mutating func clear() {
        (records, places, isAlive, liveCount) = ([], [:], [], 0)
        postings = Array(repeating: [], count: postings.count)
        baseCounts = Array(repeating: 0, count: baseCounts.count)
        members = Array(repeating: [], count: members.count)
        for index in given.indices {
            (given[index], named[index], both[index], rejections[index]) = (0, 0, 0, 0)
            (squares[index], labelProducts[index], labelSquares[index], scales[index]) = (0, 0, 0, 0)
        }
    }
}
