/// Runs the scenarios named on the command line, or all of them.
///
/// Each scenario prints its figures beside those of a baseline measured in the same run, since machines and their load differ.
@main
struct Benchmarks {
    /// Every scenario by name; a new one is a file and a line here.
    private static let scenarios: [(name: String, run: @Sendable () throws -> Void)] = [
        ("text", { try TextScenario.run() }),
        ("jobs", { try JobsScenario.run() }),
        ("grounding", { try GroundingScenario.run() }),
    ]

    static func main() throws {
        let wanted = CommandLine.arguments.dropFirst()
        let unknown = wanted.filter { name in !scenarios.contains { $0.name == name } }
        guard unknown.isEmpty else {
            print(
                "No scenario \(unknown.joined(separator: ", ")). There are: \(scenarios.map(\.name).joined(separator: ", "))"
            )
            return
        }
        for scenario in scenarios where wanted.isEmpty || wanted.contains(scenario.name) {
            print("# \(scenario.name)")
            try scenario.run()
        }
    }
}
