/// Agencies and persons outside the roster, by the way their names end.
extension AddresseeReader {
    /// End of what reads as an agency's name: up to its first ending, and on over units of it (秘書處總務科).
    func unlistedAgency(_ window: Window) -> Int? {
        let scalars = window.map(\.scalar)
        if let committee = committee(scalars) { return window[committee - 1].end }
        guard let first = ending(scalars, from: 0, atMost: 10) else { return nil }
        var last = first
        while last < scalars.count, !Self.notUnits.contains(scalars[last]),
            let next = ending(scalars, from: last, atMost: 5), next - last >= 2
        {
            last = next
        }
        return window[last - 1].end
    }

    /// First characters of verbs that could be read as a unit of the agency before them: 研處, 審查, 處理.
    static let notUnits: Set<Unicode.Scalar> = Set("研審查處辦擬彙會同洽函".unicodeScalars)

    /// End of a committee's name, which may have 及 in it: 教育及文化委員會.
    private func committee(_ scalars: [Unicode.Scalar]) -> Int? {
        let word = Array("委員會".unicodeScalars)
        for index in 1..<max(2, min(scalars.count, 18)) where index < scalars.count {
            if starts(scalars[index...], with: word) { return index + word.count }
            let scalar = scalars[index]
            if Self.notInNames.contains(scalar) || scalar != "及" && scalar != "與" && stops(scalars, index) {
                return nil
            }
        }
        return nil
    }

    private func ending(_ scalars: [Unicode.Scalar], from start: Int, atMost limit: Int) -> Int? {
        var index = start
        while index < min(scalars.count, start + limit) {
            let scalar = scalars[index]
            if index >= start + 1 {
                let isCentre = scalar == "心" && scalars[index - 1] == "中"
                if isCentre || AgencyWord.endings.contains(scalar.value), let end = agencyEnd(scalars, index) {
                    return end
                }
            }
            if index > start || start > 0, Self.notInNames.contains(scalar) || stops(scalars, index) { return nil }
            index += 1
        }
        return nil
    }

    /// 行政院主計總處: an ending at `index`, unless it is part of a longer word (秘書處理, 會同, 部分, 團隊).
    private func agencyEnd(_ scalars: [Unicode.Scalar], _ index: Int) -> Int? {
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        // 社會局, 部署: the next character is the ending.
        if AgencyWord.strongEndings.contains(next.value), AgencyWord.endings.contains(next.value) { return nil }
        let words = [
            "部分", "處理", "會議", "會同", "區域", "股份", "團體", "隊伍", "行政", "行為", "行使", "院會", "組織", "組成", "課程",
            "站點", "科技", "所屬", "所有", "處所", "局部", "署名", "館藏", "司機", "會勘",
        ]
        if words.contains(String(scalars[index]) + String(next)) { return nil }
        return index + 1
    }

    func person(_ window: Window, start: Int, role: Role) -> Hit? {
        for length in stride(from: min(window.count, 14), through: 2, by: -1) {
            let end = window[length - 1].end
            guard let parts = phrases.parts(of: text.words(start..<end)), parts.title != nil,
                parts.name != nil || parts.surname != nil
            else { continue }
            return Hit(range: start..<end, role: role, isGroup: false, agency: parts.agency)
        }
        return nil
    }
}
