internal import DocketCore
internal import DocketText

// MARK: - Words that stand where the evidence has others

extension Judge {
    /// A place of the claim whose words differ from those of the evidence between the same words on both sides.
    struct Replacement: Sendable {
        /// Tokens of the claim.
        let run: Range<Int>
        /// Tokens of the evidence at the same place.
        let gap: Range<Int>
        /// Tokens in a row that agree before and after, to the end of the clause at most.
        let left: Int
        let right: Int
        /// True where the clause begins or ends beside it in both texts.
        let isAtEdge: Bool
    }

    /// All such places in order, with as little as possible between what agrees.
    func replacements() -> [Replacement] {
        var found: [Replacement] = []
        var index = 0
        while index < tokens.count {
            guard let place = replacement(after: index - 1) else {
                index += 1
                continue
            }
            found.append(place)
            index = place.run.upperBound
        }
        return found
    }

    /// The place that begins behind the claim token `left`, which is answered or ends a clause.
    private func replacement(after left: Int) -> Replacement? {
        let start = left + 1
        let isStart = left < 0 || tokens[left].clause != tokens[start].clause
        let answer = left >= 0 ? held(left) : nil
        if !isStart, answer == nil { return nil }
        var end = start
        while end < tokens.count, end - start <= Self.longestReplacement, tokens[end].clause == tokens[start].clause {
            if let right = held(end) {
                let from = isStart ? clauseStart(before: right) : answer.map { $0 + 1 } ?? 0
                if right >= from, source[right].clause == source[from].clause, right - from <= Self.longestReplacement {
                    return replacement(start..<end, from..<right, isStart: isStart, isEnd: false)
                }
            }
            end += 1
        }
        guard !isStart, let answer, end == tokens.count || tokens[end].clause != tokens[start].clause,
            tokens[left].clause == tokens[start].clause
        else { return nil }
        let limit = clauseEnd(after: answer)
        guard limit - answer - 1 <= Self.longestReplacement else { return nil }
        return replacement(start..<end, answer + 1..<limit, isStart: false, isEnd: true)
    }

    /// The answer to a claim token, unless it is one character that nothing beside it bears out.
    private func held(_ index: Int) -> Int? {
        guard let answer = aligned[index] else { return nil }
        if tokens[index].kind != .han { return answer }
        let isRow = [-1, 1].contains { step in
            tokens.indices.contains(index + step) && aligned[index + step] == answer + step
        }
        return isRow ? answer : nil
    }

    private func replacement(
        _ run: Range<Int>, _ gap: Range<Int>, isStart: Bool, isEnd: Bool
    ) -> Replacement? {
        // What agrees may have found its answer elsewhere.
        var (start, end, before, after) = (0, 0, 0, 0)
        let most = min(run.count, gap.count)
        while start < most, tokens[run.lowerBound + start].key == source[gap.lowerBound + start].key { start += 1 }
        while start + end < most, tokens[run.upperBound - 1 - end].key == source[gap.upperBound - 1 - end].key {
            end += 1
        }
        guard run.count > start + end, gap.count > start + end else { return nil }
        if !isStart { before = agreeing(from: run.lowerBound - 1, gap.lowerBound - 1, step: -1) }
        if !isEnd { after = agreeing(from: run.upperBound, gap.upperBound, step: 1) }
        return Replacement(
            run: run.lowerBound + start..<run.upperBound - end, gap: gap.lowerBound + start..<gap.upperBound - end,
            left: before + start, right: after + end, isAtEdge: isStart && start == 0 || isEnd && end == 0)
    }

    /// Tokens in a row that answer each other one by one, within a sentence.
    private func agreeing(from index: Int, _ other: Int, step: Int) -> Int {
        var count = 0
        var (position, answer) = (index, other)
        while tokens.indices.contains(position), source.indices.contains(answer), aligned[position] == answer,
            tokens[position].sentence == tokens[index].sentence
        {
            count += 1
            position += step
            answer += step
        }
        // The same words up to the end of both sentences leave no more to agree.
        let isWhole = ends(position, in: tokens, beside: index) && ends(answer, in: source, beside: other)
        return count > 0 && isWhole ? count + 2 : count
    }

