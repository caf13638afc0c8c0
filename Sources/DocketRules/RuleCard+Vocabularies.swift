internal import DocketCore

extension RuleCard {
    /// Checked by DocketIngest when a vocabulary is read.
    ///
    /// An error makes a term ambiguous or the hierarchy meaningless; a warning may be meant. None keeps a vocabulary out.
    static let ofVocabularies: [RuleCard] = [
        RuleCard(
            "VOC-01", .error,
            finds: LocalizedText("詞彙表的概念沒有優先詞。", "A concept of a vocabulary without a preferred label."),
            remedy: LocalizedText("請為其訂定優先詞，或刪去此概念。", "Give it one, or take the concept out."),
            silent: LocalizedText("已停用的概念；某一語言沒有優先詞者。", "Deprecated concepts; labels in one language only.")),
        RuleCard(
            "VOC-02", .error,
            finds: LocalizedText(
                "兩個概念在同一語言以同一詞為優先詞。",
                "Two concepts with one preferred label in one language, as search compares labels."),
            remedy: LocalizedText("請以限定詞區別，或合併兩概念。", "Tell them apart by a qualifier, or make them one concept."),
            silent: LocalizedText("已停用的概念。", "Deprecated concepts.")),
        RuleCard(
            "VOC-03", .warning,
            finds: LocalizedText(
                "一概念的別名是另一概念的優先詞。", "An alternative label that is the preferred label of another concept."),
            remedy: LocalizedText(
                "請確認該詞屬於何者；若兩者相關，請改列相關詞。", "Decide whose it is; link the two as related if both mean it."),
            silent: LocalizedText("供檢索用的隱藏詞；已停用的概念。", "Hidden labels; deprecated concepts.")),
        RuleCard(
            "VOC-04", .error,
            finds: LocalizedText(
                "上位概念形成循環；閉合循環之關聯未予採用。", "A cycle of broader concepts; the link that closes it is set aside."),
            remedy: LocalizedText("請刪去其中一項上位關聯。", "Take out one of these links."),
            silent: LocalizedText(
                "一概念有數個上位概念者；只有一端載明之上下位關聯，由程式補足。",
                "Several broader concepts; a link that only one of its ends states, which is mended.")),
        RuleCard(
            "VOC-05", .warning,
            finds: LocalizedText(
                "關聯指向詞彙表中沒有的概念，未予採用。", "A link to a concept that the vocabulary lacks; it is set aside."),
            remedy: LocalizedText("請補入該概念，或刪去關聯。", "Add that concept, or take out the link."),
            silent: LocalizedText("指向其他詞彙表的對應關係；集合與詞彙表本身。", "Mappings to other vocabularies; collections and schemes.")),
        RuleCard(
            "VOC-06", .information,
            finds: LocalizedText("已停用的概念未註明由何者取代。", "A deprecated concept of which nothing says what replaces it."),
            remedy: LocalizedText("如有取代者，請予註明。", "Name what replaces it, if anything does."),
            silent: LocalizedText("註明取代者。", "Concepts with a replacement.")),
        RuleCard(
            "VOC-07", .error,
            finds: LocalizedText(
                "一概念在同一語言有兩個優先詞；後者改列別名。",
                "Two preferred labels of one concept in one language; the second becomes alternative."),
            remedy: LocalizedText("請擇定一個優先詞。", "Decide which one is preferred."),
            silent: LocalizedText("不同語言之優先詞；同一詞重複載明者。", "Preferred labels in other languages; one label stated twice.")),
    ]
}
