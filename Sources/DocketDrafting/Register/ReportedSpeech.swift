internal import DocketCore

/// Writes English sentences as reported speech: who said it, third person, past tense.
///
/// Only words of person and tense change ("I'm" → "they were", "we will" → "they would"); a question is quoted.
struct ReportedSpeech: Sendable {
    private let names: [String: String]
    /// Words that stand with a capital inside sentences: names, at the head of a sentence too.
    private let properWords: Set<String>

    /// Labels of `talk` that name somebody: a role or a name, not a bare number or letter of a recogniser.
    init(_ talk: Talk) {
        var names: [String: String] = [:]
        for label in Set(talk.utterances.compactMap(\.speaker)) where Self.isName(label) { names[label] = label }
        self.names = names
        properWords = Self.properWords(in: talk)
    }

    private static func properWords(in talk: Talk) -> Set<String> {
        var words = Set(talk.utterances.compactMap(\.speaker).flatMap { $0.split(separator: " ").map(String.init) })
        words.formUnion(calendar)
        for utterance in talk.utterances {
            var startsSentence = true
            for word in utterance.text.split(separator: " ") {
                let core = word.prefix { $0.isLetter }
                if !startsSentence, core.first?.isUppercase ?? false { words.insert(String(core)) }
                startsSentence = word.last.map { ".?!:\"".contains($0) } ?? false
            }
        }
        return words
    }

    private static let calendar = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March",
        "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// Words that naming the speaker of `unit` adds.
    func overhead(of unit: Unit, in talk: Talk) -> Int {
        guard let label = talk.utterances[unit.utterance].speaker, let name = names[label] else { return 0 }
        return Talk.length(of: name, isChinese: false)
    }

    /// The units as sentences; a speaker is named where the voice changes.
    func sentences(_ units: [Unit], _ talk: Talk) -> [Summarizer.Sentence] {
        var last: String?
        return units.map { unit in
            let utterance = talk.utterances[unit.utterance]
            let name = utterance.speaker.flatMap { names[$0] }
            let isNew = name != last
            last = name
            let text = sentence(unit.text, name: isNew ? name : nil, isSpoken: utterance.kind == .utterance)
            return Summarizer.Sentence(
                text: text, passage: utterance.passage, range: unit.range,
                isVerbatim: unit.isVerbatim && text == unit.text,
                continues: false)
        }
    }

    /// One sentence, attributed to `name` if given; written text is only closed with a full stop.
    func sentence(_ text: String, name: String?, isSpoken: Bool) -> String {
        guard isSpoken else { return Self.closed(text) }
        let body = text.hasSuffix("?") ? text : Self.reported(text)
        guard let name else { return Self.closed(Self.capitalised(body)) }
        if text.hasSuffix("?") { return "\(name) asked: \(body)" }
        return Self.closed("\(name) said that \(lowered(body))")
    }

    /// True for a label that tells who it is.
    static func isName(_ label: String) -> Bool {
        let words = label.split { !$0.isLetter }
        guard let longest = words.map(\.count).max(), longest > 1 else { return false }
        let generic: Set<String> = ["speaker", "spk", "unknown", "participant", "s", "voice"]
        return !words.allSatisfy { generic.contains($0.lowercased()) }
    }

    /// Person and tense of a statement moved to the third person and the past.
    static func reported(_ text: String) -> String {
        if text.lowercased().contains("let's") { return text }
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        return words.enumerated().map { index, word in
            changed(word, after: index > 0 ? words[index - 1].lowercased() : "")
        }.joined(separator: " ")
    }

    private static func changed(_ word: String, after previous: String) -> String {
        let tail = String(word.reversed().prefix { ",.;:!".contains($0) }.reversed())
        let core = word.dropLast(tail.count).lowercased().replacing("’", with: "'")
        // "Mark it and don't publish it" orders; it does not report.
        if core == "don't",
            previous.isEmpty || previous.hasSuffix(",") || ["and", "but", "then", "please"].contains(previous)
        {
            return word
        }
        if let plain = replacements[core] { return plain + tail }
        // "to have", "would have", "is" after a modal never occurs; a bare "have" is present tense.
        if core == "have" || core == "has" {
            let isInfinitive = infinitiveMarkers.contains(previous)
            return isInfinitive ? word : "had" + tail
        }
        return word
    }

    private static let infinitiveMarkers: Set<String> = [
        "to", "would", "could", "should", "might", "must", "may", "can", "will", "shall", "not", "don't", "didn't",
        "they'd", "i'd", "we'd", "you'd", "does", "did", "do", "doesn't", "couldn't", "wouldn't", "shouldn't", "i'll",
        "we'll",
    ]

    private static let replacements: [String: String] = [
        "i": "they", "we": "they", "me": "them", "us": "them", "my": "their", "our": "their", "mine": "theirs",
        "ours": "theirs", "myself": "themselves", "ourselves": "themselves",
        "i'm": "they were", "we're": "they were", "i've": "they had", "we've": "they had", "i'd": "they would",
        "we'd": "they would", "i'll": "they would", "we'll": "they would", "am": "were", "is": "was", "are": "were",
        "isn't": "was not", "aren't": "were not", "don't": "did not", "doesn't": "did not", "can": "could",
        "can't": "could not", "cannot": "could not", "will": "would", "won't": "would not", "it's": "it was",
        "that's": "that was", "there's": "there was", "they're": "they were", "you're": "you were", "it'll": "it would",
        "they'll": "they would", "haven't": "had not", "hasn't": "had not", "they've": "they had",
    ]

    private static func closed(_ text: String) -> String {
        var text = text
        while let last = text.last, ",;:- ".contains(last) { text.removeLast() }
        guard let last = text.last, !".?!".contains(last) else { return text }
        return text + "."
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// Lower case for the first word unless it is a name, an initialism or "I".
    private func lowered(_ text: String) -> String {
        let first = text.prefix { $0.isLetter }
        let isPlain = first.dropFirst().allSatisfy(\.isLowercase)
        guard isPlain, first != "I", !properWords.contains(String(first)) else { return text }
        return first.lowercased() + text.dropFirst(first.count)
    }
}