    private func ends(_ index: Int, in tokens: [Token], beside other: Int) -> Bool {
        !tokens.indices.contains(index) || tokens[index].sentence != tokens[other].sentence
    }

    private func clauseStart(before index: Int) -> Int {
        var start = index
        while start > 0, source[start - 1].clause == source[index].clause { start -= 1 }
        return start
    }

    private func clauseEnd(after index: Int) -> Int {
        var end = index + 1
        while end < source.count, source[end].clause == source[index].clause { end += 1 }
        return end
    }

    /// Tokens on either side that may be exchanged and still be one place.
    private static var longestReplacement: Int { 6 }
}

extension Judge {
    /// Words that stand where the evidence has others, firmly held on both sides: 加速 for 延緩, 保留 for 刪除.
    ///
    /// What says the same in other words passes, and so does what the claim moved: the new words must be words that the
    /// evidence does not have nearby, or names.
    mutating func checkReplacements() {
        for place in replacements() where isFirm(place) && isLiteral(at: place.run.lowerBound) {
            let (words, others) = (tokens[place.run], source[place.gap])
            let kinds: [Token.Kind] = [.han, .word]
            guard words.allSatisfy({ kinds.contains($0.kind) }), others.allSatisfy({ kinds.contains($0.kind) }),
                words.contains(where: { $0.kind == .han }) == others.contains(where: { $0.kind == .han })
            else { continue }
            let isLatin = words.allSatisfy { $0.kind == .word }
            if let reason = opposite(place) {
                report(reason, claim: place.run, evidence: place.gap)
            } else if isLiteral(at: place.run.lowerBound, .close), isLatin ? differsInLatin(place) : differsInHan(place)
            {
                report(isTitled(place.run.upperBound) ? .person : .wording, claim: place.run, evidence: place.gap)
            }
        }
    }

    /// True when what agrees around the place leaves no doubt that both texts speak of the same thing there.
    private func isFirm(_ place: Replacement) -> Bool {
        if place.isAtEdge { return max(place.left, place.right) >= 4 }
        return min(place.left, place.right) >= 2 && place.left + place.right >= 5
    }

    private func differsInHan(_ place: Replacement) -> Bool {
        guard abs(place.run.count - place.gap.count) <= 1, place.run.count <= 4,
            place.gap.count >= 2 || place.run.count >= 2
        else { return false }
        let (words, others) = (tokens[place.run].map(\.key), source[place.gap].map(\.key))
        guard Set(words).isDisjoint(with: others) else { return false }
        if Connectives.contains(words) || Connectives.contains(others) { return false }
        // What stands beside nothing but particles and auxiliaries was added, which other checks judge.
        if words.allSatisfy(Particles.contains) || others.allSatisfy(Particles.isAuxiliary) { return false }
        if isNear(place.run, place.gap) || isElsewhereInClaim(place.gap) { return false }
        return !Synonyms.agree(place, tokens, source)
    }

    private func differsInLatin(_ place: Replacement) -> Bool {
        guard place.run.count <= 3, place.gap.count <= 3 else { return false }
        let (words, others) = (tokens[place.run].map(\.key), source[place.gap].map(\.key))
        if isCapital(place.run.lowerBound, tokens, claim), isCapital(place.gap.lowerBound, source, evidence.analysed) {
            return place.left > 0 && Set(words).isDisjoint(with: others)
        }
        guard words.contains(where: { $0.utf8.count >= 4 }), others.contains(where: { $0.utf8.count >= 4 }) else {
            return false
        }
        let stems = Set(others.map { $0.prefix(4) })
        if words.contains(where: { stems.contains($0.prefix(4)) }) { return false }
        return !words.allSatisfy(evidence.has(_:))
    }

    /// True for a Latin word with a capital.
    func isCapital(_ index: Int, _ tokens: [Token], _ text: AnalysedText) -> Bool {
        guard tokens[index].kind == .word, let first = text.words(tokens[index].range).unicodeScalars.first else {
            return false
        }
        return ("A"..."Z").contains(first) && tokens[index].key.utf8.count > 2
    }

