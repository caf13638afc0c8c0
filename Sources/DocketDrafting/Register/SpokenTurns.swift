/// Turns of speech and what minutes write for them.
enum SpokenTurns {
    /// The clause with every turn replaced, in one pass, the longest turn at each place.
    static func written(_ clause: String) -> String {
        let text = Array(clause)
        var output: [Character] = []
        output.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let turn = table[text[index]]?.first { text[index...].starts(with: $0.spoken) }
            if let turn {
                output += turn.written
                index += turn.spoken.count
            } else {
                output.append(text[index])
                index += 1
            }
        }
        return String(output)
    }

    private struct Turn {
        var spoken: [Character]
        var written: [Character]
    }

    /// Turns by their first character, longest first.
    private static let table: [Character: [Turn]] = {
        var table: [Character: [Turn]] = [:]
        for (spoken, written) in turns {
            let turn = Turn(spoken: Array(spoken), written: Array(written))
            if let first = turn.spoken.first { table[first, default: []].append(turn) }
        }
        return table.mapValues { $0.sorted { $0.spoken.count > $1.spoken.count } }
    }()

    private static let turns: [(String, String)] = [
        ("我們就請", "請"), ("就請", "請"), ("那請", "請"), ("也請", "請"), ("請請", "請"), ("可不可以", "可否"), ("能不能", "能否"),
        ("要不要", "是否"), ("不可以", "不得"), ("不能夠", "不得"), ("不用另外", "毋須另"), ("不用的時候", "不使用時"), ("不用的", "不使用的"), ("不用", "毋須"),
        ("不需要", "毋須"), ("不必", "毋須"),
        ("不要", "勿"), ("不要有", "不應有"), ("不要是", "不應是"), ("每一次", "每次"), ("每個月", "每月"), ("每個禮拜天", "每週日"), ("每個禮拜", "每週"),
        ("每一個月", "每月"), ("每天", "每日"),
        ("禮拜天", "星期日"), ("這個禮拜", "本週"), ("上個禮拜", "上週"), ("下個禮拜", "下週"), ("這個星期", "本週"), ("上個星期", "上週"),
        ("下個星期", "下週"), ("上禮拜", "上週"), ("下禮拜", "下週"), ("禮拜", "星期"), ("下個月", "下月"), ("上個月", "上月"), ("這個月", "本月"),
        ("改成", "改為"), ("變成", "變為"), ("一直到", "至"), ("到年底為止", "至年底止"), ("為止", "止"), ("如果", "如"), ("假如", "如"),
        ("的話", ""), ("必要的時候", "必要時"), ("的時候", "時"), ("大家", "各位"),
        ("還沒有", "尚未"), ("還沒", "尚未"), ("沒辦法", "無法"), ("就可以", "即可"), ("通通", "均"), ("全部都", "均"), ("統統", "均"),
        ("沒有更新", "未更新"), ("沒有完成", "未完成"), ("沒有答復", "未答復"), ("沒有介接", "未介接"), ("沒有驗收", "未驗收"), ("沒有公告", "未公告"),
        ("沒有上傳", "未上傳"), ("沒有通過", "未通過"), ("沒有改善", "未改善"), ("沒有辦理", "未辦理"), ("來辦理", "辦理"), ("來協處", "協處"),
        ("來彙整", "彙整"), ("來處理", "處理"), ("來討論", "討論"), ("來做", "做"), ("去確認", "確認"), ("去支應", "支應"), ("去辦理", "辦理"),
        ("去協調", "協調"), ("去檢討", "檢討"), ("給資訊局", "予資訊局"), ("裡面", "內"), ("那個", ""), ("一起", "一併"),
        ("不然", "否則"), ("才送出去", "始得送出"), ("做完", "完成"), ("弄好", "完成"), ("等一下", "稍後"),
        ("一下", ""), ("那一處", "該處"), ("那一案", "該案"), ("這一案", "本案"), ("出來再說", "後再議"), ("就等", "俟"), ("看看能不能", "研議能否"),
        ("納到", "納入"), ("就延長", "延長"), ("延長到", "延長至"), ("就訂在", "訂於"), ("訂在", "訂於"), ("就在", "於"), ("有來找過", "曾找過"),
        ("都沒有意見", "無意見"), ("沒有意見", "無意見"), ("說一聲", "告知"), ("趕快", "儘速"), ("馬上", "立即"), ("快點", "儘速"),
        ("看可不可以", "研議可否"), ("看看可不可以", "研議可否"), ("就延長到", "延長至"), ("也一起", "亦一併"),
    ]
}
