internal import DocketCore
internal import Foundation

/// What a probe says, each with what to do where something is to be done.
extension LocalizedText {
    static let skipped = LocalizedText(zhHant: "未檢查：前項未通過。", en: "Not looked at, since a check before it failed.")

    static func reached(_ url: String) -> LocalizedText {
        LocalizedText(zhHant: "\(url) 有回應。", en: "\(url) answers.")
    }

    static let answers = LocalizedText(zhHant: "模型已載入並能回覆。", en: "The model is loaded and answers.")

    static func otherModels(_ names: [String]) -> LocalizedText {
        let list = names.sorted().prefix(5).joined(separator: ", ")
        return LocalizedText(
            zhHant: "伺服器能回覆，但其清單沒有設定檔所寫的模型；清單上有：\(list)。請更正 model。",
            en: "The server answers, but does not list the model of the profile; it lists: \(list). Correct model.")
    }

    static func contextFits(_ setting: Int, _ found: Int) -> LocalizedText {
        LocalizedText(
            zhHant: "上下文設定為 \(setting) 個 token，伺服器提供 \(found) 個。",
            en: "The context is set to \(setting) tokens; the server gives \(found).")
    }

    static func contextTooLarge(_ setting: Int, _ found: Int) -> LocalizedText {
        LocalizedText(
            zhHant: "上下文設定為 \(setting) 個 token，伺服器只提供 \(found) 個；請將 contextTokens 調為 \(found)，或加大伺服器的上下文。",
            en: "The context is set to \(setting) tokens, but the server gives only \(found);"
                + " set contextTokens to \(found), or enlarge the server's context.")
    }

    static func contextUnknown(_ setting: Int) -> LocalizedText {
        LocalizedText(
            zhHant: "伺服器未說明上下文長度，依設定的 \(setting) 個 token；請確認伺服器確有此長度。",
            en: "The server does not tell its context, and the setting of \(setting) tokens is trusted;"
                + " make sure that the server has it.")
    }

    static func estimate(_ estimated: Int, _ counted: Int) -> LocalizedText {
        LocalizedText(
            zhHant: "估計 \(estimated) 個 token，伺服器計 \(counted) 個，估計偏安全。",
            en: "\(estimated) tokens were estimated and \(counted) counted: the estimate is on the safe side.")
    }

    static func underestimated(_ estimated: Int, _ counted: Int) -> LocalizedText {
        LocalizedText(
            zhHant: "估計 \(estimated) 個 token，伺服器卻計 \(counted) 個；請調高設定檔的 tokens 各項權重。",
            en: "\(estimated) tokens were estimated, but the server counts \(counted);"
                + " raise the weights under tokens in the profile.")
    }

    static func promptCut(_ estimated: Int, _ counted: Int) -> LocalizedText {
        LocalizedText(
            zhHant: "送出約 \(estimated) 個 token，伺服器只讀了 \(counted) 個；請加大伺服器的上下文。",
            en: "About \(estimated) tokens were sent, and the server read only \(counted); enlarge its context.")
    }

    static let noUsage = LocalizedText(
        zhHant: "伺服器不回報 token 數，默默截去內容時無從察覺；請保守設定 contextTokens。",
        en: "The server does not count tokens, so that a prompt cut in silence would not be noticed;"
            + " set contextTokens with care.")

    static func held(_ way: EndpointProfile.StructuredOutput) -> LocalizedText {
        LocalizedText(zhHant: "輸出受結構約束（\(way.rawValue)）。", en: "Output is held to the schema (\(way.rawValue)).")
    }

    static func notHeld(_ way: EndpointProfile.StructuredOutput) -> LocalizedText {
        LocalizedText(
            zhHant: "伺服器接受 \(way.rawValue)，但未加以約束，須更正一次才合格；請更新伺服器，或預期較慢。",
            en: "The server takes \(way.rawValue) but does not hold the output to it, which needed a repair;"
                + " update the server, or expect it to be slower.")
    }

    static let inWords = LocalizedText(
        zhHant: "伺服器不支援結構化輸出，只能以文字要求；請更新伺服器，或改用支援者。",
        en: "The server has no structured output, and is asked in words alone; update it, or use one that has.")

    static func speed(_ speed: EndpointProbe.Speed) -> LocalizedText {
        let first = String(format: "%.1f", speed.firstPiece / .seconds(1))
        let rate = String(format: "%.1f", speed.tokensPerSecond)
        return LocalizedText(
            zhHant: "首字 \(first) 秒，每秒 \(rate) 個 token。",
            en: "First words after \(first) s, then \(rate) tokens a second.")
    }

    static let noSeed = LocalizedText(zhHant: "設定檔未指定 seed。", en: "The profile sets no seed.")

    static let seedHeld = LocalizedText(
        zhHant: "相同的 seed 得到相同的回覆。", en: "The same seed gives the same answer.")

    static let seedIgnored = LocalizedText(
        zhHant: "相同的 seed 得到不同的回覆；重做草稿時內容可能不同。",
        en: "The same seed gives different answers; a draft that is made again may differ.")

    static let seedUnknown = LocalizedText(
        zhHant: "無法以較高的 temperature 取得回覆，未能檢查 seed；請查看伺服器的紀錄。",
        en: "No answer came at a higher temperature, so the seed is not known to work; look at the server's log.")
}
