/// Where a page of a list or of hits ended: its last key, never an offset; opaque, and good for the same request only.
public struct PageToken: Sendable, Hashable, Codable, RawRepresentable {
    /// The written form.
    public let rawValue: String

    /// A token written earlier.
    public init(rawValue: String) { self.rawValue = rawValue }
}
