internal import Foundation

/// Reads the secrets that profiles point to.
enum EndpointKey {
    private static let mostBytes = 16 << 10

    /// The key of a profile as the value of an `Authorization` header; nil for a profile without one.
    /// - Throws: `TransportError.unreadableFile(.secret)` when the place is empty or cannot be read.
    static func authorization(
        for secret: EndpointProfile.Secret?, environment: (String) -> String?
    ) throws(TransportError) -> HiddenText? {
        guard let secret else { return nil }
        let key: String?
        if let path = secret.file {
            key = firstLine(of: path)
        } else if let name = secret.environment {
            key = environment(name)
        } else {
            key = nil
        }
        guard let key = key?.trimmingCharacters(in: .whitespacesAndNewlines), !key.isEmpty else {
            throw .unreadableFile(.secret)
        }
        return HiddenText("Bearer \(key)")
    }

    private static func firstLine(of path: String) -> String? {
        // Why it cannot be read is of no use here: the error names the file's part and the remedy.
        guard let file = try? FileHandle(forReadingFrom: URL(filePath: path)),
            let data = try? file.read(upToCount: mostBytes)
        else { return nil }
        return String(decoding: data.prefix { $0 != 10 }, as: UTF8.self)
    }
}
