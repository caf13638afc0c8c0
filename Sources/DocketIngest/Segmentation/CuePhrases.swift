import DocketText

/// Phrases with which people open, close and go on to a matter, in Chinese and English.
///
/// They are looked for in a plain copy of an utterance: folded, with one space in the place of everything that is no letter
/// or digit, and at both ends.
struct CuePhrases: Sendable {
    static let shared = CuePhrases()

    private let opening: [[UInt8]]
    private let going: [[UInt8]]
    private let closing: [[UInt8]]

    /// The plain copy of an utterance.
    static func plain(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = [0x20]
        for byte in Folding.key(text).utf8 {
            let isWord = byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
            if isWord {
                bytes.append(byte)
            } else if bytes.last != 0x20 {
                bytes.append(0x20)
            }
        }
        if bytes.last != 0x20 { bytes.append(0x20) }
        return bytes
    }

    private init() {
        func phrases(_ lines: String) -> [[UInt8]] {
            lines.split(separator: "/").map { line in
                let text = line.filter { $0 != "\n" }
                let isLatin = text.utf8.allSatisfy { $0 < 0x80 }
                let key = Array(Folding.key(String(text)).utf8)
                return isLatin ? [0x20] + key + [0x20] : key
            }
        }
        opening = phrases(Self.openingWords)
        going = phrases(Self.goingWords)
        closing = phrases(Self.closingWords)
    }

    /// True when the utterance begins with a word that opens: 好, 那, 接下來, okay, so.
    func opens(_ plain: [UInt8]) -> Bool {
        let start = Self.pastNoise(plain)
        return opening.contains { phrase in
            let phrase = phrase[0] == 0x20 ? phrase[1...] : phrase[...]
            return plain.count - start >= phrase.count && plain[start..<start + phrase.count].elementsEqual(phrase)
        }
    }

    /// True when the first `limit` bytes hold a phrase that goes on to a matter or introduces someone.
    func goesOn(_ plain: [UInt8], limit: Int = 300) -> Bool {
        Self.holds(plain[..<min(plain.count, limit)], any: going)
    }

    /// True when the last `limit` bytes hold a phrase that closes a matter.
    func closes(_ plain: [UInt8], limit: Int = 120) -> Bool {
        Self.holds(plain[max(0, plain.count - limit)...], any: closing)
    }

    /// Place after the leading space and marks of noise: {vocalsound} and the like.
    private static func pastNoise(_ plain: [UInt8]) -> Int {
        var start = 1
        for noise in ["vocalsound ", "disfmarker ", "um ", "uh "] {
            let bytes = Array(noise.utf8)
            while plain.count - start >= bytes.count, plain[start..<start + bytes.count].elementsEqual(bytes) {
                start += bytes.count
            }
        }
        return min(start, plain.count)
    }

    private static func holds(_ text: ArraySlice<UInt8>, any phrases: [[UInt8]]) -> Bool {
        text.withUnsafeBufferPointer { bytes in
            phrases.contains { phrase in
                guard phrase.count <= bytes.count else { return false }
                for start in 0...bytes.count - phrase.count where bytes[start] == phrase[0] {
                    if (1..<phrase.count).allSatisfy({ bytes[start + $0] == phrase[$0] }) { return true }
                }
                return false
            }
        }
    }

    // MARK: - Words

    private static let openingWords = """
        好/那/那麼/接下來/接著/下一/再來/最後/首先/今天/各位/大家好/政委好/歡迎/我先/我想/我叫/不好意思/下面/我們先/我們開始/我們來/謝謝/第一/第二/第三/第四/第五/
        ok/okay/kay/right/alright/all right/so/well/now/anyway/first/next/finally/thank you/good morning/good afternoon
        """
    private static let goingWords = """
        下一個/下一位/下一案/下一項/接下來/下面我們/下面請/下面有請/下面進入/進行下/進入下/進入第/個議題/個問題是/討論事項/報告事項/臨時動議/最後一個/有請/歡迎/大家好/各位好/
        政委好/自我介紹/我叫/開始報告/開始討論/先介紹/第一次見面/名片/第一案/第二案/第三案/第四案/第五案/第六案/第七案/第八案/
        let s move/let s start/let s go/let s see/let s talk/let s get/let s begin/let s look/let s turn/let s discuss/let s have a/
        move on/moving on/moving along/next item/next question/next topic/next thing/next point/next slide/next up/on the agenda/
        agenda/we ll now/we ll move/we ll start/we ll go/we now move/now we/now proceed/now to/first of all/first question/
        questions are from/question is from/last thing/last question/last item/final question/turn to/go on to/go ahead/my name/
        welcome/good morning/good afternoon/the meeting/wrap up/wrap it up/anything else/any other/proceed/presentation/
        take it away/your turn/my turn/over to you/next is
        """
    private static let closingWords = """
        謝謝/再見/掰掰/拜拜/辛苦/感謝/鼓掌/到這裡/到此/先這樣/再聯絡/保持聯絡/加油/新年快樂/合照/拍照/休息/備查/照案通過/確定/
        thank you/thanks/great/cheers/that s it/that s all/any questions/excellent/lovely
        """
}