    /// True when the words of the claim stand in the line of the evidence that the place belongs to.
    private func isNear(_ run: Range<Int>, _ gap: Range<Int>) -> Bool {
        let keys = tokens[run].map(\.key)
        let line = source[gap.lowerBound].line
        var start = gap.lowerBound
        while start > 0, source[start - 1].line == line, gap.lowerBound - start < 300 { start -= 1 }
        var end = gap.upperBound
        while end < source.count, source[end].line == line, end - gap.upperBound < 300 { end += 1 }
        return Self.holds(source[start..<end], keys)
    }

    private func isElsewhereInClaim(_ gap: Range<Int>) -> Bool {
        Self.holds(tokens[...], source[gap].map(\.key))
    }

    private static func holds(_ tokens: ArraySlice<Token>, _ keys: [String]) -> Bool {
        guard tokens.count >= keys.count, let first = keys.first else { return false }
        return (tokens.startIndex...tokens.endIndex - keys.count).contains { start in
            tokens[start].key == first && keys.indices.allSatisfy { tokens[start + $0].key == keys[$0] }
        }
    }

    /// The kind of difference when the lexicon has the two words as opposites, or when two characters are.
    private func opposite(_ place: Replacement) -> ReasonType? {
        let own = hits(in: tokens, over: place.run)
        let other = hits(in: source, over: place.gap)
        for hit in own {
            if other.contains(where: { $0.group == hit.group && $0.pole == hit.pole }) { return nil }
            if other.contains(where: { $0.group == hit.group }) { return lexicon.groups[hit.group].reason }
        }
        if let unit = exchangedUnit(place) { return unit }
        guard place.run.count == 1, place.gap.count == 1, place.left + place.right >= 6 else { return nil }
        let (word, counterpart) = (tokens[place.run.lowerBound].key, source[place.gap.lowerBound].key)
        guard let kind = Opposites.kinds[word], kind == Opposites.kinds[counterpart] else { return nil }
        return .wording
    }
}

extension Judge {
    /// Words of the lexicon that cover a range, no more than two tokens wider than it on either side.
    private func hits(in tokens: [Token], over range: Range<Int>) -> [Lexicon.Hit] {
        let window = max(0, range.lowerBound - 2)..<min(tokens.count, range.upperBound + 2)
        return lexicon.hits(in: tokens, window: window).filter {
            $0.tokens.lowerBound <= range.lowerBound && $0.tokens.upperBound >= range.upperBound
        }
    }

    /// Another measure word between the same number and the same thing.
    private func exchangedUnit(_ place: Replacement) -> ReasonType? {
        guard place.run.count == 1, place.gap.count == 1, place.run.lowerBound > 0,
            tokens[place.run.lowerBound - 1].kind == .number
        else { return nil }
        let (own, other) = (claim.words(tokens: place.run), evidence.analysed.words(tokens: place.gap))
        return Units.isMeasure(own) && Units.isMeasure(other) && !Units.agree(own, other) ? .unit : nil
    }
}

/// Characters that exclude each other: 併 and 另, 東 and 西.
enum Opposites {
    /// By character: the number of its set.
    static let kinds: [String: Int] = {
        var kinds: [String: Int] = [:]
        for (number, set) in sets.split(separator: " ").enumerated() {
            for character in set { kinds[Folding.key(String(character))] = number }
        }
        return kinds
    }()

    private static let sets = """
        前後 上下 內外 東西南北 左右 高低 多少 增減 升降 漲跌 大小 長短 新舊 公私 併另 正副 先晚 快慢 早遲 買賣 進出 收支 盈虧 強弱 寬嚴 有無 開關 存廢 冷熱 日夜 春夏秋冬 男女 老幼 首末 甲乙丙丁 借還 贏輸 \
        起止 輕重 好壞 深淺 遠近 厚薄 乾溼 真偽 勝敗 攻守 往返 生死 貸存 優劣 繁簡 主從
        """
}

/// Characters that join and place what is said and may be exchanged or left out.
enum Particles {
    private static let all: Set<String> = Set(
        "的 之 了 著 過 於 在 和 與 及 並 且 而 則 就 即 也 亦 又 還 再 才 都 均 皆 是 為 乃 其 該 此 這 那 本 所 被 把 將 由 以 從 對 向 給 跟 計 共 約 案 等 者 另 尚 仍 惟 但 故 因 時 內 中 上 地 得 呢 啊 吧 嗎 呀 喔 您 你 我 他 它 們 個"
            .split(separator: " ").map { Folding.key(String($0)) })

