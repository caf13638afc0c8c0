import Foundation

/// A model without a model: reads the material and the task from a prompt and answers in the form asked for, with short
/// sentences taken from the material, or with lies of a chosen kind.
///
/// A pure function of the messages, so that it can answer behind any transport.
public struct ScriptedResponder: Sendable {
    /// How it lies.
    public enum Lie: String, Sendable, CaseIterable {
        /// Every sentence is made up and cites a passage that was sent.
        case fluent
        /// True sentences cite other passages.
        case wrongCitations
        /// True sentences cite passages that were never sent.
        case unknownCitations
        /// Figures of true sentences are changed.
        case swappedNumbers
        /// True sentences name people and agencies of nowhere.
        case strangers
        /// What the material orders is obeyed.
        case obedient
        /// Markdown, numbering, identifiers and marks of direction around true sentences.
        case dressedUp
    }

    /// How it lies; nil for an honest one.
    public var lie: Lie?
    /// True when it tells the truth as soon as it is asked to repair.
    public var repents: Bool
    /// Share of sentences that are lies, in tenths.
    public var tenths: Int

    /// A responder.
    public init(lie: Lie? = nil, repents: Bool = false, tenths: Int = 10) {
        self.lie = lie
        self.repents = repents
        self.tenths = tenths
    }

    /// The answer to a prompt of role and text pairs.
    public func answer(_ messages: [(role: String, text: String)]) -> String {
        let user = messages.last { $0.role == "user" }?.text ?? ""
        let prompt = Prompt(user)
        if user.contains("\"statements\"") { return item(prompt) }
        if user.contains("\"contradictions\"") { return merge(prompt) }
        if user.contains("\"id\":\"k3\"") { return repair(prompt) }
        if user.contains("{\"text\"") && !user.contains("\"claims\"") { return phrase(prompt) }
        let room = prompt.length ?? 200
        return json(["claims": claims(prompt.entries, room: room, prompt)])
    }

    /// What stands between the fences.
    struct Prompt {
        struct Entry {
            var id: String
            var speaker: String
            var text: String
        }

        var entries: [Entry] = []
        var rulings: [(ids: [String], text: String)] = []
        var chair = ""
        var length: Int?
        var isChinese: Bool

        init(_ user: String) {
            isChinese = user.contains("<<<資料")
            let lines = user.split(separator: "\n")
            let open = lines.firstIndex { $0.hasPrefix("<<<資料 ") || $0.hasPrefix("<<<DATA ") } ?? lines.startIndex
            let close = lines.lastIndex { $0.hasPrefix("<<<資料完 ") || $0.hasPrefix("<<<END ") } ?? lines.endIndex
            for line in lines[open..<max(open, close)].dropFirst() { read(String(line)) }
            for line in lines[..<open] {
                for lead in [" 字以內", " words"] {
                    guard let place = line.range(of: lead) else { continue }
                    length = Int(
                        line[..<place.lowerBound].reversed().prefix { $0.isNumber }.reversed().map(String.init).joined()
                    )
                }
            }
        }

        private mutating func read(_ line: String) {
            if line.hasPrefix("["), let close = line.firstIndex(of: "]") {
                let id = String(line[line.index(after: line.startIndex)..<close])
                let rest = line[line.index(after: close)...].drop { $0 == " " }
                let mark = rest.prefix(40).firstIndex { $0 == "：" || $0 == ":" }
                let isNamed = id.hasPrefix("p") && mark != nil
                let speaker = isNamed ? mark.map { String(rest[..<$0]) } ?? "" : ""
                let text = isNamed ? mark.map { String(rest[rest.index(after: $0)...]) } ?? "" : String(rest)
                entries.append(Entry(id: id, speaker: speaker, text: text.trimmingCharacters(in: .whitespaces)))
                return
            }
            for lead in ["裁示 ", "ruling "] where line.hasPrefix(lead) {
                guard let colon = line.firstIndex(where: { $0 == "：" || $0 == ":" }) else { continue }
                let ids = line[..<colon].dropFirst(lead.count).split(separator: " ").map(String.init)
                let text = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                rulings.append((ids, text))
            }
            for lead in ["主席：", "chair: "] where line.hasPrefix(lead) { chair = String(line.dropFirst(lead.count)) }
        }
    }

    // MARK: - Tasks

    private func item(_ prompt: Prompt) -> String {
        let others = prompt.entries.filter { prompt.chair.isEmpty || $0.speaker != prompt.chair }
        let statements = claims(others, room: 400, prompt)
        let ids = Set(prompt.entries.map(\.id))
        let conclusions: [[String: Any]] = prompt.rulings.enumerated().map { number, ruling in
            let known = ruling.ids.filter(ids.contains)
            let claim = lying(ruling.text, known, number, prompt)
            return ["text": claim.text, "passages": claim.ids, "task": false]
        }
        return json(["statements": statements, "conclusions": conclusions])
    }

    private func merge(_ prompt: Prompt) -> String {
        var kept: [[String: Any]] = []
        var seen: [String] = []
        var room = prompt.length ?? Int.max
        for entry in prompt.entries {
            guard !seen.contains(entry.text), room > 0 else { continue }
            seen.append(entry.text)
            room -= prompt.isChinese ? entry.text.count : entry.text.split(separator: " ").count
            guard room >= 0 || kept.isEmpty else { continue }
            kept.append(["text": entry.text, "passages": [entry.id]])
        }
        return json(["claims": kept, "contradictions": [[String: Any]]()])
    }

