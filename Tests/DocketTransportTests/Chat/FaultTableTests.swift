import DocketCore
import DocketTestSupport
import DocketTransport
import Foundation
import LoopbackEndpoint
import Testing

@Suite struct FaultTableTests {
    /// What a case ends in: the answer, or the failure; and the chat requests that the server saw.
    private static func run(_ fault: FaultCase) async throws -> (Result<ChatAnswer, ChatFailure>, requests: Int) {
        let server = try LoopbackEndpoint(fault.server, answer: fault.reply)
        defer { server.stop() }
        let client = try client(server, fault.change)
        let result: Result<ChatAnswer, ChatFailure>
        do throws(any Error) {
            result = .success(try await client.answer(to: fault.request))
        } catch let failure as ChatFailure {
            result = .failure(failure)
        }
        return (result, server.record.chats.count)
    }

    @Test(.timeLimit(.minutes(15)), arguments: FaultCase.all)
    func `a fault gives a whole answer or a reason`(fault: FaultCase) async throws {
        let (result, requests) = try await Self.run(fault)
        if fault.requests >= 0 { #expect(requests == fault.requests) } else { #expect(requests > 1) }
        switch result {
        case .success(let answer):
            #expect(fault.end == .answer)
            #expect(answer.text == goodTitle)
            #expect(answer.requests == requests)
        case .failure(let failure):
            #expect(FaultCase.End(failure) == fault.end)
            #expect(failure.isTemporary == (fault.end == .unavailable))
            for line in [failure.explanation.zhHant, failure.explanation.en] {
                #expect(!line.contains("/srv/") && !line.contains("CUDA") && !line.contains("\n"))
                #expect(line.contains("office"))
            }
        }
    }

    @Test func `the table of the documentation says what is seen`() async throws {
        var lines = ["| fault | requests | what is seen |", "| --- | ---: | --- |"]
        let rows = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for (number, fault) in FaultCase.all.enumerated() {
                group.addTask {
                    let (result, requests) = try await Self.run(fault)
                    let seen =
                        switch result {
                        case .success: "the answer"
                        case .failure(let failure): failure.explanation.en
                        }
                    let port = /127\.0\.0\.1:\d+/
                    let count = fault.requests < 0 ? "many" : "\(requests)"
                    return (number, "| \(fault.fault) | \(count) | \(seen.replacing(port, with: "127.0.0.1:8080")) |")
                }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        lines += rows.sorted { $0.key < $1.key }.map(\.value)
        #expect(try DocumentPart.difference(lines, in: "docs/endpoints.md", part: "faults") == nil)
    }
}

/// A part of a document between two marks, which a test keeps in step.
enum DocumentPart {
    /// What is wrong with the part; with `DOCKET_RECORD=1` it is also written anew.
    static func difference(_ lines: [String], in path: String, part: String) throws -> String? {
        let file = ReferenceData.packageRoot.appending(path: path)
        let text = try String(contentsOf: file, encoding: .utf8)
        let (open, close) = ("<!-- \(part): made by the tests -->\n", "<!-- end of \(part) -->")
        guard let start = text.range(of: open)?.upperBound, let end = text.range(of: close)?.lowerBound else {
            return "\(path) has no part \(part)"
        }
        let wanted = lines.joined(separator: "\n") + "\n"
        guard text[start..<end] != wanted else { return nil }
        if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
            try text.replacingCharacters(in: start..<end, with: wanted).write(
                to: file, atomically: true, encoding: .utf8)
        }
        let found = Set(text[start..<end].split(separator: "\n").map(String.init))
        return "out of step: " + lines.filter { !found.contains($0) }.joined(separator: "\n")
    }
}
