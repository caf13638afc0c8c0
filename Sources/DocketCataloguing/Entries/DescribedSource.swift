public import DocketCore

/// A document with its structure: what descriptions are made from.
public struct DescribedSource: Sendable {
    /// The document.
    public var document: SourceDocument
    /// What the structure parser read from it.
    public var structure: DocumentStructure

    /// A document with its structure.
    public init(_ document: SourceDocument, _ structure: DocumentStructure) {
        self.document = document
        self.structure = structure
    }
}
