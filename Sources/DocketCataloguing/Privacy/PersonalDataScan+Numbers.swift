/// Numbers that identify a person: of identity, telephone, plate and account.
extension PersonalDataScan {
    // MARK: Numbers of identity

    /// A123456789, A800000014, AB12345678: an identity number at a letter.
    func identity(at index: Int) -> (PersonalDataMasker.Kind, Int)? {
        let end = index + 10
        guard end <= narrow.count, !isWord(at: end) else { return nil }
        let letter = narrow[index]
        let second = narrow[index + 1]
        guard digits(at: index + 2) == 8 else { return nil }
        let isLabelled = isLabelled(
            index, ["身分證", "身份證", "統一編號", "證號", "居留證", "id no", "id number", "identity", "arc"])
        if isDigit(second) {
            let isResident = second == "8" || second == "9"
            guard second == "1" || second == "2" || isResident else { return nil }
            guard isLabelled || holds(letter, [second] + narrow[index + 2..<end]) else { return nil }
            return (isResident ? .residentID : .nationalID, end)
        }
        guard isLetter(second), let value = Self.letterValues[upper(second)] else { return nil }
        let digit = Unicode.Scalar(UInt32(0x30 + value % 10)) ?? "0"
        let isGender = ["A", "B", "C", "D"].contains(upper(second))
        guard isGender, isLabelled || holds(letter, [digit] + narrow[index + 2..<end]) else { return nil }
        return (.residentID, end)
    }

    /// The check of the ministry: the letter as two figures by 1 and 9, the digits by 8 down to 1, the last by 1; divisible by 10.
    private func holds(_ letter: Unicode.Scalar, _ digits: [Unicode.Scalar]) -> Bool {
        guard let value = Self.letterValues[upper(letter)], digits.count == 9 else { return false }
        let weights = [8, 7, 6, 5, 4, 3, 2, 1, 1]
        let sum = zip(digits, weights).reduce(value / 10 + value % 10 * 9) { $0 + Int($1.0.value - 0x30) * $1.1 }
        return sum % 10 == 0
    }

