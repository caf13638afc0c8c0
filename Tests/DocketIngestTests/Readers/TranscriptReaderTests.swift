import DocketCore
import Testing

@testable import DocketIngest

struct WebVTTReaderTests {
    private static let captions = """
        WEBVTT - 會報

        NOTE
        這不是內容

        STYLE
        ::cue { color: red }

        開場
        00:00:01.000 --> 00:00:04.500 align:start
        <v.loud 主席>各位午安，
        我們<i>開始</i>。

        00:05.000 --> 00:06.000
        <v 研考會 丁主秘>好 &lt;報告&gt; &amp; 說明。<v 主席>請。

        00:00:05.500 --> 00:00:07.000
        <v 主計處>重疊。

        00:00:08.000 --> 00:00:09.000

        """

    @Test func `voices, times, tags and entities are read; notes and styles are not`() async throws {
        let source = try await readSource(Self.captions)
        #expect(source.kind == .transcript)
        #expect(source.origin.mediaType == "text/vtt" && source.title == "會報")
        #expect(source.words == ["各位午安，我們開始。", "好 <報告> & 說明。", "請。", "重疊。"])
        #expect(source.passages.map(\.speaker) == ["主席", "研考會 丁主秘", "主席", "主計處"])
        #expect(source.passages.map(\.kind) == Array(repeating: .utterance, count: 4))
        #expect(source.passages[0].time == TimeRange(start: 1000, end: 4500))
        #expect(source.passages[3].time == TimeRange(start: 5500, end: 7000))
        #expect(source.findings.isEmpty)
    }

    @Test func `rolling captions say each line once`() async throws {
        let text = """
            WEBVTT

            00:00:00.000 --> 00:00:02.000
            first line

            00:00:02.000 --> 00:00:04.000
            first line
            second line

            00:00:04.000 --> 00:00:05.000
            second line
            third line

            00:00:05.000 --> 00:00:06.000
            second line
            third line
            """
        let source = try await readSource(text)
        #expect(source.words == ["first line", "second line", "third line"])
        #expect(source.passages.last?.time == TimeRange(start: 4000, end: 6000))
    }

    @Test func `a cue whose times are broken is reported with its line`() async throws {
        let source = try await readSource(
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n好。\n\nxx --> 00:00:03.000\n不見了\n")
        #expect(source.words == ["好。"])
        #expect(source.findings.map(\.rule) == ["READ-04"])
        #expect(source.findings.first?.message.en.contains("line 6") ?? false)
    }

    @Test func `a file of broken cues alone is refused at its first line`() async throws {
        await #expect {
            try await readSource("WEBVTT\n\nxx --> yy\n不見了\n")
        } throws: {
            guard case .malformed(_, "WebVTT", let place, _) = $0 as? IngestError else { return false }
            return place.line == 3
        }
    }
}

struct SubRipReaderTests {
    @Test func `numbers, commas and speaker labels are understood`() async throws {
        let source = try await readSource(
            """
            1
            00:00:02,270 --> 00:00:04,010
            D: Are you sure

            2
            00:00:04,010 --> 00:00:08,360
            {\\an8}D: <b>it's small</b>: yes
            3
            00:00:09,000 --> 00:00:10,000
            C: How're we
            placed?
            """)
        #expect(source.words == ["Are you sure", "it's small: yes", "How're we placed?"])
        #expect(source.passages.map(\.speaker) == ["D", "D", "C"])
        #expect(source.passages[1].time == TimeRange(start: 4010, end: 8360))
        #expect(source.language == "en")
        #expect(source.origin.mediaType == "application/x-subrip")
    }

    @Test func `captions out of order are sorted and reported`() async throws {
        let source = try await readSource(
            "1\n00:00:05,000 --> 00:00:06,000\n後\n\n2\n00:00:01,000 --> 00:00:02,000\n先\n")
        #expect(source.words == ["先", "後"])
        #expect(source.findings.map(\.rule) == ["READ-07"])
    }
}

