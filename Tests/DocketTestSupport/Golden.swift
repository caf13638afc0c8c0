import Foundation

/// Whole outputs kept as files under `Tests/Fixtures`, so that every change of them is read as a diff.
///
/// With `DOCKET_RECORD=1` a differing output is written to its file and the test still fails: recording is a deed of
/// its
/// own, and the next run must pass without it.
public enum Golden {
    /// What is wrong with `output` against the file `name`; nil when they are equal.
    public static func difference(_ output: String, _ name: String) throws -> String? {
        let file = ReferenceData.packageRoot.appending(path: "Tests/Fixtures").appending(path: name)
        let recorded = try? String(contentsOf: file, encoding: .utf8)  // Absent before the first recording.
        if recorded == output { return nil }
        if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try output.write(to: file, atomically: true, encoding: .utf8)
            return "\(name) was recorded; read the diff and run again without DOCKET_RECORD"
        }
        guard let recorded else { return "\(name) is not recorded; run with DOCKET_RECORD=1" }
        let (old, new) = (
            recorded.split(separator: "\n", omittingEmptySubsequences: false),
            output.split(separator: "\n", omittingEmptySubsequences: false)
        )
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        let was = line < old.count ? old[line] : "(end)"
        let now = line < new.count ? new[line] : "(end)"
        return "\(name) line \(line + 1)\n  was \(was)\n  now \(now)"
    }
}
