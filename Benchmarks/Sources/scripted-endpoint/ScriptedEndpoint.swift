import DocketTestSupport
import Foundation
import LoopbackEndpoint

/// A chat endpoint on loopback that answers from a script: short sentences of what it was sent, or lies of a chosen kind.
///
/// It shows the whole way of a draft without a model, and says nothing about the quality of one. It prints the profile to
/// put into `models/endpoints/scripted.yaml` of a library, and serves until it is ended.
///
///     scripted-endpoint [--slots N] [--latency MILLISECONDS] [--context TOKENS] [--lie KIND] [--profile FILE]
@main
struct ScriptedEndpoint {
    static func main() throws {
        let slots = number("--slots") ?? 4
        let context = number("--context") ?? 4096
        let responder = ScriptedResponder(lie: option("--lie").flatMap(ScriptedResponder.Lie.init(rawValue:)))
        let server = try LoopbackEndpoint(
            .init(slots: slots, latency: .milliseconds(number("--latency") ?? 20), contextTokens: context)
        ) { call in Reply(responder.answer(call.messages), pieceLength: 40) }
        let profile = """
            name: scripted
            baseURL: "\(server.baseURL)"
            model: script
            contextTokens: \(context)
            slots: \(slots)
            clearance: internal

            """
        if let file = option("--profile") { try Data(profile.utf8).write(to: URL(filePath: file)) }
        print(profile)
        fflush(nil)
        while true { sleep(3600) }
    }

    private static func option(_ name: String) -> String? {
        let words = CommandLine.arguments
        guard let place = words.firstIndex(of: name), words.indices.contains(place + 1) else { return nil }
        return words[place + 1]
    }

    private static func number(_ name: String) -> Int? { option(name).flatMap(Int.init) }
}
