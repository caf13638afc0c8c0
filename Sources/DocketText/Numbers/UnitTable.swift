/// Units and measure words, one line a unit: the canonical word first, then other spellings of the same unit.
///
/// Words that are also ordinary words when a single Chinese numeral stands before them (一部分, 一面) are listed apart.
enum UnitTable {
    /// Chinese units that may follow any numeral.
    static let chinese = WordTable(
        synonyms: """
            件
            筆
            案
            卷
            題
            通
            則
            張
            支
            期
            場次
            場
            團
            人次
            人
            位
            名
            個
            包
            輛
            戶
            箱
            次
            項
            條
            款
            章
            節
            編
            頁
            份
            冊
            本
            隻
            間
            棟
            幢
            座
            處
            所
            家
            班
            組
            隊
            校
            里
            鄰
            鄉鎮市區
            樓
            層
            坪
            臺
            部
            架
            艘
            桶
            瓶
            顆
            粒
            株
            棵
            根
            幅
            首
            集
            面
            對
            套
            盒
            罐
            票
            席
            席次
            點
            種
            類
            級
            成
            折
            倍
            分
            歲
            屆
            會期
            季
            學年度
            年度
            年
            個年
            個月 月
            週 個星期 星期 個禮拜 禮拜
            天
            日
            小時 個小時 鐘頭 個鐘頭
            分鐘
            ‰
            秒 秒鐘
            公里 km
            公尺 米 m
            公分 cm
            公釐 毫米 mm
            平方公尺 平方米 m² ㎡
            平方公里
            公頃
            甲
            公噸 噸
            公斤 kg
            公克 克
            公升
            毫升 ml
            立方公尺
            度
            千瓦
            瓩
            百萬瓦 MW
            萬瓦
            元 塊 塊錢 圓
            角
            美元 美金
            歐元
            英鎊
            日圓 日元
            港元 港幣
            人民幣
            股
            階段
            階
            版
            號
            回
            輪
            梯次
            門
            堂
            小組
            單位
            機關
            學校
            國
            縣市
            市
            縣
            區
            鄉
            鎮
            村
            站
            線
            路線
            床
            例
            劑
            字
            句
            段
            項次
            成員
            方
            車次
            班次
            航班
            尾
            頭
            口
            桌
            杯
            碗
            片
            塊地
            畝
            格
            車位
            話
            百分點 個百分點
            人份
            人日
            工作天 個工作天 工作日 個工作日
            日曆天 個日曆天
            小題
            議題
            提案
            動議
            度電
            GB
            MB
            TB
            公文
            """)

    /// Words that begin like a single Chinese numeral with its unit and are something else.
    static let idioms = WordTable(
        words: """
            一部分 一部份 一方面 一面 一點 一時 一度 一旦 一再 一向 一切 一邊 一起 一般 一定 一直 一樣 一下 一些 一律 一致 一同 一併 一體 一級主管 \
            一等 一路 一線 一頭 一口 一片 一段 一分 一類 一家 一本 一對 一組 一套 一篇 一首 三讀 二讀 一讀 三民 四維 五權 七堵 八德 九份 三重 五股 \
            三級 二級 二手 三角 四處 四面 四方 五分埔 十分 千萬不 百分 萬一 萬分 萬里 萬華 萬全 三軍 三國 一國 兩岸 兩造 兩性 雙面 一回 一號 三層 \
            一中 一年級 二年級 三年級 四年級 五年級 六年級 三方 兩方 雙方 一方 三區 一口氣 一番 一概 一貫 一帶 一旁 一早 一面倒 一站式 單一
            """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

    /// English units and nouns are the word that follows; these spellings mean the same.
    static let english = WordTable(
        synonyms: """
            percent % per\u{20}cent percentage
            ‰ permille
            euro euros eur €
            dollar dollars usd $
            pound pounds gbp £
            cent cents
            minute minutes min mins
            hour hours hr hrs
            second seconds sec secs
            day days
            week weeks
            month months
            year years
            person people persons
            child children
            woman women
            man men
            kilometre kilometres kilometer kilometers km
            metre metres meter meters
            centimetre centimetres centimeter centimeters cm
            millimetre millimetres millimeter millimeters mm
            """)

    /// Money words before or after a number and the currency they name.
    static let currencies = WordTable<String>([
        ("新臺幣", "TWD"), ("臺幣", "TWD"), ("nt$", "TWD"), ("ntd", "TWD"), ("nt", "TWD"), ("twd", "TWD"),
        ("美金", "USD"), ("美元", "USD"), ("us$", "USD"), ("usd", "USD"), ("$", "USD"), ("dollars", "USD"),
        ("dollar", "USD"), ("人民幣", "CNY"), ("rmb", "CNY"), ("cny", "CNY"), ("¥", "CNY"), ("日幣", "JPY"),
        ("日圓", "JPY"), ("日元", "JPY"), ("jpy", "JPY"), ("歐元", "EUR"), ("€", "EUR"), ("eur", "EUR"),
        ("euro", "EUR"), ("euros", "EUR"), ("英鎊", "GBP"), ("£", "GBP"), ("gbp", "GBP"), ("pounds", "GBP"),
        ("pound", "GBP"), ("港幣", "HKD"), ("港元", "HKD"), ("hk$", "HKD"),
    ])

    /// True for the words of money that name no currency.
    static func isPlainMoney(_ unit: String) -> Bool { unit == "元" }
}
