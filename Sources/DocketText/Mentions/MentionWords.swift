/// Words that names of agencies, persons and statutes are made of.
enum MentionWords {
    /// What an agency's or unit's name ends in; true where the ending alone is enough to call it one.
    static let agencySuffixes: WordTable<Bool> = {
        let strong = """
            局 署 委員會 公所 區公所 大隊 分局 總隊 大學 國中 國小 高中 醫院 議會 法院 檢察署 聯絡組 文書組 機要組 總務組 公關組 事務組 秘書組 工程處 管理處 協會 公會 學會 基金會 總處 \
            銀行 農會 市政府 縣政府 圖書館 博物館 美術館 動物園 捷運公司 事業處 行政院 立法院 監察院 司法院 考試院 黨團 辦事處 研考會 秘書處 主計處 政風處 人事處 法務局 總工會 研究院
            """
        var table = WordTable<Bool>()
        for word in "處 部 院 會 科 室 中心 公司 學校 小組 辦公室 府".split(separator: " ") { table.insert(String(word), false) }
        for word in strong.split(whereSeparator: { $0 == " " || $0 == "\n" }) { table.insert(String(word), true) }
        return table
    }()

    /// Fields of government that names of agencies are made of, before 局 處 部 署 會 室 科.
    static let agencyRoots: [String] =
        """
        教育 工務 資訊 社會 衛生 警察 消防 環保 環境 環境保護 文化 觀光 觀傳 觀光傳播 體育 產業 產業發展 財政 法務 民政 地政 勞動 交通 都發 都市發展 捷運 捷運工程 翡管 北水 自來水 研考 秘書 主計 \
        人事 政風 公訓 公務人員訓練 兵役 客家事務 客委 國發 原民 農委 環保 陸委 海委 僑委 金管 原民 原住民族 水利 水務 新工 新建工程 公園 公園路燈 衛工 衛生下水道 大地 大地工程 停管 停車管理 \
        公運 公共運輸 交工 交通管制 市場 商業 建管 建築管理 更新 \
        農業 農經 經濟 經濟發展 經發 建設 運輸 住宅 住都 毒防 青年 新聞 稅捐 稅務 殯葬 殯葬管理 檔案 檔案管理 動保 動物保護 疾管 健保 中央健康保險 國家發展 國發 內政 外交 國防 法務 經濟 交通 \
        勞動 農業 \
        衛生福利 衛福 環境 文化 數位發展 僑務 財政 教育 海洋 金融監督管理 主計 人事行政 公共工程 大陸 陸 行政 會計 統計 總務 文書 公管 公共 公關 稽核 採購 督察 研究發展考核 災害防救 戶政 區政
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)

    static let roots = WordTable(words: agencyRoots)

    /// Words before a name that are no part of it: 配合資訊局, 提報市長室.
    static let wordsBeforeAgencies = WordTable(
        words: """
            此外 另外 拜訪 訪問 前往 邀請 待 配合 辦理 訂定 召開 發行 彙編 提報 提送 安排 感謝 針對 宣導 謹就 提升 優化 完成 加強 持續 強化 增進 綜理 運用 結合 簡稱 期共 有關 係本 另外 \
            相關 報告 督導 宣達 轉知 移請 函請 商請 敬請 協請 委請 \
            洽請 建請 協調 會同 邀集 邀請 協助 通知 要求 指示 責成 補助 委託 參訪 出席 列席 代表 擔任 成立 設置 任職 服務 拜會 屬於 歸屬 以及 並由 改由 就由 經由 係由 無論 倘有 必要時 \
            今日 上午 下午 目前 \
            已由 後續 另請 並請 仍請 亦請 再請 先請 可由 應由 須由 本市 本府 全府 各級 所有 部分 利 樓 次 期 屆 年度 日起
            """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

    /// Gatherings and rooms that end like an agency.
    static let notAgencies: [String] = [
        "記者會", "座談會", "研討會", "說明會", "公聽會", "高峰會", "餐會", "音樂會", "年會", "大會", "展覽會", "審查會", "協調會", "府會", "宴會", "晚會", "茶會",
        "機會", "本局", "本處", "本會", "本部", "本院",
        "本室", "本科", "各局", "局處", "權管局", "所屬局", "各處", "會議室", "哺集乳室", "協處", "此處", "到處", "用處", "好處", "辦公室", "有機會", "不會",
        "總會", "全部", "內部", "外部", "細部", "大部", "幹部", "社會", "檔案室", "人員會", "簽署", "連署", "部署", "佈署", "格局", "佈局", "結局", "當局",
        "僵局", "全局", "大局",
    ]

    /// Words that go on behind such a suffix, so that it ends no name.
    static let agencyContinuations: [UInt32: Set<UInt32>] = {
        let table: [String: String] = [
            "局": "部面限勢促", "處": "理於分罰置境所方處女", "會": "議員同後報計場談勤面見晤不有在是", "部": "分份門屬落隊位首署會",
            "院": "長會內區", "室": "內外", "科": "技學目", "署": "名期", "中心": "點思", "小組": "長", "公司": "治",
        ]
        var result: [UInt32: Set<UInt32>] = [:]
        for (suffix, following) in table {
            guard let last = FoldedWord(suffix).scalars.last else { continue }
            result[last, default: []].formUnion(FoldedWord(following).scalars)
        }
        return result
    }()

    /// The same behind a field of government, where fewer words go on: 教育部分, 國發會議.
    static let rootContinuations: [UInt32: Set<UInt32>] = [
        FoldedWord("部").scalars[0]: Set(FoldedWord("分份門屬落").scalars),
        FoldedWord("會").scalars[0]: Set(FoldedWord("議員同").scalars),
    ]

    /// Characters that do not stand inside the name of an agency: what comes before them is not part of it.
    static let agencyStops = Set(
        FoldedWord("請由與和及或的之將於在為是並該某向跟讓給從自至到但而且則即亦也又再被把使令惟除含因各每據按可須都了著這那此其他我你您她、").scalars)

    /// Characters that lead to a name but may begin one as well (經資訊局, 經濟部).
    static let agencyLeads = Set(FoldedWord("本經依對送洽函以前").scalars)

    /// What follows such a character when it does begin a name.
    static let afterLeads = Set(FoldedWord("濟發建國鎮").scalars)

    /// Titles that follow a surname or a name.
    static let titles = WordTable(
        words: """
            秘書長 副秘書長 主任秘書 主秘 市長 副市長 縣長 副縣長 局長 副局長 處長 副處長 署長 副署長 部長 次長 院長 副院長 主任 副主任 主任委員 主委 副主委 委員 參議 專門委員 專委 \
            科長 股長 組長 副組長 組員 科員 專員 技正 技士 參事 司長 副司長 總聯絡人 副總聯絡人 府會副總聯絡人 府會總聯絡人 聯絡人 召集人 副召集人 執行長 執行秘書 總經理 副總經理 經理 \
            董事長 理事長 秘書 校長 教授 副教授 老師 議員 議長 副議長 區長 鄉長 鎮長 里長 村長 總隊長 大隊長 隊長 館長 園長 顧問 律師 醫師 建築師 技師 主席 主持人 總統 副總統 總理 \
            政委 政務委員 次長 常務次長 政務次長 發言人 處員 研究員 副研究員 分析師 設計師 代表 先生 女士 小姐 同學
            """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

    /// Common surnames, of one character and of two.
    static let surnames: Set<UInt32> = Set(
        FoldedWord(
            """
            王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許鄧韓馮曹彭曾蕭田董袁潘于蔣蔡余杜葉程蘇魏呂丁任沈姚盧姜崔鍾鐘譚陸汪范金石廖賈夏韋付方白鄒孟熊秦邱江尹薛閻段雷侯龍史陶黎賀顧毛郝\
            龔邵萬錢嚴覃武戴莫孔向湯溫康施洪游紀柯簡連詹古巫童凌尤易辛柳官卓藍倪華翁練粘鄔涂駱歐管單甘阮柴卜岑祝項闕褚饒危冉苗阿喬裴傅符常伍賴殷牛葛申齊梅邢俞莊
            """
        ).scalars)

    /// Surnames that are more often another word beside a title.
    static let commonWords = Set(FoldedWord("向施常管方易任成時明連代計全安平單高和應").scalars).subtracting(FoldedWord("高").scalars)

    static let doubleSurnames = WordTable(words: ["歐陽", "司馬", "諸葛", "上官", "范姜", "張簡", "司徒", "端木", "東方"])

    /// What a statute's name ends in.
    static let statuteSuffixes = WordTable(words: [
        "法", "條例", "辦法", "規則", "準則", "細則", "要點", "規程", "標準", "綱要", "通則", "自治條例", "憲法", "規定",
    ])

    /// English titles before a name.
    static let englishTitles = WordTable(words: [
        "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof", "prof.", "professor", "minister", "councillor",
        "senator", "president", "chairman", "chairwoman", "chairperson", "judge", "sir", "lord", "lady",
    ])
}
