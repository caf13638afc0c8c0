public import DocketCore
import Foundation
import GRDB

/// A worker of this machine, alive as long as its process: it holds the lock of a file that the system lets go of when the
/// process ends, however it ends.
///
/// A library in one SQLite file is used by the programs of one machine, so that a lock tells at once what a lease tells
/// after its time: whoever finds the file free knows that its worker is gone, and gives its jobs back.
public final class JobWorker: Sendable {
    /// Who it is in the queue and in the audit trail, "worker:01J…".
    public let actor: Actor
    private let path: String
    private let descriptor: Int32

    fileprivate init(in folder: URL) throws {
        let name = ULID().string
        actor = Actor("worker:\(name)")
        guard mkdir(folder.path, 0o777) == 0 || errno == EEXIST else { throw BlobFile.failure(folder.path) }
        path = folder.appending(path: name).path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw BlobFile.failure(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw BlobFile.failure(path)
        }
    }

    deinit {
        unlink(path)
        close(descriptor)
    }

    /// True when the file of a worker is there and nobody holds its lock; it is removed then.
    fileprivate static func isGone(_ actor: String, in folder: URL) -> Bool {
        guard actor.hasPrefix("worker:") else { return false }
        let name = String(actor.dropFirst("worker:".count))
        guard ULID(name) != nil else { return false }
        let path = folder.appending(path: name).path
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    fileprivate static func forget(_ actor: String, in folder: URL) {
        unlink(folder.appending(path: String(actor.dropFirst("worker:".count))).path)
    }

    /// Removes the files of workers that are gone and hold no job.
    ///
    /// A file that was just made may not be locked yet, so only old ones are looked at.
    fileprivate static func sweep(_ folder: URL, keeping owners: [String]) {
        // What cannot be listed or looked at stays; it harms nothing.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where !owners.contains("worker:\(name)") {
            let path = folder.appending(path: name).path
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard let made = attributes?[.modificationDate] as? Date, made.timeIntervalSinceNow < -youngSeconds,
                isGone("worker:\(name)", in: folder)
            else { continue }
            unlink(path)
        }
    }

    private static let youngSeconds = 60.0
}

extension Library {
    /// A worker of this process; its jobs go to others when the process ends.
    /// - Throws: `ArchiveError` when its file cannot be made.
    public func makeWorker(by actor: Actor) async throws -> JobWorker {
        let worker = try JobWorker(in: folder.workers)
        try await record(.startWorker, worker.actor.description, detail: ["by": actor.description], by: actor)
        return worker
    }

    /// Gives back the jobs of workers whose processes have ended, without waiting for their leases; gives their number.
    public func releaseJobsOfLostWorkers(by actor: Actor) async throws -> Int {
        let owners = try await store.read(nil, as: .everything) { reading in
            try reading.db.rows("SELECT DISTINCT owner FROM job WHERE state = 'leased' /* reference: job */")
                .map { $0["owner"] as String }
        }
        JobWorker.sweep(folder.workers, keeping: owners)
        let gone = owners.filter { $0 != actor.description && JobWorker.isGone($0, in: folder.workers) }
        guard !gone.isEmpty else { return 0 }
        let count = try await store.write(RoutingKey("job"), by: actor) { writing in
            let rows = try writing.db.rows(
                """
                SELECT id, epoch FROM job
                WHERE state = 'leased' AND owner IN (SELECT value FROM json_each(?)) /* reference: job */
                """, [try Coding.text(gone)])
            for row in rows { try writing.release(JobID(rawValue: row["id"]), epoch: row["epoch"]) }
            return rows.count
        }
        for owner in gone { JobWorker.forget(owner, in: folder.workers) }
        return count
    }
}
