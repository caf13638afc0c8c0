import ArgumentParser
import DocketCore
import DocketPipeline
import Foundation

/// Runs the engine over a data set for evaluation.
struct Predict: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "predict", abstract: Phrase.predictAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.predictTask(), valueName: "task")) var task: String
    @Option(name: .customLong("in"), help: ArgumentHelp(Phrase.predictIn(), valueName: "file")) var input: String
    @Option(name: .customLong("out"), help: ArgumentHelp(Phrase.predictOut(), valueName: "file")) var output: String
    @Option(name: .long, help: ArgumentHelp(Phrase.draftLength(), valueName: "n")) var length: Int?
    @Option(name: .long, help: ArgumentHelp(Phrase.predictField(), valueName: "field")) var field: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.predictCorpus(), valueName: "file")) var corpus: String?

    func run() async throws {
        guard let task = PredictionTask(rawValue: task) else { throw PipelineError.unknownTask(name: task) }
        let prediction = PredictionRun(
            task: task, length: length, field: try Words.value(field, of: "--field") ?? .decisions,
            corpus: try corpus.map(Words.file))
        let progress = Progress(Phrase.progressPredict(), total: nil, isQuiet: global.quiet || global.json)
        let count = try await prediction.run(from: Words.file(input), to: URL(filePath: output)) {
            progress.update($0)
        }
        progress.finish()
        if !global.json { Terminal.complain(Phrase.predictDone("\(count)", output)) }
    }
}