    static func contains(_ key: String) -> Bool { all.contains(key) }

    private static let auxiliaries: Set<String> = Set(
        "要 會 可 能 想 來 去".split(separator: " ").map { Folding.key(String($0)) })

    /// True for a particle, and for a character that only helps a verb.
    static func isAuxiliary(_ key: String) -> Bool { contains(key) || auxiliaries.contains(key) }
}

/// Words that join statements and state nothing.
enum Connectives {
    private static let all: Set<String> = Set(
        """
        此外 另外 另 其中 首先 其次 再者 最後 因此 因而 所以 從而 同時 不過 但是 然而 然後 而且 並且 接著 至於 對於 關於 例如 也就是說 也就是 就是說 換言之 總之 其實 那麼 雖然 如果 如何 \
        moreover also furthermore however therefore then besides meanwhile finally firstly secondly additionally
        """.split { $0 == " " || $0 == "\n" }.map { AnalysedText.keys(of: String($0)).joined() })

    static func contains(_ keys: [String]) -> Bool { all.contains(keys.joined()) }
}

/// Words that say the same.
enum Synonyms {
    /// True when the words of a place, with up to two of the tokens that agree on either side, say the same in both.
    static func agree(_ place: Judge.Replacement, _ claim: [Token], _ source: [Token]) -> Bool {
        for left in 0...min(2, place.left) {
            for right in 0...min(2, place.right) {
                let words = claim[place.run.lowerBound - left..<place.run.upperBound + right].map(\.key)
                let others = source[place.gap.lowerBound - left..<place.gap.upperBound + right].map(\.key)
                if agree(words[...], others[...]) { return true }
            }
        }
        return false
    }

    /// True when both are the same word, or two words each of which says the same as its counterpart, particles aside.
    private static func agree(_ words: ArraySlice<String>, _ others: ArraySlice<String>, isPart: Bool = false) -> Bool {
        if words == others || isEqual(words, others) { return true }
        if words.allSatisfy(Particles.contains), others.allSatisfy(Particles.contains) { return true }
        guard !isPart, words.count <= 6, others.count <= 6 else { return false }
        for first in 0...words.count {
            for second in 0...others.count where first + second > 0 && first + second < words.count + others.count {
                let (head, tail) = (words.prefix(first), words.dropFirst(first))
                let (otherHead, otherTail) = (others.prefix(second), others.dropFirst(second))
                if agree(head, otherHead, isPart: true), agree(tail, otherTail, isPart: true) { return true }
            }
        }
        return false
    }

    private static func isEqual(_ words: ArraySlice<String>, _ others: ArraySlice<String>) -> Bool {
        guard let groups = table[words.joined()], let other = table[others.joined()] else { return false }
        return !groups.isDisjoint(with: other)
    }

    private static let table: [String: Set<Int>] = {
        var table: [String: Set<Int>] = [:]
        for (number, line) in groups.enumerated() {
            for word in line.split(separator: " ") {
                table[AnalysedText.keys(of: String(word)).joined(), default: []].insert(number)
            }
        }
        return table
    }()

