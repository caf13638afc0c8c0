/// A name of one thing in the library: a ULID made by the caller, so that no row number is ever seen outside.
public protocol Identity: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible
where RawValue == String {
    /// Wraps an identity read from outside; no form is imposed, since imported libraries keep their own names.
    init(rawValue: String)
}

extension Identity {
    /// A new identity, later in order than all made before it in an earlier millisecond.
    public static func make() -> Self { Self(rawValue: ULID().string) }

    /// The bare string.
    public var description: String { rawValue }

    /// Order of the strings' bytes: order of creation for ULIDs.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8)
    }

    /// Reads a bare JSON string.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes a bare JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Name of a source document.
public struct SourceID: Identity {
    /// The bare string.
    public let rawValue: String
    /// Wraps an identity read from outside.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Name of a draft, the same through all its revisions.
public struct DraftID: Identity {
    /// The bare string.
    public let rawValue: String
    /// Wraps an identity read from outside.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Name of a meeting: the minutes, agenda, attendance and transcript of one sitting share it.
public struct MeetingID: Identity {
    /// The bare string.
    public let rawValue: String
    /// Wraps an identity read from outside.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Name of a series of meetings.
public struct SeriesID: Identity {
    /// The bare string.
    public let rawValue: String
    /// Wraps an identity read from outside.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Name of a tracked item of a series.
public struct TrackedItemID: Identity {
    /// The bare string.
    public let rawValue: String
    /// Wraps an identity read from outside.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Name of a catalogue entry.
public struct EntryID: Identity {
    /// The bare string.
    public let rawValue: String
    /// Wraps an identity read from outside.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Name of a vocabulary, the same through all its versions.
public struct VocabularyID: Identity {
    /// The bare string.
    public let rawValue: String
    /// Wraps an identity read from outside.
    public init(rawValue: String) { self.rawValue = rawValue }
}
