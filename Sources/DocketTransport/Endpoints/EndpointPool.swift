public import DocketCore
internal import Synchronization

/// Several models as one: each request goes to the one that is cleared for it, is well, and has most room.
///
/// A model that fails rests, longer each time, and comes back by itself with a single request; the request that met the
/// failure is given to another. A classification that no member is cleared for is refused before anything is sent.
public final class EndpointPool: ChatModel {
    /// What is known of the pool: the smallest context, all slots, the highest clearance.
    public let traits: ModelTraits

    private let members: [any ChatModel]
    private let roster: PoolRoster

    /// A pool of one model or more; `rest` is the first rest of a member that fails, and doubles up to `longestRest`.
    public init(
        _ members: [any ChatModel], rest: Duration = .seconds(2), longestRest: Duration = .seconds(300)
    ) {
        self.members = members
        let all = members.map(\.traits)
        roster = PoolRoster(all, rest: rest, longestRest: longestRest)
        traits = ModelTraits(
            endpoint: all.map(\.endpoint).joined(separator: "+"),
            model: Set(all.map(\.model)).sorted().joined(separator: "+"),
            contextTokens: all.map(\.contextTokens).min() ?? 0, slots: all.reduce(0) { $0 + $1.slots },
            settingsDigest: SHA256Digest(
                of: all.map { "\($0.model) \($0.settingsDigest)" }.sorted().joined(separator: "\n")),
            tokens: TokenEstimate(
                perWideCharacter: all.map(\.tokens.perWideCharacter).max() ?? 0,
                perASCIIByte: all.map(\.tokens.perASCIIByte).max() ?? 0,
                perMessage: all.map(\.tokens.perMessage).max() ?? 0),
            clearance: all.map(\.clearance).max() ?? .public)
    }

    /// How each member fares, in their order.
    public var health: [EndpointHealth] { roster.health }

    /// A whole answer of one of the members.
    /// - Throws: `ChatFailure` when none could give it: a temporary one if any of them may give it later;
    ///   `CancellationError`.
    public func answer(
        to request: ChatRequest, onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) async throws -> ChatAnswer {
        var failures: [ChatFailure] = []
        var tried: Set<Int> = []
        while true {
            let place: Int
            do {
                place = try await roster.enter(for: request, without: tried)
            } catch let failure as ChatFailure {
                failures.append(failure)
                throw failures.first(where: \.isTemporary) ?? failures[0]
            }
            do {
                let answer = try await members[place].answer(to: request, onProgress: onProgress)
                roster.leave(place, .good)
                return answer
            } catch let failure as ChatFailure {
                roster.leave(place, .init(failure), failure)
                failures.append(failure)
                tried.insert(place)
                guard tried.count < members.count else {
                    throw failures.first(where: \.isTemporary) ?? failures[0]
                }
            } catch {
                roster.leave(place, .unknown)
                throw error
            }
        }
    }
}

/// How a member of a pool fares.
public struct EndpointHealth: Sendable, Equatable {
    /// Name of its profile.
    public let endpoint: String
    /// Requests that it works on.
    public let running: Int
    /// Failures since its last answer.
    public let failures: Int
    /// How long it still rests; nil for one that is asked.
    public let restsFor: Duration?
    /// Why it rests.
    public let reason: LocalizedText?
}

/// Who of a pool's members works, rests, or is waited for.
final class PoolRoster: Sendable {
    /// What became of a request.
    enum Report {
        case good
        /// The member cannot be used now, or not at all: it rests.
        case unwell
        /// The failure was the request's, or the model's.
        case failed
        /// Cancelled: nothing is known.
        case unknown

        init(_ failure: ChatFailure) {
            self =
                switch failure {
                case .unavailable, .rejected, .refused: .unwell
                case .contextExceeded, .promptCut, .incomplete, .invalid: .failed
                }
        }
    }

    private struct Member {
        let traits: ModelTraits
        var running = 0
        var failures = 0
        var restsUntil: ContinuousClock.Instant?
        var failure: ChatFailure?

        /// After a failure a single request shows whether it is well again.
        var slots: Int { failures > 0 ? 1 : max(traits.slots, 1) }

        func isResting(_ now: ContinuousClock.Instant) -> Bool { restsUntil.map { now < $0 } ?? false }
    }

