/// Turns one spoken English sentence into one that can be read: no hesitations, no repeats, no false starts.
enum SpokenEnglish {
    /// The sentence without transcription marks, fillers, repairs and discourse openers; its claims are untouched.
    static func tidy(_ sentence: String) -> String {
        var words = sentence.split(whereSeparator: \.isWhitespace).map(String.init).filter { !isMark($0) }
        words = attached(words)
        words = repaired(withoutFillers(words))
        words = withoutRepeats(words)
        while let first = words.first, words.count > 1, isOpener(first) { words.removeFirst() }
        guard var head = words.first else { return "" }
        while let mark = head.first, ",.;:-".contains(mark) { head.removeFirst() }
        words[0] = head
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// {vocalsound}, <laugh>, [noise], a lone @ or dash.
    private static func isMark(_ word: String) -> Bool {
        let bare = word.hasSuffix(".") || word.hasSuffix(",") ? String(word.dropLast()) : word
        return (bare.hasPrefix("{") && bare.hasSuffix("}")) || (bare.hasPrefix("<") && bare.hasSuffix(">"))
            || (bare.hasPrefix("[") && bare.hasSuffix("]")) || bare == "@" || bare == "@@"
    }

    /// Joins marks and clitics that tokenised transcripts write apart (it 's, fine ,).
    private static func attached(_ words: [String]) -> [String] {
        var joined: [String] = []
        for word in words {
            let isClitic = word.hasPrefix("'") || word.hasPrefix("’") || word == "n't"
            let isPunctuation = word.utf8.count == 1 && ",.?!;:".contains(word)
            if isClitic || isPunctuation, let last = joined.last {
                let old = joined.count - 1
                if isPunctuation, let end = last.last, ",.?!;:".contains(end) {
                    if word != "," { joined[old] = last.dropLast() + word }
                } else {
                    joined[old] = last + word
                }
            } else {
                joined.append(word)
            }
        }
        return joined
    }

    private static func bare(_ word: String) -> String {
        String(
            word.lowercased().drop { ",.;:?!\"".contains($0) }.reversed().drop { ",.;:?!\"".contains($0) }.reversed())
    }

    private static func withoutFillers(_ words: [String]) -> [String] {
        var kept: [String] = []
        var index = 0
        while index < words.count {
            let word = bare(words[index])
            let next = index + 1 < words.count ? bare(words[index + 1]) : ""
            if let mark = words[index].last, fillers.contains(word) {
                // The sentence keeps the mark that its last word carried.
                if ".?!".contains(mark), let last = kept.last, let end = last.last, !".?!".contains(end) {
                    kept[kept.count - 1] = (end == "," ? String(last.dropLast()) : last) + String(mark)
                }
                // about, um, four thousand: the comma before a hesitation is the hesitation's own.
                if hesitations.contains(word), let last = kept.last, last.hasSuffix(","), words[index].hasSuffix(",") {
                    kept[kept.count - 1] = String(last.dropLast())
                }
                index += 1
            } else if fillerPairs.contains(word + " " + next), isLoose(words, index) {
                index += 2
            } else {
                kept.append(words[index])
                index += 1
            }
        }
        return kept
    }

    /// "you know" and "I mean" are fillers unless a clause follows that they govern: "you know that …", "I mean it".
    private static func isLoose(_ words: [String], _ index: Int) -> Bool {
        guard index + 2 < words.count else { return true }
        return !["that", "what", "how", "why", "it", "if", "who", "where", "of"].contains(bare(words[index + 2]))
            || words[index + 1].hasSuffix(",")
    }

    /// Drops the first of repeated words or word pairs, and a false start that the next word completes.
    private static func withoutRepeats(_ words: [String]) -> [String] {
        var kept: [String] = []
        for word in words {
            let plain = bare(word)
            if plain.isEmpty || plain == "-" || plain == "--" { continue }
            if let last = kept.last.map(bare) {
                let isFalseStart =
                    last.utf8.count <= 3 && last != plain && plain.hasPrefix(last)
                    && !shortWords.contains(last)
                if last == plain && !mayRepeat.contains(plain) || isFalseStart || kept[kept.count - 1].hasSuffix("-") {
                    kept.removeLast()
                } else if kept.count >= 3, bare(kept[kept.count - 3]) == last, bare(kept[kept.count - 2]) == plain {
                    kept.removeLast(2)
                    kept.removeLast()
                    kept.append(last)
                }
            }
            kept.append(word)
        }
        return kept
    }

    /// The twelfth of March, no, sorry, the thirteenth: what the replacement begins like goes, with the words between.
    private static func repaired(_ words: [String]) -> [String] {
        var kept = words
        for index in words.indices.dropFirst().dropLast() where bare(words[index]) == "sorry" && index < kept.count {
            guard bare(kept[index]) == "sorry" else { continue }
            let start = bare(kept[index - 1]) == "no" ? index - 1 : index
            guard start < index || kept[index].hasSuffix(","), index + 1 < kept.count else { continue }
            let head = bare(kept[index + 1])
            guard let old = kept[max(0, start - 8)..<start].lastIndex(where: { bare($0) == head }) else { continue }
            kept.removeSubrange(old...index)
            break
        }
        return kept
    }

    private static func isOpener(_ word: String) -> Bool { openers.contains(bare(word)) }

    private static let hesitations: Set<String> = ["um", "uh", "er", "erm", "mm", "hmm", "eh", "ah", "oh"]
    private static let fillers: Set<String> = [
        "um", "uh", "mm", "hmm", "mm-hmm", "uh-huh", "er", "erm", "eh", "mhm", "ah", "oh", "yeah", "okay", "ok",
    ]
    private static let fillerPairs: Set<String> = ["you know", "i mean", "sort of", "kind of"]
    private static let openers: Set<String> = [
        "and", "so", "but", "well", "then", "right", "now", "because", "'cause", "cause", "alright", "yes", "like",
        "also", "anyway", "basically", "actually", "or", "yep", "good", "cool",
    ]
    private static let mayRepeat: Set<String> = ["very", "no", "had", "that", "many", "really"]
    private static let shortWords: Set<String> = [
        "a", "an", "the", "i", "it", "in", "is", "if", "to", "at", "as", "on", "so", "we", "he", "she", "be", "by",
        "or",
        "of", "do", "no", "up", "us", "me", "my", "and", "are", "but", "can", "for", "had", "has", "how", "may", "not",
        "now", "off", "one", "our", "out", "own", "see", "two", "use", "was", "way", "who", "why", "you", "all", "any",
        "her", "his", "its", "let", "new", "old", "put", "say", "too", "up",
    ]
}
