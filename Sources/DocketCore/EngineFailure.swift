/// An engine could not do a step.
public protocol EngineFailure: ExplainedError {
    /// True when the same step may succeed later: its work is parked with the reason and resumes by itself. False when
    /// trying again gives the same: its work fails with the reason.
    var isTemporary: Bool { get }
    /// After how long another try makes sense, when the engine said so.
    var retryAfter: Duration? { get }
}
