import DocketCore
import Foundation

/// The list definitions of `word/numbering.xml` and the counters that run while a document is read (ECMA-376 part 1,
/// 17.9).
struct WordNumbering {
    struct Level: Equatable {
        var start = 1
        var system = CountingSystem.decimal
        /// Pattern in which %1 … %9 stand for the numbers of the levels.
        var text = ""
        /// What stands between number and words.
        var suffix = "tab"
        /// All numbers of the pattern in decimals.
        var isLegal = false
        /// Style whose paragraphs are at this level.
        var style: String?
        /// Level from 1 whose numbers start this one again; 0 for never, nil for any higher one.
        var restart: Int?
    }

    struct Numbering {
        var abstract: Int
        var starts: [Int: Int] = [:]
        var levels: [Int: Level] = [:]
    }

    private(set) var abstracts: [Int: [Int: Level]] = [:]
    private(set) var styleLinks: [Int: String] = [:]
    private(set) var numberings: [Int: Numbering] = [:]
    private var counters: [Int: [Int: Int]] = [:]
    private var begun: Set<Int> = []

    init() {}

    /// Reads `word/numbering.xml`.
    init(_ cursor: XMLCursor) throws(IngestError) {
        var abstract: Int?
        var numbering: Int?
        var level: Int?
        var current = Level()
        while let event = try cursor.next() {
            switch event {
            case .start("abstractNum"): abstract = cursor.identifier("abstractNumId")
            case .end("abstractNum"): abstract = nil
            case .start("num"): numbering = cursor.identifier("numId")
            case .end("num"): numbering = nil
            case .start("abstractNumId"):
                if let numbering { numberings[numbering] = Numbering(abstract: cursor.identifier("val") ?? 0) }
            case .start("numStyleLink"): if let abstract { styleLinks[abstract] = cursor.attribute("val") }
            case .start("lvlOverride"): level = cursor.number("ilvl")
            case .start("startOverride"):
                if let numbering, let level { numberings[numbering]?.starts[level] = cursor.number("val") }
            case .start("lvl"):
                level = cursor.number("ilvl")
                current = Level()
            case .end("lvl"):
                guard let level else { continue }
                if let numbering {
                    numberings[numbering]?.levels[level] = current
                } else if let abstract {
                    abstracts[abstract, default: [:]][level] = current
                }
            case .start(let name): Self.read(name, cursor, into: &current)
            default: continue
            }
        }
    }

    private static func read(_ name: String, _ cursor: XMLCursor, into level: inout Level) {
        let value = cursor.attribute("val")
        switch name {
        case "start": level.start = StatedNumber.count(value) ?? 1
        case "numFmt": level.system = CountingSystem(docx: value ?? "decimal")
        case "lvlText": level.text = value ?? ""
        case "suff": level.suffix = value ?? "tab"
        case "isLgl": level.isLegal = value != "0" && value != "false"
        case "pStyle": level.style = value
        case "lvlRestart": level.restart = StatedNumber.count(value)
        default: break
        }
    }

    // MARK: Counting

    /// Level of a numbering that is linked to a style, for paragraphs whose style names no level.
    func level(of style: String, in number: Int, _ styles: WordStyles) -> Int? {
        guard let abstract = abstract(number, styles) else { return nil }
        return abstracts[abstract]?.first { $0.value.style == style }?.key
    }

    /// The next number of a list as shown, with what stands before the words; "" for bullets and unknown lists.
    mutating func next(_ number: Int, level index: Int, _ styles: WordStyles) -> String {
        guard let numbering = numberings[number], let abstract = abstract(number, styles),
            let level = level(numbering, abstract, index)
        else { return "" }
        var counts = counters[abstract] ?? [:]
        if begun.insert(number).inserted {
            for (overridden, start) in numbering.starts { counts[overridden] = start - 1 }
        }
        counts[index] = counts[index].map { $0 + 1 } ?? level.start
        for deeper in counts.keys where deeper > index {
            let restart = self.level(numbering, abstract, deeper)?.restart
            if restart == nil || restart == index + 1 || (restart ?? 0) > index + 1 { counts[deeper] = nil }
        }
        counters[abstract] = counts
        return words(level, numbering, abstract, counts)
    }

