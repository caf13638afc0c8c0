import Crypto
import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import DocketTestSupport
import DocketTransport
import Foundation
import Synchronization
import Testing

@Suite struct EndpointTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-endpoints-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "models/endpoints"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no test
        try body(folder)
    }

    private func write(_ text: String, _ name: String, _ folder: URL) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private static let profile = """
        name: hall
        baseURL: "http://127.0.0.1:9/v1"
        model: local
        clearance: confidential

        """

    // MARK: - Profiles

    @Test func `every embedded profile can be read and names its own file`() throws {
        let catalogue = EndpointCatalogue()
        #expect(catalogue.names() == ["llama-cpp", "lm-studio", "ollama", "openai-compatible", "vllm"])
        for name in catalogue.names() {
            let profile = try catalogue.profile(name)
            #expect(profile.name == name)
            #expect(profile.clearance <= .internal)
            #expect(profile.baseURL.hasPrefix("http://127.0.0.1:"))
        }
    }

    @Test func `a library's own profile stands before an embedded one`() throws {
        try withFolder { folder in
            try write(
                "name: ollama\nbaseURL: \"http://127.0.0.1:9/v1\"\nmodel: mine\n", "models/endpoints/ollama.yaml",
                folder)
            #expect(try EndpointCatalogue(library: folder).profile("ollama").model == "mine")
        }
    }

    @Test(arguments: [
        ("modell: x\n", "modell"), ("limits: { idleSecond: 3 }\n", "limits.idleSecond"),
        ("slots: 0\n", "slots"), ("contextTokens: -4\n", "contextTokens"),
        ("limits: { totalSeconds: .nan }\n", "limits.totalSeconds"), ("clearance: everything\n", "clearance"),
        ("structuredOutput: []\n", "structuredOutput"), ("sampling: { temperature: 99 }\n", "sampling.temperature"),
    ])
    func `a key that means nothing or a number out of range is named`(line: String, key: String) throws {
        try withFolder { folder in
            let text = "name: hall\nbaseURL: \"http://127.0.0.1:9/v1\"\nmodel: local\n" + line
            try write(text, "models/endpoints/hall.yaml", folder)
            let error = try #require(throws: PipelineError.self) {
                try EndpointCatalogue(library: folder).profile("hall")
            }
            #expect(error.explanation.en.contains(key), "\(error)")
        }
    }

    @Test(arguments: ["", "../docket", "a/b", ".hidden", "沒有", "none"])
    func `a name that is no profile is refused with the names there are`(name: String) {
        #expect(throws: PipelineError.unknownEndpoint(name: name, known: EndpointCatalogue().names())) {
            try EndpointCatalogue().profile(name)
        }
    }

    // MARK: - Policy

    private func sign(_ text: String, with key: Curve25519.Signing.PrivateKey, in folder: URL) throws {
        try write(text, SitePolicy.fileName, folder)
        let signature = try key.signature(for: Data(text.utf8)).base64EncodedString()
        try write(signature + "\n", SitePolicy.fileName + ".sig", folder)
    }

    private static let policy = """
        authority: 虛構府祕字第1150000001號
        validUntil: 2026-12-31
        endpoints:
          hall: restricted

        """

    @Test func `without a policy no endpoint is cleared above internal, with one as far as it says`() throws {
        try withFolder { folder in
            try write(Self.profile, "models/endpoints/hall.yaml", folder)
            #expect(try EndpointCatalogue(library: folder).profile("hall").clearance == .internal)
            let key = Curve25519.Signing.PrivateKey()
            try sign(Self.policy, with: key, in: folder)
            let publicKey = key.publicKey.rawRepresentation.base64EncodedString()
            let catalogue = EndpointCatalogue(library: folder) {
                try SitePolicy.load(from: folder, key: publicKey, today: "2026-11-21")
            }
            #expect(try catalogue.profile("hall").clearance == .restricted)
            #expect(try catalogue.profile("ollama").clearance == .internal)
        }
    }

    @Test func `a policy that was changed, signed by another, or has run out is refused`() throws {
        try withFolder { folder in
            let key = Curve25519.Signing.PrivateKey()
            let publicKey = key.publicKey.rawRepresentation.base64EncodedString()
            func load(_ today: String = "2026-11-21", key: String? = nil) throws -> SitePolicy? {
                try SitePolicy.load(from: folder, key: key ?? publicKey, today: today)
            }
            try sign(Self.policy, with: key, in: folder)
            #expect(try load()?.endpoints == ["hall": .restricted])
            #expect(throws: PipelineError.self) { try load("2027-01-01") }
            #expect(throws: PipelineError.self) { try load(key: "bm90IGEga2V5") }
            let other = Curve25519.Signing.PrivateKey().publicKey.rawRepresentation.base64EncodedString()
            #expect(throws: PipelineError.self) { try load(key: other) }
            #expect(try load(key: "") == nil)
            try write(
                Self.policy.replacing("restricted", with: "topSecret"), SitePolicy.fileName, folder)
            #expect(throws: PipelineError.self) { try load() }
        }
    }

    // MARK: - Gate

    /// Stands for an engine over an endpoint, and counts how often it is asked.
    private final class Listener: DraftingEngine {
        let clearance: Classification
        let asked = Mutex(0)

        init(clearance: Classification) { self.clearance = clearance }

        var identity: EngineIdentity { EngineIdentity(name: "listener", version: "1", model: "m") }
        var model: ModelTraits? {
            ModelTraits(
                endpoint: "hall", model: "m", contextTokens: 4096, slots: 1, settingsDigest: SHA256Digest(of: ""),
                clearance: clearance)
        }

        func draft(
            _ request: DraftRequest, onFragment: @Sendable (DraftFragment) async throws -> Void
        ) async throws -> Draft {
            asked.withLock { $0 += 1 }
            return try await ExtractiveEngine().draft(request, onFragment: onFragment)
        }
    }

    @Test func `a source above the clearance is never handed to the engine, and the refusal is in the audit trail`()
        async throws
    {
        try await PipelineFixture.with { fixture in
            let text = "虛構市政府第5次資訊會報，決議請資訊局於4月30日前完成介接作業。"
            let paper = try await fixture.add(text, classification: .internal)
            let deaf = Listener(clearance: .public)
            await #expect(throws: PipelineError.self) {
                _ = try await fixture.workspace.drafting(with: deaf).draft(paper.id, by: PipelineFixture.clerk) { _ in
                    .summary(length: 50)
                }
            }
            #expect(deaf.asked.withLock { $0 } == 0)
            let events = try await fixture.workspace.library.auditEvents(
                of: "source:\(paper.id)", viewer: fixture.workspace.viewer)
            #expect(events.last?.action == AuditAction.denied.rawValue)
            #expect(events.last?.detail["endpoint"] == "hall")

            let cleared = Listener(clearance: .internal)
            _ = try await fixture.workspace.drafting(with: cleared).draft(paper.id, by: PipelineFixture.clerk) { _ in
                .summary(length: 50)
            }
            #expect(cleared.asked.withLock { $0 } == 1)
        }
    }

    @Test func `a model of which nothing is supported leaves the embedded engine's text, and says so`() async throws {
        try await PipelineFixture.with { fixture in
            let text = """
                虛構市政府秘書處函
                主旨：檢送本府第五次資訊會報紀錄一份，請查照。
                說明：資訊局將於4月30日前完成單一登入介接作業，民政局配合提供測試帳號20組。
                """
            let paper = try await fixture.add(text)
            let model = ScriptedChatModel(context: 4096) { _ in
                #"{"claims":[{"text":"水晶宮管理處採購五百匹駱駝。","passages":["p999"]}]}"#
            }
            let engine = ChatEngine(model: model, prompts: try PromptSet.embedded())
            let stored = try await fixture.workspace.drafting(with: engine).draft(
                paper.id, by: PipelineFixture.clerk
            ) { _ in .summary(length: 80) }
            let draft = stored.verified.draft
            #expect(!draft.claims.isEmpty && !draft.claims.contains { $0.text.contains("水晶宮") })
            #expect(draft.engine.name == "chat-completion")
            #expect(draft.derivation?.extractiveClaims == draft.claims.count)
            #expect(stored.verified.findings.contains { $0.rule == "GEN-06" })
            #expect(!model.requests.isEmpty)
        }
    }

    @Test func `an address that no profile allows is not connected to, and the refusal is in the audit trail`()
        async throws
    {
        try await PipelineFixture.with { fixture in
            let paper = try await fixture.add("虛構市政府第5次資訊會報，決議請資訊局於4月30日前完成介接作業。")
            // An address of the documentation range, which nobody has.
            let profile = EndpointProfile(
                name: "afar", baseURL: "http://192.0.2.7:8080/v1", model: "m", clearance: .internal)
            let engine = ChatEngine(
                model: try EndpointClient(profile, http: HTTPClient()), prompts: try PromptSet.embedded())
            let failure = await #expect(throws: ChatFailure.self) {
                _ = try await fixture.workspace.drafting(with: engine).draft(paper.id, by: PipelineFixture.clerk) { _ in
                    .summary(length: 50)
                }
            }
            guard case .refused(endpoint: "afar", reason: _)? = failure else {
                Issue.record("not refused: \(String(describing: failure))")
                return
            }
            let events = try await fixture.workspace.library.auditEvents(
                of: "source:\(paper.id)", viewer: fixture.workspace.viewer)
            #expect(events.last?.action == AuditAction.denied.rawValue)
            #expect(events.last?.detail["endpoint"] == "afar")
        }
    }
}
