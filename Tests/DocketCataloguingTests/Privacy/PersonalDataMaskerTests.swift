import DocketCataloguing
import DocketTestSupport
import Testing

@Suite struct PersonalDataMaskerTests {
    private let masker = PersonalDataMasker()

    private func words(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return masker.spans(in: text).map { "\($0.kind.rawValue):\(String(decoding: bytes[$0.range], as: UTF8.self))" }
    }

    @Test(arguments: [
        ("身分證字號A234567893，請查照", "nationalID:A234567893"), ("A123456789", "nationalID:A123456789"),
        ("身分證字號：Ａ１２３４５６７８９", "nationalID:Ａ１２３４５６７８９"), ("身分證統一編號a123456780", "nationalID:a123456780"),
        ("居留證號A800000014", "residentID:A800000014"), ("統一證號AC01234567", "residentID:AC01234567"),
        ("電話：02-0000-5127", "phone:02-0000-5127"), ("請洽(02)0000-5208", "phone:(02)0000-5208"),
        ("電話(02) 2345-6789轉123", "phone:(02) 2345-6789轉123"), ("02-23456789#12", "phone:02-23456789#12"),
        ("037-123456", "phone:037-123456"), ("服務專線000-0000-1999。", "phone:000-0000-1999"),
        ("電話2345-6789", "phone:2345-6789"), ("+886-2-2345-6789", "phone:+886-2-2345-6789"),
        ("０２－２３４５－６７８９", "phone:０２－２３４５－６７８９"),
        ("手機0900-000-612", "mobile:0900-000-612"), ("0912345678", "mobile:0912345678"),
        ("+886 912 345 678", "mobile:+886 912 345 678"), ("+886912345678", "mobile:+886912345678"),
        ("寄至wan.rong+a@example.org。", "email:wan.rong+a@example.org"),
        ("車牌 EAL-0612 之機車", "licencePlate:EAL-0612"), ("車號AB-1234", "licencePlate:AB-1234"),
        ("1234-AB號車", "licencePlate:1234-AB"), ("機車123-ABC", "licencePlate:123-ABC"),
        ("帳號：012-345-6789012", "bankAccount:012-345-6789012"), ("郵局帳戶0001234 0567890", "bankAccount:0001234 0567890"),
        ("住址：青嵐市望潮區海濱巷12號3樓", "address:青嵐市望潮區海濱巷12號3樓"),
        ("住於民生大道一段7號5樓之2", "address:民生大道一段7號5樓之2"), ("中山路100巷2弄3號之1", "address:中山路100巷2弄3號之1"),
        ("望潮路一段7號增建執照副本", "address:望潮路一段7號"),
        ("陳情人：江宛蓉", "personName:江宛蓉"), ("受文者：江女士", "personName:江"), ("王小明先生反映", "personName:王小明"),
        ("陳情人王小明先生", "personName:王小明"), ("住戶 陳大文", "personName:陳大文"), ("申請人歐陽小明", "personName:歐陽小明"),
        ("Andersen君", "personName:Andersen"), ("Applicant: Jane Roe", "personName:Jane Roe"),
        ("Dear Mr Baker,", "personName:Baker"), ("Kind regards,\nK. Andersen", "personName:K. Andersen"),
    ])
    func `finds each form of personal data, whole`(text: String, found: String) {
        #expect(words(text).contains(found), "\(words(text))")
    }

