internal import DocketCore
internal import DocketText

/// Kinds of paired marks, widths taken together.
private enum Pair: Hashable {
    case round, square, lenticular, corner, doubleCorner, title, doubleTitle, curly, curlyDouble
}

/// What a character does to pairs.
private enum Mark {
    case opens(Pair), closes(Pair)

    init?(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "（", "(", "﹙": self = .opens(.round)
        case "）", ")", "﹚": self = .closes(.round)
        case "［", "[": self = .opens(.square)
        case "］", "]": self = .closes(.square)
        case "【": self = .opens(.lenticular)
        case "】": self = .closes(.lenticular)
        case "「": self = .opens(.corner)
        case "」": self = .closes(.corner)
        case "『": self = .opens(.doubleCorner)
        case "』": self = .closes(.doubleCorner)
        case "〈": self = .opens(.title)
        case "〉": self = .closes(.title)
        case "《": self = .opens(.doubleTitle)
        case "》": self = .closes(.doubleTitle)
        case "｛", "{": self = .opens(.curly)
        case "｝", "}": self = .closes(.curly)
        case "“": self = .opens(.curlyDouble)
        case "”": self = .closes(.curlyDouble)
        default: return nil
        }
    }
}

/// TXT-01: a quotation mark or bracket of generated text that is never closed, or closed without being opened.
struct UnclosedPairs: Rule {
    let card = RuleCard(
        "TXT-01", .error,
        finds: LocalizedText(
            "產製之文字中，引號或括號未成對。", "A quotation mark or bracket of generated text without its partner."),
        remedy: LocalizedText("請補上缺少的符號，或刪除多出的符號。", "Add the missing mark or delete the surplus one."),
        silent: LocalizedText(
            "來源文件本身；編號後的右括號，如 1)、a)；全形與半形混用成對者（見 TXT-08）。",
            "Sources; the bracket after a number, as in 1) or a); pairs of mixed width (see TXT-08)."))

    func findings(on reading: DraftReading) -> [Finding] {
        var findings: [Finding] = []
        for block in reading.draft.blocks {
            for open in Self.unpaired(in: block) {
                let message = LocalizedText("「\(open.mark)」未成對。", "\(open.mark) has no partner.")
                findings.append(card.finding(at: reading.place(open.claim, in: block), message))
            }
        }
        return findings
    }

    /// Marks of a block without a partner; a pair may open in one claim and close in the next.
    private static func unpaired(in block: DraftBlock) -> [(claim: Claim, mark: Unicode.Scalar)] {
        var stack: [(pair: Pair, claim: Claim, mark: Unicode.Scalar)] = []
        var lone: [(claim: Claim, mark: Unicode.Scalar)] = []
        for claim in block.claims {
            var lineLength = 0
            var isNumber = true
            for scalar in claim.text.unicodeScalars {
                switch Mark(scalar) {
                case .opens(let pair): stack.append((pair, claim, scalar))
                case .closes(let pair):
                    if let match = stack.lastIndex(where: { $0.pair == pair }) {
                        lone += stack[(match + 1)...].map { ($0.claim, $0.mark) }
                        stack.removeSubrange(match...)
                    } else if !(isNumber && (1...3).contains(lineLength)) {
                        lone.append((claim, scalar))
                    }
                case nil: break
                }
                lineLength = scalar == "\n" ? 0 : lineLength + 1
                if scalar == "\n" { isNumber = true } else if !scalar.isASCIILetterOrDigit { isNumber = false }
            }
        }
        return lone + stack.map { ($0.claim, $0.mark) }
    }
}

/// TXT-08: wide and narrow brackets around Chinese words in one document.
struct MixedBracketWidth: Rule {
    let card = RuleCard(
        "TXT-08", .information,
        finds: LocalizedText(
            "同一文件中，中文字詞之括號兼用全形「（）」與半形「()」。",
            "Brackets around Chinese words are wide in some places of a document and narrow in others."),
        remedy: LocalizedText(
            "對外文件請統一使用全形括號；來源原文不予更動。",
            "Use wide brackets in what is sent out; the source itself is not changed."),
        silent: LocalizedText(
            "括號內僅有英文、數字或符號者，如 (AED)；逐字稿。",
            "Brackets that hold only Latin letters, digits or signs, as in (AED); transcripts."))

    func findings(on reading: SourceReading) -> [Finding] {
        let (wide, narrow, mixed) = Self.brackets(in: reading.clean.text)
        guard !mixed.isEmpty || (!wide.isEmpty && !narrow.isEmpty) else { return [] }
        let minority = (wide.count < narrow.count ? wide : narrow) + mixed
        let message = LocalizedText(
            "括號寬度不一：全形 \(wide.count) 處、半形 \(narrow.count) 處、左右不同 \(mixed.count) 處。",
            "Bracket widths differ: \(wide.count) wide, \(narrow.count) narrow, \(mixed.count) with two different ends."
        )
        return [card.finding(at: reading.place(clean: minority.sorted { $0.lowerBound < $1.lowerBound }), message)]
    }

    private typealias Ranges = [Range<Int>]

    /// Round brackets with a Chinese character inside, by width of their ends; none crosses a line.
    private static func brackets(in text: String) -> (wide: Ranges, narrow: Ranges, mixed: Ranges) {
        var found: (wide: Ranges, narrow: Ranges, mixed: Ranges) = ([], [], [])
        var stack: [(start: Int, isWide: Bool, hasHan: Bool)] = []
        var offset = 0
        for scalar in text.unicodeScalars {
            let end = offset + UTF8.width(scalar)
            switch scalar {
            case "（", "(": stack.append((offset, scalar == "（", false))
            case "）", ")":
                guard let open = stack.popLast(), open.hasHan else { break }
                let isWide = scalar == "）"
                let range = open.start..<end
                if open.isWide != isWide {
                    found.mixed.append(range)
                } else if isWide {
                    found.wide.append(range)
                } else {
                    found.narrow.append(range)
                }
            case "\n": stack.removeAll(keepingCapacity: true)
            default: if scalar.isHan, let last = stack.indices.last { stack[last].hasHan = true }
            }
            offset = end
        }
        return found
    }
}
