/// Tells most terms that a query does not ask for from those it may: by their first character, at the cost of one look-up.
struct TermFilter: Sendable {
    private var table = [Bool](repeating: false, count: 1 << 12)

    /// A filter that lets everything pass that begins as one of `terms` does.
    init(_ terms: some Sequence<String>) {
        for var term in terms {
            term.withUTF8 { table[Self.place($0)] = true }
        }
    }

    /// False for terms that begin as none of the filter's does.
    @inline(__always)
    func mayHold(_ term: UnsafeBufferPointer<UInt8>) -> Bool { table[Self.place(term)] }

    /// Low bits of the first character's bytes: the last two of an ideograph, the one of a letter.
    @inline(__always)
    private static func place(_ term: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = term.first else { return 0 }
        guard first >= 0xE0, term.count >= 3 else { return Int(first) }
        return Int(term[1] & 0x3F) << 6 | Int(term[2] & 0x3F)
    }
}

extension QueryPlan {
    /// Lets pass what the ranked leaves ask for.
    var filter: TermFilter {
        var terms: [String] = []
        for leaf in ranked {
            for alternative in leaves[leaf].alternatives {
                switch alternative {
                case .term(let request): terms.append(requests[request].terms.first)
                case .phrase(let parts): terms += parts.map { requests[$0.request].terms.first }
                case .near(let phrases, _): terms += phrases.joined().map { requests[$0.request].terms.first }
                }
            }
        }
        return TermFilter(terms)
    }
}

extension TermRequest.Terms {
    /// The term, or the first of the range.
    var first: String {
        switch self {
        case .exact(let term), .range(let term, _): term
        }
    }
}
