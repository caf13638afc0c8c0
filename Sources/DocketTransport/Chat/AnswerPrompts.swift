internal import DocketText
/// What the client itself says to a model: the form of the answer where the server cannot hold it to one, and the one
/// request to mend an answer.
enum AnswerPrompts {
    /// Changes with the words, and with it the digest of an endpoint's settings.
    static let version = 1

    /// `messages` with the form of the answer told in words.
    static func telling(_ schema: JSONValue, to messages: [ChatMessage]) -> [ChatMessage] {
        let words =
            isChinese(messages)
            ? "只輸出一個符合下列 JSON Schema 的 JSON 值，不加說明，也不加程式碼標記：\n"
            : "Write one JSON value that follows this JSON Schema and nothing else, no explanation, no code fence:\n"
        var messages = messages
        if messages.first?.role == .system {
            messages[0].text += "\n\n" + words + schema.text
        } else {
            messages.insert(ChatMessage(.system, words + schema.text), at: 0)
        }
        return messages
    }

    /// What is wrong with an answer, as a model is told.
    enum Complaint: Sendable, Equatable {
        case notJSON
        case violations([SchemaValidator.Violation])
        case tooLong
        case loop
        case simplified
    }

    /// `messages`, the answer that was given, and what to do better.
    static func mending(_ complaint: Complaint, answer: String, messages: [ChatMessage]) -> [ChatMessage] {
        let chinese = isChinese(messages)
        let request: String
        switch complaint {
        case .notJSON:
            request = chinese ? "上面的回覆不是 JSON。請重寫，只輸出 JSON。" : "That was not JSON. Write it again, as JSON alone."
        case .violations(let violations):
            let list = violations.map { "- \($0.path): \($0.keyword) \($0.wanted)" }.joined(separator: "\n")
            request =
                (chinese
                    ? "上面的 JSON 不符要求，請更正後重新輸出全文：\n" : "That JSON breaks these rules. Write the whole again, mended:\n")
                + list
        case .tooLong:
            request =
                chinese
                ? "上面的回覆太長而中斷。請寫得更短，並寫完。" : "That answer was cut off for its length. Write a shorter one, and end it."
        case .loop:
            request =
                chinese
                ? "上面的回覆不斷重複。請重寫，不要重複。" : "That answer repeated itself without end. Write it again without repetition."
        case .simplified:
            request =
                chinese
                ? "請改用正體中文（臺灣用字）重寫上面的回覆，內容不變。"
                : "Write that answer again in Traditional Chinese, its content unchanged."
        }
        // A loop or an endless answer is no model to follow, and may fill the context.
        let keepsAnswer = complaint != .loop && complaint != .tooLong && !answer.isEmpty
        return messages + (keepsAnswer ? [ChatMessage(.assistant, answer)] : []) + [ChatMessage(.user, request)]
    }

    private static func isChinese(_ messages: [ChatMessage]) -> Bool {
        messages.contains { message in message.text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
    }
}
