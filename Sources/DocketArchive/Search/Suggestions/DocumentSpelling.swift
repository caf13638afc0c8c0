import DocketText

/// How a document writes what the index has folded.
enum DocumentSpelling {
    /// The characters of `text` as they stand in a document that holds it; nil where it does not, or writes more between them.
    static func characters(of text: String, in document: IndexDocument) -> [Unicode.Scalar]? {
        let wanted = Array(Folding.key(text).utf8)
        guard !wanted.isEmpty else { return nil }
        for field in document.searchedFields {
            let folded = Folding.fold(field.text)
            guard let place = Array(folded.text.utf8).firstRange(of: wanted) else { continue }
            let range = folded.map.original(place)
            let characters = Array(field.text.utf8.dropFirst(range.lowerBound).prefix(range.count))
            let found = Array(String(decoding: characters, as: UTF8.self).unicodeScalars)
            if found.count == text.unicodeScalars.count { return found }
        }
        return nil
    }
}

extension VisibleCounts {
    /// How a document that the viewer may see writes `text`, which was among what was asked for.
    mutating func spelling(of text: String) async throws -> [Unicode.Scalar]? {
        guard let key = try example(of: .text(text)), let document = try await source.documents([key])[key] else {
            return nil
        }
        return DocumentSpelling.characters(of: text, in: document)
    }
}
