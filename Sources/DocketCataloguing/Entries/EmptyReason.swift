internal import DocketCore

/// Why a field of a proposed entry is empty (GEN-06): one sentence in each language.
enum EmptyReason {
    case notStated, withheld, byCataloguer, notInRoster, noPurpose, unreadDate, fromFolder, onlyClassified, tooLittle,
        noItems, differing

    var text: LocalizedText {
        switch self {
        case .notStated: LocalizedText(zhHant: "文件未載明", en: "the document does not say")
        case .withheld:
            LocalizedText(
                zhHant: "機密檔案僅著錄文號、代名及日期", en: "withheld: of a classified item only number, code name and dates")
        case .byCataloguer: LocalizedText(zhHant: "由編目人員於確認時填入", en: "filled in by the cataloguer")
        case .notInRoster:
            LocalizedText(
                zhHant: "名冊中無全銜完全相符且單一之機關代碼", en: "no single agency of exactly this name has a code in the roster")
        case .noPurpose:
            LocalizedText(
                zhHant: "來文無主旨或標題，案由須由編目人員擬訂",
                en: "the document has neither purpose nor title; a cataloguer must word it")
        case .unreadDate: LocalizedText(zhHant: "文件未載日期，或日期無法判讀", en: "no date, or none that can be read")
        case .fromFolder:
            LocalizedText(zhHant: "文件未載案名；立案後由案卷帶入", en: "not stated; taken from the folder once it is opened")
        case .onlyClassified:
            LocalizedText(
                zhHant: "案卷內均為機密文件，不抄錄其內容", en: "all items are classified; nothing of their wording is copied")
        case .tooLittle:
            LocalizedText(zhHant: "案卷內文件未載可資摘述之事實", en: "the items state nothing that could be abstracted")
        case .noItems: LocalizedText(zhHant: "案卷內無文件", en: "the folder has no items")
        case .differing: LocalizedText(zhHant: "各件所載不一，須由編目人員認定", en: "the items disagree; a cataloguer must decide")
        }
    }
}
