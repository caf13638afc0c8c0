import DocketText

/// What of a query frames the matter asked about and says little of it: 關於…的辦理情形, the reasons for, the results of.
///
/// Such words are rare in what people say in meetings, so that their rarity would make them count the most. They count for
/// a part of what they are worth (`share`), and leave the rest to the words of the matter.
enum FramingWords {
    /// What a framing pair of characters counts beside one of the matter.
    static let share: Float = 0.3

    /// Two-character words, folded.
    static let words: Set<String> = Set(
        ([
            "看法 分享 建議 理解 原因 方式 措施 總結 有關 作用 意義 思考 認識 努力 體現 概念 問題 以及 經驗 介紹 探討 討論 觀點 闡述 分析 背景 情況 關於 方面",
            "過程 內容 部分 重要 不同 現象 條件 階段 因素 關係 影響 目標 理念 價值 核心 內涵 特點 特徵 特色 優勢 劣勢 優點 缺點 好處 挑戰 機遇 機會 困難",
            "對策 策略 方案 方法 途徑 路徑 手段 步驟 程序 做法 作法 舉措 需求 要求 標準 原則 趨勢 展望 前景 未來 現狀 現況 進展 進度 成果 成效 效果 結果",
            "說明 解釋 回顧 評價 看待 定位 角色 地位 責任 任務 工作 改善 提高 降低 提升 加強 促進 推動 實現 解決 發展 變化 改變 形成 建立 產生 獲得 面臨",
            "採取 進行 開展 選擇 考量 考慮 狀況 情形 事項 相關 主要 具體 基本 一些 各種 主導 辦理 處理 後續 目前 現在 後來 最近 最後 已經 還有 當時 之前",
            "請問 請教 麻煩 幫忙 幫我 想知 知道 查詢 搜尋 找到 資料 案件 案子 哪些 哪個 哪裡 哪一 怎麼 怎樣 如何 什麼 甚麼 為何 為什 是否 有無 有沒 沒有",
            "多少 幾個 幾次 幾點 多久 何時 何人 何處 可以 可不 能不 要不 了沒 好了 完了 完成 多大 會議 開會 決定 決議 結論 裁示 提到 說了 說過 講到 講了",
        ] as [String]).flatMap { $0.split(separator: " ") }.map { Folding.key(String($0)) })

    /// English words that frame, folded.
    static let english: Set<String> = Interrogatives.stopWords.union([
        "decision", "decisions", "decide", "decided", "agree", "agreed", "resolution", "resolutions", "conclusion",
        "conclusions", "action", "actions", "item", "items", "meeting", "meetings", "minutes", "regarding",
        "concerning", "status", "progress", "result", "results", "reason", "reasons", "please", "show", "find", "list",
        "tell", "said", "say", "says", "any", "all", "each", "there", "get", "got", "us", "our", "me", "my",
    ])

    /// Characters that join words, folded.
    static let joining: Set<Unicode.Scalar> = Set(Folding.key("的了是在和與及之對為有其於以而並或把被讓由從到也都就還又很這那個些嗎呢吧啊").unicodeScalars)

    /// By scalar of `text`, true where it is part of a framing word or joins words.
    static func marks(of text: String) -> [Bool] {
        let folded = text.unicodeScalars.map { Folding.key(String(Character($0))) }
        var marks = [Bool](repeating: false, count: folded.count)
        var index = 0
        while index < folded.count {
            if index + 1 < folded.count, words.contains(folded[index] + folded[index + 1]) {
                marks[index] = true
                marks[index + 1] = true
                index += 2
                continue
            }
            if let scalar = folded[index].unicodeScalars.first, folded[index].unicodeScalars.count == 1,
                joining.contains(scalar)
            {
                marks[index] = true
            }
            index += 1
        }
        markEnglish(folded, &marks)
        return marks
    }

    private static func markEnglish(_ folded: [String], _ marks: inout [Bool]) {
        var index = 0
        while index < folded.count {
            var end = index
            while end < folded.count, folded[end].utf8.count == 1, let byte = folded[end].utf8.first,
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            {
                end += 1
            }
            if end > index, english.contains(folded[index..<end].joined()) {
                for place in index..<end { marks[place] = true }
            }
            index = max(end, index + 1)
        }
    }

    /// What is left of `text` when framing words and what joins words are taken out: pieces in order, each of at least two
    /// characters, or one where it stands alone between blanks.
    static func matter(of text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let marks = marks(of: text)
        var pieces: [String] = []
        var piece = String.UnicodeScalarView()
        func end() {
            let words = String(piece)
            if !words.isEmpty, QueryParser.isSearchable(words) { pieces.append(words) }
            piece = String.UnicodeScalarView()
        }
        for (index, scalar) in scalars.enumerated() {
            if marks[index] || scalar.properties.isWhitespace || SearchPunctuation.isMark(scalar) {
                end()
            } else {
                piece.append(scalar)
            }
        }
        end()
        return pieces
    }
}

/// Marks between words of a query.
enum SearchPunctuation {
    /// True for signs that end a word in any language; not for those inside numbers and codes.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        "，。；：！？、「」『』《》〈〉（）()［］[]{}!?;,\"“”…".unicodeScalars.contains(scalar)
    }
}
