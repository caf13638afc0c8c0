/// Numbers in English words: twenty-five, one hundred and thirty, twelve and a half.
enum EnglishNumeral {
    /// The number that begins at `index`; nil when no number word does.
    static func read(in text: ByteText, at index: Int) -> Numeral? {
        guard !text.isWordBefore(index) else { return nil }
        var total = ExactNumber(0)
        var group: Int?
        var end = index
        var position = index
        var lastUnit = 0
        loop: while let word = words.longest(in: text, at: position) {
            switch word.value {
            case .digit(let value):
                // "twenty six" and "hundred six" are one number; "five six" are two.
                let joins =
                    group == nil || (lastUnit >= 20 && lastUnit < 100 && value < 10) || (lastUnit == 100 && value < 100)
                guard joins else { break loop }
                group = (group ?? 0) + value
                lastUnit = value
            case .hundred:
                guard let value = group, value > 0, value < 100 else { break loop }
                group = value * 100
                lastUnit = 100
            case .scale(let scale):
                guard let value = group, let product = ExactNumber(value).multiplied(by: ExactNumber(scale)),
                    let sum = total.adding(product)
                else { break loop }
                total = sum
                group = nil
                lastUnit = 0
            }
            end = word.end
            position = next(in: text, after: end)
        }
        guard end > index else { return nil }
        let whole = ExactNumber(group ?? 0)
        guard var value = total.adding(whole) else { return nil }
        if let half = halfEnd(in: text, at: end), let sum = ExactNumber(1, over: 2).flatMap(value.adding) {
            (value, end) = (sum, half)
        }
        return Numeral(range: index..<end, value: value, style: .words)
    }

    /// Byte after "and a half" at `index`.
    static func halfEnd(in text: ByteText, at index: Int) -> Int? {
        text.end(of: "and a half", at: text.skippingBlanks(index)).flatMap { text.isWordAt($0) ? nil : $0 }
    }

    /// Where the next word of a number would begin: behind a blank, a hyphen or " and ".
    private static func next(in text: ByteText, after index: Int) -> Int {
        if text.scalar(at: index).value == 0x2D { return index + text.scalar(at: index).width }
        let blank = text.skippingBlanks(index)
        guard blank > index, let and = text.end(of: "and ", at: blank) else { return blank }
        let afterAnd = text.skippingBlanks(and)
        // "five and six" is no number; only hundreds and thousands join with "and".
        let before = text.words(max(0, index - 8)..<index)
        let joins = ["hundred", "thousand", "million"].contains { before.hasSuffix($0) }
        return joins ? afterAnd : blank
    }

    private enum Word: Sendable {
        case digit(Int)
        case hundred
        case scale(Int)
    }

    private static let words: WordTable<Word> = {
        let small = """
            zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
            seventeen \
            eighteen nineteen
            """.split(separator: " ")
        let tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(separator: " ")
        var table = WordTable<Word>()
        for (index, word) in small.enumerated() { table.insert(String(word), .digit(index)) }
        for (index, word) in tens.enumerated() { table.insert(String(word), .digit((index + 2) * 10)) }
        table.insert("hundred", .hundred)
        for (word, scale) in scales { table.insert(word, .scale(scale)) }
        return table
    }()

    /// Words that multiply a number before them.
    static let scales: [(String, Int)] = [
        ("thousand", 1000), ("million", 1_000_000), ("billion", 1_000_000_000), ("trillion", 1_000_000_000_000),
    ]
}
