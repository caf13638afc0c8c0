internal import DocketCore
public import DocketTransport
public import Foundation

/// The endpoints that a library may name: the profiles of `Models/endpoints` in the binary, and before them those of the
/// library's `models/endpoints` folder.
public struct EndpointCatalogue: Sendable {
    private let files: EmbeddedFiles
    private let folder: URL?
    private let policy: @Sendable () throws -> SitePolicy?

    /// The profiles for the library in `folder`, nil for the embedded ones alone.
    ///
    /// Without a `policy` no endpoint is cleared for papers of a secrecy level. It is read when a profile is, so that a
    /// bad one stops nothing else.
    public init(library folder: URL? = nil, policy: @escaping @Sendable () throws -> SitePolicy? = { nil }) {
        self.folder = folder?.appending(path: "models/endpoints")
        files = EmbeddedFiles(overrides: folder?.appending(path: "models"))
        self.policy = policy
    }

    /// Names of all profiles, in order.
    public func names() -> [String] {
        // A library without such a folder has no profiles of its own.
        let own = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) } ?? []
        let embedded = EmbeddedFiles.paths.filter { $0.hasPrefix("Models/endpoints/") }
            .compactMap { $0.split(separator: "/").last.map(String.init) }
        let names = (own + embedded).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map {
            String($0.dropLast(5))
        }
        return Set(names).sorted()
    }

    /// The profile called `name`, its clearance cut to what the site's policy allows.
    /// - Throws: `PipelineError.unknownEndpoint`, `PipelineError.malformed` with the key, `PipelineError.policy`.
    public func profile(_ name: String) throws -> EndpointProfile {
        let isName = !name.isEmpty && name.utf8.allSatisfy(Self.isNameByte)
        guard isName, let data = files.data("Models/endpoints/\(name).yaml") else {
            throw PipelineError.unknownEndpoint(name: name, known: names())
        }
        let file = "models/endpoints/\(name).yaml"
        var profile = try StrictYAML.decode(EndpointProfile.self, from: data, file: file, like: Self.sample)
        guard profile.name == name else {
            throw PipelineError.malformed(
                file: file, place: .name("name"),
                problem: LocalizedText(zhHant: "須與檔名相同（\(name)）", en: "must be the file's name (\(name))"))
        }
        if let key = Self.outOfRange(profile) {
            throw PipelineError.malformed(
                file: file, place: .name(key), problem: LocalizedText(zhHant: "超出範圍", en: "out of range"))
        }
        profile.clearance = min(
            profile.clearance, try policy()?.clearance(of: name) ?? SitePolicy.clearanceWithout)
        return profile
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The first key whose number nobody can mean.
    private static func outOfRange(_ profile: EndpointProfile) -> String? {
        let limits = profile.limits
        let seconds: [(String, Double)] = [
            ("connectSeconds", limits.connectSeconds), ("firstByteSeconds", limits.firstByteSeconds),
            ("idleSeconds", limits.idleSeconds), ("totalSeconds", limits.totalSeconds),
            ("loadingSeconds", limits.loadingSeconds),
        ]
        if let wrong = seconds.first(where: { !($0.1 > 0 && $0.1 <= 86_400) }) { return "limits.\(wrong.0)" }
        let weights = [profile.tokens.perWideCharacter, profile.tokens.perASCIIByte]
        let checks: [(String, Bool)] = [
            ("contextTokens", (512...16_777_216).contains(profile.contextTokens)),
            ("slots", (1...4096).contains(profile.slots)),
            ("structuredOutput", !profile.structuredOutput.isEmpty),
            ("limits.answerBytes", (1024...1 << 30).contains(limits.answerBytes)),
            ("limits.answerTokens", (16...1_048_576).contains(limits.answerTokens)),
            ("limits.retries", (0...100).contains(limits.retries)),
            ("sampling.temperature", (0...5).contains(profile.sampling.temperature)),
            ("tokens", weights.allSatisfy { $0 > 0 && $0 <= 100 } && (0...1000).contains(profile.tokens.perMessage)),
        ]
        return checks.first { !$0.1 }?.0
    }

    /// A profile in which every key is set.
    private static let sample = EndpointProfile(
        name: "", baseURL: "", socket: "", model: "",
        sampling: .init(topP: 1, seed: 0), key: .init(file: "", environment: ""),
        tls: .init(authorities: "", certificate: "", key: ""), proxy: "")
}
