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
    @Option(name: .long, help: ArgumentHelp(Phrase.predictVocabulary(), valueName: "file")) var vocabulary: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.predictTrain(), valueName: "file")) var train: String?

    func run() async throws {
        guard let task = PredictionTask(rawValue: task) else { throw PipelineError.unknownTask(name: task) }
        let prediction = PredictionRun(
            task: task, length: try length.map { try Words.count($0, of: "--length") },
            field: try Words.value(field, of: "--field") ?? .decisions,
            corpus: try corpus.map(Words.file), vocabulary: try vocabulary.map(Words.file),
            train: try train.map(Words.file))
        let progress = Progress(Phrase.progressPredict(), total: nil, isQuiet: global.quiet || global.json)
        let result = try await prediction.run(from: Words.file(input), to: URL(filePath: output)) {
            progress.update($0)
        }
        progress.finish()
        let failures = result.failures.map { Failure($0) }
        for failure in failures { failure.report(asJSON: global.json) }
        if !global.json { Terminal.complain(Phrase.predictDone("\(result.count)", output)) }
        if let first = failures.first { throw first.status }
    }
}
