import Crypto
import DocketCore
import Foundation

/// One match as it is remembered: digests of its identity and of its words, which tell nothing by themselves.
struct ToldHit: Hashable, Sendable {
    /// Bytes of each digest.
    static let width = 16

    /// Of `IndexDocument.id`.
    var identity: Data
    /// Of the source and of all words of the match; the same for words that moved within their source.
    var words: Data

    init(identity: Data, words: Data) {
        self.identity = identity
        self.words = words
    }

    init(_ document: IndexDocument) {
        identity = Self.digest([document.id])
        // A title that is only shown is that of the source: all its passages would change with it.
        let texts = document.fields.flatMap { [String($0.role.rawValue), $0.text] }
        words = Self.digest(
            [
                document.source.rawValue, document.kind.rawValue, document.isTitleSearched ? document.title : "",
                document.status ?? "",
            ] + texts)
    }

    /// SHA-256 over each text with its length, cut.
    private static func digest(_ texts: [String]) -> Data {
        var hash = SHA256()
        for var text in texts {
            withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { hash.update(bufferPointer: $0) }
            text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        }
        return Data(hash.finalize().prefix(width))
    }
}

/// The matches that were told, the last told first.
struct ToldHits: Equatable, Sendable {
    /// Most that are kept, and most that are compared.
    static let most = 10_000
    /// First byte of the stored form.
    private static let form: UInt8 = 1

    private(set) var hits: [ToldHit]

    init(_ hits: [ToldHit] = []) { self.hits = Array(hits.prefix(Self.most)) }

    /// What a match is beside what was told.
    enum News: Sendable {
        /// It was told, or its words were, in another place of its source.
        case known
        /// It was told with other words.
        case changed
        case new
    }

    /// What each of `matches` is; words that a source holds more often than was told are news for each time more.
    func compare(_ matches: [ToldHit]) -> [News] {
        var left: [ToldHit: Int] = [:]
        for hit in hits { left[hit, default: 0] += 1 }
        var news = [News](repeating: .new, count: matches.count)
        for (index, match) in matches.enumerated() where left[match, default: 0] > 0 {
            left[match, default: 0] -= 1
            news[index] = .known
        }
        var moved: [Data: Int] = [:]
        for (hit, count) in left where count > 0 { moved[hit.words, default: 0] += count }
        let identities = Set(hits.map(\.identity))
        for (index, match) in matches.enumerated() where news[index] == .new {
            if moved[match.words, default: 0] > 0 {
                moved[match.words, default: 0] -= 1
                news[index] = .known
            } else if identities.contains(match.identity) {
                news[index] = .changed
            }
        }
        return news
    }

    /// Tells `matches`; what was told before and is not among them stays told, as long as there is room.
    mutating func tell(_ matches: [ToldHit]) {
        let identities = Set(matches.map(\.identity))
        hits = Array((matches + hits.filter { !identities.contains($0.identity) }).prefix(Self.most))
    }

    // MARK: - Stored form

    var data: Data {
        var data = Data([Self.form])
        data.reserveCapacity(1 + hits.count * 2 * ToldHit.width)
        for hit in hits {
            data.append(hit.identity)
            data.append(hit.words)
        }
        return data
    }

    /// - Throws: `ArchiveError.corrupt` for bytes of another form.
    init(data: Data) throws {
        let row = 2 * ToldHit.width
        guard data.first == Self.form, (data.count - 1) % row == 0, data.count <= 1 + Self.most * row else {
            throw ArchiveError.corrupt(
                file: LibraryFolder.databaseName, detail: "unreadable value of savedSearchTold")
        }
        hits = stride(from: data.startIndex + 1, to: data.endIndex, by: row).map { start in
            ToldHit(
                identity: Data(data[start..<start + ToldHit.width]),
                words: Data(data[start + ToldHit.width..<start + row]))
        }
    }
}
