public import DocketCore

/// Why no whole answer could be had from an endpoint: the step fails with this reason, and nothing of the answer is
/// kept.
///
/// `endpoint` is the name of the profile. No case holds a body, a prompt, a key or what a server calls its files.
public enum ChatFailure: EngineFailure, Equatable {
    /// The endpoint cannot be reached, rests after failures, or answers with 429, 500, 503 until the limit.
    case unavailable(endpoint: String, reason: LocalizedText, retryAfter: Duration?)
    /// Prompt and answer do not fit; the caller splits the input and goes on.
    case contextExceeded(endpoint: String, limit: Int?)
    /// The server counted far fewer tokens than were sent: it dropped part of the prompt without a word.
    case promptCut(endpoint: String, sent: Int, counted: Int)
    /// The answer ended early: cut JSON, a stream without an end, an empty answer, a limit reached.
    case incomplete(endpoint: String, reason: LocalizedText)
    /// The answer is not what was asked for: not JSON, not by the schema, the wrong script, a loop, a page of HTML.
    case invalid(endpoint: String, reason: LocalizedText)
    /// The endpoint may not be sent this: clearance or address.
    case refused(endpoint: String, reason: LocalizedText)
    /// The endpoint will not have the request: a wrong key, an unknown model, a field that it does not take.
    case rejected(endpoint: String, status: Int, reason: LocalizedText)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .unavailable(let name, let reason, _):
            line(name, "目前無法使用", "cannot be used now", reason)
        case .contextExceeded(let name, let limit):
            LocalizedText(
                zhHant: "端點 \(name)：內容超過模型的上下文\(limit.map { "（\($0) 個 token）" } ?? "")。請調低設定檔的 contextTokens。",
                en: "endpoint \(name): the prompt exceeds the model's context\(limit.map { " (\($0) tokens)" } ?? "");"
                    + " lower contextTokens in its profile")
        case .promptCut(let name, let sent, let counted):
            LocalizedText(
                zhHant: "端點 \(name) 默默截去了部分內容（送出約 \(sent) 個 token，只讀了 \(counted) 個）。請加大伺服器的上下文或調低 contextTokens。",
                en:
                    "endpoint \(name) dropped part of the prompt in silence (about \(sent) tokens sent, \(counted) read);"
                    + " enlarge the server's context or lower contextTokens")
        case .incomplete(let name, let reason): line(name, "的回覆不完整", "gave an incomplete answer", reason)
        case .invalid(let name, let reason): line(name, "的回覆不合要求", "gave an answer that cannot be used", reason)
        case .refused(let name, let reason): line(name, "不得使用", "may not be used", reason)
        case .rejected(let name, let status, let reason):
            line(name, "拒絕請求（HTTP \(status)）", "rejected the request (HTTP \(status))", reason)
        }
    }

    /// True for an endpoint that cannot be used now.
    public var isTemporary: Bool {
        if case .unavailable = self { true } else { false }
    }

    /// After how long another try makes sense.
    public var retryAfter: Duration? {
        if case .unavailable(_, _, let after) = self { after } else { nil }
    }

    private func line(_ name: String, _ zhHant: String, _ en: String, _ reason: LocalizedText) -> LocalizedText {
        LocalizedText(zhHant: "端點 \(name) \(zhHant)：\(reason.zhHant)", en: "endpoint \(name) \(en): \(reason.en)")
    }
}
