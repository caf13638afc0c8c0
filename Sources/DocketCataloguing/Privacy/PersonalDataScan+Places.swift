/// Street addresses.
extension PersonalDataScan {
    /// 青嵐市中央區民生大道1段2巷3弄4號5樓之6: from the place of the road's own name to the floor.
    ///
    /// A lane or section without the number of a house is a place, not an address; 中山路3號公園 is one too.
    func address(at index: Int) -> (start: Int, end: Int)? {
        guard isHan(index) else { return nil }
        guard index == 0 || !isHan(index - 1) || isLead(index) else { return nil }
        var place = index
        var road: Int?
        // At most 40 characters of Han and digits up to the number of the house.
        while place < narrow.count, place - index <= 40 {
            let scalar = narrow[place]
            if scalar == "路" || scalar == "街" || text(place..<place + 2) == "大道" || scalar == "巷" {
                road = road ?? place
            }
            if scalar == "號", let road, place > road, isNumber(place - 1) {
                let start = lead(from: index, to: road)
                guard start < road, !isSomethingElse(behind: place + 1) else { return nil }
                return (start, floor(behind: place + 1))
            }
            guard
                isHan(place) || isDigit(scalar) || scalar == "-" || scalar == " " && isDigit(narrow[max(0, place - 1)]),
                !Self.stops.contains(scalar)
            else { return nil }
            place += 1
        }
        return nil
    }

    /// Characters that stand in no address.
    private static let stops: Set<Unicode.Scalar> = [
        "於", "至", "在", "往", "經", "及", "與", "和", "第", "字", "的", "為", "由", "從", "住", "址", "案",
    ]

    private func isHan(_ index: Int) -> Bool { scalar(index).map(ChineseText.isHan) ?? false }

    private func isNumber(_ index: Int) -> Bool {
        guard let scalar = scalar(index) else { return false }
        return isDigit(scalar) || "一二三四五六七八九十百".unicodeScalars.contains(scalar)
    }

    /// True when the character before ends what leads to an address: 住青嵐市…, 地址…, 位於….
    private func isLead(_ index: Int) -> Bool { scalar(index - 1).map { Self.stops.contains($0) } ?? false }

    /// First character of the address itself.
    private func lead(from index: Int, to road: Int) -> Int {
        // A road's name has two to four characters; before it only places of the administration belong to the address.
        let marks: Set<Unicode.Scalar> = ["市", "縣", "區", "鄉", "鎮", "里", "村", "鄰"]
        var start = max(index, road - 4)
        if let mark = (index..<road).first(where: { marks.contains(narrow[$0]) && $0 > index }) {
            start = min(start, max(index, mark - 3))
        }
        return start == index || (index..<road).contains { marks.contains(narrow[$0]) } ? index : start
    }

    private func isSomethingElse(behind index: Int) -> Bool {
        ["公園", "水門", "出口", "倉庫", "碼頭", "道路", "橋", "函", "令", "公告"].contains { text(index..<index + 4).hasPrefix($0) }
    }

    /// Behind the number: 之2, 5樓, 5樓之6, 12F.
    private func floor(behind index: Int) -> Int {
        var end = index
        if scalar(end) == "之", let next = scalar(end + 1), isNumber(end + 1), next != "一" || !isHan(end + 2) {
            end += 2
            while isNumber(end) { end += 1 }
        }
        var place = end
        while isNumber(place) { place += 1 }
        guard place > end, let next = scalar(place), next == "樓" || next == "F" || next == "f" else { return end }
        end = place + 1
        if scalar(end) == "之", isNumber(end + 1) {
            end += 2
            while isNumber(end) { end += 1 }
        }
        return end
    }
}
