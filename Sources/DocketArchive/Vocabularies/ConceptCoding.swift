import DocketCore
import DocketText
import Foundation

/// A concept as one row: a byte for the form, then notation, kind, status, labels, notes and links.
///
/// Numbers are varints, texts have their length before them; links are positions in the same edition.
enum ConceptCoding {
    /// Form of the row; a reader refuses any other.
    private static let form: UInt8 = 1

    static func body(of concept: Vocabulary.Concept) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(form)
        writer.string(concept.notation ?? "")
        writer.byte(concept.kind.flatMap { Vocabulary.Kind.allCases.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0)
        switch concept.status {
        case .current: writer.byte(0)
        case .deprecated(let replacedBy):
            writer.byte(1)
            write(replacedBy, to: &writer)
        }
        writer.varint(concept.labels.count)
        for label in concept.labels {
            writer.byte(label.kind.rawValue)
            writer.string(label.language)
            writer.string(label.text)
        }
        writer.varint(concept.notes.count)
        for note in concept.notes {
            writer.byte(note.kind.rawValue)
            writer.string(note.language)
            writer.string(note.text)
        }
        for links in [concept.broader, concept.narrower, concept.related] { write(links, to: &writer) }
        return writer.bytes
    }

    /// Ascending positions as differences.
    private static func write(_ links: [Int32], to writer: inout ByteWriter) {
        writer.varint(links.count)
        var last: Int32 = 0
        for link in links {
            writer.varint(Int(link - last))
            last = link
        }
    }

    /// The concept of a row.
    /// - Throws: `ArchiveError.corrupt` for a row that no program wrote.
    static func concept(_ uri: String, body: Data) throws -> Vocabulary.Concept {
        do {
            return try body.withUnsafeBytes { bytes in
                var reader = ByteReader(bytes)
                return try read(uri, &reader)
            }
        } catch is ArchiveError {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "unreadable concept of a vocabulary")
        }
    }

    private static func read(_ uri: String, _ reader: inout ByteReader) throws -> Vocabulary.Concept {
        guard try reader.byte() == form else { throw ArchiveError.damagedIndex("form") }
        var concept = Vocabulary.Concept(uri: uri)
        let notation = try reader.string()
        concept.notation = notation.isEmpty ? nil : notation
        let kind = Int(try reader.byte())
        guard kind <= Vocabulary.Kind.allCases.count else { throw ArchiveError.damagedIndex("kind") }
        concept.kind = kind == 0 ? nil : Vocabulary.Kind.allCases[kind - 1]
        if try reader.byte() == 1 { concept.status = .deprecated(replacedBy: try links(&reader)) }
        let labels = try reader.count(upTo: reader.remaining)
        concept.labels.reserveCapacity(labels)
        for _ in 0..<labels {
            guard let kind = Vocabulary.LabelKind(rawValue: try reader.byte()) else {
                throw ArchiveError.damagedIndex("label")
            }
            let language = try reader.string()
            concept.labels.append(Vocabulary.Label(kind, try reader.string(), language: language))
        }
        for _ in 0..<(try reader.count(upTo: reader.remaining)) {
            guard let kind = Vocabulary.NoteKind(rawValue: try reader.byte()) else {
                throw ArchiveError.damagedIndex("note")
            }
            let language = try reader.string()
            concept.notes.append(Vocabulary.Note(kind, try reader.string(), language: language))
        }
        concept.broader = try links(&reader)
        concept.narrower = try links(&reader)
        concept.related = try links(&reader)
        return concept
    }

    private static func links(_ reader: inout ByteReader) throws -> [Int32] {
        var (links, last): ([Int32], Int) = ([], 0)
        let count = try reader.count(upTo: reader.remaining)
        links.reserveCapacity(count)
        for _ in 0..<count {
            last += try reader.count(upTo: Int(Int32.max) - last)
            links.append(Int32(last))
        }
        return links
    }
}

/// A vocabulary as rows, made before a transaction begins: encoding and folding take longer than writing.
struct VocabularyRows: Sendable {
    struct LabelRow: Sendable {
        var key: String
        var n: Int
        var kind: Vocabulary.LabelKind
    }

    let bodies: [[UInt8]]
    /// By key, then by concept: the order of their table, so that writing goes through it once.
    let labels: [LabelRow]
    /// SHA-256 over all that a reader of the library sees: title, stated version, licence, languages, concepts.
    let digest: SHA256Digest

    init(_ vocabulary: Vocabulary) throws {
        bodies = vocabulary.concepts.map(ConceptCoding.body)
        var hasher = SHA256Digest.Hasher()
        var head = ByteWriter()
        for text in [vocabulary.title, vocabulary.statedVersion ?? "", vocabulary.licence ?? ""] + vocabulary.languages
        {
            head.string(text)
        }
        hasher.update(head.bytes)
        for (concept, body) in zip(vocabulary.concepts, bodies) {
            var identity = ByteWriter()
            identity.string(concept.uri)
            identity.varint(body.count)
            hasher.update(identity.bytes)
            hasher.update(body)
        }
        digest = hasher.finalize()
        var labels: [LabelRow] = []
        for (n, concept) in vocabulary.concepts.enumerated() {
            // Labels stand by kind, so that the first of a key is the one that counts.
            var seen: Set<String> = []
            for label in concept.labels {
                let key = Folding.labelKey(label.text)
                if !key.isEmpty, seen.insert(key).inserted { labels.append(LabelRow(key: key, n: n, kind: label.kind)) }
            }
        }
        labels.sort { $0.key == $1.key ? $0.n < $1.n : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        self.labels = labels
    }
}
