import DocketCore

/// What the check of a vocabulary found, of each rule no more than a share of the limit, the rest counted.
struct VocabularyFindings {
    /// One thing found, by the positions of the concepts it concerns.
    enum Fact {
        case noPreferred(Int)
        case clash(Vocabulary.Label, [Int32])
        case preferredElsewhere(Int, Vocabulary.Label, preferredBy: Int32)
        case cycle([Int32])
        case dangling(Int, target: String)
        case noReplacement(Int)
        case secondPreferred(Int, Vocabulary.Label, first: String)

        var rule: String {
            switch self {
            case .noPreferred: "VOC-01"
            case .clash: "VOC-02"
            case .preferredElsewhere: "VOC-03"
            case .cycle: "VOC-04"
            case .dangling: "VOC-05"
            case .noReplacement: "VOC-06"
            case .secondPreferred: "VOC-07"
            }
        }

        var severity: Finding.Severity {
            switch self {
            case .noPreferred, .clash, .cycle, .secondPreferred: .error
            case .preferredElsewhere, .dangling: .warning
            case .noReplacement: .information
            }
        }
    }

    private var facts: [String: [Fact]] = [:]
    private var counts: [String: Int] = [:]
    private let most: Int

    /// Findings of seven rules, `limit` together.
    init(limit: Int) { most = max(1, limit / 7) }

    mutating func add(_ fact: Fact) {
        counts[fact.rule, default: 0] += 1
        if counts[fact.rule, default: 0] <= most { facts[fact.rule, default: []].append(fact) }
    }

    /// The findings in words, by rule; the last one of a rule counts what is left out.
    func all(_ vocabulary: Vocabulary) -> [Finding] {
        facts.keys.sorted().flatMap { rule -> [Finding] in
            var findings = (facts[rule] ?? []).map { finding($0, vocabulary) }
            let count = counts[rule] ?? 0
            if count > findings.count, let last = findings.indices.last {
                // In front, since tables cut long messages.
                findings[last].message = LocalizedText(
                    zhHant: "（同類共 \(count) 項，其餘從略）\(findings[last].message.zhHant)",
                    en: "(one of \(count), the rest left out) \(findings[last].message.en)")
            }
            return findings
        }
    }

    // MARK: - Words

    private func finding(_ fact: Fact, _ vocabulary: Vocabulary) -> Finding {
        let uris = { (positions: [Int32]) in positions.map { vocabulary.concepts[Int($0)].uri } }
        let (place, message, remedy): (String, LocalizedText, LocalizedText)
        switch fact {
        case .noPreferred(let position):
            place = vocabulary.concepts[position].uri
            message = LocalizedText(zhHant: "概念沒有優先詞", en: "the concept has no preferred label")
            remedy = LocalizedText(zhHant: "請為其訂定優先詞，或刪去此概念", en: "give it one, or take the concept out")
        case .clash(let label, let positions):
            let all = uris(Array(positions.prefix(4)))
            place = all.first ?? ""
            message = LocalizedText(
                zhHant: "優先詞「\(label.text)」\(label.inLanguage.zhHant)亦為 \(all.dropFirst().joined(separator: "、")) 所用",
                en: "the preferred label \"\(label.text)\"\(label.inLanguage.en) is also that of "
                    + all.dropFirst().joined(separator: ", "))
            remedy = LocalizedText(
                zhHant: "請以限定詞區別，或合併兩概念", en: "tell them apart by a qualifier, or make them one concept")
        case .preferredElsewhere(let position, let label, let other):
            place = vocabulary.concepts[position].uri
            message = LocalizedText(
                zhHant: "別名「\(label.text)」\(label.inLanguage.zhHant)為 \(uris([other])[0]) 的優先詞",
                en: "the alternative label \"\(label.text)\"\(label.inLanguage.en) is the preferred one of "
                    + uris([other])[0])
            remedy = LocalizedText(
                zhHant: "請確認該詞屬於何者；若兩者相關，請改列相關詞", en: "decide whose it is; link the two as related if both mean it")
        case .cycle(let positions):
            let all = uris(positions)
            place = all.last ?? ""
            message = LocalizedText(
                zhHant: "上位概念形成循環，閉合循環之關聯未予採用：\((all + all.prefix(1)).joined(separator: " → "))",
                en: "broader concepts form a cycle, and the link that closes it was set aside: "
                    + (all + all.prefix(1)).joined(separator: " → "))
            remedy = LocalizedText(zhHant: "請刪去其中一項上位關聯", en: "take out one of these links")
        case .dangling(let position, let target):
            place = vocabulary.concepts[position].uri
            message = LocalizedText(
                zhHant: "關聯指向不存在的概念 \(target)，未予採用",
                en: "a link leads to \(target), which is no concept here; it was set aside")
            remedy = LocalizedText(zhHant: "請補入該概念，或刪去關聯", en: "add that concept, or take out the link")
        default: return other(fact, vocabulary)
        }
        return Finding(
            rule: fact.rule, severity: fact.severity, place: Finding.Place(path: place), message: message,
            remedy: remedy)
    }

    private func other(_ fact: Fact, _ vocabulary: Vocabulary) -> Finding {
        var (place, message, remedy) = ("", LocalizedText(zhHant: "", en: ""), LocalizedText(zhHant: "", en: ""))
        if case .noReplacement(let position) = fact {
            place = vocabulary.concepts[position].uri
            message = LocalizedText(
                zhHant: "已停用的概念未註明由何者取代", en: "the concept is deprecated, and nothing says what replaces it")
            remedy = LocalizedText(zhHant: "如有取代者，請予註明", en: "name what replaces it, if anything does")
        } else if case .secondPreferred(let position, let label, let first) = fact {
            place = vocabulary.concepts[position].uri
            message = LocalizedText(
                zhHant: "同一語言有兩個優先詞，「\(first)」之外的「\(label.text)」\(label.inLanguage.zhHant)改列別名",
                en: "two preferred labels in one language: \"\(label.text)\"\(label.inLanguage.en) beside \"\(first)\""
                    + " became alternative")
            remedy = LocalizedText(zhHant: "請擇定一個優先詞", en: "decide which one is preferred")
        }
        return Finding(
            rule: fact.rule, severity: fact.severity, place: Finding.Place(path: place), message: message,
            remedy: remedy)
    }
}

extension Vocabulary.Label {
    /// "（en）", " (en)"; empty where nobody stated a language.
    fileprivate var inLanguage: LocalizedText {
        language.isEmpty
            ? LocalizedText(zhHant: "", en: "") : LocalizedText(zhHant: "（\(language)）", en: " (\(language))")
    }
}
