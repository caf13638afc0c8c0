internal import DocketCore

// MARK: - Built-in words

extension Lexicon {
    /// Groups of Taiwanese administration and of English minutes.
    public static let standardGroups: [Group] =
        decisions + directions + quantifiers + deadlines + modalities + outcomes + english

    private static func words(_ list: String) -> [String] {
        list.split(separator: " ").map { String($0).replacing("_", with: " ") }
    }

    private static func group(
        _ reason: ReasonType, marker: Bool = false, soft: String = "", _ poles: String...
    ) -> Group {
        Group(reason, isMarker: marker, soft: Set(words(soft)), poles: poles.map(words))
    }

    private static let decisions: [Group] = [
        group(
            .releaseContinue, soft: "解除 賡續", "解除列管 結案 解列 除管 解除",
            "賡續 賡續列管 繼續列管 持續列管 廣續列管 續管 續辦 續予列管 仍予列管 列管追蹤 仍於本會報列管", "自行列管 自行追蹤 毋須於本會報列管"),
        group(
            .releaseContinue, "照案通過 審議通過 無異議通過 通過", "退回程序委員會 退回 退請 不予審議 撤案 否決 不通過 未通過", "併案審查 交付審查 審查 交", "緩議 保留 暫緩處理",
            "修正通過"),
    ]

    private static let directions: [Group] = [
        group(
            .direction, "提升 提昇 提高 增加 增至 增 調高 調升 調增 升至 上升 上漲 進步 成長 改善 強化 加強 擴大 擴充 精進 高出 較高",
            "降低 下降 減少 減至 減 調降 調低 降至 降為 降到 下滑 退步 衰退 惡化 弱化 削弱 縮減 縮小 簡化 低了 較低"),
        group(.direction, "高於 超過 超越 超出 優於 逾 大於 高出", "低於 不到 未達 落後於 不及 少於 小於 未滿 不足 低了"),
        group(.direction, "節省 節約 撙節 擲節 摺節 省下 減省", "多支出 增加支出 浪費 增支 多花 超支"),
        group(
            .direction, "多了 增 增長 攀升 上揚 調漲 追加 擴編 延長 加速 放寬 加快 擴張 增列 增設 增派 加開 好轉 升級",
            "少了 減 縮短 延緩 減緩 限縮 放慢 緊縮 刪減 裁減 裁撤 減列 減派 減開 惡化 降級 下跌 縮水"),
        group(.direction, "最多 最高 最大 最佳", "最少 最低 最小 最差"),
        group(.direction, "落後 延遲", "超前 提前"),
        group(.direction, "盈餘 賸餘", "虧損 短絀 赤字"),
        group(.direction, "收入", "支出"),
        group(.direction, "流入", "流出"),
        group(.direction, "開放 開啟 啟用", "關閉 停用 封閉"),
    ]

    private static let quantifiers: [Group] = [
        group(.quantifier, "至少 不少於 最少須 不低於", "至多 最多 不超過 上限"),
        group(.quantifier, "以上", "以下 以內"),
        group(.quantifier, "超過 逾 超越 達到", "不到 未達 不足 未滿"),
        group(
            .quantifier, "各 均 皆 全數 全部 全體 一律 所有 每個 全面 都", "僅部分 部分 少數 少部分 個別 一部分 若干 有些 多數 局部"),
        group(.quantifier, marker: true, "僅 只 僅限 只有 惟獨", "不僅 不只 不限 不限於"),
        group(.quantifier, "每日 每天", "每週 每星期", "每月 每個月", "每季", "每半年", "每年", "每兩年 每二年", "每學期", "每兩週", "每次"),
        group(.quantifier, "唯一", "其中之一"),
        group(.quantifier, "首次 第一次", "再次 再度"),
    ]

    private static let deadlines: [Group] = [
        group(.deadline, "前 以前 之前 前完成 內 以內 之內", "後 以後 之後 起"),
        group(.deadline, "截至 迄 迄至 截止 至", "自 從 自從 起自"),
        group(.deadline, "月底 年底 底", "月初 年初 初", "月中 年中"),
        group(.deadline, "即時 立即 即刻 隨即 當場", "事後 延後 暫緩 暫不 嗣後 稍後"),
        group(.deadline, "起實施 起施行 起辦理 實施 開辦 開始", "止停辦 停辦 停止 終止 止"),
        group(.deadline, "上週 上星期 上個月 去年 昨日", "下週 下星期 下個月 明年 明日", "本週 本月 今年 今日"),
        group(.deadline, "會前 事前 事先", "會後 事後"),
        group(.deadline, "上半年", "下半年"),
        group(.deadline, "上午", "下午"),
    ]

    private static let modalities: [Group] = [
        group(
            .modality, marker: true,
            soft: "將 計畫 期程 規劃 安排 訂於 看可不可以 看看可不可以 看能不能 看看能不能 可不可以 能不能 研究一下 研究",
            "擬 預計 預定 規劃 計畫 將 研擬 研議 擬議 看可不可以 看看可不可以 看能不能 看看能不能 可不可以 能不能 研究一下 研究 打算 預擬 規劃完成 訂於 安排 期程 預期 期於",
            "已 業 業已 已經 已由 已於 完成"),
        group(
            .modality, "應 須 必須 一定要 必須要 務必 務須 應予 請 需 需要 要 必需 不得不 宜", "得 可 可以 得視需要 得視情況 可視情況 自由 自行決定 酌情 儘可能"),
        group(.modality, "立即 即刻 馬上 即 立刻", "暫緩 緩議 再議 暫不 延後"),
        group(.modality, "請 應 擬 將 預計 預定 規劃", "已由 已經 業已 業經 已完成"),
        group(.modality, "同意 核定 通過 決定", "建議 提議 研議 考慮"),
        group(.modality, "強制 一律", "自願 鼓勵 選擇"),
        group(.modality, "建請 建議 擬請 提議", "已 已經 業已 業經 已於 已由"),
    ]

