import Testing

@testable import DocketText

@Suite struct ConfusionsTests {
    private func confused(_ character: Unicode.Scalar) -> [Confusions.Confusion] {
        Confusions.shared.confused(with: character)
    }

    @Test(
        arguments: [
            ("格", "革", Confusions.Kind.sound), ("廳", "聽", .sound), ("廣", "賡", .look), ("椿", "樁", .look),
            ("睛", "晴", .look), ("經", "金", .sound), ("飛", "揮", .sound), ("資", "知", .sound),
            ("蘭", "南", .sound), ("曰", "日", .look), ("訂", "定", .sound), ("擋", "檔", .look),
        ] as [(Unicode.Scalar, Unicode.Scalar, Confusions.Kind)])
    func `characters taken for one another`(
        pair: (typed: Unicode.Scalar, meant: Unicode.Scalar, kind: Confusions.Kind)
    ) {
        let found = confused(pair.typed).first { $0.character == pair.meant }
        #expect(found?.kind == pair.kind, "\(confused(pair.typed).map { Character($0.character) })")
    }

    @Test func `a Simplified character is looked up by its Traditional form`() {
        #expect(confused("广").contains { $0.character == "賡" })
    }

    @Test func `what folds to the same is not confused`() {
        for character in "臺台檯颱裡裏週周記紀".unicodeScalars {
            let own = Folding.key(String(character))
            for other in confused(character) {
                #expect(String(other.folded) == Folding.key(String(other.character)))
                #expect(String(other.folded) != own)
            }
        }
    }

    @Test func `lists are bounded, without doubles, the likeliest first`() {
        for code in UInt32(0x4E00)...0x9FFF {
            guard let character = Unicode.Scalar(code) else { continue }
            let found = confused(character)
            #expect(found.count <= Confusions.most)
            #expect(Set(found.map(\.folded)).count == found.count)
            #expect(found.map(\.strength) == found.map(\.strength).sorted(by: >))
            #expect(found.allSatisfy { (1...6).contains($0.strength) })
        }
    }

    @Test func `what is no Chinese character is not confused`() {
        for character in "aA1 。é😀か\u{0}".unicodeScalars { #expect(confused(character).isEmpty) }
    }
}
