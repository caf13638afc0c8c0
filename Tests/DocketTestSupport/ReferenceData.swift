public import Foundation

/// The development data that tests read and never copy: real documents and gold sets outside the repository.
///
/// Its folder is `DOCKET_REFERENCE_DATA`, or `../shared/data` beside the package. A test that needs it is enabled by
/// `isAvailable` and is shown as skipped without it.
public enum ReferenceData {
    /// Folder of the package: two levels above this file's folder.
    public static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Folder of the data, whether or not it exists.
    public static let root: URL =
        if let path = ProcessInfo.processInfo.environment["DOCKET_REFERENCE_DATA"] {
            URL(filePath: path)
        } else {
            packageRoot.appending(path: "../shared/data").standardizedFileURL
        }

    /// True when the folder is there.
    public static var isAvailable: Bool { FileManager.default.fileExists(atPath: root.path) }

    /// Path of one file of the data.
    public static func url(_ path: String) -> URL { root.appending(path: path) }

    /// Bytes of one file of the data.
    public static func data(_ path: String) throws -> Data { try Data(contentsOf: url(path)) }

    /// UTF-8 text of one file of the data.
    public static func text(_ path: String) throws -> String {
        try String(contentsOf: url(path), encoding: .utf8)
    }

    /// Lines of a JSON Lines file, each as the bytes of one object.
    public static func lines(_ path: String) throws -> [Data] {
        try data(path).split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }
}
