public import DocketCore

/// What one library allows and how it treats doubtful things; the caller reads it from `docket.yaml`.
public struct LibraryConfiguration: Sendable, Equatable, Codable {
    /// Name for people; may be empty.
    public var name: String
    /// Highest classification that is taken in (SEC-01); `internal` unless the site says otherwise.
    public var ceiling: Classification
    /// What blocks approval of a draft.
    public var review: ReviewPolicy
    /// How the rules of tracked items are judged.
    public var tracking: TrackingPolicy
    /// How long a write waits for another program, in milliseconds.
    public var busyTimeoutMilliseconds: Int
    /// Largest text of one source, in UTF-8 bytes.
    public var maximumTextBytes: Int

    /// A configuration; every default is here.
    public init(
        name: String = "", ceiling: Classification = .internal, review: ReviewPolicy = ReviewPolicy(),
        tracking: TrackingPolicy = TrackingPolicy(), busyTimeoutMilliseconds: Int = 10_000,
        maximumTextBytes: Int = 256 << 20
    ) {
        self.name = name
        self.ceiling = ceiling
        self.review = review
        self.tracking = tracking
        self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
        self.maximumTextBytes = maximumTextBytes
    }

    /// Reads a configuration; a key that is absent keeps its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let standard = LibraryConfiguration()
        name = try values.decodeIfPresent(String.self, forKey: .name) ?? standard.name
        ceiling = try values.decodeIfPresent(Classification.self, forKey: .ceiling) ?? standard.ceiling
        review = try values.decodeIfPresent(ReviewPolicy.self, forKey: .review) ?? standard.review
        tracking = try values.decodeIfPresent(TrackingPolicy.self, forKey: .tracking) ?? standard.tracking
        busyTimeoutMilliseconds =
            try values.decodeIfPresent(Int.self, forKey: .busyTimeoutMilliseconds) ?? standard.busyTimeoutMilliseconds
        maximumTextBytes =
            try values.decodeIfPresent(Int.self, forKey: .maximumTextBytes) ?? standard.maximumTextBytes
    }

    /// What the person at the command line sees: everything up to the ceiling, in all scopes.
    public var commandLineViewer: Viewer { Viewer(clearance: ceiling) }
}

/// What blocks approval of a draft (DESIGN.md promise 1).
public struct ReviewPolicy: Sendable, Equatable, Codable {
    /// Verdicts that block; contradicted and unsupported by default.
    public var blockingVerdicts: Set<Verdict>
    /// Severities of findings that block; errors by default.
    public var blockingSeverities: Set<Finding.Severity>
    /// Rules that never block here, "TXT-04" ….
    public var toleratedRules: Set<String>
    /// Kinds of difference that only warn: a claim that differs in nothing else does not block.
    public var toleratedReasons: Set<ReasonType>
    /// True when a person may approve what is blocked by giving a reason, which is kept with their name.
    public var approvalWithReason: Bool

    /// A policy.
    public init(
        blockingVerdicts: Set<Verdict> = [.contradicted, .unsupported],
        blockingSeverities: Set<Finding.Severity> = [.error], toleratedRules: Set<String> = [],
        toleratedReasons: Set<ReasonType> = [], approvalWithReason: Bool = true
    ) {
        self.blockingVerdicts = blockingVerdicts
        self.blockingSeverities = blockingSeverities
        self.toleratedRules = toleratedRules
        self.toleratedReasons = toleratedReasons
        self.approvalWithReason = approvalWithReason
    }

    /// Reads a policy; what is left out is the default.
    public init(from decoder: any Decoder) throws {
        let (values, standard) = (try decoder.container(keyedBy: CodingKeys.self), ReviewPolicy())
        blockingVerdicts =
            try values.decodeIfPresent(Set<Verdict>.self, forKey: .blockingVerdicts) ?? standard.blockingVerdicts
        blockingSeverities =
            try values.decodeIfPresent(Set<Finding.Severity>.self, forKey: .blockingSeverities)
            ?? standard.blockingSeverities
        toleratedRules = try values.decodeIfPresent(Set<String>.self, forKey: .toleratedRules) ?? []
        toleratedReasons = try values.decodeIfPresent(Set<ReasonType>.self, forKey: .toleratedReasons) ?? []
        approvalWithReason = try values.decodeIfPresent(Bool.self, forKey: .approvalWithReason) ?? true
    }

    /// The verdicts of `draft` that block its approval, in claim order.
    public func blockingClaims(of draft: VerifiedDraft) -> [ClaimVerdict] {
        draft.verdicts.filter { blockingVerdicts.contains($0.verdict) && !isTolerated($0) }
    }

    /// True for a claim that differs from its evidence in tolerated kinds alone.
    private func isTolerated(_ verdict: ClaimVerdict) -> Bool {
        verdict.verdict != .supported && !verdict.reasons.isEmpty
            && verdict.reasons.allSatisfy { toleratedReasons.contains($0.type) }
    }

    /// True when `reason` answers what blocks: the policy takes reasons and it is one.
    public func isAnswered(by reason: String?) -> Bool {
        approvalWithReason && reason.map { !$0.allSatisfy(\.isWhitespace) } ?? false
    }

    /// The findings of `draft` that block its approval.
    public func blockingFindings(of draft: VerifiedDraft) -> [Finding] {
        let tolerated = Set(draft.verdicts.filter(isTolerated).map(\.claim))
        return draft.findings.filter { finding in
            // An unpaired bracket says nothing about the evidence.
            let isOfClaim = finding.rule != "TXT-01" && finding.place.claim.map(tolerated.contains) ?? false
            return blockingSeverities.contains(finding.severity) && !toleratedRules.contains(finding.rule) && !isOfClaim
        }
    }
}

/// How the configurable rules of tracked items are judged (DOMAIN.md section 12, TRK).
public struct TrackingPolicy: Sendable, Equatable, Codable {
    /// TRK-02, release without evidence since the last continue: its severity; nil turns the rule off.
    public var releaseWithoutEvidence: Finding.Severity?
    /// TRK-03: number of meetings that an item may stay open before it is reported; nil turns the rule off.
    public var openMeetings: Int?

    /// A policy; the rules' own severities by default.
    public init(releaseWithoutEvidence: Finding.Severity? = .error, openMeetings: Int? = 6) {
        self.releaseWithoutEvidence = releaseWithoutEvidence
        self.openMeetings = openMeetings
    }
}
