/// Cuts text into the terms that the index stores and queries look for.
///
/// Text is folded on the way (`Folding`). Runs of Chinese, Japanese and Korean characters give every pair of neighbours and
/// the last character alone; letters and digits give words, English words their stems too; numerals and dates give extra
/// terms by value, beside the characters and never instead of them. A phrase therefore matches where the positions of its
/// `bigram`, `runEnd` and `word` terms follow one another as in the query; a single character matches every bigram that
/// begins with it, and its `runEnd`. Stems and values widen a search outside quotation marks.
public struct SearchTokenizer: Sendable {
    /// Words longer than this many bytes are cut into pieces of it.
    public static let longestWord = 64

    /// A tokenizer; it has no settings.
    public init() {}

    /// Calls `body` with every term of `text`, in order of position, in linear time.
    public func index(_ text: String, _ body: (SearchToken) -> Void) {
        UTF8Bytes.with(text) { bytes in
            forEachTerm(in: bytes) { body(SearchToken($0)) }
        }
    }

    /// The terms that a query text asks for.
    ///
    /// The last character of a run is left out where others stand before it, since their bigram holds it; a date gives its
    /// finest term alone. An English word gives itself, its stem term, and its stem as a word: alternatives at one position.
    public func query(_ text: String) -> [SearchToken] {
        var tokens: [SearchToken] = []
        var lastBigram = -1
        index(text) { token in
            switch token.kind {
            case .bigram:
                lastBigram = token.position
                tokens.append(token)
            case .runEnd:
                if lastBigram < 0 || lastBigram != token.position - 1 { tokens.append(token) }
            case .date:
                if let last = tokens.last, last.kind == .date, last.range == token.range { return }
                tokens.append(token)
            case .stem:
                tokens.append(token)
                tokens.append(
                    SearchToken(
                        term: String(token.term.dropFirst()), range: token.range, position: token.position, kind: .word)
                )
            case .word:
                tokens.append(token)
                guard EnglishStemmer.isStem(token.term) else { return }
                tokens.append(
                    SearchToken(term: "~" + token.term, range: token.range, position: token.position, kind: .stem))
            case .number: tokens.append(token)
            }
        }
        return tokens
    }

    /// Calls `body` with every term of valid UTF-8 `bytes`, without making strings: the way of the index.
    public func forEachTerm(in bytes: UnsafeBufferPointer<UInt8>, _ body: (SearchTerm) -> Void) {
        var scan = TermScan(bytes)
        scan.run(body)
        scan.finish()
    }
}

/// A term as bytes, for callers that make no string of it.
public struct SearchTerm {
    /// UTF-8 of the folded term; may be read during the call only.
    public let bytes: UnsafeBufferPointer<UInt8>
    /// See `SearchToken.range`.
    public let range: Range<Int>
    /// See `SearchToken.position`.
    public let position: Int
    /// What it was made from.
    public let kind: SearchToken.Kind
}

extension SearchToken {
    /// The same term as a value of its own.
    init(_ term: SearchTerm) {
        self.init(
            term: String(decoding: term.bytes, as: UTF8.self), range: term.range, position: term.position,
            kind: term.kind)
    }
}
