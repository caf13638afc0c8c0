import DocketCore
import Foundation

/// Words of an export in one of Docket's languages.
struct Labels: Sendable {
    let isChinese: Bool

    /// Labels for the language of a BCP 47 tag: Chinese for "zh…", English for all others.
    init(language: String) { isChinese = language.hasPrefix("zh") }

    func text(_ both: LocalizedText) -> String { isChinese ? both.zhHant : both.en }
    private func word(_ chinese: String, _ english: String) -> String { isChinese ? chinese : english }

    var evidence: String { word("依據", "What each sentence rests on") }
    var number: String { word("句", "Sentence") }
    var verdict: String { word("查核", "Check") }
    var place: String { word("出處", "Place") }
    var words: String { word("原文", "Words of the source") }
    var coverage: String { word("來源涵蓋", "Coverage of the source") }
    var findings: String { word("發現", "Findings") }
    var rule: String { word("規則", "Rule") }
    var message: String { word("說明", "What") }
    var remedy: String { word("處理", "What to do") }
    var skip: String { word("跳到主要內容", "Skip to the main content") }
    var facts: String { word("基本資料", "Facts") }
    var field: String { word("欄位", "Field") }
    var value: String { word("內容", "Content") }
    var conclusions: String { word("結論", "Conclusions") }
    var tracking: String { word("列管事項", "Tracked items") }
    var outline: String { word("大綱", "Outline") }
    var text: String { word("全文", "Text") }
    var source: String { word("來源", "Source") }
    var kind: String { word("種類", "Kind") }
    var date: String { word("日期", "Date") }
    var classification: String { word("密等", "Classification") }
    var path: String { word("項次", "Item") }
    var action: String { word("處置", "Action") }
    var passage: String { word("段", "passage") }

    /// Mark and word of a verdict: the colour or the mark alone never carries the meaning.
    func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .supported: word("✓ 有據", "✓ supported")
        case .contradicted: word("✗ 與來源不符", "✗ contradicted")
        case .unsupported: word("? 無據", "? unsupported")
        }
    }

    func severity(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: word("錯誤", "error")
        case .warning: word("警告", "warning")
        case .information: word("提示", "note")
        }
    }

    func action(_ action: TrackingAction.Action) -> String {
        switch action {
        case .release: word("解除列管", "released")
        case .continue: word("賡續列管", "continued")
        case .open: word("新增列管", "opened")
        case .split: word("分列", "split")
        case .merge: word("併列", "merged")
        case .retitle: word("更名", "retitled")
        }
    }

    /// The line that says a machine helped (DOMAIN.md section 5.7, rule MIN-23), by where the draft stands.
    func disclosure(_ kind: Draft.Kind, _ state: ReviewState) -> String {
        let subject = kind == .minutes ? word("本紀錄", "These minutes were") : word("本文件", "This text was")
        switch state {
        case .approved:
            return subject
                + word("由 AI 輔助產製草稿，經承辦人確認。", " drafted with the help of AI and confirmed by the officer in charge.")
        case .rejected:
            return subject + word("由 AI 輔助產製草稿，已退回，不得使用。", " drafted with the help of AI and rejected; not for use.")
        case .suggested, .edited, .reviewed:
            return subject
                + word(
                    "由 AI 輔助產製草稿，尚未經承辦人確認。",
                    " drafted with the help of AI and not yet confirmed by the officer in charge.")
        }
    }

    /// What the machine was, behind the disclosure: engine, model, prompts.
    func engine(_ engine: EngineIdentity, promptVersion: String?) -> String {
        var parts = [word("引擎 ", "engine ") + "\(engine.name)/\(engine.version)"]
        parts.append(engine.model.map { word("模型 ", "model ") + $0 } ?? word("未使用語言模型", "no language model"))
        if let promptVersion {
            let digest = engine.promptDigest.map { " (\($0.hex.prefix(12)))" } ?? ""
            parts.append(word("提示詞第 \(promptVersion) 版", "prompts version \(promptVersion)") + digest)
        }
        let list = parts.joined(separator: word("；", "; "))
        return word("（\(list)）", " (\(list))")
    }

    /// What a draft was made from and what that took.
    func derivation(_ derivation: DraftDerivation) -> String {
        let inputs = derivation.inputs.map { "\($0.source) v\($0.version) sha256:\($0.sha256.hex.prefix(16))" }
        let seconds = String(format: "%.1f", Double(derivation.milliseconds) / 1000)
        let took = word(
            "請求 \(derivation.requests)、沿用 \(derivation.remembered)、提示 \(derivation.promptTokens) 詞元、回覆 \(derivation.answerTokens) 詞元、\(seconds) 秒；更正 \(derivation.repairedClaims) 句、改用原文 \(derivation.extractiveClaims) 句、略去 \(derivation.droppedClaims) 句",
            "\(derivation.requests) requests, \(derivation.remembered) remembered, \(derivation.promptTokens) + \(derivation.answerTokens) tokens, \(seconds) s; \(derivation.repairedClaims) claims mended, \(derivation.extractiveClaims) replaced by words of the source, \(derivation.droppedClaims) left out"
        )
        let endpoint = derivation.endpoint.map { [word("端點 ", "endpoint ") + $0] } ?? []
        return (endpoint + inputs + [took]).joined(separator: " · ")
    }

    func coverage(_ entries: [CoverageEntry]) -> String {
        let uses = Dictionary(grouping: entries, by: \.use).mapValues(\.count)
        let (used, condensed, aside) = (uses[.used] ?? 0, uses[.condensed] ?? 0, uses[.setAside] ?? 0)
        return word(
            "共 \(entries.count) 段：採用 \(used)、濃縮 \(condensed)、略去 \(aside)。",
            "\(entries.count) passages: \(used) used, \(condensed) condensed, \(aside) set aside.")
    }
}
