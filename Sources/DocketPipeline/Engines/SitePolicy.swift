internal import Crypto
public import DocketCore
public import Foundation

/// The word of a site that a model may read papers of a secrecy level: `policy.yaml` in the library's folder, signed with
/// the key that `docket.yaml` names (DESIGN.md promise 4; DOMAIN.md sections 0 and 9).
///
/// The signature is Ed25519 over the bytes of the file, in Base64 in `policy.yaml.sig`.
public struct SitePolicy: Sendable, Equatable, Codable {
    /// Document that grants it, "府祕資字第1150001234號".
    public var authority: String
    /// Last day that it holds, YYYY-MM-DD.
    public var validUntil: String
    /// Endpoints that are cleared, by name, and how far.
    public var endpoints: [String: Classification]

    /// A policy.
    public init(authority: String, validUntil: String, endpoints: [String: Classification]) {
        self.authority = authority
        self.validUntil = validUntil
        self.endpoints = endpoints
    }

    /// Name of the file in a library's folder; the signature has `.sig` after it.
    public static let fileName = "policy.yaml"

    /// Highest classification that an endpoint may be cleared for without a policy.
    public static let clearanceWithout = Classification.internal

    /// How far the endpoint called `name` may be cleared.
    func clearance(of name: String) -> Classification { max(endpoints[name] ?? .public, Self.clearanceWithout) }

    /// The policy of the library in `folder`; nil when it has none or when `docket.yaml` names no key.
    ///
    /// `key` is the public key in Base64, `today` the day that the policy must still hold, YYYY-MM-DD.
    /// - Throws: `PipelineError.policy` when it is not signed with that key or has run out, `PipelineError.malformed`.
    public static func load(from folder: URL, key: String, today: String) throws -> SitePolicy? {
        let file = folder.appending(path: fileName)
        guard !key.isEmpty, FileManager.default.fileExists(atPath: file.path) else { return nil }
        guard let bytes = Data(base64Encoded: key),
            let publicKey = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)  // one reason for any bad key
        else { throw PipelineError.policy(file: file.path, problem: Self.badKey) }
        let text = try contents(of: file)
        let written = String(decoding: try contents(of: folder.appending(path: fileName + ".sig")), as: UTF8.self)
        let signature = Data(base64Encoded: written.filter { !$0.isWhitespace }) ?? Data()
        guard publicKey.isValidSignature(signature, for: text) else {
            throw PipelineError.policy(file: file.path, problem: Self.badSignature)
        }
        let sample = SitePolicy(authority: "", validUntil: "", endpoints: [:])
        // Names of endpoints are the site's own, so only the outer keys are known beforehand.
        let policy = try StrictYAML.decode(
            SitePolicy.self, from: text, file: file.path, like: sample, openKeys: ["endpoints"])
        guard policy.validUntil.utf8.count == 10, policy.validUntil >= today else {
            throw PipelineError.policy(file: file.path, problem: Self.expired)
        }
        return policy
    }

    private static func contents(of file: URL) throws -> Data {
        guard let handle = FileHandle(forReadingAtPath: file.path) else {
            throw PipelineError.cannotRead(file: file.path)
        }
        defer { handle.closeFile() }
        do { return try handle.read(upToCount: StrictYAML.maximumBytes + 1) ?? Data() } catch {
            throw PipelineError.cannotRead(file: file.path)
        }
    }

    private static let badKey = LocalizedText(
        zhHant: "docket.yaml 的 policyKey 不是 Ed25519 公鑰", en: "policyKey of docket.yaml is not an Ed25519 public key")
    private static let badSignature = LocalizedText(
        zhHant: "簽章與 docket.yaml 的 policyKey 不符", en: "not signed with the policyKey of docket.yaml")
    private static let expired = LocalizedText(zhHant: "已過有效期限（validUntil）", en: "has run out (validUntil)")
}
