/// A text that must not be shown: a key, or an address with a password in it.
///
/// However it is printed, dumped or interpolated, it shows as "(hidden)".
public struct HiddenText: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself, for the wire alone.
    let revealed: String

    /// Hides `text`.
    public init(_ text: String) { revealed = text }

    /// "(hidden)".
    public var description: String { "(hidden)" }

    /// "(hidden)".
    public var debugDescription: String { description }

    /// Nothing inside.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