    private static let groups = [
        // Spoken and written register, and what the papers of a meeting are called.
        "否則 不然 要不然 不然的話", "稍後 等一下 等下 待會 待會兒 等會 一會兒 隨後", "請 麻煩 拜託 敬請 惠請 再請 煩請", "本項 這個 這項 該項 此項 本案 這案 這件",
        "議程 紀錄 會議紀錄 會議議程",
        "辦理 舉辦 舉行 召開 進行 執行 實施 開辦 推動 推行 施行 開展 展開 從事 處理", "超過 超越 超出 逾 高於 優於 多於 大於 突破", "低於 不到 未達 少於 不足 未滿 小於",
        "增加 提升 提高 成長 上升 增長 增至 增為 增進 上漲 提昇 調升 調高 擴大", "減少 降低 下降 下滑 縮減 減至 降至 調降 調低 節省 減輕", "獲得 取得 拿到 得到 獲",
        "購買 採購 購置 購入 添購 買",
        "參加 出席 參與 與會 到場", "包括 包含 含 計有 涵蓋 如 例如", "以及 與 和 及 暨 並 跟 同", "表示 說明 指出 提到 認為 強調 報告 發言 說 提及 補充 建議",
        "請 應 須 需 要 務必 必須 應該 需要 務請 宜",
        "將 擬 預計 預定 規劃 計畫 預期 打算 準備 會", "已 已經 業 業已 業經 經", "無法 沒辦法 沒有辦法 不能 無從 沒法 沒法子", "未 尚未 還沒 還沒有 沒有 沒 仍未 並未 未能",
        "不得 不可 不能 不可以 禁止 不准 勿 不要",
        "得 可 可以 能 能夠 得以", "毋須 無須 不必 不用 無需 不需 毋庸 免 不需要 不須",
        "目前 現在 現 刻正 正 當前 現行 如今 現階段", "俟 待 等 等到 於", "如 倘 若 如果 倘若 假如 要是", "惟 但 但是 然 不過 可是", "因 因為 由於 係因", "故 所以 因此 因而 爰",
        "協助 幫忙 幫助 協調 支援", "提供 給 給予 交付 檢附 檢送 提送 提報 送",
        "討論 研商 研議 研擬 商討 討論到 研究 檢討 評估", "共 計 共計 合計 總計 總共 一共 總", "約 大約 大概 近 將近 左右 約略 差不多", "全部 全數 所有 一律 均 皆 都 全 通通 一概 各",
        "部分 一部分 局部 有些 若干", "建置 設置 建立 設立 設 增設 成立 裝設 安裝 架設", "委由 委託 委請 交由 由 請",
        "會議 會報 會 開會", "民眾 市民 人民 百姓 大家 居民", "機關 單位 局處 部門", "同仁 人員 員工 職員 工作人員", "經費 預算 費用 金額 款項 資金",
        "完成 做完 辦完 辦妥 完畢 完工 竣工 結束", "開始 起 啟動 展開 開辦 啟用 上線", "結案 解除列管 解除 除管 解列", "賡續 繼續 持續 續", "依 依據 按 依照 按照 根據 遵照 循",
        "問題 議題 事項 課題 情形 狀況 情況", "修正 修改 調整 修訂 更正 改 改為 變更", "新增 增列 增訂 加入 納入 增加", "刪除 刪掉 拿掉 移除 刪去", "之前 以前 前 事前",
        "之後 以後 後 事後", "之內 以內 內", "到 至 迄 到了", "從 自 由", "在 於", "的 之", "訪問 拜訪 參訪 拜會", "主講 演講 講授 講座 擔任", "設備 設施 器材",
        "檢查 查核 稽查 抽查 檢視 查驗 查", "宣導 宣傳 推廣", "加強 強化 增強 加大", "通知 函請 函知 轉知 告知", "儘速 儘快 盡快 盡速 趕快 早日 加速 加緊 立即 馬上",
        "使用 運用 利用 採用 用 應用", "效益 成效 效果 績效", "對 針對 就 對於 關於", "顯示 可知 得知 發現", "高度 非常 十分 很 相當 極", "重要 主要 關鍵",
        "可能 恐 恐怕 或許 也許", "同意 贊成 可以 支持 認同", "希望 盼 期望 期盼 期", "年度 年", "未來 日後 嗣後 今後 往後 後續 爾後", "不同 不一樣 不一 不符", "費 錢 費用",
        "將 把", "其餘 尚有 還有 剩下 剩餘 餘 另有", "我們 咱們 本會 本局 本處 本府 本署 本部 本院 本所 本組 本科 本公司 本校 我", "各位 大家 諸位", "需求 要求", "增加 追加 加",
        "討論 談 聊 談論", "分析 談 探討", "具備 具有 擁有 有 有了", "讓 使 令 使得", "更 更加 再", "亦 也 又", "均 都 皆",
        "說 講 講的是 提出 提到", "完全 全然 全", "何 什麼 哪些 哪個", "為何 為什麼", "如何 怎麼 怎樣", "若干 一些 幾個", "極 最 非常", "僅 只 只有 僅有",
        "逐步 逐漸 陸續 慢慢", "再次 再度 又",
    ]
}
