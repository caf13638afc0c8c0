/// The set phrases that end a letter's purpose and say nothing of its matter: 請查照, 請鑒核, 復如說明.
enum ClosingPhrases {
    /// What a closing clause asks, behind 請 and its like.
    private static let requests: Set<String> = [
        "查照", "鑒核", "鑒察", "核示", "核備", "備查", "鑒查", "察照", "照辦", "卓參", "參考", "參辦", "參考辦理", "查照辦理", "查照見復", "查照惠復",
        "查照轉知", "查照並轉知", "查照並轉知所屬", "查照轉知所屬", "查照轉行", "查明惠復", "知照", "核復", "惠復", "見復", "查收", "察核", "備查見復", "核定",
        "核可", "查照辦理見復", "配合辦理", "查照配合辦理", "依說明辦理", "惠予同意", "惠允", "照案辦理", "查照參考", "辦理見復", "准予備查", "同意備查",
        "鑒核備查", "查照備查", "轉陳核示", "核轉", "查照為荷", "鑒賜核備", "核閱", "鈞察", "查核", "惠請卓處", "卓處", "卓處逕復", "逕復", "參閱",
    ]

    /// Words before the request.
    private static let leads = [
        "敬請", "惠請", "謹請", "並請", "復請", "特請", "尚請", "務請", "函請", "仍請", "簽請", "報請", "呈請", "至請", "謹此陳請", "陳請", "請", "謹",
    ]

    /// Words behind the request.
    private static let tails = ["為荷", "為禱", "是荷", "為感", "是幸"]

    /// Clauses that point elsewhere.
    private static let pointers: Set<String> = [
        "如說明", "詳如說明", "說明如後", "說明如下", "如說明段", "詳如附件", "如附件", "復如說明", "復如下", "復如說明段", "函復如說明", "詳如說明段", "如下", "如後",
        "謹復如說明", "茲復如下", "詳說明", "請依說明辦理", "特此公告", "特此通知", "特此函復", "特此函達", "詳附件", "謹說明如後", "說明如次", "復如次", "詳後",
    ]

    /// What a clause at the end of a purpose is.
    enum Role: Sendable {
        /// A request to take note.
        case request
        /// An answer, said without its matter: 復如說明.
        case reply
        /// An explanation, said without its matter: 說明如後.
        case explanation
        /// A pointer to another part: 詳如附件.
        case pointer
    }

    /// The role of a clause; nil for one that says something.
    static func role(_ clause: String) -> Role? {
        var words = clause.filter { !$0.isWhitespace && !"。，；".contains($0) }
        if pointers.contains(words) {
            if words.contains("復") { return .reply }
            return words.contains("說明如") && !words.contains("詳") ? .explanation : .pointer
        }
        for tail in tails { words = words.without(suffix: tail) ?? words }
        let isReply = words.hasPrefix("復請") || words.hasPrefix("復")
        for lead in leads {
            if let rest = words.without(prefix: lead), requests.contains(rest) { return isReply ? .reply : .request }
        }
        return requests.contains(words) ? .request : nil
    }

    /// Polite forms and their plain ones, longest first.
    static let polite: [(String, String)] = [
        ("敬請惠予", "請"), ("惠請", "請"), ("敬請", "請"), ("謹請", "請"), ("至請", "請"), ("請惠予", "請"), ("惠予", ""), ("請惠", "請"),
        ("謹致歉意", ""),
        ("至感歉意", ""), ("請惠允", "請"),
    ]
}
