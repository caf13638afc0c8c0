import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Real vocabularies, counted apart from the readers.
@Suite(.enabled(if: ReferenceData.isAvailable, "DOCKET_REFERENCE_DATA is not set"))
struct ReferenceVocabularyTests {
    private static func read(_ path: String) throws -> VocabularyReader.Reading {
        try VocabularyReader.read(ReaderInput(file: ReferenceData.url(path)), named: "reference")
    }

    /// Each statement of this file stands on a line of its own.
    @Test func `the STW thesaurus is read whole`() throws {
        let lines = try ReferenceData.text("vocab/stw-skos.ttl").split(separator: "\n")
        var (concepts, preferred, named, alternative, deprecated) = (0, 0, 0, 0, 0)
        var isNamedPlainly = false
        for line in lines {
            if line.hasPrefix("    a skos:Concept") { concepts += 1 }
            // Those that are no longer used are no longer typed as concepts, and named by rdfs:label.
            // The scheme has a name too.
            let isRetired = ["    a zbwext:Descriptor ;", "    a zbwext:Thsys ;"].contains(line)
            if isRetired { concepts += 1 }
            if line.hasPrefix("    a ") || line.hasPrefix("<") { isNamedPlainly = isRetired }
            if line.hasPrefix("    skos:prefLabel \""), !line.contains("Thesaurus for Economics") {
                preferred += line.split(separator: "\"@").count - 1
            }
            if line.hasPrefix("    rdfs:label \""), isNamedPlainly { named += line.split(separator: "\"@").count - 1 }
            if line.hasPrefix("    skos:altLabel \"") { alternative += line.split(separator: "\"@").count - 1 }
            if line.hasPrefix("    owl:deprecated true") { deprecated += 1 }
        }
        let reading = try Self.read("vocab/stw-skos.ttl")
        let vocabulary = reading.vocabulary
        let labels = vocabulary.concepts.flatMap(\.labels)
        #expect(vocabulary.concepts.count == concepts)
        #expect(vocabulary.concepts.filter { $0.labels.isEmpty }.map(\.uri) == [])
        #expect(concepts > 6_000)
        #expect(labels.count { $0.kind == .preferred } == preferred + named)
        #expect(labels.count { $0.kind == .alternative } == alternative)
        #expect(vocabulary.concepts.count { $0.status != .current } == deprecated)
        #expect(vocabulary.title.contains("STW"))
        #expect(vocabulary.licence?.contains("odbl") == true)
        let supply = try #require(vocabulary.concept(labelled: "Supply"))
        #expect(supply.uri == "http://zbw.eu/stw/descriptor/10000-1")
        #expect(supply.narrower.count == 4)
    }

    @Test(arguments: ["vocab/stw-en.tsv", "vocab/yso-en.tsv"])
    func `a list of labels gives a concept for each IRI`(path: String) throws {
        let lines = try ReferenceData.text(path).split(separator: "\n")
        let reading = try Self.read(path)
        #expect(reading.format == "TSV")
        #expect(reading.vocabulary.concepts.count == Set(lines.compactMap { $0.split(separator: "\t").first }).count)
    }

    @Test func `the archaeological part of YSO is read`() throws {
        let vocabulary = try Self.read("annif-archaeology/yso-archaeology.ttl").vocabulary
        #expect(vocabulary.concepts.count > 100)
        #expect(vocabulary.concepts.allSatisfy { $0.label(in: "fi") != nil })
    }
}
