import DocketCore
import Testing

@testable import DocketRules

struct `Number rules` {
    /// A source whose text is the rows of a table, cells joined by blanks, and the table itself.
    private func table(_ rows: [[String]], headers: Int = 1, recovered: Bool = false) -> (
        SourceDocument, DocumentStructure
    ) {
        let text = "詳如下表：\n" + rows.map { $0.joined(separator: " ") }.joined(separator: "\n") + "\n以上。"
        let start = "詳如下表：\n".utf8.count
        let table = Table(
            caption: nil, headerRows: headers, rows: rows, range: start..<text.utf8.count - "\n以上。".utf8.count,
            isRecovered: recovered)
        return (SourceDocument.of(text, kind: .report), DocumentStructure(tables: [table]))
    }

    private func sums(_ rows: [[String]], headers: Int = 1) -> [Found] {
        let (source, structure) = table(rows, headers: headers)
        return check(TableSums(), source, structure)
    }

    // MARK: - NUM-01

    @Test func `NUM-01 finds a total that the rows do not give, at the total`() {
        #expect(
            sums([["機關名稱", "件數"], ["工務局", "91"], ["交通局", "64"], ["都發局", "53"], ["合 計", "218"]])
                == [Found("NUM-01", "218")])
        let (source, structure) = table([["類別", "件數"], ["甲", "3 萬 7,113"], ["乙", "106 萬 9,628"], ["總計", "110 萬"]])
        let finding = RuleSet([TableSums()]).findings(on: source, structure)[0]
        #expect(finding.message.zhHant == "所載合計為 1100000，各項加總為 1106741。")
    }

    @Test func `NUM-01 adds mixed numerals, subtotals, totals on top and two groups side by side`() {
        #expect(sums([["類別", "件數"], ["甲", "3 萬 7,113"], ["乙", "106 萬 9,628"], ["總計", "110 萬 6,741"]]).isEmpty)
        #expect(
            sums([
                ["類別", "件數"], ["甲", "3"], ["乙", "4"], ["小計", "7"], ["丙", "5"], ["丁", "6"], ["小計", "11"], ["合計", "18"],
            ]).isEmpty)
        #expect(sums([["類別", "件數"], ["總計", "12"], ["甲", "5"], ["乙", "7"]]).isEmpty)
        #expect(
            sums([
                ["機關", "件數", "機關", "件數"], ["工務局", "3", "交通局", "4"], ["都發局", "5", "教育局", "6"], ["衛生局", "2", "合計", "20"],
            ]).isEmpty)
    }

    @Test func `NUM-01 finds the row whose total is wrong where the others are right`() {
        let rows = [
            ["月份", "電話", "櫃檯", "合計"], ["7月", "10", "20", "30"], ["8月", "11", "21", "32"], ["9月", "12", "22", "35"],
            ["10月", "13", "23", "36"],
        ]
        #expect(sums(rows) == [Found("NUM-01", "35")])
    }

    @Test func `NUM-01 does not add shares, means and columns with gaps in words`() {
        #expect(sums([["機關", "比率"], ["甲", "90%"], ["乙", "80%"], ["合計", "85%"]]).isEmpty)
        #expect(sums([["機關", "平均天數"], ["甲", "2"], ["乙", "4"], ["合計", "3"]]).isEmpty)
        #expect(sums([["機關", "件數"], ["甲", "3"], ["乙", "未填報"], ["丙", "4"], ["合計", "12"]]).isEmpty)
        #expect(sums([["類別", "人數", "合計"], ["甲", "3", "9"], ["乙", "4", "8"], ["丙", "5", "7"]]).isEmpty)
    }

    @Test func `NUM-01 holds the total of the sentence before a table against its rows`() {
        func announced(_ total: String) -> [Found] {
            let text = "本期受理案件計\(total)，詳如下表：\n機關名稱\t件數\t機關名稱\t件數\n都發局\t215\t衛生局\t59\n警察局\t51\t教育局\t50\n"
            return read(TableSums(), text, kind: .report)
        }
        #expect(announced("375件").isEmpty)
        #expect(announced("357件") == [Found("NUM-01", "357件")])
        #expect(announced("375件，較前期計390件減少").isEmpty)
    }

    // MARK: - NUM-02

    @Test func `NUM-02 recomputes a percentage beside its fraction or its whole`() {
        let source = SourceDocument.of("逾期率0.64%(208/3萬8,406)。線上服務計41項，已介接23項（66.1%），尚未介接18項。", kind: .report)
        #expect(check(Percentages(), source) == [Found("NUM-02", "0.64%"), Found("NUM-02", "66.1%")])
        let right = SourceDocument.of("逾期率0.54%(208/3萬8,406)。線上服務計41項，已介接23項（56.1%），尚未介接18項。", kind: .report)
        #expect(check(Percentages(), right).isEmpty)
    }

    @Test func `NUM-02 does not guess a base that the sentence does not give`() {
        let text = "全年受理732件。已辦結23件（56.1%），較去年增加約3成。發生率4.64%(52/1 121)。"
        let source = SourceDocument.of(text, kind: .report)
        #expect(check(Percentages(), source).isEmpty)
    }

    @Test func `NUM-02 finds the row of a table whose share differs from the others' way of computing`() {
        let rows = [
            ["機關", "應設", "已設", "達成率"], ["甲", "50", "40", "80%"], ["乙", "20", "19", "95%"], ["丙", "8", "4", "50%"],
            ["丁", "10", "7", "77%"],
        ]
        let (source, structure) = table(rows)
        #expect(check(Percentages(), source, structure) == [Found("NUM-02", "77%")])
        let (other, right) = table(rows.dropLast() + [["丁", "10", "7", "70%"]])
        #expect(check(Percentages(), other, right).isEmpty)
    }

    // MARK: - NUM-03

    @Test func `NUM-03 finds a remainder of ten thousand or more`() {
        let source = SourceDocument.of("收文3萬12,500件，發文3 萬 507件，全年106 萬 9,628件。", kind: .report)
        #expect(check(ExcessRemainder(), source) == [Found("NUM-03", "3萬12,500件")])
        #expect(check(ExcessRemainder(), Draft.of("收文3萬1,250件。", "發文3萬12,500件。")) == [1])
    }

    // MARK: - NUM-04

    @Test func `NUM-04 finds the odd unit of a list by agency`() {
        let source = SourceDocument.of("逾期未答復者為交通局3件、教育局2案、衛生局1件。", kind: .report)
        #expect(check(UnitInSeries(), source) == [Found("NUM-04", "2案")])
    }

    @Test func `NUM-04 is silent where different things are listed`() {
        let source = SourceDocument.of("汰換電腦3臺、印表機2臺、桌子5張；交通局3件、教育局2件、衛生局1件。", kind: .report)
        #expect(check(UnitInSeries(), source).isEmpty)
        let (other, structure) = table([
            ["項目", "數量"], ["銷毀檔案", "96件"], ["裝訂", "12件"], ["影印紙", "102箱"], ["用印", "8件"],
        ])
        #expect(check(UnitInSeries(), other, structure).isEmpty)
    }

    @Test func `NUM-04 finds the odd unit of a column by agency`() {
        let (source, structure) = table([
            ["機關", "案件"], ["交通局", "96件"], ["教育局", "12件"], ["衛生局", "10人"], ["社會局", "8件"],
        ])
        #expect(check(UnitInSeries(), source, structure) == [Found("NUM-04", "10人")])
    }
}
