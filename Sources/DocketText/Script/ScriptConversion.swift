/// Writing of Simplified Chinese in Traditional characters, as Taiwan writes them.
///
/// A table of characters with exceptions by phrase; meant for words that Docket makes itself, such as keywords of a record
/// in Simplified script. What a source says is never converted.
public enum ScriptConversion {
    /// `text` in Traditional characters; what is Traditional already stays.
    public static func toTraditional(_ text: String) -> String {
        let table = ConversionTable.shared
        let scalars = text.unicodeScalars.map(\.value)
        var output = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            if let phrase = table.phrase(in: scalars, at: index) {
                output.append(contentsOf: phrase.replacement)
                index += phrase.length
            } else {
                let code = table.characters[scalars[index]] ?? scalars[index]
                if let scalar = Unicode.Scalar(code) { output.append(scalar) }
                index += 1
            }
        }
        return String(output)
    }
}

/// The tables behind `ScriptConversion`.
struct ConversionTable: Sendable {
    static let shared = ConversionTable()

    /// Usual Traditional form of a Simplified character.
    let characters: [UInt32: UInt32]
    /// Phrases by their first character, longest first.
    private let phrases: [UInt32: [Phrase]]

    struct Phrase: Sendable {
        let scalars: [UInt32]
        let replacement: [Unicode.Scalar]
        var length: Int { scalars.count }
    }

    private init() {
        var characters: [UInt32: UInt32] = [:]
        for word in FoldingTable.words(FoldingData.traditionalForms) + FoldingTable.words(ConversionData.characters)
        where word.count == 2 {
            characters[word[0]] = word[1]
        }
        self.characters = characters
        var phrases: [UInt32: [Phrase]] = [:]
        for word in FoldingTable.words(ConversionData.phrases) {
            let sides = word.split(separator: 0x3D).map(Array.init)
            guard sides.count == 2, let first = sides[0].first else { continue }
            phrases[first, default: []].append(
                Phrase(scalars: sides[0], replacement: sides[1].compactMap(Unicode.Scalar.init)))
        }
        self.phrases = phrases.mapValues { $0.sorted { $0.length > $1.length } }
    }

    /// The longest phrase at `index`.
    func phrase(in scalars: [UInt32], at index: Int) -> Phrase? {
        phrases[scalars[index]]?.first { scalars[index...].starts(with: $0.scalars) }
    }
}

/// What Unihan cannot tell: which of several Traditional forms is usual, and where another one stands.
enum ConversionData {
    /// Characters that both scripts use, by what they mean in Simplified text almost always.
    static let characters: StaticString = """
        体體 机機 构構 气氣 种種 网網 价價 据據 划劃 党黨 优優 极極 适適 儿兒 筑築 虫蟲 坏壞 厂廠 挂掛 庄莊 胜勝 历歷 复復 发發 \
        后後 于於 云雲 余餘 范範 几幾 鉴鑑 净淨 湿濕 冲衝 当當 参參 药藥 听聽 涂塗 碱鹼 荐薦 获獲 签簽 坛壇 脏臟 汇匯 尽盡 采採 \
        并並 愿願 钟鐘 术術 朴樸 扑撲 台臺 怀懷 蚕蠶 痒癢 酰醯 闲閒 咽嚥 万萬 与與 无無 礼禮 个個 宁寧 沪滬 纤纖 腊臘 蜡蠟 叶葉 号號 启啟 只只 里里 \
        杆桿 伙夥 异異 弃棄 泪淚 凭憑 尔爾 夸誇 奸奸 姜薑 家家 帘簾 摆擺 吁籲 吨噸 确確 猪豬 猫貓 辟闢 旧舊 灵靈 胶膠 肤膚 迁遷 \
        递遞 郁鬱 丰豐 咸鹹 丑醜 困困 卜卜 凶兇 霉黴 御禦 铲鏟 症症 秋秋 准准 制制 干干 系系 征征 松松 谷谷 斗斗 面面 游游 周周
        """