    private struct Waiter {
        let ticket: Int
        let eligible: [Int]
        let continuation: CheckedContinuation<Int, any Error>
    }

    private struct State {
        var members: [Member]
        var waiters: [Waiter] = []
        var next = 0
    }

    private let state: Mutex<State>
    private let rest: Duration
    private let longestRest: Duration

    init(_ members: [ModelTraits], rest: Duration, longestRest: Duration) {
        state = Mutex(State(members: members.map { Member(traits: $0) }))
        (self.rest, self.longestRest) = (rest, longestRest)
    }

    var health: [EndpointHealth] {
        let now = ContinuousClock.now
        return state.withLock { state in
            state.members.map { member in
                let left = member.isResting(now) ? member.restsUntil.map { $0 - now } : nil
                return EndpointHealth(
                    endpoint: member.traits.endpoint, running: member.running, failures: member.failures,
                    restsFor: left, reason: left == nil ? nil : member.failure?.explanation)
            }
        }
    }

    /// Waits for a member that may be asked, and takes a place at it.
    func enter(for request: ChatRequest, without tried: Set<Int>) async throws -> Int {
        let (ticket, eligible) = try state.withLock { state in
            let cleared = state.members.indices.filter { request.classification <= state.members[$0].traits.clearance }
            guard !cleared.isEmpty else { throw Self.refusal(request.classification, state.members.map(\.traits)) }
            defer { state.next += 1 }
            return (state.next, cleared.filter { !tried.contains($0) })
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Int, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if let answer = Self.choose(eligible, &state.members, .now) { return answer }
                    state.waiters.append(Waiter(ticket: ticket, eligible: eligible, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Gives the place back, with what became of the request.
    func leave(_ place: Int, _ report: Report, _ failure: ChatFailure? = nil) {
        let ready = state.withLock { state -> [(Waiter, Result<Int, any Error>)] in
            state.members[place].running -= 1
            switch report {
            case .good, .failed: (state.members[place].failures, state.members[place].restsUntil) = (0, nil)
            case .unwell: sendToRest(&state.members[place], failure)
            case .unknown: break
            }
            var ready: [(Waiter, Result<Int, any Error>)] = []
            state.waiters.removeAll { waiter in
                guard let answer = Self.choose(waiter.eligible, &state.members, .now) else { return false }
                ready.append((waiter, answer))
                return true
            }
            return ready
        }
        for (waiter, answer) in ready { waiter.continuation.resume(with: answer) }
    }

    private func sendToRest(_ member: inout Member, _ failure: ChatFailure?) {
        member.failures += 1
        let grown = rest * (1 << min(member.failures - 1, 16))
        let wanted = max(grown, failure?.retryAfter ?? .zero)
        member.restsUntil = .now + min(wanted, longestRest)
        member.failure = failure
    }

    /// A place at a member, or why there is none; nil while one is to be waited for.
    private static func choose(
        _ eligible: [Int], _ members: inout [Member], _ now: ContinuousClock.Instant
    ) -> Result<Int, any Error>? {
        let awake = eligible.filter { !members[$0].isResting(now) }
        guard !awake.isEmpty else {
            // All rest: the one that comes back first says why, and when.
            let all = members
            func end(_ place: Int) -> ContinuousClock.Instant { all[place].restsUntil ?? now }
            guard let first = eligible.min(by: { end($0) < end($1) }) else { return .failure(ChatFailure.empty) }
            let reason = members[first].failure?.explanation ?? LocalizedText.nothing
            return .failure(
                ChatFailure.unavailable(
                    endpoint: members[first].traits.endpoint, reason: reason, retryAfter: end(first) - now))
        }
        let free = awake.filter { members[$0].running < members[$0].slots }
        func load(_ place: Int) -> Double { Double(members[place].running) / Double(members[place].slots) }
        guard let place = free.min(by: { load($0) < load($1) }) else { return nil }
        members[place].running += 1
        return .success(place)
    }

    private static func refusal(_ level: Classification, _ members: [ModelTraits]) -> ChatFailure {
        let highest = members.map(\.clearance).max() ?? .public
        let names = members.map(\.endpoint).joined(separator: "+")
        return .refused(endpoint: names, reason: .clearance(level, highest))
    }
}

extension ChatFailure {
    fileprivate static let empty = ChatFailure.refused(endpoint: "", reason: .nothing)
}
