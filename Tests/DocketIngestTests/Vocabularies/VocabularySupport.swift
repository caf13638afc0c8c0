import DocketCore
import DocketTestSupport
import Foundation

@testable import DocketIngest

/// A file read as the vocabulary "x".
func readVocabulary(
    _ text: String, limits: ReaderLimits = ReaderLimits()
) throws -> VocabularyReader.Reading {
    try VocabularyReader.read(ReaderInput(data: Data(text.utf8), fileName: "x.ttl"), named: "x", limits: limits)
}

extension Vocabulary {
    /// The concept that has this preferred label in any language.
    func concept(labelled label: String) -> Concept? {
        concepts.first { $0.labels.contains { $0.kind == .preferred && $0.text == label } }
    }

    /// Labels of a kind of the concept with this preferred label.
    func labels(of label: String, _ kind: LabelKind) -> [String] {
        (concept(labelled: label)?.labels ?? []).filter { $0.kind == kind }.map(\.text)
    }

    /// First labels of linked concepts.
    func names(_ links: [Int32]?) -> [String] { (links ?? []).map { concepts[Int($0)].labels.first?.text ?? "" } }
}

/// Turtle with the usual prefixes before `body`.
func turtle(_ body: String) -> String {
    """
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix ex: <http://example.org/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix dct: <http://purl.org/dc/terms/> .

    """ + body
}