struct LabelledTranscriptReaderTests {
    @Test func `speakers stand in the passages, titles and asides are narrative`() async throws {
        let source = try await readSource(
            """
            青嵐市政府第63次主任秘書會報 逐字稿
            日期：113年9月24日

            主席：各位午安，我們開始。
            工務局涂主秘：下很大。
            （鼓掌）
            主席：好：那我們先確認紀錄。
            還有沒有意見？
            工務局涂主秘：沒有。
            """)
        #expect(source.kind == .transcript)
        #expect(source.date == "2024-09-24")
        #expect(
            source.words == [
                "青嵐市政府第63次主任秘書會報 逐字稿", "日期：113年9月24日", "各位午安，我們開始。", "下很大。", "（鼓掌）",
                "好：那我們先確認紀錄。\n還有沒有意見？", "沒有。",
            ])
        #expect(
            source.passages.map(\.speaker) == [nil, nil, "主席", "工務局涂主秘", nil, "主席", "工務局涂主秘"])
        #expect(source.passages.map(\.mark) == ["narrative", "narrative", nil, nil, "narrative", nil, nil])
    }

    @Test func `times before or beside the names are read`() async throws {
        let before = try await readSource(
            "[00:00:01] Chair: Good morning.\n[00:00:05] Ann: Morning.\n[00:01:00] Chair: Next.\n")
        #expect(before.passages.map(\.speaker) == ["Chair", "Ann", "Chair"])
        #expect(before.passages[0].time == TimeRange(start: 1000, end: 5000))
        let beside = try await readSource("王小明  0:03\n大家好。\n\n李大華  0:09\n開始吧。\n\n王小明  1:02:03\n好。\n再來。\n")
        #expect(beside.words == ["大家好。", "開始吧。", "好。\n再來。"])
        #expect(beside.passages.map { $0.time?.start } == [3000, 9000, 3_723_000])
    }

    @Test func `minutes and letters with their labels are no transcripts`() async throws {
        let minutes = try await readSource("工作會議紀錄\n時間：113年9月24日\n地點：會議室\n主席：王局長\n紀錄：李科員\n決議：通過。\n")
        #expect(minutes.kind == .minutes)
        let letter = try await readSource("臺北市政府 函\n受文者：各機關\n發文日期：中華民國113年9月24日\n主旨：請查照。\n說明：如附。\n")
        #expect(letter.kind == .letter && letter.title == "請查照。" && letter.date == "2024-09-24")
    }
}

struct AkomaNtosoReaderTests {
    private static let debate = """
        <?xml version="1.0" encoding="utf-8"?>
        <akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
          <debate><meta><references>
            <TLCPerson eId="tang" href="/x" showAs="唐鳳"/></references></meta>
          <debateBody>
            <debateSection><heading>2020-04-07 會議</heading>
              <debateSection><num>一、</num><heading>主題</heading>
                <speech by="#tang"><p>大家<b>早安</b>，
                    謝謝。</p><p>second part</p></speech>
                <narrative><p><i>（鼓掌）</i></p><p>（笑）</p></narrative>
                <speech by="#nobody"><from>王先生：</from><p>好。</p></speech>
              </debateSection>
            </debateSection>
          </debateBody></debate>
        </akomaNtoso>
        """

    @Test func `speeches, sections, narratives and names are read alike with and without namespace`() async throws {
        let source = try await readSource(Self.debate)
        #expect(source.kind == .transcript)
        #expect(source.title == "2020-04-07 會議" && source.date == "2020-04-07")
        #expect(source.words == ["2020-04-07 會議", "一、 主題", "大家早安，謝謝。\nsecond part", "（鼓掌）\n（笑）", "好。"])
        #expect(source.passages.map(\.level) == [1, 2, nil, nil, nil])
        #expect(source.passages.map(\.speaker) == [nil, nil, "唐鳳", nil, "nobody"])
        #expect(source.passages[3].mark == "narrative")
        #expect(
            source.passages[4].locator?.path == "/akomaNtoso/debate/debateBody/debateSection/debateSection/speech[2]")
        let bare = Self.debate.replacing(" xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"", with: "")
        let same = try await readSource(bare)
        #expect(same.text == source.text && same.passages == source.passages)
    }

