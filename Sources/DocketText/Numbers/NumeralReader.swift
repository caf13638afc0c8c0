/// One pass over a Chinese or mixed numeral: digits, runs of digits and multipliers, from the largest to the smallest.
struct NumeralReader {
    private let text: ByteText
    private let start: Int
    private let allowsDecimals: Bool
    private var position: Int
    /// What is complete above the last 萬, 億 or 兆.
    private var total = ExactNumber(0)
    /// What is complete within the current group of 萬.
    private var section = ExactNumber(0)
    /// The number that waits for its multiplier.
    private var pending: ExactNumber?
    private var pendingDigits = 0
    private var pendingIsArabic = false
    /// Upper digit of 三四(十).
    private var pendingUpper: Int?
    private var upper: ExactNumber?
    private var lastMultiplier = 0
    private var lastLarge = Int.max
    private var sawZero = false
    private var sawArabic = false
    private var sawChinese = false
    private var hasOverflowed = false
    private var arabic: NumeralScanner.ArabicToken?
    private var numeral: Numeral

    init(text: ByteText, start: Int, decimals: Bool) {
        self.text = text
        allowsDecimals = decimals
        self.start = start
        position = start
        numeral = Numeral(range: start..<start, value: nil, style: .chinese)
    }

    /// The numeral; nil when the bytes at the start are none.
    mutating func read() -> Numeral? {
        while step() {}
        guard position > start else { return nil }
        finish()
        return numeral
    }

    /// Reads one token; false at the end of the numeral.
    private mutating func step() -> Bool {
        let (scalar, width) = text.scalar(at: position)
        if NumeralScanner.isDigit(scalar) { return readArabic(at: position) }
        if let digit = NumeralScanner.digit(scalar) { return readDigit(digit, width: width) }
        if scalar == NumeralScanner.twenty || scalar == NumeralScanner.thirty {
            guard pending == nil, section == ExactNumber(0) else { return false }
            section = sum(section, ExactNumber(scalar == NumeralScanner.twenty ? 20 : 30))
            lastMultiplier = 10
            sawChinese = true
            position += width
            return true
        }
        if let multiplier = NumeralScanner.multiplier(scalar) {
            return readMultiplier(multiplier, end: position + width)
        }
        if NumeralScanner.isVagueMark(scalar) { return readVagueMark(end: position + width) }
        if scalar == 0x9EDE { return readSpokenDecimals(from: position + width) }
        if scalar == 0x20 { return readBlank() }
        return false
    }

    private mutating func readArabic(at index: Int) -> Bool {
        guard pending == nil else { return false }
        let token = NumeralScanner.arabicToken(in: text, at: index)
        guard !token.isVersion, let value = token.value else {
            if index > start { return false }
            hasOverflowed = true
            position = token.end
            return false
        }
        if index > start {
            guard lastMultiplier >= 1000, !token.hasDecimals else { return false }
            numeral.isRemainderTooLarge = value >= ExactNumber(lastMultiplier)
        }
        pending = value
        pendingDigits = token.digits
        pendingIsArabic = true
        sawArabic = true
        arabic = token
        position = token.end
        return true
    }

    private mutating func readDigit(_ digit: Int, width: Int) -> Bool {
        if pendingIsArabic { return false }
        sawChinese = true
        position += width
        guard let value = pending else {
            if digit == 0, lastMultiplier > 0 {
                sawZero = true
                return true
            }
            pending = ExactNumber(digit)
            pendingDigits = 1
            return true
        }
        pendingDigits += 1
        pendingUpper = pendingDigits == 2 && isStep(from: value, to: digit) ? digit : nil
        guard let whole = value.wholeValue, let longer = NumeralScanner.shifted(whole, adding: digit) else {
            hasOverflowed = true
            return true
        }
        pending = ExactNumber(longer)
        return true
    }

    /// 三四, 七八, 三五: neighbours that mean "three or four".
    private func isStep(from value: ExactNumber, to digit: Int) -> Bool {
        guard let low = value.wholeValue, low > 0 else { return false }
        return digit == low + 1 || (low == 3 && digit == 5)
    }

    private mutating func readMultiplier(_ multiplier: Int, end: Int) -> Bool {
        let isLarge = multiplier >= 10_000
        if pending == nil, section == ExactNumber(0) {
            // Only 十 may lead ("十五"); 百 千 萬 need a digit, but 萬 may follow 億's number ("一億萬" does not occur).
            guard multiplier == 10, lastMultiplier == 0 || lastMultiplier >= 100 else { return false }
            pending = ExactNumber(1)
        }
        if !isLarge, lastMultiplier > 0, lastMultiplier < 10_000, multiplier >= lastMultiplier { return false }
        if isLarge, multiplier >= lastLarge, multiplier == lastLarge { return false }
        takePending(times: isLarge ? 1 : multiplier)
        if isLarge { closeSection(multiplier) }
        lastMultiplier = multiplier
        sawZero = false
        sawChinese = true
        position = end
        return true
    }

