/// Who makes a change: "cli:NAME" for a person at the command line, "system" for Docket itself.
public struct Actor: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Kind and name, joined by a colon.
    public let description: String

    /// An actor of a written form.
    public init(_ description: String) { self.description = description }

    /// The person at the command line.
    public static func commandLine(_ name: String) -> Actor { Actor("cli:\(name)") }
}

/// Who looks: what a read may show.
///
/// Every read takes one; access is filtered before ranking, counting and suggesting.
public struct Viewer: Sendable, Hashable, Codable {
    /// Highest classification seen.
    public var clearance: Classification
    /// Agencies and cases whose scoped material is seen; nil sees all scopes.
    public var scopes: Set<String>?

    /// A viewer.
    public init(clearance: Classification, scopes: Set<String>? = nil) {
        self.clearance = clearance
        self.scopes = scopes
    }

    /// True when something of this level and scope may be shown.
    public func sees(_ classification: Classification, scope: String) -> Bool {
        classification <= clearance && (scope.isEmpty || scopes?.contains(scope) ?? true)
    }
}

/// Kinds of results that a search gives.
public enum ResultKind: String, Sendable, Codable, CaseIterable {
    case conclusion, agendaItem, passage, entry, question
}
