/// Times of repeated runs of one piece of work.
struct Measurement {
    /// Median time of a run, in seconds.
    let seconds: Double

    /// Runs `work` once to warm up and `runs` times to measure.
    init(runs: Int = 5, _ work: () -> Void) {
        work()
        let clock = ContinuousClock()
        let times = (0..<max(1, runs)).map { _ in clock.measure(work) }.sorted()
        let median = times[times.count / 2].components
        seconds = Double(median.seconds) + Double(median.attoseconds) * 1e-18
    }

    /// Megabytes (10^6 bytes) a second for `bytes` a run.
    func rate(bytes: Int) -> Double { Double(bytes) / 1e6 / seconds }
}

/// Keeps the optimizer from dropping work whose result nobody uses.
@inline(never)
func consume(_ value: Int) { if value == .min { print(value) } }

extension String {
    /// The text in `count` columns, right aligned.
    func rightAligned(_ count: Int) -> String { String(repeating: " ", count: Swift.max(0, count - self.count)) + self }
}
