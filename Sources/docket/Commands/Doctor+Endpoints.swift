import DocketArchive
import DocketCore
import DocketPipeline
import DocketTransport
import Foundation

extension Doctor {
    /// What is found at the endpoints that the command line names and that the library's settings do.
    ///
    /// An endpoint that is only there as a profile is not asked: nothing is sent where nobody named it.
    func endpointLines(of folder: URL) async throws -> [Line] {
        let hasLibrary = FileManager.default.fileExists(atPath: folder.appending(path: "docket.sqlite").path)
        var names = endpoints
        var catalogue = EndpointCatalogue()
        if hasLibrary {
            let workspace = try await Workspace.open(at: folder, mode: .read)
            catalogue = workspace.endpoints
            names += workspace.drafting.endpoints
        }
        var lines: [Line] = []
        var seen: Set<String> = []
        for name in names where seen.insert(name).inserted {
            lines += try await probe(name, in: catalogue)
        }
        return lines
    }

    private func probe(_ name: String, in catalogue: EndpointCatalogue) async throws -> [Line] {
        let progress = Progress(
            Phrase.doctorEndpointLine(name, ""), total: EndpointProbe.Check.allCases.count,
            isQuiet: global.quiet || global.json)
        defer { progress.finish() }
        guard let client = try catalogue.clients([name], environment: EngineOptions.variable).first else { return [] }
        var lines: [Line] = []
        _ = try await EndpointProbe(client).run { result in
            lines.append(
                Line(
                    name: Phrase.doctorEndpointLine(name, Self.words(for: result.check)),
                    isGood: result.state != .failed, note: result.message.shown, state: result.state.rawValue))
            progress.update(lines.count, Self.words(for: result.check))
        }
        return lines
    }

    private static func words(for check: EndpointProbe.Check) -> String {
        switch check {
        case .reachable: Phrase.doctorCheckReachable()
        case .model: Phrase.doctorCheckModel()
        case .context: Phrase.doctorCheckContext()
        case .tokens: Phrase.doctorCheckTokens()
        case .structuredOutput: Phrase.doctorCheckStructuredOutput()
        case .speed: Phrase.doctorCheckSpeed()
        case .seed: Phrase.doctorCheckSeed()
        }
    }

    /// The word for how a line stands.
    static func shownState(_ line: Line) -> String {
        switch line.state {
        case EndpointProbe.State.good.rawValue: Phrase.doctorWell()
        case EndpointProbe.State.failed.rawValue: Phrase.doctorFailed()
        case EndpointProbe.State.warning.rawValue: Phrase.doctorWarning()
        case EndpointProbe.State.skipped.rawValue: Phrase.doctorSkipped()
        default: line.isGood ? Phrase.doctorFound() : Phrase.doctorMissing()
        }
    }
}
