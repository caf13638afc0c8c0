import DocketTestSupport
import Testing

@testable import DocketDrafting

@Suite struct SpokenNumbersTests {
    @Test(arguments: [
        ("三萬七千一百一十三件", "3萬7,113件"), ("三億兩千六百四十萬", "3億2,640萬"), ("一萬兩千三百格", "1萬2,300格"),
        ("十萬五千人", "10萬5,000人"), ("一百零三件", "103件"), ("三萬零五百零七包", "3萬507包"), ("兩百八十六萬", "286萬"),
        ("六千八百五十萬", "6,850萬"), ("二十四處", "24處"), ("四十幾戶", "40餘戶"), ("兩百七十幾萬", "270餘萬"), ("一到八月", "1至8月"),
        ("百分之五十六點一", "56.1%"), ("百分之二十以上", "20%以上"), ("一點九二天", "1.92天"), ("三成", "3成"),
        ("第二十五戶", "第25戶"), ("三十一章", "31章"), ("三十六塊錢", "36元"), ("一度收六塊五", "1度收6.5元"), ("八十九點二分", "89.2分"),
        ("第六十五次會報", "第65次會報"), ("第三季", "第3季"), ("一百一十三年度", "113年度"), ("一一五年九月二十九號", "115年9月29日"),
    ])
    func `counts, money, shares and ordinals take the house style`(spoken: String, written: String) {
        #expect(SpokenNumbers.written(spoken) == written)
    }

    @Test(arguments: [
        ("十一月五號、十二號", "11月5日、12日"), ("十九號驗收合格", "19日驗收合格"), ("十號出口", "十號出口"), ("三塊地", "三塊地"),
        ("十一月四號", "11月4日"), ("十月底", "10月底"), ("二十號以前", "20日以前"), ("晚上十點半", "晚上10時30分"),
        ("兩點五十六分", "2時56分"), ("下午兩點", "下午2時"), ("凌晨兩點到五點", "凌晨2時到5時"), ("中午十二點以前", "中午12時以前"),
    ])
    func `dates and times take the house style`(spoken: String, written: String) {
        #expect(SpokenNumbers.written(spoken) == written)
    }

    @Test(arguments: [
        ("六十三之二文化局部分", "63-2文化局部分"), ("二百零五之二", "205-2"), ("六十一之一兩案", "61-1兩案"), ("三分之一", "三分之一"), ("第二十條之一", "第二十條之一"),
    ])
    func `tracking numbers are told from fractions and articles`(spoken: String, written: String) {
        #expect(SpokenNumbers.written(spoken) == written)
    }

    @Test(arguments: [
        "一律採用單一登入", "這一案", "每一次", "第一階段", "統一辦理", "一起列管", "三點意見", "萬一", "一個意見", "兩三個", "第二項", "星期二",
        "三民路", "37,113件", "好幾百頁", "週六週日", "等零件", "「四成」聽成「十成」",
    ])
    func `words that only look like numbers stay`(words: String) {
        #expect(SpokenNumbers.written(words) == words)
    }

    @Test(arguments: 0..<300)
    func `a number written in words comes back with its value`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bound = [100, 10_000, 1_000_000, 900_000_000].randomElement(using: &generator) ?? 100
        let value = Int.random(in: 10..<bound, using: &generator)
        let words = Self.words(value)
        #expect(SpokenNumbers.written(words + "件") == HouseNumber.mixed(value) + "件", "seed \(seed): \(words)")
    }

    /// The value in Chinese numerals, every unit said.
    static func words(_ value: Int) -> String {
        let digits = Array("零一二三四五六七八九")
        func section(_ number: Int) -> String {
            var text = ""
            var gap = false
            for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let digit = number / unit % 10
                if digit > 0 {
                    text += (gap && !text.isEmpty ? "零" : "") + String(digits[digit]) + name
                    gap = false
                } else {
                    gap = true
                }
            }
            return text
        }
        var text = ""
        var rest = value
        for (unit, name) in [(100_000_000, "億"), (10_000, "萬"), (1, "")] {
            let part = rest / unit
            rest %= unit
            if part > 0 {
                if !text.isEmpty, part < 1000 { text += "零" }
                text += section(part) + name
            }
        }
        return text
    }
}
