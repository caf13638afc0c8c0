import Crypto
public import DocketCore
import Foundation

/// One event of the audit trail: who did what to which object, chained by hash to the event before it.
public struct AuditEvent: Sendable, Equatable, Codable {
    /// Chain, 0 in a library of one file.
    public var chain: Int
    /// Position in the chain, from 1, without gaps.
    public var sequence: Int
    /// Store's time, ISO 8601 in UTC.
    public var time: String
    /// Who.
    public var actor: String
    /// What: a value of `AuditAction`.
    public var action: String
    /// Kind and name of the object, joined by a colon: "source:01J…", "draft:…", "container:SHA256".
    public var object: String
    /// Facts of the event: revision, reason, authority, counts; never text of a document.
    public var detail: [String: String]
    /// Hash of the event before it; 64 zeros for the first.
    public var previousHash: String
    /// SHA-256 over all of the above.
    public var hash: String

    init(time: String, actor: String, action: String, object: String, detail: [String: String]) {
        chain = 0
        sequence = 0
        self.time = time
        self.actor = actor
        self.action = action
        self.object = object
        self.detail = detail
        previousHash = ""
        hash = ""
    }

    /// The hash that the event must carry: SHA-256 over its fields, each as byte count, colon, UTF-8 bytes and comma, in
    /// the order chain, sequence, time, actor, action, object, detail as JSON with sorted keys, previous hash.
    ///
    /// The counts make it impossible to move a character from one field to the next without changing the hash.
    public func computedHash() throws -> String {
        let fields = [
            String(chain), String(sequence), time, actor, action, object, try Coding.text(detail), previousHash,
        ]
        var bytes = Data()
        for field in fields { bytes.append(contentsOf: "\(field.utf8.count):\(field),".utf8) }
        return SHA256Digest(of: bytes).hex
    }
}

/// What an event says was done.
public enum AuditAction: String, Sendable, Codable, CaseIterable {
    case create = "library.create"
    case configure = "library.configure"
    case migrate = "library.migrate"
    case reindex = "library.reindex"
    case addSource = "source.add"
    case addRecords = "source.addRecords"
    case addVersion = "source.version"
    case setFields = "source.set"
    case withdraw
    case link = "meeting.link"
    case unlink = "meeting.unlink"
    case putRoster = "roster.put"
    case putSeries = "series.put"
    case putVocabulary = "vocabulary.put"
    case generate = "draft.generate"
    case edit = "draft.edit"
    case review = "draft.review"
    case approve = "draft.approve"
    case reject = "draft.reject"
    case storeStep = "step.store"
    case enqueueJob = "job.enqueue"
    case claimJob = "job.claim"
    case finishJob = "job.finish"
    case failJob = "job.fail"
    case renewJob = "job.renew"
    case releaseJob = "job.release"
    case parkJob = "job.park"
    case unparkJob = "job.unpark"
    case pauseJob = "job.pause"
    case resumeJob = "job.resume"
    case cancelJob = "job.cancel"
    case retryJob = "job.retry"
    case orderJob = "job.priority"
    case startWorker = "worker.start"
    case endWorker = "worker.end"
    case saveSearch = "search.save"
    case forgetSearch = "search.forget"
    case rememberSearch = "search.remember"
    case proposeEntries = "entry.propose"
    case decideEntry = "entry.decide"
    case advanceEntries = "entry.status"
    case trainSubjects = "subjects.train"
    case view, search, export, denied
}

/// The end of a chain: whoever keeps one outside the library can later show that nothing before it was changed or cut.
public struct AuditHead: Sendable, Equatable, Codable {
    /// Position of the last event; 0 for an empty chain.
    public var sequence: Int
    /// Its hash; 64 zeros for an empty chain.
    public var hash: String

    /// The end of a chain at `sequence`.
    public init(sequence: Int, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }
}

/// What a walk over the audit trail found (SEC-05).
public struct AuditReport: Sendable, Equatable {
    /// Events that follow from one another, from the first.
    public var verified: Int
    /// End of the verified part.
    public var head: AuditHead
    /// The first break; nil when the whole trail holds.
    public var firstBreak: AuditBreak?

    /// The break as a finding of SEC-05; nil when the whole trail holds.
    public var finding: Finding? {
        guard let firstBreak else { return nil }
        return Finding(
            rule: "SEC-05", severity: .error, place: Finding.Place(path: "audit \(firstBreak.sequence)"),
            message: LocalizedText(
                zhHant: "稽核紀錄自第 \(firstBreak.sequence) 筆起不連續（\(firstBreak.kind.rawValue)）",
                en: "the audit trail breaks at event \(firstBreak.sequence) (\(firstBreak.kind.rawValue))"),
            remedy: LocalizedText(
                zhHant: "請停止使用本資料庫，保留現狀並由備份比對",
                en: "stop using the library, keep it as it is and compare it with a copy"))
    }
}

/// Where and how the audit trail breaks.
public struct AuditBreak: Sendable, Equatable {
    /// Position of the first event that does not hold.
    public var sequence: Int
    /// What is wrong there.
    public var kind: Kind

    /// What is wrong.
    public enum Kind: String, Sendable {
        /// The position is missing.
        case gap
        /// The event's own hash is not that of its fields.
        case changed
        /// It does not follow the event before it.
        case unlinked
        /// An anchor does not agree with the event it names.
        case anchor
        /// The trail is shorter than, or differs from, the head kept outside.
        case head
    }
}