    private func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("a"..."z").contains(scalar) ? Unicode.Scalar(scalar.value - 32) ?? scalar : scalar
    }

    /// Value of the letter of the place of registration, 10…35, not in the order of the alphabet.
    private static let letterValues: [Unicode.Scalar: Int] = Dictionary(
        uniqueKeysWithValues: zip("ABCDEFGHJKLMNPQRSTUVXYWZIO".unicodeScalars, 10...35))

    // MARK: Telephones

    /// 0912-345-678, 0912345678, +886 912 345 678.
    func mobile(at index: Int) -> Int? {
        var place = index
        if let end = country(at: index) {
            place = end
            if scalar(place) == "0" { place += 1 }
            guard scalar(place) == "9" else { return nil }
            return number(at: place, count: 9)
        }
        guard scalar(place) == "0", scalar(place + 1) == "9" else { return nil }
        return number(at: place, count: 10)
    }

    /// (02)2345-6789, 02-2345-6789 轉 123, 037-123456, +886-2-23456789; without an area code only behind a label.
    func phone(at index: Int) -> Int? {
        var place = index
        var needed = 9...10
        if let end = country(at: index) {
            place = end
            needed = 8...9
        } else if scalar(place) == "(" {
            let count = digits(at: place + 1)
            guard (2...4).contains(count), scalar(place + 1) == "0", scalar(place + 1 + count) == ")" else {
                return nil
            }
            return number(
                at: place + 2 + count + (scalar(place + 2 + count) == " " ? 1 : 0), counts: 9 - count...10 - count
            )
            .map(withExtension)
        } else if scalar(place) != "0" {
            let labels = ["電話", "專線", "傳真", "洽詢", "分機", "市話", "tel", "phone", "fax"]
            guard isLabelled(index, labels, reach: 10), digits(at: place) >= 3 else { return nil }
            return number(at: place, counts: 7...8).map(withExtension)
        }
        guard let end = number(at: place, counts: needed) ?? national(at: place) else { return nil }
        return withExtension(end)
    }

    /// 000-0000-0000: a number of fiction with three groups.
    private func national(at index: Int) -> Int? {
        guard scalar(index) == "0", digits(at: index) == 3, scalar(index + 3) == "-", digits(at: index + 4) == 4,
            scalar(index + 8) == "-", digits(at: index + 9) == 4, !isWord(at: index + 13)
        else { return nil }
        return index + 13
    }

    private func country(at index: Int) -> Int? {
        guard scalar(index) == "+" || scalar(index) == "(" else { return nil }
        var place = index + 1
        if scalar(place) == "+" { place += 1 }
        guard text(place..<place + 3) == "886" else { return nil }
        place += 3
        while let next = scalar(place), next == "-" || next == " " || next == ")" || next == "(" { place += 1 }
        return place
    }

    private func number(at index: Int, count: Int) -> Int? { number(at: index, counts: count...count) }

    /// The end of a number of so many digits, in groups of two and more with single hyphens or blanks between, that nothing goes on behind.
    private func number(at index: Int, counts: ClosedRange<Int>) -> Int? {
        var place = index
        var count = 0
        while true {
            let group = digits(at: place)
            guard group >= (count == 0 ? 1 : 2) else { return nil }
            count += group
            place += group
            guard count < counts.upperBound, let next = scalar(place), next == "-" || next == " " || next == ")",
                let after = scalar(place + 1), isDigit(after)
            else { break }
            place += 1
        }
        guard counts.contains(count), !isWord(at: place), scalar(place) != "號", scalar(place) != "元" else { return nil }
        // A serial behind 第 is the number of a document.
        return scalar(index - 1) == "第" ? nil : place
    }

    /// Behind a number: 轉 123, #123, 分機123.
    private func withExtension(_ end: Int) -> Int {
        var place = end
        while scalar(place) == " " { place += 1 }
        for word in ["轉分機", "分機", "轉", "#", "ext.", "ext"]
        where text(place..<place + word.unicodeScalars.count).lowercased() == word {
            var start = place + word.unicodeScalars.count
            while scalar(start) == " " { start += 1 }
            let count = digits(at: start)
            if (1...6).contains(count) { return start + count }
        }
        return end
    }

    // MARK: Plates, accounts, mail

    /// ABC-1234, AB-1234, 1234-AB and older forms; behind or before a word that speaks of a vehicle, as standards have the same form.
    func plate(at index: Int) -> Int? {
        let letterCount = letters(at: index)
        let digitCount = digits(at: index)
        let first = max(letterCount, digitCount)
        guard (2...4).contains(first), scalar(index + first) == "-" || scalar(index + first) == " " else { return nil }
        let second = letterCount > 0 ? digits(at: index + first + 1) : letters(at: index + first + 1)
        let end = index + first + 1 + second
        guard (letterCount > 0 ? 3...4 : 2...3).contains(second), letterCount == 0 || letterCount <= 3, !isWord(at: end)
        else {
            return nil
        }
        let words = ["車牌", "車號", "牌照", "車籍", "車輛", "機車", "汽車", "小客車", "貨車", "plate", "vehicle"]
        let after = text(end..<end + 6)
        let isVehicle = isLabelled(index, words) || words.contains { after.contains($0) } || after.hasPrefix("號車")
        return isVehicle ? end : nil
    }

    /// 帳號 123-456-7890123: digits and hyphens behind a label.
    func account(at index: Int) -> Int? {
        guard isDigit(narrow[index]), isLabelled(index, ["帳號", "帳戶", "account"], reach: 24) else { return nil }
        var place = index
        var count = 0
        while let next = scalar(place),
            isDigit(next) || next == "-" || next == " " && scalar(place + 1).map(isDigit) ?? false
        {
            if isDigit(next) { count += 1 }
            place += 1
            guard count <= 20 else { return nil }
        }
        return (8...20).contains(count) && !isWord(at: place) ? place : nil
    }

    /// name.part+tag@host.tld.
    func email(at index: Int) -> Int? {
        var place = index
        while let next = scalar(place), isLetter(next) || isDigit(next) || "._%+-".unicodeScalars.contains(next) {
            place += 1
            if place - index > 64 { return nil }
        }
        guard scalar(place) == "@", place > index else { return nil }
        let host = place + 1
        place = host
        var lastDot: Int?
        while let next = scalar(place), isLetter(next) || isDigit(next) || next == "." || next == "-",
            place - host < 120
        {
            if next == "." { lastDot = place }
            place += 1
        }
        if scalar(place - 1) == "." { place -= 1 }
        guard let lastDot, place - lastDot >= 3 || place - lastDot == 1 else { return nil }
        return place
    }
}
