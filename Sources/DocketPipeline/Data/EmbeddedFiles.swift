internal import CDocketData
public import Foundation

/// Files of `Models/` and the demo part of `Corpus/` that the binary carries; a library's `models/` folder overrides.
public struct EmbeddedFiles: Sendable {
    private let overrides: URL?

    /// The embedded files, with those of `overrides` (the `models` folder of a library) before them.
    public init(overrides: URL? = nil) { self.overrides = overrides }

    /// Paths of all embedded files, as in the project: "Corpus/index.json".
    public static let paths: [String] = (0..<docket_embedded_count()).map { index in
        String(cString: docket_embedded_at(index).path)
    }

    /// Bytes of the file at `path`; nil when there is none.
    ///
    /// A path below `Models/` is looked for in the overriding folder first.
    public func data(_ path: String) -> Data? {
        if let overrides, path.hasPrefix("Models/"), !path.contains("..") {
            // A file that cannot be read is as good as absent: the embedded one answers.
            if let data = try? Data(contentsOf: overrides.appending(path: path.dropFirst("Models/".count))) {
                return data
            }
        }
        guard let index = Self.paths.firstIndex(of: path) else { return nil }
        let file = docket_embedded_at(index)
        return Data(bytes: file.bytes, count: file.count)
    }

    /// Writes every embedded file below `prefix` into `folder`, keeping the paths.
    /// - Throws: what Foundation throws when a file cannot be written.
    public func write(prefix: String, into folder: URL) throws {
        for path in Self.paths where path.hasPrefix(prefix) {
            let target = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data(path)?.write(to: target)
        }
    }
}
