public import DocketCore

/// Why learned subject data cannot be used.
public enum SubjectError: ExplainedError, Equatable {
    /// A file of weights is not of the form of this version.
    case badWeights
    /// A stored state is damaged or of another version; the byte where reading ended.
    case badState(byte: Int)
    /// A file of phrase weights is not of the form of this version.
    case badPhraseModel
    /// No concept of the vocabulary has the URI that a person gave.
    case unknownConcept(uri: String)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .badWeights:
            LocalizedText(
                zhHant: "models/subjects/weights.json：格式或版本不符；請移除該檔，改用內建權重",
                en: "models/subjects/weights.json: not of this version's form; remove it to use the built-in weights")
        case .badState(let byte):
            LocalizedText(
                zhHant: "主題學習資料於第 \(byte) 位元組處毀損或版本不符；請執行 docket catalogue train 重新學習",
                en: "learned subject data: damaged or of another version at byte \(byte); run docket catalogue train")
        case .badPhraseModel:
            LocalizedText(
                zhHant: "models/keyphrases/weights.json：格式或版本不符；請移除該檔，改用內建權重",
                en: "models/keyphrases/weights.json: not of this version's form; remove it to use the built-in weights")
        case .unknownConcept(let uri):
            LocalizedText(
                zhHant: "詞彙表中沒有概念 \(uri.prefix(200))；請改用詞彙表中的概念",
                en: "no concept \(uri.prefix(200)) in the vocabulary; choose one that it has")
        }
    }
}
