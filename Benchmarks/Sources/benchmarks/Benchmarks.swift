/// Runs the scenarios named on the command line, or all that need no arguments.
///
/// Each scenario prints its figures beside those of a baseline measured in the same run, since machines and their load differ.
/// Options (`--name value`) are the scenario's own.
@main
struct Benchmarks {
    /// Every scenario by name; a new one is a file and a line here.
    private static let scenarios: [(name: String, run: @Sendable ([String]) async throws -> Void)] = [
        ("text", { _ in try TextScenario.run() }),
        ("jobs", { _ in try JobsScenario.run() }),
        ("grounding", { _ in try GroundingScenario.run() }),
        ("vocabulary", { try await VocabularyScenario($0).run() }),
        ("catalogue", { try CatalogueScenario($0).run() }),
        ("subjects", { try SubjectsScenario($0).run() }),
        ("search", { try await SearchScenario($0).run() }),
        ("spelling", { try await SpellingScenario($0).run() }),
    ]

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let wanted = arguments.prefix { !$0.hasPrefix("--") }
        let options = Array(arguments.dropFirst(wanted.count))
        let unknown = wanted.filter { name in !scenarios.contains { $0.name == name } }
        guard unknown.isEmpty else {
            print(
                "No scenario \(unknown.joined(separator: ", ")). There are: \(scenarios.map(\.name).joined(separator: ", "))"
            )
            return
        }
        for scenario in scenarios where wanted.isEmpty || wanted.contains(scenario.name) {
            print("# \(scenario.name)")
            try await scenario.run(options)
        }
    }
}