    /// Adds the waiting number, times `multiplier`, to the current section.
    private mutating func takePending(times multiplier: Int) {
        guard let value = pending else { return }
        if let high = pendingUpper, let low = value.wholeValue.map({ $0 / 10 }) {
            setUpper(section, high, multiplier)
            section = sum(section, ExactNumber(low), times: multiplier)
        } else {
            section = sum(section, value, times: multiplier)
        }
        pending = nil
        pendingUpper = nil
        pendingDigits = 0
        pendingIsArabic = false
    }

    private mutating func setUpper(_ base: ExactNumber, _ digit: Int, _ multiplier: Int) {
        upper = ExactNumber(digit).multiplied(by: ExactNumber(multiplier)).flatMap(base.adding)
    }

    private mutating func closeSection(_ multiplier: Int) {
        // "一萬億": a larger multiplier takes everything before it.
        let base = multiplier > lastLarge ? total.adding(section) : section
        guard let base, let product = base.multiplied(by: ExactNumber(multiplier)) else {
            hasOverflowed = true
            return
        }
        upper = upper?.multiplied(by: ExactNumber(multiplier))
        total = multiplier > lastLarge ? product : sum(total, product)
        section = ExactNumber(0)
        lastLarge = multiplier
    }

    private mutating func readVagueMark(end: Int) -> Bool {
        // 二十多萬, 3,000餘萬: the mark stands inside the numeral only when a multiplier follows it.
        guard pending != nil || lastMultiplier > 0 else { return false }
        let next = text.scalar(at: end).value
        guard let multiplier = NumeralScanner.multiplier(next), multiplier > max(1, lastMultiplier) else {
            return false
        }
        numeral.isVague = true
        position = end
        return true
    }

    private mutating func readSpokenDecimals(from index: Int) -> Bool {
        guard allowsDecimals, let whole = pending ?? (lastMultiplier == 10 ? section : nil), !pendingIsArabic,
            !numeral.hasDecimals
        else { return false }
        var position = index
        var digits: Int? = 0
        var scale = 1
        var count = 0
        while let digit = NumeralScanner.digit(text.scalar(at: position).value), count < 18 {
            digits = digits.flatMap { NumeralScanner.shifted($0, adding: digit) }
            scale *= 10
            count += 1
            position += text.scalar(at: position).width
        }
        let after = text.scalar(at: position).value
        // 十點五分 is a time; 八十九點二分 is none.
        let isHour = after == 0x5206 && sum(pending == nil ? ExactNumber(0) : section, whole) <= ExactNumber(24)
        guard count > 0, after != NumeralScanner.ten, !isHour, let digits,
            let fraction = ExactNumber(digits, over: scale)
        else { return false }
        numeral.hasDecimals = true
        if pending != nil { pending = whole.adding(fraction) } else { section = sum(section, fraction) }
        pendingUpper = nil
        self.position = position
        return true
    }

    private mutating func readBlank() -> Bool {
        // Blanks stand between the parts of a mixed numeral only: "3 萬 7,113".
        guard sawArabic else { return false }
        let next = text.skippingBlanks(position)
        guard next - position <= 3 else { return false }
        let scalar = text.scalar(at: next).value
        if pendingIsArabic, let multiplier = NumeralScanner.multiplier(scalar), multiplier >= 1000 {
            return readMultiplier(multiplier, end: next + text.scalar(at: next).width)
        }
        if lastMultiplier >= 10_000, pending == nil, NumeralScanner.isDigit(scalar) { return readArabic(at: next) }
        return false
    }

    // MARK: - Result

    private mutating func finish() {
        let isBare = lastMultiplier == 0
        let digits = pendingDigits
        if let value = pending, isBare, digits == 2, let high = pendingUpper {
            numeral.upper = ExactNumber(high)
            pending = value.wholeValue.map { ExactNumber($0 / 10) }
            pendingUpper = nil
        } else if let value = pending, !pendingIsArabic, digits == 1, !sawZero, lastMultiplier >= 100,
            !numeral.hasDecimals, value != ExactNumber(0), !sawArabic
        {
            // 兩千五, 一萬二: the last digit stands for the next lower power of ten.
            pending = value.multiplied(by: ExactNumber(lastMultiplier / 10))
        }
        takePending(times: 1)
        let sum = total.adding(section)
        numeral.range = start..<position
        numeral.value = hasOverflowed ? nil : sum
        if let upper { numeral.upper = total == ExactNumber(0) ? upper : total > upper ? total.adding(upper) : upper }
        numeral.style = sawArabic ? (sawChinese ? .mixed : .arabic) : .chinese
        numeral.digits = isBare ? digits : 0
        numeral.isGrouped = arabic?.isGrouped ?? false
        numeral.hasDecimals = numeral.hasDecimals || (arabic?.hasDecimals ?? false)
    }

    /// `base` + `value` × `multiplier`; `base` itself, and the numeral marked, when that does not fit.
    private mutating func sum(_ base: ExactNumber, _ value: ExactNumber, times multiplier: Int = 1) -> ExactNumber {
        guard let sum = value.multiplied(by: ExactNumber(multiplier)).flatMap(base.adding) else {
            hasOverflowed = true
            return base
        }
        return sum
    }
}
