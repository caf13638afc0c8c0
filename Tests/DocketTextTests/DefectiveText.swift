/// A report of the project's own and the damage that conversion does to such texts (DOMAIN.md section 6).
enum DefectiveText {
    /// The report as written: one paragraph, heading, item or table row each.
    static let paragraphs = [
        "河岸市政府秘書處 工作報告",
        "壹、上半年重要業務執行成果",
        "一、文書處理及檔案管理",
        "（一）處理文書一般性業務",
        "本期處理收發文及檔案管理作業，並依年度計畫完成檔案清查，共計 3 萬 7,113 件，較去年同期增加 1,204 件，主要係因各機關配合推動線上簽核，紙本來文逐步改以電子方式辦理，相關作業時間亦隨之縮短。",
        "（二）國際交流",
        "邀請斯洛伐克市議員 Matej Vagač 與立陶宛代表 Žydrūnas 來訪，就 WEB & APP 整合及 QR Code 應用交換意見，雙方同意於明年合辦世界城市高峰會，並邀請本市青年代表出席，以增進彼此瞭解。",
        "1、辦理雙邊視訊會議計四場，與會城市均表示將持續合作，後續由國際事務組追蹤各項決議之執行情形並按季提報處務會議檢討。",
        "2、接待來訪外賓十七團，另配合觀光單位規劃參訪行程，安排市政建設導覽，並提供多語簡報資料供來賓參考運用。",
        "二、陳情案件統計",
        "本期受理陳情案件共計 463 件，各機關受理件數詳如下表：",
        "都發局 215 衛生局 59",
        "警察局 51 教育局 50",
        "社會局 45 交通局 43",
        "三、未來工作重點",
        "（一）賡續精進文檔管理效能，落實文書電子化作業，優化文書處理程序，並運用人工智慧輔助檔案管理，以提升整體行政效率與服務品質。",
        "（二）督導各機關辦理屆期檔案清理及目錄彙送，對於進度落後者，請提報改善計畫，必要時由本處派員協助，俾如期完成年度目標。",
        "貳、結語",
        "以上報告為本處近半年來主要業務執行情形，敬請各位議員持續給予支持與指教，本處同仁當竭盡所能，全力以赴，以回應市民期待。",
    ]

    /// The report wrapped at `width` columns, with a blank line after every line, a running header after every ninth line in
    /// the middle of sentences, bullets before items and spaced words.
    static func broken(_ paragraphs: [String], width: Int, blankLines: Bool) -> String {
        var lines: [String] = []
        var page = 0
        for paragraph in paragraphs {
            let bullet = paragraph.hasPrefix("1、") || paragraph.hasPrefix("2、") ? "- " : ""
            for line in wrapped(bullet + paragraph, width: width) {
                lines.append(line)
                if lines.count % 9 == 4 {
                    page += 1
                    lines.append(page % 2 == 0 ? "\(page) 河岸市政府秘書處工作報告" : " \(page)  河岸市政府秘書處工作報告")
                }
            }
        }
        return lines.joined(separator: blankLines ? "\n\n" : "\n") + "\n"
    }

    /// Breaks a paragraph into lines of at most `width` columns, anywhere between wide characters and at spaces otherwise.
    private static func wrapped(_ text: String, width: Int) -> [String] {
        if text.contains(" ") && text.count < 20 { return [text] }
        var (lines, line, columns): ([String], String, Int) = ([], "", 0)
        for piece in pieces(text) {
            let size = piece.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
            if columns + size > width, !line.isEmpty, !"，。、：；）」".contains(piece) {
                lines.append(line.trimmingSuffix { $0 == " " })
                (line, columns) = ("", 0)
            }
            if line.isEmpty, piece == " " { continue }
            line += piece
            columns += size
        }
        return lines + [line]
    }

    /// Wide characters one by one, other characters in words.
    private static func pieces(_ text: String) -> [String] {
        var result: [String] = []
        for character in text {
            let isWide = (character.unicodeScalars.first?.value ?? 0) >= 0x1100
            if isWide || character == " " || result.isEmpty || result.last == " " || isWideEnd(result.last) {
                result.append(String(character))
            } else {
                result[result.count - 1].append(character)
            }
        }
        return result
    }

    private static func isWideEnd(_ piece: String?) -> Bool { (piece?.unicodeScalars.last?.value ?? 0) >= 0x1100 }
}

extension String {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isDropped(last) { text.removeLast() }
        return text
    }
}
