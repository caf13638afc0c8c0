import DocketCore
import DocketText

extension SubjectIndexer {
    /// Learns a catalogued record at once, instead of what was learned of it before.
    ///
    /// URIs that the vocabulary does not have are passed over: they came with a file, or from an older vocabulary.
    public mutating func learn(_ record: CataloguedRecord) {
        let reading = Reading(record.document, matcher)
        let given = positions(record.given)
        let rejected = positions(record.rejected).filter { !given.contains($0) }
        var matched = reading.namings.map(\.concept)
        if !record.isComplete {
            let decided = Set(given + rejected)
            matched.removeAll { !decided.contains($0) }
        }
        var keys: [UInt32] = []
        GramScan.forEach(in: reading.units) { keys.append($0) }
        memory.put(
            SubjectMemory.Record(
                id: record.id, title: String(record.title.prefix(80)), grams: Self.counted(keys), given: given,
                rejected: rejected, matched: matched))
    }

    /// Forgets the record `id`, when its entry is withdrawn or its classification rises.
    public mutating func forget(_ id: String) { memory.remove(id) }

    /// Learns that a person accepted or added the concept `uri` for the record `id`.
    ///
    /// The record may be under review still: what nobody has decided about counts neither for nor against.
    /// - Throws: `SubjectError.unknownConcept`.
    public mutating func accept(_ uri: String, in document: SubjectDocument, id: String) throws(SubjectError) {
        try decide(uri, isGiven: true, document, id)
    }

    /// Learns that a person rejected the concept `uri` for the record `id`; the same as `accept` else.
    /// - Throws: `SubjectError.unknownConcept`.
    public mutating func reject(_ uri: String, in document: SubjectDocument, id: String) throws(SubjectError) {
        try decide(uri, isGiven: false, document, id)
    }

    private mutating func decide(
        _ uri: String, isGiven: Bool, _ document: SubjectDocument, _ id: String
    ) throws(SubjectError) {
        guard vocabulary.position(of: uri) != nil else { throw .unknownConcept(uri: uri) }
        func uris(_ positions: [Int32]?) -> [String] {
            (positions ?? []).map { vocabulary.concepts[Int($0)].uri }.filter { $0 != uri }
        }
        let known = memory.record(id)
        learn(
            CataloguedRecord(
                id: id, title: known?.title ?? document.text.split(separator: "\n").first.map(String.init) ?? "",
                document: document, given: uris(known?.given) + (isGiven ? [uri] : []),
                rejected: uris(known?.rejected) + (isGiven ? [] : [uri]), isComplete: false))
    }

    /// Positions of what is used for these concepts, ascending, each once.
    private func positions(_ uris: [String]) -> [Int32] {
        Set(uris.compactMap { vocabulary.position(of: $0).map { target[$0] } }.filter { $0 >= 0 }).sorted()
    }

    // MARK: - Training

    /// How strongly trained weights are held near those they start from.
    static let hold = 2.0

    /// Measures the rarity of grams on all learned records, and fits the weights on them, each judged by the memory of the
    /// others alone; the weights stay near `prior` where there are few.
    ///
    /// `documents` are the words of learned records by identity; a record without stays in the memory and is not fitted on.
    public mutating func train(_ documents: [(id: String, document: SubjectDocument)], prior: SubjectWeights) {
        memory = memory.rebased()
        weights = SubjectWeights(values: samples(documents).weights(prior: prior.values, penalty: Self.hold))
    }

    /// The samples that `train` fits on: the candidates of every record.
    func samples(_ documents: [(id: String, document: SubjectDocument)]) -> LogisticFit {
        let scratch = SubjectScratch()
        var fit = LogisticFit(width: SubjectSigns.width)
        for (id, document) in documents {
            guard let own = memory.places[id] else { continue }
            let reading = Reading(document, matcher)
            let signs = SubjectSigns(
                reading.units, namings: reading.namings, memory: memory, hasKin: hasKin, without: own, scratch)
            let given = memory.records[own].given
            for (position, concept) in signs.concepts.enumerated() {
                let isGiven = given.contains(concept)
                // A concept that only this record has would teach that concepts without records are right.
                guard memory.given[Int(concept)] > (isGiven ? 1 : 0) else { continue }
                let start = position * SubjectSigns.width
                fit.signs += signs.rows[start..<start + SubjectSigns.width]
                fit.answers.append(isGiven)
            }
        }
        return fit
    }
}

extension SubjectIndexer {
    /// Weights fitted on the records of several vocabularies at once: how the file of weights is made.
    public static func weights(
        fittedOn sets: [(indexer: SubjectIndexer, documents: [(id: String, document: SubjectDocument)])]
    ) -> SubjectWeights {
        var fit = LogisticFit(width: SubjectSigns.width)
        for (indexer, documents) in sets {
            var indexer = indexer
            indexer.memory = indexer.memory.rebased()
            let samples = indexer.samples(documents)
            fit.signs += samples.signs
            fit.answers += samples.answers
        }
        return SubjectWeights(
            values: fit.weights(prior: [Double](repeating: 0, count: SubjectSigns.width), penalty: hold))
    }
}