    private static let outcomes: [Group] = [
        group(.negation, "參加 出席 到場 與會", "缺席 請假 未出席"),
        group(.negation, "召開 舉行 舉辦 辦理", "取消 停開 停辦"),
        group(.negation, "同意 贊成 支持", "反對 不同意 拒絕"),
        group(.negation, "合格 及格", "不合格"),
        group(.negation, "成功", "失敗"),
        group(.negation, "有效", "無效"),
        group(.negation, "公開", "不公開 保密"),
    ]

    private static let english: [Group] = [
        group(.direction, "up higher more over above", "down lower less under below fewer"),
        group(
            .direction,
            "raised raise rise rose risen rising increase increased increasing grow grew"
                + " escalate escalated escalating expand expanded",
            "lowered lower reduce reduced reducing fall fell fallen falling"
                + " decrease decreased drop dropped decline declined cut"
        ),
        group(.direction, "improvement improve improved better", "deterioration deteriorate deteriorated worse worsen"),
        group(.direction, "surplu surplus surpluses", "deficit deficits"),
        group(.direction, "reached exceeded hit met exceed reach", "fell_short_of missed short_of fall_short_of"),
        group(.direction, "gain gained profit won", "lose lost loss"),
        group(.quantifier, "at_least minimum no_less_than", "at_most maximum up_to no_more_than under"),
        group(
            .quantifier, "around about roughly approximately nearly almost just_over just_under some",
            "well_over far_more_than well_under exactly far_below"),
        group(.quantifier, "most many all every each both", "few some_of none neither hardly_any"),
        group(
            .quantifier,
            soft: "all every everyone everybody any both most many a_lot_of lots_of some few several little no nobody",
            "all every everyone everybody any both most many a_lot_of lots_of plenty_of",
            "some few several none nobody no_one no little very_little hardly_any"),
        group(.quantifier, "at_the_moment temporarily for_now currently so_far", "permanently forever always for_good"),
        group(.quantifier, "only just", "not_only"),
        group(.deadline, "before by until till earlier", "after since later from"),
        group(
            .deadline, "last_week last_month last_year yesterday", "next_week next_month next_year tomorrow",
            "thi_week thi_month thi_year today"),
        group(.deadline, "end_of", "beginning_of start_of"),
        group(.deadline, soft: "next last first previous beginning end start", "next", "last previous"),
        group(.deadline, soft: "first last beginning end start", "first beginning start", "last end"),
        group(
            .modality, "will shall must should need_to have_to planning plan planned going_to",
            "may might could can possibly perhap"),
        group(
            .modality, "will will_be shall plan planned planning going_to intend aim propose proposed",
            "ha_been have_been had_been already"),
        group(
            .modality, "announced announce decided agreed adopted approved",
            "proposed propose suggested considered discussed"),
        group(
            .modality, "suggested suggest recommended proposed asked", "ordered required demanded instructed decided"),
        group(.modality, "continue continued keep maintain", "stop stopped cease end halt"),
        group(
            .negation, "accept accepted agree agreed support supported", "reject rejected refuse refused oppose opposed"
        ),
        group(.negation, "include including with", "exclude excluding without"),
    ]

    /// Words in which words of the groups mean nothing by themselves.
    public static let standardIgnored: [String] =
        words(
            """
            前往 前述 前揭 前瞻 前端 前來 前次 前項 後續 後端 後方 背後 至於 甚至 自行 自己 自然 自動 自由 自來水 自衛 自治 來自 各自 親自 獨自 起見 一起 發起 起訖 將近 即將來 將來 應用 \
            反應 因應 適應 應變 對應 供應 響應 \
            回應 相應 應屆 應邀 可能 可行 許可 認可 可及 可靠 取得 始得 獲得 得以 值得 心得 得獎 所得 得標 覺得 使得 懂得 申請 邀請 請假 請求 請教 敬請 請問 事業 業務 產業 作業 企業 專業 \
            行業 農業 工業 商業 就業 畢業 營業 失業 業者 業管 \
            主要 需要 重要 只要 要求 要點 要項 摘要 綱要 必要 要是 機要 概要 紀要 簡要 扼要 需求 須知 無須 毋須 不須 必須品 部分業務 大部分 各部分 部分別 都市 首都 成都 京都 都會 都發局 \
            交通 交流 交易 外交 提交 交換 交接 交由 社交 轉交 交付 交通部 初審 初步 最初 當初 底下 徹底 到底 \
            內容 國內 市內 境內 室內 內部 內政 院內 校內 府內 處內 部內 範圍內 案內 期內 會內 場內 圈內 線內 內政部 計畫案 計畫書 計畫名稱 實施計畫 執行計畫 年度計畫 工作計畫 施政計畫 \
            專案計畫 企劃 規劃師 通過率 了解 為了 罷了 超過 透過 通過 經過 不過 過程 過去 過度 增修 新增 減碳 減災 減量 \
            節能減紙 節能減碳 減紙 減少碳 開放應用 收入戶 低收入 增訂 增列 改善建議 增設 提升處
            """.replacing("\\\n", with: ""))
}
