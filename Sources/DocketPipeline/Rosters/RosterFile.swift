public import DocketCore
import Foundation

/// A roster file: a table (CSV or TSV with a header) of agencies or of persons.
///
/// Agencies have the columns `officialName` (needed), `shortNames`, `aliases`, `parent`, `orgCode`, `validFrom`, `validTo`,
/// `id`; persons `name` and `title` (needed), `surname`, `titleAliases`, `agency`, `from`, `to`, `id`. Several names in a
/// cell are separated by `;` or `、`; the Chinese headings 全銜, 簡稱, 別名, 上級機關, 機關代碼, 姓名, 姓, 職稱, 機關, 起, 迄
/// mean the same.
public enum RosterFile {
    private static let headings = [
        "全銜": "officialName", "機關名稱": "officialName", "簡稱": "shortNames", "別名": "aliases", "舊稱": "aliases",
        "上級機關": "parent", "機關代碼": "orgCode", "姓名": "name", "姓": "surname", "職稱": "title", "職稱簡稱": "titleAliases",
        "機關": "agency", "起": "from", "迄": "to", "起日": "from", "迄日": "to", "編號": "id",
    ]

    /// Ordinary short forms of titles, so that 主秘 finds 主任秘書 in a roster that lists only the full title.
    private static let shortTitles = ["主任秘書": ["主秘"], "副秘書長": ["副秘"], "專門委員": ["專委"]]

    /// The roster of `rows`, the first of which is the header; `file` is its name in messages.
    /// - Throws: `PipelineError.malformed` with row and column.
    public static func roster(rows: [[String]], file: String) throws -> Roster {
        guard let header = rows.first else {
            throw PipelineError.malformed(file: file, place: .nowhere, problem: .init(zhHant: "沒有資料列", en: "no rows"))
        }
        let columns = header.map { cell in
            let name = cell.trimmingCharacters(in: .whitespacesAndNewlines)
            return headings[name] ?? name
        }
        guard columns.contains("officialName") || columns.contains("name") else {
            throw PipelineError.malformed(
                file: file, place: .init(zhHant: "第 1 列", en: "row 1"),
                problem: .init(
                    zhHant: "沒有 officialName（全銜）或 name（姓名）欄", en: "neither a column officialName (全銜) nor name (姓名)"))
        }
        var roster = Roster()
        for (index, cells) in rows.enumerated().dropFirst() {
            guard cells.contains(where: { !$0.isEmpty }) else { continue }
            let row = Row(columns: columns, cells: cells, number: index + 1, file: file)
            if columns.contains("officialName") {
                roster.agencies.append(try agency(row))
            } else {
                roster.persons.append(try person(row))
            }
        }
        return roster
    }

    private static func agency(_ row: Row) throws -> Roster.Agency {
        let name = try row.needed("officialName")
        var agency = Roster.Agency(
            id: row["id"] ?? name, officialName: name, shortNames: row.list("shortNames"), aliases: row.list("aliases"),
            parent: row["parent"], code: row["orgCode"])
        agency.from = row["validFrom"]
        agency.to = row["validTo"]
        return agency
    }

    private static func person(_ row: Row) throws -> Roster.PersonRole {
        let name = try row.needed("name")
        let title = try row.needed("title")
        let agency = row["agency"]
        return Roster.PersonRole(
            id: row["id"] ?? [name, title, agency ?? ""].joined(separator: "/"), name: name,
            surname: row["surname"] ?? String(name.prefix(1)), title: title,
            titleAliases: row.list("titleAliases") + (shortTitles[title] ?? []), agency: agency, from: row["from"],
            to: row["to"])
    }

    /// One row with its cells by column name.
    private struct Row {
        let columns: [String]
        let cells: [String]
        let number: Int
        let file: String

        subscript(_ column: String) -> String? {
            guard let index = columns.firstIndex(of: column), index < cells.count else { return nil }
            let text = cells[index].trimmingCharacters(in: .whitespacesAndNewlines)
            return text.isEmpty ? nil : text
        }

        func needed(_ column: String) throws -> String {
            guard let text = self[column] else {
                throw PipelineError.malformed(
                    file: file, place: .init(zhHant: "第 \(number) 列 \(column)", en: "row \(number), \(column)"),
                    problem: .init(zhHant: "空白", en: "empty"))
            }
            return text
        }

        func list(_ column: String) -> [String] {
            (self[column] ?? "").split { $0 == ";" || $0 == "；" || $0 == "、" }.map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
    }
}
