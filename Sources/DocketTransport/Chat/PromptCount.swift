internal import Synchronization

/// Notices a server that read less of a prompt than it was sent.
///
/// What a server counts is held against what no vocabulary could be below, and, once the endpoint has counted other
/// prompts, against a good part of what it counted for those: a prompt cut in half stands out from both.
final class PromptCount: Sendable {
    /// Fewest tokens that vocabularies give for one character outside ASCII, and for one ASCII byte outside runs of
    /// blanks.
    private static let leastPerWide = 0.3
    private static let leastPerASCII = 0.1
    /// Prompts below this say nothing about the endpoint, and are not suspected.
    private static let smallest = 100
    /// Share of the smallest known ratio below which a count is suspect: among prompts of the same mixture of
    /// scripts, and among all.
    private static let (nearMargin, farMargin) = (0.8, 0.6)

    /// Smallest ratio of counted to estimated tokens among prompts that were surely whole, by the share of their
    /// characters outside ASCII in fifths.
    private let ratios = Mutex<[Double?]>(Array(repeating: nil, count: 5))

    /// True when `counted` tokens cannot be all of `messages`, which were estimated at `estimated`.
    func isCut(counted: Int, messages: [ChatMessage], estimated: Int) -> Bool {
        // Servers with a cache of prompts have been seen to count nothing at all: that says nothing.
        guard estimated >= Self.smallest, counted > 0 else { return false }
        var floor = messages.reduce(0) { $0 + Self.least(in: $1.text) }
        let ratios = ratios.withLock { $0 }
        if let near = ratios[Self.mixture(of: messages)] {
            floor = max(floor, Double(estimated) * near * Self.nearMargin)
        }
        if let far = ratios.compactMap(\.self).min() { floor = max(floor, Double(estimated) * far * Self.farMargin) }
        return Double(counted) < floor
    }

    /// Learns from a prompt that was surely whole, being far below any context.
    func learn(counted: Int, messages: [ChatMessage], estimated: Int, context: Int) {
        guard counted > 0, estimated >= Self.smallest, estimated <= max(context / 4, Self.smallest) else { return }
        let found = Double(counted) / Double(estimated)
        let mixture = Self.mixture(of: messages)
        ratios.withLock { ratios in ratios[mixture] = min(ratios[mixture] ?? found, found) }
    }

    /// Share of characters outside ASCII, in fifths, 0 … 4.
    private static func mixture(of messages: [ChatMessage]) -> Int {
        var (wide, all) = (0, 0)
        for message in messages {
            for byte in message.text.utf8 where byte & 0xC0 != 0x80 {
                all += 1
                if byte >= 0x80 { wide += 1 }
            }
        }
        return min(4, wide * 5 / max(all, 1))
    }

    static func least(in text: String) -> Double {
        var wide = 0
        var ascii = 0
        var wasBlank = false
        for byte in text.utf8 {
            let isBlank = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
            if byte >= 0x80 {
                if byte & 0xC0 != 0x80 { wide += 1 }
            } else if !isBlank || !wasBlank {
                ascii += 1
            }
            wasBlank = isBlank
        }
        return Double(wide) * leastPerWide + Double(ascii) * leastPerASCII
    }
}
