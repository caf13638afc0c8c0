import DocketTestSupport
import DocketText
import Testing

@Suite struct FoldingTests {
    @Test(arguments: [
        ("臺北市政府", "台北市政府"), ("會議紀錄", "会议记录"), ("ＡＢＣ１２３，", "abc123,"), ("答復", "答覆"), ("公布", "公佈"),
        ("每週", "每周"), ("佔", "占"), ("秘書處", "祕書處"), ("Matej Vagač", "matej vagac"), ("（一）", "(一)"), ("羣", "群"),
        ("\u{F9D1}", "六"), ("㎡", "m2"), ("裏", "裡"), ("颱風", "台风"), ("e\u{301}", "é"), ("Straße", "STRASSE"),
    ])
    func `forms of one word fold alike`(one: String, other: String) {
        #expect(Folding.key(one) == Folding.key(other))
    }

    @Test(arguments: [("局", "處"), ("解除", "賡續"), ("民", "名"), ("一", "壹"), ("已", "己")])
    func `different words stay apart`(one: String, other: String) {
        #expect(Folding.key(one) != Folding.key(other))
    }

    @Test(arguments: 0..<100)
    func `folding twice is folding once, and any part folds to a part`(seed: UInt64) {
        let text = RandomText.mixed(count: 60, seed: seed)
        let folded = Folding.key(text)
        #expect(Folding.key(folded) == folded, "seed \(seed)")
        let scalars = Array(text.unicodeScalars)
        let middle = scalars.count / 2
        var (head, tail) = (String.UnicodeScalarView(), String.UnicodeScalarView())
        head.append(contentsOf: scalars[..<middle])
        tail.append(contentsOf: scalars[middle...])
        #expect(Folding.key(String(head)) + Folding.key(String(tail)) == folded, "seed \(seed)")
    }

    @Test(arguments: 0..<100)
    func `each folded character leads back to the one it came from`(seed: UInt64) {
        let text = RandomText.mixed(count: 40, seed: seed)
        let folded = Folding.fold(text)
        #expect(folded.text == Folding.key(text))
        var offset = 0
        for scalar in text.unicodeScalars {
            let width = String(scalar).utf8.count
            let there = folded.map.mapped(offset..<offset + width)
            let words = folded.text.slice(there)
            #expect(words == Folding.key(String(scalar)), "seed \(seed)")
            if !there.isEmpty {
                #expect(folded.map.original(there) == offset..<offset + width, "seed \(seed)")
            }
            offset += width
        }
        #expect(folded.map.originalCount == text.utf8.count && folded.map.mappedCount == folded.text.utf8.count)
    }
}
