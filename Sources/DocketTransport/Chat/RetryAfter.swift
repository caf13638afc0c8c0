internal import Foundation

/// The `Retry-After` header: seconds, or a date (RFC 9110, section 10.2.3).
enum RetryAfter {
    private static let longest = 7 * 86_400.0

    static func duration(_ value: String, now: Date) -> Duration? {
        let seconds: Double
        if let number = Double(value), number.isFinite {
            seconds = number
        } else {
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.timeZone = TimeZone(identifier: "GMT")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
            guard let date = format.date(from: value) else { return nil }
            seconds = date.timeIntervalSince(now)
        }
        return .milliseconds(Int64(min(max(seconds, 0), longest) * 1000))
    }
}
