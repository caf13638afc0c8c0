/// The UTF-8 bytes of a text, read one folded scalar at a time.
///
/// What the parsers of numbers, dates and mentions compare is a folded copy of each scalar: full-width forms become
/// ASCII,
/// the Simplified forms of the characters that numerals, units and dates are written with become Traditional ones, and
/// 台
/// becomes 臺. Offsets are always those of the original bytes, so nothing has to be mapped back.
struct ByteText: Sendable {
    /// The original bytes.
    let bytes: [UInt8]

    /// The bytes of `text`.
    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Number of bytes.
    var count: Int { bytes.count }

    /// The folded scalar at byte `index` and the number of bytes it takes; (0, 0) at the end.
    @inline(__always)
    func scalar(at index: Int) -> (value: UInt32, width: Int) {
        guard index < bytes.count else { return (0, 0) }
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        let (value, width) = decode(first, at: index)
        return (Self.folded(value), width)
    }

    /// The folded scalar that ends just before byte `index` and where it starts; (0, index) at the start.
    func scalar(before index: Int) -> (value: UInt32, start: Int) {
        guard index > 0 else { return (0, index) }
        var start = index - 1
        while start > 0, bytes[start] & 0xC0 == 0x80, index - start < 4 { start -= 1 }
        return (scalar(at: start).value, start)
    }

    private func decode(_ first: UInt8, at index: Int) -> (UInt32, Int) {
        func continuation(_ offset: Int) -> UInt32 {
            index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0
        }
        if first & 0xE0 == 0xC0 { return ((UInt32(first) & 0x1F) << 6 | continuation(1), min(2, count - index)) }
        if first & 0xF0 == 0xE0 {
            let value = (UInt32(first) & 0x0F) << 12 | continuation(1) << 6 | continuation(2)
            return (value, min(3, count - index))
        }
        let value =
            (UInt32(first) & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3)
        return (value, min(4, count - index))
    }

    /// First byte at or after `index` that is no blank; line breaks count as blanks where `lines` is true.
    func skippingBlanks(_ index: Int, lines: Bool = false) -> Int {
        var index = index
        while true {
            let (value, width) = scalar(at: index)
            let isBlank = value == 0x20 || value == 0x09 || value == 0xA0
            guard isBlank || (lines && (value == 0x0A || value == 0x0D)) else { return index }
            index += width
        }
    }

    /// Byte after `word` when the folded text at `index` begins with it; nil otherwise.
    func end(of word: FoldedWord, at index: Int) -> Int? {
        var index = index
        for expected in word.scalars {
            let (value, width) = scalar(at: index)
            guard width > 0, value == expected else { return nil }
            index += width
        }
        return index
    }

    /// The original words of a byte range on character boundaries.
    func words(_ range: Range<Int>) -> String {
        String(decoding: bytes[max(0, range.lowerBound)..<min(count, max(0, range.upperBound))], as: UTF8.self)
    }

    /// True when a Latin letter or digit stands directly before `index`.
    func isWordBefore(_ index: Int) -> Bool {
        index > 0 && Self.isLatinWord(scalar(before: index).value)
    }

    /// True when a Latin letter or digit stands at `index`.
    func isWordAt(_ index: Int) -> Bool {
        Self.isLatinWord(scalar(at: index).value)
    }

    /// True when only blanks stand between `index` and the start of its line.
    func isLineStart(_ index: Int) -> Bool {
        var index = index
        while index > 0 {
            let byte = bytes[index - 1]
            if byte == 0x0A || byte == 0x0D { return true }
            let (value, start) = scalar(before: index)
            guard value == 0x20 || value == 0x09 || value == UInt32(0x2D) else { return false }
            index = start
        }
        return true
    }
}

/// A word whose scalars are folded as `ByteText` folds them.
struct FoldedWord: Sendable, ExpressibleByStringLiteral {
    let scalars: [UInt32]

    init(_ text: String) {
        scalars = text.unicodeScalars.map { ByteText.folded($0.value) }
    }

    init(stringLiteral value: String) { self.init(value) }
}

// MARK: - Folding

extension ByteText {
    /// True for an ASCII letter or digit.
    static func isLatinWord(_ value: UInt32) -> Bool {
        (0x30...0x39).contains(value) || (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
    }

    /// True for an ASCII letter.
    static func isLatinLetter(_ value: UInt32) -> Bool {
        (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
    }

    /// True for a CJK ideograph.
    static func isHan(_ value: UInt32) -> Bool {
        (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || (0xF900...0xFAFF).contains(value)
            || (0x20000...0x323AF).contains(value)
    }

    /// The folded form of one scalar: width, and the characters that numbers and dates are written with.
    static func folded(_ value: UInt32) -> UInt32 {
        switch value {
        case ..<0x2000: value
        case 0xFF01...0xFF5E: value - 0xFEE0
        case 0x3000: 0x20
        case 0x2010...0x2015, 0x2212: 0x2D
        case 0x2236: 0x3A
        case 0x301C, 0x223C: 0x7E
        case 0x4E00...0x9FFF: simplified[value] ?? value
        default: value
        }
    }

    /// Simplified and variant forms of the characters that the parsers look for.
    private static let simplified: [UInt32: UInt32] = {
        let pairs = """
            万萬 亿億 两兩 点點 号號 时時 个個 钟鐘 周週 礼禮 内內 后後 从從 余餘 约約 将將 间間 张張 条條 项項 页頁 场場 团團 辆輛 户戶 吨噸 \
            岁歲 级級 届屆 区區 栋棟 层層 题題 则則 笔筆 种種 类類 国國 历曆 陆陸 贰貳 叁參 参參 弍貳 亩畝 块塊 里里 台臺 两兩 币幣 欧歐 镑鎊 \
            镇鎮 乡鄉 县縣 处處 会會 厅廳 总總 长長 书書 议議 员員 务務 局局 记記 录錄 阶階 订訂 签簽 标標 册冊 单單 坪坪 楼樓 趟趟 档檔 组組 \
            队隊 线線 轮輪 编編 编編 罚罰 证證 学學 务務 产產 业業 资資 讯訊 环環 财財 劳勞 动動 发發 观觀 传傳 卫衛 经經 济濟 检檢 监監 \
            审審 计計 党黨 联聯 协協 团團 师師 医醫 园園 馆館 场場 馆館 际際 交交 农農 电電 气氣 体體 报報 办辦 试試 验驗 选選 举舉 众眾 裡里
            """
        var table: [UInt32: UInt32] = [:]
        for pair in pairs.unicodeScalars.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            guard let from = pair.first?.value, let to = pair.last?.value, from != to else { continue }
            table[from] = to
        }
        return table
    }()
}