    @Test func `a report of a debate is a paper, not a transcript`() async throws {
        let source = try await readSource(
            """
            <akomaNtoso><debateReport><meta/><preface><docTitle>工作會議紀錄</docTitle></preface><mainBody>
            <p>時間：113年9月24日</p><p>主席：王局長</p><table><tr><td>甲</td><td>乙</td></tr></table></mainBody>
            </debateReport></akomaNtoso>
            """)
        #expect(source.kind == .minutes)
        #expect(source.words == ["工作會議紀錄", "時間：113年9月24日", "主席：王局長", "甲\t乙"])
        #expect(source.passages.last?.kind == .tableRow)
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><akomaNtoso><p>&x;</p></akomaNtoso>",
        "<!DOCTYPE a [<!ENTITY x \"y\">]><akomaNtoso><p>&x;</p></akomaNtoso>",
        "<akomaNtoso><p>&nope;</p></akomaNtoso>",
    ])
    func `entities of a document's own are refused`(text: String) async throws {
        await #expect {
            try await readSource(text)
        } throws: {
            guard case .malformed(_, "Akoma Ntoso", let place, _) = $0 as? IngestError else { return false }
            return place.line == 1
        }
    }

    @Test func `deep nesting is refused by its limit`() async throws {
        for levels in [250, 100_000] {
            let text = "<akomaNtoso>" + String(repeating: "<p>", count: levels)
            await #expect {
                try await readSource(text)
            } throws: {
                guard case .limitExceeded(_, .xmlDepth, 200, _) = $0 as? IngestError else { return false }
                return true
            }
        }
    }

    @Test func `a document cut short is named as such`() async throws {
        await #expect {
            try await readSource(String(Self.debate.prefix(400)))
        } throws: {
            if case .truncated(_, "Akoma Ntoso", _) = $0 as? IngestError { true } else { false }
        }
    }
}

struct MarkdownReaderTests {
    @Test func `marks go, structure stays`() async throws {
        let source = try await readSource(
            """
            ---
            title: "第64次會報議程"
            date: 2024-10-29
            ---
            # 第64次會報議程

            - 時間：**下午2時**
            - 地點：[市政大樓](http://example.org/a)

            ## 壹、報告事項

            一、執行情形。(研考會)
            二、snake_case 與 3 * 4 保留 \\*
            wrapped line

            1. 第一
            2. 第二

            | 編號 | 事項 |
            | --- | --- |
            | 58-3 | 甲\\|乙 |

            > 引文
            """)
        #expect(source.title == "第64次會報議程" && source.date == "2024-10-29" && source.kind == .agenda)
        #expect(
            source.words == [
                "第64次會報議程", "時間：下午2時", "地點：市政大樓", "壹、報告事項", "一、執行情形。(研考會)",
                "二、snake_case 與 3 * 4 保留 *\nwrapped line", "1. 第一", "2. 第二", "編號\t事項", "58-3\t甲|乙", "引文",
            ])
        #expect(source.passages[3].kind == .heading && source.passages[3].level == 2)
        #expect(source.passages[4].level == 2 && source.passages[4].kind == .listItem)
        #expect(source.passages[9].locator?.table == 1 && source.passages[9].locator?.row == 2)
    }

    @Test func `headings with names are speakers`() async throws {
        let source = try await readSource(
            "# 2018-08-18 會議\n\n### 唐鳳：\n\n大家好。\n\n第二段。\n\n> 放映影片\n\n### 王先生：\n\n謝謝。\n")
        #expect(source.kind == .transcript && source.date == "2018-08-18")
        #expect(source.words == ["2018-08-18 會議", "大家好。", "第二段。", "放映影片", "謝謝。"])
        #expect(source.passages.map(\.speaker) == [nil, "唐鳳", "唐鳳", nil, "王先生"])
    }

    @Test func `a file of brackets costs no square of time`() async throws {
        let clock = ContinuousClock()
        let text =
            "# a\n\n" + String(repeating: "[", count: 60_000) + "\n\nWEBVTT" + String(repeating: "<a", count: 30_000)
        let time = try await clock.measure { _ = try await readSource(text) }
        #expect(time < .seconds(10))
    }
}
