import DocketText
import Foundation

/// The words of utterances as numbers: pairs of ideographs, and stems of words that carry meaning.
struct TurnWords: Sendable {
    /// Words of each utterance in order; only those that at least two utterances share.
    let turns: [[Int32]]
    /// Number of different words.
    let count: Int
    /// What a word says about the place it stands at: high for a word of few parts of the talk, 0 for one of most parts.
    let weights: [Float]

    /// Reads the words of `texts`.
    init(_ texts: [String]) {
        var ids: [UInt64: Int32] = [:]
        var raw: [[Int32]] = []
        raw.reserveCapacity(texts.count)
        for text in texts {
            raw.append(
                TurnTerms.words(of: text).map { hash in
                    if let id = ids[hash] { return id }
                    let id = Int32(ids.count)
                    ids[hash] = id
                    return id
                })
        }
        let shared = Self.shared(raw, count: ids.count)
        turns = raw.map { words in words.compactMap { shared.ids[Int($0)] >= 0 ? shared.ids[Int($0)] : nil } }
        count = shared.count
        weights = Self.weights(turns, count: count)
    }

    /// New numbers of the words that two utterances share, -1 for the others.
    private static func shared(_ turns: [[Int32]], count: Int) -> (ids: [Int32], count: Int) {
        var seen = [Int32](repeating: 0, count: count)
        var last = [Int](repeating: -1, count: count)
        for (place, words) in turns.enumerated() {
            for word in words where last[Int(word)] != place {
                last[Int(word)] = place
                seen[Int(word)] += 1
            }
        }
        var next: Int32 = 0
        let ids = seen.map { number -> Int32 in
            guard number > 1 else { return -1 }
            next += 1
            return next - 1
        }
        return (ids, Int(next))
    }

    /// Inverse frequency over parts of the talk of equal length.
    private static func weights(_ turns: [[Int32]], count: Int) -> [Float] {
        let total = turns.reduce(0) { $0 + $1.count }
        let parts = min(60, max(8, total / 150))
        var holding = [Int32](repeating: 0, count: count)
        var last = [Int](repeating: -1, count: count)
        var read = 0
        for words in turns {
            let part = total > 0 ? min(parts - 1, read * parts / total) : 0
            for word in words where last[Int(word)] != part {
                last[Int(word)] = part
                holding[Int(word)] += 1
            }
            read += words.count
        }
        return holding.map { number in
            Int(number) * 2 > parts ? 0 : Float(log((Double(parts) + 1) / (Double(number) + 0.5)))
        }
    }
}

/// Reads the words of a text as hashes.
enum TurnTerms {
    /// Pairs of ideographs and stems of Latin words; function words of English are left out.
    static func words(of text: String) -> [UInt64] {
        var words: [UInt64] = []
        var isIdle = true
        var text = text
        text.withUTF8 { bytes in
            SearchTokenizer().forEachTerm(in: bytes) { term in
                switch term.kind {
                case .bigram: words.append(hash(term.bytes))
                case .word:
                    isIdle = term.bytes.count < 3 || functionWords.contains(hash(term.bytes))
                    if !isIdle { words.append(hash(term.bytes)) }
                case .stem:
                    // The stem stands for its word.
                    if !isIdle { words[words.count - 1] = hash(UnsafeBufferPointer(rebasing: term.bytes.dropFirst())) }
                case .runEnd, .number, .date: break
                }
            }
        }
        return words
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static let functionWords: Set<UInt64> = {
        let words = """
            the and that this for with not have has had was were are will would can could should there here what when which \
            who how yeah okay hmm well just like know think right yes got get one really kind want about from your our their \
            them its then than because also very some all more say mean thing gonna sort maybe vocalsound disfmarker uhm going \
            but you they she him her his our out into over such only too any both did does done being been those these
            """
        return Set(words.split(separator: " ").map { word in Array(word.utf8).withUnsafeBufferPointer(hash) })
    }()
}
