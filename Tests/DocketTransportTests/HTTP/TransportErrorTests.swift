import DocketCore
import DocketTransport
import Testing

@Suite struct TransportErrorTests {
    private static let origin = "http://10.1.2.3:8080"

    static let all: [TransportError] =
        [
            .malformedAddress, .malformedRule(entry: "10.0.0.0/99"), .malformedHeader, .unreadableFile(.authorities),
            .unreadableFile(.certificate), .unreadableFile(.certificateKey), .unreadableFile(.secret),
            .addressRefused(origin: origin), .unresolved(origin: origin), .connectionRefused(origin: origin),
            .unreachable(origin: origin), .cut(origin: origin, afterBytes: 12), .proxyFailed(origin: origin),
            .bodyTooLarge(origin: origin, limit: 99), .headTooLarge(origin: origin, limit: 99),
            .encodingRefused(origin: origin), .notHTTP(origin: origin), .closed, .other(origin: origin, code: 27),
        ] + TransportError.Phase.allCases.map { .timedOut(origin: origin, phase: $0, after: .milliseconds(1500)) }
        + TransportError.SecurityProblem.allCases.map { .insecure(origin: origin, problem: $0) }
        + TransportError.RedirectProblem.allCases.map { .redirectRefused(origin: origin, problem: $0) }

    @Test(arguments: all) func `an error is one line in both languages, with a remedy`(error: TransportError) {
        let (zhHant, en) = (error.explanation.zhHant, error.explanation.en)
        for line in [zhHant, en] { #expect(!line.contains("\n") && line.utf8.count > 20) }
        #expect(en.contains(";") || en.contains(","))
        #expect(zhHant.contains("；"))
        #expect(zhHant.unicodeScalars.contains { $0.value > 0x4E00 } && !en.unicodeScalars.contains { $0.value > 0x7F })
        if "\(error)".contains("8080") { #expect(zhHant.contains(Self.origin) && en.contains(Self.origin)) }
    }

    @Test func `no two errors say the same`() {
        #expect(Set(Self.all.map(\.explanation)).count == Self.all.count)
    }

    @Test func `a limit of time is told with its seconds`() {
        let error = TransportError.timedOut(origin: Self.origin, phase: .idle, after: .milliseconds(1500))
        #expect(error.explanation.en.contains("1.5 s"))
    }
}
