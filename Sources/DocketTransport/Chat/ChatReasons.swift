internal import DocketCore

/// Reasons of chat failures, each with its remedy.
extension LocalizedText {
    static func clearance(_ level: Classification, _ clearance: Classification) -> LocalizedText {
        LocalizedText(
            zhHant: "內容的密等（\(level.rawValue)）高於端點的許可（\(clearance.rawValue)），未傳送任何內容；請改用許可較高的端點，或由人撰寫。",
            en:
                "the content is \(level.rawValue), the endpoint is cleared for \(clearance.rawValue), and nothing was sent;"
                + " use an endpoint of higher clearance, or write by hand")
    }

    static func unknownSchema(_ name: String, _ path: String) -> LocalizedText {
        LocalizedText(
            zhHant: "結構描述 \(name) 在 \(path) 使用了無法檢查的關鍵字；請更正該檔案。",
            en: "schema \(name) uses a keyword at \(path) that cannot be checked; correct that file")
    }

    static func status(_ status: Int) -> LocalizedText {
        LocalizedText(
            zhHant: "伺服器發生錯誤（HTTP \(status)）；請查看伺服器的紀錄。",
            en: "the server failed (HTTP \(status)); look at its log")
    }

    static let loading = LocalizedText(
        zhHant: "模型仍在載入；請稍候，或調高 loadingSeconds。",
        en: "the model is still being loaded; wait, or raise loadingSeconds")

    static let busy = LocalizedText(
        zhHant: "伺服器表示請求過多（HTTP 429）；請調低 slots，或稍後再試。",
        en: "the server has too many requests (HTTP 429); lower slots, or try later")

    static let unauthorized = LocalizedText(
        zhHant: "金鑰錯誤或未提供；請檢查設定檔的 key。", en: "the key is wrong or missing; check key in the profile")

    static let notFound = LocalizedText(
        zhHant: "沒有這個模型或路徑；請檢查設定檔的 model，並確認 baseURL 以 /v1 結尾。",
        en: "there is no such model or path; check model in the profile, and that baseURL ends in /v1")

    static let notTaken = LocalizedText(
        zhHant: "伺服器不接受請求的欄位；請檢查設定檔的 model、sampling 與 structuredOutput。",
        en: "the server does not take a field of the request; check model, sampling and structuredOutput in the profile"
    )

    static let nothing = LocalizedText(
        zhHant: "伺服器傳回空白；請查看伺服器的紀錄，並檢查 contextTokens。",
        en: "the server gave nothing; look at its log, and check contextTokens")

    static let noEnd = LocalizedText(
        zhHant: "回覆沒有結束標記，可能在中途斷開；請查看伺服器，或調低 slots。",
        en: "the answer has no end, and was probably cut; look at the server, or lower slots")

    static let brokeOff = LocalizedText(
        zhHant: "伺服器在回覆中途發生錯誤；請查看伺服器的紀錄。", en: "the server failed within the answer; look at its log")

    static let tooLong = LocalizedText(
        zhHant: "回覆達到長度上限仍未完成；請調高 answerTokens 或 contextTokens。",
        en: "the answer reached its limit of length before its end; raise answerTokens or contextTokens")

    static let otherEnd = LocalizedText(
        zhHant: "模型未寫答案即結束（內容過濾或工具呼叫）；請改用其他模型。",
        en: "the model ended otherwise than with an answer (a filter, or a tool); use another model")

    static let notJSON = LocalizedText(
        zhHant: "回覆不是 JSON；請改用支援結構化輸出的伺服器或模型。",
        en: "it is not JSON; use a server or model with structured output")

    static let notBySchema = LocalizedText(
        zhHant: "JSON 不符要求的結構；請改用支援結構化輸出的伺服器或模型。",
        en: "its JSON has not the form that was asked for; use a server or model with structured output")

    static let wrongTypes = LocalizedText(
        zhHant: "欄位的型別不符 chat completions；請檢查 baseURL 是否為模型伺服器。",
        en: "its fields are not those of chat completions; check that baseURL is a model server")

    static let page = LocalizedText(
        zhHant: "傳回的是網頁，不是答案；請檢查 baseURL 與代理伺服器。",
        en: "it is a page of HTML, not an answer; check baseURL and the proxy")

    static let otherForm = LocalizedText(
        zhHant: "既不是 JSON 也不是事件串流；請檢查 baseURL。", en: "it is neither JSON nor a stream of events; check baseURL")

    static let loop = LocalizedText(
        zhHant: "模型不斷重複同樣的文字；請改用其他模型，或調整 sampling。",
        en: "the model repeated the same words without end; use another model, or change sampling")

    static let simplified = LocalizedText(
        zhHant: "回覆為簡體字；請改用能寫正體中文的模型。",
        en: "it is in Simplified Chinese; use a model that writes Traditional Chinese")
}