    @Test(arguments: [
        "青工公字第1130045127號", "檔號：113/0612/4/1/001", "檔號0099-1551-0990-2-12", "案號：青陳113-091522", "列管編號205-2、211-2",
        "發文日期：中華民國113年8月20日", "2024-10-26", "113/09/15", "1130904", "共1,326件、3萬7,113件", "新臺幣28,600,000元", "SEC113-008",
        "CUL113-047",
        "ISO-9001及SHA-256", "CNS-15251", "39-81年", "10-15人", "上午9時30分至12時", "松嶺三號、霧溪左岸", "中山路3號公園", "霧溪路二段28巷雨遮違建",
        "市政大樓9樓第二會議室", "岳科長說明", "林姿吟主任秘書", "賴建邦議員", "市長先生您好", "各位議員女士、先生", "教育局吳主秘", "陳情人應於期限內補正", "陳情人高度關切本案",
        "申請人數為12人", "住戶代表", "里民活動場所", "第5條第2項", "NCA/L/2024/118", "A123456788", "編號B123", "The loan of 48,000 pounds",
        "陳◯◯", "陳○○",
        "電話費1,240元", "Dr Marsh",
    ])
    func `leaves numbers of records, dates, amounts and officials alone`(text: String) {
        #expect(words(text).isEmpty, "\(words(text))")
    }

    @Test func `masks keep what helps to find and not what tells who`() {
        #expect(masker.masked("陳情人：江宛蓉，電話02-0000-6612") == "陳情人：江◯◯，電話◯◯◯")
        #expect(masker.masked("望潮路一段7號增建執照副本") == "望潮路一段◯◯◯增建執照副本")
        #expect(masker.masked("Dear Mr Baker,") == "Dear Mr ◯◯,")
        #expect(masker.masked("無個人資料") == "無個人資料")
    }

    /// The check of the ministry, written another way: every letter as its two digits, all eleven digits by 1 9 8 7 6 5 4 3 2 1 1.
    private static func isNational(_ letter: Character, _ digits: [Int]) -> Bool {
        let codes: [Character: Int] = [
            "A": 10, "B": 11, "C": 12, "D": 13, "E": 14, "F": 15, "G": 16, "H": 17, "I": 34, "J": 18, "K": 19, "L": 20,
            "M": 21, "N": 22, "O": 35,
            "P": 23, "Q": 24, "R": 25, "S": 26, "T": 27, "U": 28, "V": 29, "W": 32, "X": 30, "Y": 31, "Z": 33,
        ]
        let code = codes[letter] ?? 0
        let all = [code / 10, code % 10] + digits
        let weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]
        return zip(all, weights).reduce(0) { $0 + $1.0 * $1.1 } % 10 == 0 && (digits[0] == 1 || digits[0] == 2)
    }

    @Test(arguments: 0..<40)
    func `a bare identity number is one exactly when its check digit holds`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".randomElement(using: &random) ?? "A"
            let digits =
                [Int.random(in: 1...2, using: &random)] + (0..<8).map { _ in Int.random(in: 0...9, using: &random) }
            let text = String(letter) + digits.map(String.init).joined()
            #expect(
                masker.spans(in: text).contains { $0.kind == .nationalID } == Self.isNational(letter, digits),
                "\(text) seed \(seed)")
        }
    }

    @Test(arguments: 0..<200)
    func `spans are in order and apart, on character boundaries, and masking twice is masking once`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let parts = [
            "陳情人", "：", "江宛蓉", "先生", "0912-345-678", "02-", "2345-6789", "A123456789", "民生大道", "1段", "7號", "5樓", "之",
            "，", "。", " ", "a@b.tw", "車牌",
            "ABC-1234", "帳號", "012-3456789012", "第", "號", "😀", "é", "路", "巷", "Mr ", "Baker", "◯◯", "(", ")", "+886",
            "\n", "１２", "，電話",
        ]
        let text = (0..<Int.random(in: 1...24, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
            .joined()
        let spans = masker.spans(in: text)
        var end = 0
        let bytes = Array(text.utf8)
        for span in spans {
            #expect(
                span.range.lowerBound >= end && !span.range.isEmpty && span.range.upperBound <= bytes.count, "\(text)")
            #expect(String(validating: bytes[span.range], as: UTF8.self) != nil, "\(text)")
            end = span.range.upperBound
        }
        let once = masker.masked(text)
        #expect(masker.masked(once) == once, "\(text)")
    }
}
