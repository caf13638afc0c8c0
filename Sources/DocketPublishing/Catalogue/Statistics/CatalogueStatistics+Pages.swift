import DocketCore
import DocketText

extension CatalogueStatistics {
    /// Head and rows by agency: total of each measure and what was due before; the sum of all last.
    public func agencyTable(language: String) -> [[String]] {
        let labels = Labels(language: language)
        let head =
            [labels.text(LocalizedText(zhHant: "機關", en: "Agency"))] + Measure.allCases.map { labels.text($0.name) }
            + [labels.text(LocalizedText(zhHant: "前期已屆期", en: "Due before"))]
        func row(_ name: String, _ counts: Counts, _ overdue: Int) -> [String] {
            [name] + Measure.allCases.map { "\(counts[$0])" } + ["\(overdue)"]
        }
        let sum = labels.text(LocalizedText(zhHant: "合計", en: "Total"))
        return [head] + rows.map { row($0.agency, $0.total, $0.overdue) } + [row(sum, total, overdue)]
    }

    /// Head and rows by month, over all agencies; the sum last.
    public func monthTable(language: String) -> [[String]] {
        let labels = Labels(language: language)
        let head =
            [labels.text(LocalizedText(zhHant: "月份", en: "Month"))] + Measure.allCases.map { labels.text($0.name) }
        func row(_ name: String, _ counts: Counts) -> [String] { [name] + Measure.allCases.map { "\(counts[$0])" } }
        let sum = labels.text(LocalizedText(zhHant: "合計", en: "Total"))
        return [head] + zip(period.months, months).map { row(Self.name($0, labels), $1) } + [row(sum, total)]
    }

    private static func name(_ month: CalendarDate, _ labels: Labels) -> String {
        labels.isChinese ? "\(month.rocYear)年\(month.month ?? 0)月" : month.iso
    }

    /// All counts by agency and month for a spreadsheet: UTF-8 with a byte order mark, one agency and month a row.
    public func csv(language: String) -> String {
        let labels = Labels(language: language)
        let head =
            [LocalizedText(zhHant: "機關", en: "Agency"), LocalizedText(zhHant: "月份", en: "Month")].map(labels.text)
            + Measure.allCases.map { labels.text($0.name) }
        var text = "\u{FEFF}" + CSVWriter.row(head)
        for row in rows {
            for (month, counts) in zip(period.months, row.months) {
                text += CSVWriter.row(
                    [CSVWriter.cell([row.agency]), month.iso] + Measure.allCases.map { "\(counts[$0])" })
            }
        }
        return text
    }

    /// A page with chart and tables that stands alone and passes WCAG 2.1 AA.
    public func html(language: String) -> String {
        let labels = Labels(language: language)
        func word(_ zhHant: String, _ en: String) -> String { labels.text(LocalizedText(zhHant: zhHant, en: en)) }
        var page = Page(
            title: word("檔案目錄統計 ", "Catalogue statistics, ") + labels.text(period.name), language: language,
            skip: labels.skip)
        page.body.append("<h2>\(Escaping.html(word("各月", "By month")))</h2>")
        page.body.append(svg(language: language))
        for (heading, caption, table) in [
            (nil, word("各月筆數", "Entries by month"), monthTable(language: language)),
            (word("各機關", "By agency"), word("各機關筆數", "Entries by agency"), agencyTable(language: language)),
        ] {
            if let heading { page.body.append("<h2>\(Escaping.html(heading))</h2>") }
            page.body.append(
                Page.table(caption, table.first ?? [], table.dropFirst().map { $0.map(Escaping.html) }))
        }
        return page.html()
    }

    // MARK: Chart

    /// Bars by month as SVG: each bar has its number above it and its own filling, so that no meaning is in colour alone;
    /// `title` and `desc` say what it shows.
    public func svg(language: String) -> String {
        let labels = Labels(language: language)
        let chart = StatisticsChart(
            title: labels.text(LocalizedText(zhHant: "檔案目錄各月筆數", en: "Catalogue entries by month")),
            description: description(labels), series: Measure.allCases.map { labels.text($0.name) },
            groups: zip(period.months, months).map { month, counts in
                (labels.isChinese ? "\(month.month ?? 0)月" : month.iso, Measure.allCases.map { counts[$0] })
            })
        return chart.svg()
    }

    private func description(_ labels: Labels) -> String {
        let months = zip(period.months, months).map { month, counts in
            let numbers = Measure.allCases.map { "\(labels.text($0.name)) \(counts[$0])" }
            return Self.name(month, labels) + (labels.isChinese ? "：" : ": ")
                + numbers.joined(separator: labels.isChinese ? "、" : ", ")
        }
        return labels.text(period.name) + (labels.isChinese ? "。" : ". ")
            + months.joined(separator: labels.isChinese ? "；" : "; ")
    }
}

/// A small chart of bars in groups.
struct StatisticsChart {
    let title: String
    let description: String
    let series: [String]
    let groups: [(name: String, values: [Int])]

    private static let (width, height, left, top, bottom) = (720, 300, 20, 50, 260)
    /// Dark, middle and light with a border: told apart without colour, each at least 3 to 1 against white by filling or border.
    private static let fills = ["#1a1a1a", "#6b6b6b", "#ffffff"]

    func svg() -> String {
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"chart-title chart-desc\" "
                + "viewBox=\"0 0 \(Self.width) \(Self.height)\" width=\"100%\" font-family=\"sans-serif\" font-size=\"12\">",
            "<title id=\"chart-title\">\(Escaping.html(title))</title>",
            "<desc id=\"chart-desc\">\(Escaping.html(description))</desc>",
            "<rect width=\"\(Self.width)\" height=\"\(Self.height)\" fill=\"#ffffff\"/>",
        ]
        for (index, name) in series.enumerated() {
            let x = Self.left + index * 160
            lines.append(rect(x, 12, 14, 14, index))
            lines.append("<text x=\"\(x + 20)\" y=\"24\" fill=\"#1a1a1a\">\(Escaping.html(name))</text>")
        }
        let most = max(1, groups.flatMap(\.values).max() ?? 1)
        let step = (Self.width - 2 * Self.left) / max(1, groups.count)
        let bar = max(4, (step - 16) / max(1, series.count))
        for (group, content) in groups.enumerated() {
            let start = Self.left + group * step + 8
            for (index, value) in content.values.enumerated() {
                let tall = value * (Self.bottom - Self.top) / most
                let x = start + index * bar
                lines.append(rect(x, Self.bottom - tall, bar - 3, tall, index))
                lines.append(
                    "<text x=\"\(x + (bar - 3) / 2)\" y=\"\(Self.bottom - tall - 4)\" text-anchor=\"middle\" font-size=\"10\" "
                        + "fill=\"#1a1a1a\">\(value)</text>")
            }
            lines.append(
                "<text x=\"\(start + (step - 16) / 2)\" y=\"\(Self.bottom + 18)\" text-anchor=\"middle\" fill=\"#1a1a1a\">"
                    + "\(Escaping.html(content.name))</text>")
        }
        lines.append(
            "<line x1=\"\(Self.left)\" y1=\"\(Self.bottom)\" x2=\"\(Self.width - Self.left)\" y2=\"\(Self.bottom)\" stroke=\"#1a1a1a\"/>"
        )
        return lines.joined(separator: "\n") + "\n</svg>"
    }

    private func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ index: Int) -> String {
        "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(Self.fills[index % Self.fills.count])\" "
            + "stroke=\"#1a1a1a\"/>"
    }
}