    private func words(_ level: Level, _ numbering: Numbering, _ abstract: Int, _ counts: [Int: Int]) -> String {
        guard level.system != .none || level.text.contains("%") else { return "" }
        var words = ""
        var rest = level.text[...]
        while let sign = rest.firstIndex(of: "%") {
            words += rest[..<sign]
            rest = rest[rest.index(after: sign)...]
            guard let digit = rest.first?.wholeNumberValue, (1...9).contains(digit) else {
                words += "%"
                continue
            }
            rest = rest.dropFirst()
            let referred = self.level(numbering, abstract, digit - 1)
            let system = level.isLegal ? CountingSystem.decimal : referred?.system ?? .decimal
            words += system.words(counts[digit - 1] ?? referred?.start ?? 1)
        }
        words += rest
        // A blank for the eye after "1." and none after "一、", whatever tab or space the layout has.
        let isWide = (words.unicodeScalars.last?.value ?? 0) >= 0x2E80
        return words.isEmpty || level.suffix == "nothing" || isWide ? words : words + " "
    }

    private func level(_ numbering: Numbering, _ abstract: Int, _ index: Int) -> Level? {
        numbering.levels[index] ?? abstracts[abstract]?[index]
    }

    /// The list definition that a numbering uses, through a numbering style if it has one.
    private func abstract(_ number: Int, _ styles: WordStyles) -> Int? {
        guard let own = numberings[number]?.abstract else { return nil }
        guard abstracts[own] == nil, let style = styleLinks[own], let linked = styles.traits(of: style).numbering else {
            return own
        }
        return numberings[linked]?.abstract ?? own
    }
}

/// What the paragraph styles of `word/styles.xml` say of headings and lists.
struct WordStyles {
    struct Traits: Equatable {
        var basedOn: String?
        var name = ""
        /// 0 takes a list away that a style gives.
        var numbering: Int?
        var level: Int?
        /// Heading level from 1.
        var outline: Int?
        var isHidden: Bool?
    }

    private(set) var styles: [String: Traits] = [:]

    init() {}

    /// Reads `word/styles.xml`.
    init(_ cursor: XMLCursor) throws(IngestError) {
        var identity: String?
        var traits = Traits()
        while let event = try cursor.next() {
            switch event {
            case .start("style"):
                identity = cursor.attribute("styleId")
                traits = Traits()
            case .end("style"): if let identity { styles[identity] = traits }
            case .start("name"): traits.name = (cursor.attribute("val") ?? "").lowercased()
            case .start("basedOn"): traits.basedOn = cursor.attribute("val")
            case .start("numId"): traits.numbering = cursor.identifier("val")
            case .start("ilvl"): traits.level = cursor.number("val")
            case .start("outlineLvl"): traits.outline = cursor.number("val").flatMap { $0 < 9 ? $0 + 1 : nil }
            default: continue
            }
        }
    }

    /// Traits of a style with what it takes from the styles it is based on; a circle of styles ends.
    func traits(of style: String) -> Traits {
        var result = Traits()
        var next: String? = style
        var seen: Set<String> = []
        while let identity = next, seen.insert(identity).inserted, let own = styles[identity] {
            if result.name.isEmpty { result.name = own.name }
            result.numbering = result.numbering ?? own.numbering
            result.level = result.level ?? own.level
            result.outline = result.outline ?? own.outline ?? Self.heading(own.name)
            next = own.basedOn
        }
        return result
    }

    private static func heading(_ name: String) -> Int? {
        guard name.hasPrefix("heading "), let level = Int(name.dropFirst("heading ".count)), (1...9).contains(level)
        else {
            return nil
        }
        return level
    }
}

extension XMLCursor {
    /// An attribute as a number of a list, a repeat or a span, bounded.
    func number(_ name: String) -> Int? { StatedNumber.count(attribute(name)) }

    /// An attribute as a level from 1, bounded.
    func level(_ name: String) -> Int? { StatedNumber.level(attribute(name)) }

    /// An attribute as a number that only names something.
    func identifier(_ name: String) -> Int? { attribute(name).flatMap(Int.init) }
}
