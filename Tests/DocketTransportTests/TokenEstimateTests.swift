import DocketTransport
import Testing

@Suite struct TokenEstimateTests {
    @Test func `a server that counts bytes is met exactly with weights of 3 and 1`() {
        let estimate = TokenEstimate(perWideCharacter: 3, perASCIIByte: 1, perMessage: 0)
        let text = "議事錄 No. 12，速記"
        #expect(estimate.tokens(in: text) == text.utf8.count)
    }

    @Test func `an empty prompt costs what its messages cost`() {
        let estimate = TokenEstimate(perMessage: 5)
        #expect(estimate.tokens(in: [ChatMessage(.user, ""), ChatMessage(.system, "")]) == 15)
    }
}