    /// Phrases, and the words that Taiwan has of its own.
    static let phrases: StaticString = """
        标准=標準 准确=準確 水准=水準 准备=準備 基准=基準 精准=精準 准则=準則 校准=校準 对准=對準 瞄准=瞄準 准时=準時 \
        制造=製造 制作=製作 制备=製備 研制=研製 制品=製品 复制=複製 制药=製藥 制剂=製劑 绘制=繪製 试制=試製 印制=印製 制冷=製冷 \
        编制=編製 配制=配製 炮制=炮製 精制=精製 特制=特製 仿制=仿製 监制=監製 制图=製圖 制片=製片 制成=製成 制氢=製氫 炼制=煉製 \
        关系=關係 联系=聯繫 互联=互聯 彝=彝 污染=污染 岩体=岩體 湿地=濕地 数量=數量 咽喉=咽喉 互联=互聯 系数=係數 维系=維繫 干系=干係 系于=繫於 特征=特徵 象征=象徵 征收=徵收 征兆=徵兆 表征=表徵 征求=徵求 \
        体征=體徵 征集=徵集 征文=徵文 应征=應徵 征信=徵信 综合征=症候群 征用=徵用 性征=性徵 征地=徵地 征税=徵稅 \
        复杂=複雜 复合=複合 重复=重複 复数=複數 复式=複式 复方=複方 复印=複印 复发=復發 复配=複配 复盐=複鹽 繁复=繁複 多复=多複 \
        头发=頭髮 毛发=毛髮 理发=理髮 发型=髮型 白发=白髮 脱发=脫髮 日历=日曆 农历=農曆 历法=曆法 阳历=陽曆 阴历=陰曆 万年历=萬年曆 \
        皇后=皇后 太后=太后 王后=王后 后妃=后妃 文采=文采 神采=神采 风采=風采 喝采=喝采 采邑=采邑 \
        干部=幹部 骨干=骨幹 主干=主幹 干线=幹線 干细胞=幹細胞 树干=樹幹 才干=才幹 干事=幹事 干警=幹警 实干=實幹 枝干=枝幹 躯干=軀幹 \
        干燥=乾燥 干旱=乾旱 干净=乾淨 干货=乾貨 饼干=餅乾 晒干=曬乾 烘干=烘乾 干湿=乾濕 干物质=乾物質 干粉=乾粉 干法=乾法 风干=風乾 \
        台湾=臺灣 台风=颱風 台北=臺北 台中=臺中 台南=臺南 台东=臺東 杂志=雜誌 标志=標誌 日志=日誌 地方志=地方誌 县志=縣誌 志书=誌書 \
        旅游=旅遊 游戏=遊戲 导游=導遊 游客=遊客 游览=遊覽 游行=遊行 游记=遊記 周期=週期 每周=每週 周刊=週刊 周年=週年 周末=週末 \
        合并=合併 并购=併購 并发=併發 兼并=兼併 冲洗=沖洗 冲积=沖積 冲刷=沖刷 冲绳=沖繩 冲淡=沖淡 清冲=清沖 \
        谷物=穀物 稻谷=稻穀 谷类=穀類 五谷=五穀 谷氨酸=麩胺酸 放松=放鬆 松弛=鬆弛 疏松=疏鬆 松散=鬆散 宽松=寬鬆 轻松=輕鬆 \
        斗争=鬥爭 战斗=戰鬥 奋斗=奮鬥 搏斗=搏鬥 面条=麵條 面粉=麵粉 面包=麵包 方便面=泡麵 面食=麵食 面团=麵團 \
        里面=裡面 这里=這裡 那里=那裡 哪里=哪裡 家里=家裡 心里=心裡 词汇=詞彙 汇编=彙編 汇总=彙總 字汇=字彙 汇整=彙整 语汇=語彙 \
        标签=標籤 书签=書籤 收获=收穫 注册=註冊 注释=註釋 注解=註解 备注=備註 批注=批註 标注=標註 防御=防禦 抵御=抵禦 御用=御用 \
        细致=細緻 精致=精緻 别致=別緻 沈阳=瀋陽 生姜=生薑 姜黄=薑黃 浓郁=濃郁 咨询=諮詢 胡须=鬍鬚 划船=划船 划算=划算 一只=一隻 \
        船只=船隻 舰只=艦隻 理念=理念 丰采=丰采 太极=太極 内脏=內臟 肮脏=骯髒 巷子=巷子 梁柱=樑柱 桥梁=橋樑 横梁=橫樑 梁式=樑式 \
        信息=資訊 网络=網路 数据=資料 软件=軟體 硬件=硬體 互联网=網際網路 因特网=網際網路 激光=雷射 纳米=奈米 服务器=伺服器 \
        算法=演算法 优化=最佳化 仿真=模擬 传感器=感測器 传感=感測 视频=影片 存储=儲存 接口=介面 信号=訊號 通信=通訊 \
        知识产权=智慧財產權 集成电路=積體電路 集成=整合 硅=矽 硅胶=矽膠 数字化=數字化 程序设计=程式設計 计算机程序=計算機程式 \
        应用程序=應用程式 虚拟机=虛擬機器 操作系统=作業系統 数据库=資料庫 元数据=後設資料 人工智能=人工智慧 智能=智慧 \
        超声=超聲 性能=效能 \
        宽带=寬頻 带宽=頻寬 光盘=光碟 硬盘=硬碟 打印=列印 鼠标=滑鼠 屏幕=螢幕 内存=記憶體 芯片=晶片 用户=使用者 在线=線上 \
        博客=部落格 短信=簡訊 出租车=計程車 公交=公車 酸奶=優酪乳 塑料=塑膠 厄尔尼诺=聖嬰
        """
}
