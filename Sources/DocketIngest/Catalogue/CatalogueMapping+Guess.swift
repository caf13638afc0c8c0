import DocketCore

extension CatalogueMapping {
    /// The name of the column by which a list shows that Docket wrote it.
    static let ownIdentity = "docket:id"

    /// This mapping with what the columns of `head` most likely are, where it does not say; a part of an entry is guessed once.
    ///
    /// A name counts without white space, letter case, brackets and what is in them. Columns that no name explains are not in the result.
    func guessed(from head: [String]) -> CatalogueMapping {
        var mapping = self
        var taken = columns.filter { head.contains($0.key) }.values.map(\.target)
        if head.contains(Self.ownIdentity) { mapping.isEscaped = true }
        for name in head where mapping.columns[name] == nil {
            guard let target = Self.target(of: name, in: head), !taken.contains(target) else { continue }
            mapping.columns[name] = Column(target)
            taken.append(target)
        }
        if mapping.level == nil, !taken.contains(.level) { mapping.level = Self.level(of: taken) }
        return mapping
    }

    /// Folders have what items lack, and the other way about; nil when nothing tells.
    private static func level(of targets: [Target]) -> CatalogueEntry.Level? {
        let fields = targets.compactMap { if case .field(let field) = $0 { field } else { nil } }
        let items = fields.count { $0.level == .item }
        let folders = fields.count { $0.level == .folder }
        if items > folders || targets.contains(.part(.item)) { return .item }
        return folders > items ? .folder : nil
    }

    private static func target(of name: String, in head: [String]) -> Target? {
        let key = key(name)
        // 單位 beside 數量 is what is counted, else the office in charge.
        if key == "單位" || key == "unit" {
            return head.contains { ["數量", "extent", "quantity"].contains(Self.key($0)) } ? .field(.extentUnit) : nil
        }
        return names[key]
    }

    private static func key(_ name: String) -> String {
        var key = ""
        var depth = 0
        for character in name.lowercased() where !character.isWhitespace && character != "_" && character != "\u{FEFF}"
        {
            if "（(【[".contains(character) {
                depth += 1
            } else if "）)】]".contains(character) {
                depth = max(0, depth - 1)
            } else if depth == 0 {
                key.append(character)
            }
        }
        return key
    }

    private static let names: [String: Target] = {
        var names: [String: Target] = [:]
        for field in CatalogueField.allCases {
            for name in [field.rawValue, field.name.zhHant, field.name.en] { names[key(name)] = .field(field) }
        }
        for (words, target) in others {
            for word in words { names[key(word)] = target }
        }
        return names
    }()

    private static let others: [([String], Target)] = [
        ([ownIdentity, "id", "entry id", "識別碼"], .identity),
        (["檔號", "案號", "file number", "fileno", "reference code"], .fileNumber),
        (["年度號", "年度", "year"], .part(.year)), (["分類號", "class", "class number"], .part(.classNumber)),
        (["案次號", "案次", "case", "case number"], .part(.caseNumber)), (["卷次號", "卷次", "volume"], .part(.volume)),
        (["目次號", "目次", "item number", "item no"], .part(.item)), (["層級", "著錄層級", "level"], .level),
        (["主題項", "主題", "主題詞", "關鍵詞", "subjects", "subject terms", "keywords"], .subjects(nil)),
        (["人名"], .subjects(.person)), (["機關團體"], .subjects(.corporateBody)), (["地名"], .subjects(.place)),
        (["附註項", "附註", "備註", "notes", "note", "remarks"], .note("")),
        (["序號", "項次", "no", "no."], .ignore),
        (["案卷名稱", "卷名", "folder", "title of folder"], .field(.folderTitle)),
        (["主旨", "事由", "matter", "re"], .field(.subject)),
        (["發文者", "來文者", "發文機關", "來文機關", "主要來文者", "sender", "from agency"], .field(.principalSender)),
        (["受文機關", "收文者", "recipient", "addressee"], .field(.recipients)),
        (["來文字號", "發(來)文字號", "公文文號", "文號", "document no"], .field(.outgoingNumber)),
        (["收文號", "incoming no"], .field(.incomingNumber)),
        (["產生日期", "文件日期", "發文日期", "來文日期", "公文日期", "日期", "date", "created", "creation date"], .field(.creationDate)),
        (["保存期限", "保存年限(年)", "retention", "retention years"], .field(.retention)),
        (["機密等級", "密等及解密條件", "security", "secrecy"], .field(.classification)),
        (["解密條件", "保密期限"], .field(.declassification)),
        (["公文類別", "kind", "document kind"], .field(.documentKind)),
        (["附件", "附件名稱"], .field(.attachments)), (["頁數", "pages", "quantity", "count"], .field(.extentCount)),
        (["媒體型式", "媒體", "media"], .field(.storageMedia)),
        (["應用註記說明"], .field(.accessNote)), (["access"], .field(.accessRestriction)),
        (["起日", "起始日期", "文件起日", "date from", "start date", "begin"], .field(.dateFrom)),
        (["迄日", "結束日期", "文件迄日", "date to", "end date"], .field(.dateTo)),
        (["產生機關", "產生者", "agency", "creating agency"], .field(.creator)),
        (["摘要", "內容摘要", "abstract", "scope and content", "description"], .field(.summary)),
        (["冊數", "卷數合計"], .field(.volumeCount)), (["編目者"], .field(.cataloguedBy)),
        (["清理處置方式", "處置"], .field(.disposition)), (["歸檔日"], .field(.filedOn)),
        (["並列案由", "並列案名", "並列案由(名)"], .field(.parallelTitle)),
        (["其他案由", "其他案名", "其他案由(名)"], .field(.otherTitle)),
        (["移轉日期", "移交日期"], .field(.transferredOn)), (["移轉機關", "移交機關"], .field(.transferredTo)),
        (["次要發文者", "次要來文者"], .field(.otherSenders)),
    ]
}
