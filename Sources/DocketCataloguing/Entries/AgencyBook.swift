internal import DocketCore
internal import DocketText

/// The agencies of a roster, asked by name: exact names only, as a wrong agency is worse than none.
struct AgencyBook: Sendable {
    let roster: Roster
    /// Identities by every name that an agency has, folded.
    private let byName: [String: [Int]]

    init(_ roster: Roster) {
        self.roster = roster
        var byName: [String: [Int]] = [:]
        for (index, agency) in roster.agencies.enumerated() {
            for name in Set(([agency.officialName] + agency.shortNames + agency.aliases).map(Folding.key)) {
                byName[name, default: []].append(index)
            }
        }
        self.byName = byName
    }

    /// The one agency of that name on `day` (ISO 8601); nil when none or several answer.
    ///
    /// An official name counts before short forms and former names.
    func agency(_ name: String, on day: String? = nil) -> Roster.Agency? {
        let key = Folding.key(Self.plain(name))
        let hits = (byName[key] ?? []).map { roster.agencies[$0] }.filter { Self.exists($0, on: day) }
        // 秘書處檔案科 of 青嵐市政府秘書處檔案科: the end of one official name alone.
        if hits.isEmpty, key.count >= 4 {
            let ends = roster.agencies.filter {
                Folding.key($0.officialName).hasSuffix(key) && Self.exists($0, on: day)
            }
            return ends.count == 1 ? ends.first : nil
        }
        let official = hits.filter { Folding.key($0.officialName) == key }
        if official.count == 1 { return official.first }
        guard official.isEmpty else { return nil }
        let short = hits.filter { $0.shortNames.map(Folding.key).contains(key) }
        if short.count == 1 { return short.first }
        return hits.count == 1 ? hits.first : nil
    }

    /// 全銜 of a name as written, on `day`; the name itself where the roster does not tell.
    func fullName(_ name: String, on day: String? = nil) -> String {
        let plain = Self.plain(name)
        guard let agency = agency(plain, on: day) else { return plain }
        // A former name stays: what was written in its day is not rewritten by today's roster.
        if agency.aliases.map(Folding.key).contains(Folding.key(plain)) { return plain }
        // An English name stays English.
        if let first = plain.unicodeScalars.first, first.value < 0x2E80,
            (agency.officialName.unicodeScalars.first?.value ?? 0) >= 0x2E80
        {
            return plain
        }
        return agency.officialName
    }

    /// The code of an agency whose official name is exactly `name` on `day`.
    func code(_ name: String, on day: String?) -> String? {
        let key = Folding.key(Self.plain(name))
        let hits = roster.agencies.filter { Folding.key($0.officialName) == key && Self.exists($0, on: day) }
        guard hits.count == 1, let code = hits.first?.code, !code.isEmpty else { return nil }
        return code
    }

    /// A short name that belongs to this agency alone; nil when the roster has none.
    func shortName(_ official: String) -> String? {
        guard let agency = agency(official), let short = agency.shortNames.first, short.count >= 2 else { return nil }
        return self.agency(short)?.officialName == agency.officialName ? short : nil
    }

    /// The government that an agency belongs to: 青嵐市政府 of 青嵐市政府工務局.
    func government(of name: String) -> String? {
        guard let end = name.range(after: "政府", from: name.startIndex) else { return nil }
        let head = String(name[..<end.upperBound])
        return head.count > 2 ? head : nil
    }

    private static func exists(_ agency: Roster.Agency, on day: String?) -> Bool {
        guard let day else { return true }
        let end = agency.to ?? ""
        return (agency.from ?? "") <= day && (end.isEmpty || day <= end)
    }

    /// Without blanks that spread a name out (青 嵐 市 政 府).
    static func plain(_ name: String) -> String {
        guard ChineseText.isChinese(name) else { return name.trimmingBlanks }
        return name.filter { !$0.isWhitespace }
    }
}

extension String {
    /// Without blanks at either end.
    var trimmingBlanks: String {
        var words = self[...]
        while let first = words.first, first.isWhitespace { words = words.dropFirst() }
        while let last = words.last, last.isWhitespace { words = words.dropLast() }
        return String(words)
    }

    /// Without `suffix`, or nil when it does not end so.
    func without(suffix: String) -> String? { hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil }

    /// Without `prefix`, or nil when it does not begin so.
    func without(prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