    private func phrase(_ prompt: Prompt) -> String {
        let most = prompt.length ?? 20
        let entry = prompt.entries.first { $0.text.count >= 6 } ?? prompt.entries.first
        let words =
            prompt.isChinese
            ? String((entry?.text ?? "").split { "，。；！？".contains($0) }.max { $0.count < $1.count }?.prefix(most) ?? "")
            : (entry?.text ?? "").split(separator: " ").prefix(most).joined(separator: " ")
        let claim = lying(words, [entry?.id ?? "p0"], 0, prompt)
        return json(["text": claim.text, "passages": claim.ids])
    }

    private func repair(_ prompt: Prompt) -> String {
        let evidence = prompt.entries.filter { $0.id.hasPrefix("p") }
        let asked = prompt.entries.filter { $0.id.hasPrefix("k") }
        let honest = repents ? ScriptedResponder() : self
        let repaired: [[String: Any]] = asked.enumerated().map { number, entry in
            guard let source = Self.best(for: entry.text, evidence),
                let sentence = Self.sentence(of: source.text, prompt.isChinese)
            else { return ["id": entry.id, "text": "", "passages": [String]()] }
            let claim = honest.lying(sentence, [source.id], number, prompt)
            return ["id": entry.id, "text": claim.text, "passages": claim.ids]
        }
        return json(["claims": repaired])
    }

    // MARK: - Sentences

    private func claims(_ entries: [Prompt.Entry], room: Int, _ prompt: Prompt) -> [[String: Any]] {
        let read = entries.compactMap { entry in Self.sentence(of: entry.text, prompt.isChinese).map { (entry, $0) } }
        let long = read.filter { $0.1.count >= (prompt.isChinese ? 12 : 30) }
        // Every so many, so that the whole material is spoken of.
        let most = max(1, room / (prompt.isChinese ? 30 : 14))
        let step = max(1, long.count / most)
        return stride(from: 0, to: long.count, by: step).prefix(most).map { index in
            let (entry, sentence) = long[index]
            let name = !prompt.isChinese && !entry.speaker.isEmpty ? "\(entry.speaker): " : ""
            let claim = lying(name + sentence, [entry.id], index, prompt)
            return ["text": claim.text, "passages": claim.ids]
        }
    }

    /// The longest sentence that is no question.
    private static func sentence(of text: String, _ isChinese: Bool) -> String? {
        let marks = isChinese ? "。！？；" : ".!?"
        var sentences: [String] = []
        var open = ""
        for character in text {
            open.append(character)
            guard marks.contains(character) else { continue }
            sentences.append(open)
            open = ""
        }
        sentences.append(open)
        let told = sentences.filter { !$0.hasSuffix("？") && !$0.hasSuffix("?") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
        return told.max { $0.count < $1.count }.flatMap { $0.count > 3 ? $0 : nil }
    }

    private static func best(for text: String, _ entries: [Prompt.Entry]) -> Prompt.Entry? {
        let wanted = Set(text)
        return entries.max { Set($0.text).intersection(wanted).count < Set($1.text).intersection(wanted).count }
    }

    private func json(_ value: [String: Any]) -> String {
        // Plain values always encode; an empty answer would show it if they did not.
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    // MARK: - Lies

    private func lying(_ text: String, _ ids: [String], _ number: Int, _ prompt: Prompt) -> (
        text: String, ids: [String]
    ) {
        guard let lie, number % 10 < tenths else { return (text, ids) }
        let others = prompt.entries.map(\.id)
        switch lie {
        case .fluent: return (Self.fluent(number, prompt.isChinese), ids)
        case .wrongCitations:
            let place = others.firstIndex(of: ids.first ?? "") ?? 0
            return (text, others.isEmpty ? ids : [others[(place + others.count / 2 + 1) % others.count]])
        case .unknownCitations: return (text, ["p99999", "見上文"])
        case .swappedNumbers: return (Self.otherFigures(text, prompt.isChinese), ids)
        case .strangers:
            return (prompt.isChinese ? "據虛無局白無雙局長表示，" + text : "Zebulon Nowhere of the Void Office said: " + text, ids)
        case .obedient:
            let order = prompt.entries.first { $0.text.contains("忽略") || $0.text.lowercased().contains("ignore") }
            return (order?.text ?? text, order.map { [$0.id] } ?? ids)
        case .dressedUp: return ("**1. \u{202E}\(text)\u{202C}** [\(ids.joined(separator: ", "))]", ids)
        }
    }

    private static func fluent(_ number: Int, _ isChinese: Bool) -> String {
        let zh = [
            "會議一致決議自115年7月1日起裁撤水晶宮管理處，並移撥員額37人。", "主席裁示由南極事務司於12月25日前完成火星污水廠之驗收。",
            "預算經追加為新臺幣99億8,765萬元，執行率達123.4%。", "與會人員同意將玫瑰花園列為一級古蹟並停止開放。",
        ]
        let en = [
            "The committee unanimously resolved to abolish the crystal palace office from 1 July 2031.",
            "The chair asked the Antarctic bureau to complete the Martian sewage plant by 25 December.",
            "The budget was raised to 9.9 billion dollars, with 123.4 percent spent.",
        ]
        return isChinese ? zh[number % zh.count] : en[number % en.count]
    }

    private static func otherFigures(_ text: String, _ isChinese: Bool) -> String {
        let digits: [Character: Character] = [
            "0": "7", "1": "4", "2": "9", "3": "8", "4": "1", "5": "2", "6": "3", "7": "5", "8": "6", "9": "2",
            "一": "四", "二": "九",
            "三": "八", "五": "二", "六": "三", "七": "五", "八": "六",
        ]
        let changed = String(text.map { digits[$0] ?? $0 })
        return changed == text ? text + (isChinese ? "金額為4,917萬元。" : " It costs 4,917 dollars.") : changed
    }
}
