internal import DocketText

/// Words that turn a statement into its opposite.
struct Negation: Sendable {
    /// Tokens at which a negation stands, by index.
    static func positions(in tokens: [Token], window: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = window.lowerBound
        while index < window.upperBound {
            if let length = match(ignored, tokens, index, window.upperBound) {
                index += length
            } else if let length = match(markers, tokens, index, window.upperBound) {
                found.append(index..<index + length)
                index += length
            } else {
                index += 1
            }
        }
        return found
    }

    private static func match(_ table: [String: [[String]]], _ tokens: [Token], _ index: Int, _ limit: Int) -> Int? {
        guard let candidates = table[tokens[index].key] else { return nil }
        return candidates.first { keys in
            index + keys.count <= limit && keys.indices.allSatisfy { tokens[index + $0].key == keys[$0] }
        }?.count
    }

    private static func table(_ list: String) -> [String: [[String]]] {
        var table: [String: [[String]]] = [:]
        for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let keys = AnalysedText.keys(of: String(word).replacing("_", with: " "))
            if let first = keys.first { table[first, default: []].append(keys) }
        }
        return table.mapValues { $0.sorted { $0.count > $1.count } }
    }

    private static let markers = table(
        "未 尚未 並未 從未 仍未 不 並不 不得 不予 不必 不需 不須 無 並無 無法 並無法 無從 無須 無需 毋須 毋 毋庸 沒 沒有 沒辦法 沒有辦法 沒法 勿 免 免予 並非 非 否 取消 停止 拒絕 缺席 "
            + "not never no neither nor without fail refuse"
    )

    /// Words with such a character that negate nothing, or whose negation is part of a name.
    private static let ignored = table(
        """
        有無 不僅 不只 不到 不過 不但 不論 不斷 不同 不少 不足 不超過 不少於 不低於 不逾 不動產 不等 不限 不管 不如 不然 不久 不便 不良 不妨 不禁 不無 不已 不一 不時 不合格 不及格 未來 未滿 \
        無障礙 無紙 無紙化 無線 無論 無異議 無人機 無償 無比 無形 \
        無電子發票 非常 非營利 非迭次 非洲 非都市 非屬 非公文 非偏遠 除非 是非 非正式 非經常 非法 免費 免疫 免稅 避免 難免 以免 否則 是否 能否 可否 否決 沒收 有沒有 是不是 會不會 要不要 \
        能不能 對不對 好不好 不好意思 停止線 no_longer_than no_more_than no_less_than not_only
        """)
}
