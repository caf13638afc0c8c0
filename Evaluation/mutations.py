"""Typed changes that make a true claim false, in Chinese and English; used by perturb.py.

Each function takes a claim with its evidence and gives (from, to, text) or None. The word lists are made for this file
and are wider than those of the checker: what it does not know must cost it.
"""
import re

SURNAMES = '王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許鄧韓馮曹彭曾蕭田董袁潘蔣蔡余杜葉程蘇魏呂丁沈姚盧姜崔鍾譚汪范石廖賈韋付鄒孟邱江尹薛閻侯龍史陶黎賀顧毛郝龔邵嚴莫孔湯溫康施洪游紀柯簡詹童凌辛柳卓藍倪華翁涂駱管'
TITLES = '主秘|主任秘書|局長|處長|副局長|副處長|科長|組長|主任|委員|秘書長|副秘書長|市長|副市長|教授|部長|次長|署長|院長|專委|經理|執行長|大使|代表|議員|總經理|老師|政委|執行秘書'
AGENCIES = ('教育局 工務局 社會局 衛生局 警察局 消防局 環保局 文化局 觀傳局 體育局 產業局 財政局 法務局 民政局 地政局 勞動局 交通局 都發局 捷運局 資訊局 秘書處 主計處 人事處 政風處 '
            '研考會 公訓處 公管中心 客委會 原民會 水利處 公園處 新工處 停管處 動保處 市場處 商業處 觀光局 經發局 農業局 運輸局 檔案管理局 國發會 內政部 外交部 國防部 財政部 教育部 法務部 經濟部 交通部 '
            '衛福部 勞動部 文化部 環保署 衛生署 健保署 疾管署 農委會 金管會 公平會 新聞局 主計總處 人事總處 內政及民族委員會 財政委員會 交通委員會 國防委員會 司法委員會 經濟及能源委員會 教育及文化委員會 '
            '衛生環境及社會福利委員會 科技及資訊委員會 程序委員會 預算及決算委員會 法制委員會').split()
AGENCY = re.compile('|'.join(sorted(map(re.escape, AGENCIES), key=len, reverse=True)))
PERSON = re.compile(rf'(?:(?<=[，、。；：由請與和及者人紀錄席 ])|^)([{SURNAMES}][一-龥]{{0,2}}?)({TITLES})(?![一-龥]{{0,1}}[會室])')
PROPOSER = re.compile(r'(?<=委員)([一-龥]{3})(?=等[一二三四五六七八九十百\d]+[人位])')
OTHER_NAMES = '王立群 陳志遠 林佩珊 許家豪 吳明哲 周雅婷 鄭文傑 劉思妤 黃柏翰 曾淑芬'.split()
DIGITS = '一二三四五六七八九'
NUMBER = re.compile(r'(?<![\d.,A-Za-z／/\-第－])\d[\d,]*(?:\.\d+)?(?![\d.\-－]|[A-Za-z])')
MEASURES = '件 人次 人 場次 場 次 筆 案 則 戶 處 間 輛 團 名 位 項 份 卷 公噸 公里 公尺 公頃 坪 元 天 小時 分鐘 週 個月 班 座 所 棟 台 箱 張 頁 通 家 梯次 期 組 支 隊 %'.split()
UNIT = re.compile(r'(?<=[\d萬億])(\s*)(' + '|'.join(sorted(map(re.escape, MEASURES), key=len, reverse=True)) + ')(?![月年日底])')
SAME = [{'人', '名', '位'}, {'場', '場次', '次'}, {'件', '案'}, {'卷', '份'}, {'處', '所', '座', '間', '棟'}, {'張', '頁'}, {'週', '期', '天'}]

PAIRS = {
    'negation': '不得→得 不得→應 毋須→應 毋須→須 無須→須 不予→予以 尚未→已 未達→已達 未能→能 並未→確已 沒有→有 不會→會 不能→能 不同意→同意 應→毋須 應→不應 須→無須 將→不 得→不得 可→不可 會→不會 能夠→不能 '
        '同意→不同意 完成→未完成 列入→不列入 納入→不納入 參加→未參加 召開→未召開 辦理→停辦 是→不是 需要→不需要 可以→不可以 通過→未通過 有→沒有 適用→不適用 屬→非屬 已經→還沒 達成→未達成 公開→不公開',
    'modality': '擬→已 擬於→已於 預計→已 預定→已 規劃→已完成 將→已 將於→已於 研議→已完成 建請→已請 建議→已決定 研擬→已訂定 請→已由 應→得 應→得視情況 須→可視需要 必須→可以 務必→儘可能 應→可 得→應 可→必須 可以→必須 '
        '已→預計 已→擬 已於→擬於 已經→將 業→擬 已完成→規劃中 完成→預計完成 決定→建議 考慮→決定 一定要→可以 鼓勵→強制 原則上→一律 ∅→預計 暫緩→立即',
    'direction': '增加→減少 減少→增加 提升→降低 提高→降低 上升→下降 成長→衰退 降低→提高 下降→上升 增→減 高於→低於 低於→高於 超過→低於 優於→劣於 節省→增加支出 最高→最低 最多→最少 較多→較少 更多→更少 擴大→縮小 強化→弱化 加強→減弱 '
        '改善→惡化 收入→支出 盈餘→虧損 調升→調降 調高→調降 放寬→限縮 加速→延緩 延長→縮短 贊成→反對 支持→反對 便利→不便 開放→關閉 增設→裁撤 增列→刪除 流入→流出 落後→超前 升至→降至 降至→升至 進步→退步',
    'quantifier': '以上→以下 以下→以上 至少→至多 至多→至少 全部→部分 全數→部分 所有→部分 均→僅部分 皆→僅部分 各→少數 各機關→少數機關 各單位→個別單位 每年→每兩年 每月→每季 每週→每月 每日→每週 僅→不僅 只→不只 '
        '超過→不到 逾→未達 約→遠超過 近→遠低於 唯一→其中之一 一律→部分 多數→少數 大部分→少部分 首次→再次 首→末 全面→局部 許多→極少數 幾乎→完全不 任何→特定 都→僅部分 餘→整 過半→未過半 最多→最少',
    'deadline': '月底→月初 月初→月底 月中→月底 年底→年初 年初→年底 日前→日後 前完成→後完成 以前→以後 之前→之後 以後→以前 起→止 截至→自 迄→自 自→至 即時→事後 立即→事後 上半年→下半年 下半年→上半年 '
        '個月內→個月後 日內→日後 年內→年後 會前→會後 會後→會前 上午→下午 下午→上午 去年→明年 今年→去年 明年→今年 明天→昨天 昨天→明天 下週→上週 前→後 每次會報前→每次會報後',
    'release-continue': '解除列管→賡續列管 賡續列管→解除列管 繼續列管→解除列管 解除→賡續 備查→退回 照案通過→退回程序委員會 照案通過→不予通過 同意備查→不予備查 交付審查→不予審查 結案→續辦 撤案→通過 緩議→通過 保留→刪除 '
        '刪除→保留 退回程序委員會重新提出→照案通過 修正通過→不通過 確定→不予確定 核准→駁回 駁回→核准 納入列管→不予列管 自行列管→由本會報列管 併案審查→另案審查',
}
EN_PAIRS = {
    'negation': ' is → is not | are → are not | was → was not | were → were not | will → will not | can → cannot | has → has not | have → have not | should → should not | would → would not | could → could not | did → did not '
        "| do → do not | not → | don't → do | can't → can | doesn't → does | didn't → did | isn't → is | no → some | never → always | must → must not ",
    'modality': ' will → may | will → has already | must → may | should → might | shall → may | need to → could | have to → may | may → will | might → must | could → will | can → must | is going to → has already | are going to → have already '
        '| plan to → already did | agreed → proposed | decided → suggested | announced → considered | suggested → ordered | recommended → required | proposed → decided | asked → ordered | would like to → have to | wants to → is required to | intend to → already ',
    'direction': ' increase → decrease | increased → decreased | more → less | less → more | more than → less than | over → under | above → below | up → down | down → up | higher → lower | lower → higher | rise → fall | raised → lowered | reduce → raise '
        '| reduced → increased | growth → decline | improve → worsen | improved → worsened | better → worse | gain → loss | surplus → deficit | deficit → surplus | bigger → smaller | larger → smaller | cheaper → dearer | cheap → expensive | faster → slower | support → oppose | positive → negative | easy → difficult | expand → shrink | open → close ',
    'quantifier': ' all → some | every → hardly any | most → few | many → few | at least → at most | at most → at least | only → not only | about → exactly | around → well over | both → neither | always → sometimes | never → often '
        '| always → never | a few → all | some → no | several → no | everyone → nobody | a lot of → very little | nearly → far more than | almost → far more than | usually → rarely | first → last | majority → minority | any → only one ',
    'deadline': ' before → after | after → before | until → from | by → after | last week → next week | next week → last week | last year → next year | yesterday → tomorrow | tomorrow → yesterday | today → last week | already → not yet | this year → last year '
        '| the beginning → the end | the end of → the start of | next → last | since → until | early → late | earlier → later | at the moment → permanently | immediately → eventually | soon → later ',
}
ADDED = {
    'added-number': ['，總經費約3.2億元', '，共動員87人', '，較原計畫減少14處', '，滿意度達92.6%', '，其中21件已移送偵辦', '，並訂於8月19日召開說明會', '，預算數計4,650萬元', '，約占全市27%', '，另增聘6名人力'],
    'added-name': ['，並由林佩珊副局長督導', '，由許家豪科長擔任聯絡窗口', '，並委託工研院辦理', '，並邀請周文彬教授擔任顧問', '，並會同營建署現勘', '，依鄭雅文議員建議辦理', '，由遠傳電信承攬', '，並副知審計處'],
    'added-plain': ['，惟民眾反映不佳', '，引發媒體關注', '，因廠商違約而延宕', '，並獲中央補助', '，造成周邊交通壅塞', '，相關人員已予議處', '，並優先照顧弱勢家庭', '，以因應少子化趨勢', '，與會代表多表肯定', '，但細節尚未談妥', '，成效顯著'],
}
EN_ADDED = {
    'added-number': [', costing some 340 thousand dollars', ', with 58 people involved', ', a drop of 12 percent', ' within 45 days', ', of which 7 were rejected', ', affecting 23 regions'],
    'added-name': [', as Dr. Harding recommended', ', together with Siemens', ' on behalf of Margaret Olsen', ', chaired by Professor Whitlock', ', after talks with Deloitte'],
    'added-plain': [', despite strong opposition from residents', ', because the contractor went bankrupt', ', which caused considerable delay', ', and the press reported it widely', ', although the details remain secret', ', pending a court ruling'],
}
EN_UNITS = [('million', 'billion'), ('billion', 'million'), ('thousand', 'million'), ('hundred', 'thousand'), ('percent', 'points'), ('per cent', 'dollars'), ('minutes', 'hours'), ('hours', 'minutes'), ('days', 'weeks'), ('weeks', 'months'),
            ('months', 'years'), ('years', 'months'), ('euros', 'dollars'), ('Euros', 'pounds'), ('Euro', 'dollar'), ('dollars', 'cents'), ('metres', 'miles'), ('people', 'companies'), ('students', 'schools'), ('children', 'families'), ('seconds', 'hours')]
WORDS = 'two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty'.split()
MONTHS = 'January February March April May June July August September October November December'.split()


def swap(text, start, end, new, old=None):
    return (old or text[start:end], new, text[:start] + new + text[end:])


def pick(rng, matches):
    matches = list(matches)
    return rng.choice(matches) if matches else None


def spots(text):
    """Numbers that are no part of a date, an ordinal or a tracking number."""
    for match in NUMBER.finditer(text):
        if text[max(0, match.start() - 1):match.start()] in ('(', '（') and text[match.end():match.end() + 1] in (')', '）') or match.start() == 0:
            continue
        after = text[match.end():match.end() + 2].strip()
        before = text[max(0, match.start() - 2):match.start()].strip()
        if after[:1] in '年月日號條屆期時點分至/' and after[:1] or before[-1:] in '第-/月至' and before:
            continue
        # Years and days of English dates are no amounts.
        if re.fullmatch(r'(19|20)\d\d,?', match[0]) or re.match(r' (' + '|'.join(MONTHS) + ')', text[match.end():]):
            continue
        yield match


def number_digit(text, context, rng):
    match = pick(rng, spots(text))
    if not match:
        match = pick(rng, re.finditer(rf'(?<=十)[{DIGITS}](?=[人件次場位名條案])', text))
        return match and swap(text, match.start(), match.end(), rng.choice([d for d in DIGITS if d != match[0]]))
    places = [i for i in range(match.start(), match.end()) if text[i].isdigit()]
    place = rng.choice(places)
    choices = [d for d in ('123456789' if place == places[0] else '0123456789') if d != text[place]]
    new = text[match.start():place] + rng.choice(choices) + text[place + 1:match.end()]
    return None if new.replace(',', '') in context.replace(',', '') else swap(text, match.start(), match.end(), new)


def number_magnitude(text, context, rng):
    match = pick(rng, spots(text))
    if not match:
        return None
    value = float(match[0].replace(',', ''))
    new = value * 10 if rng.random() < .5 or value % 10 else value / 10
    shown = f'{new:,.0f}' if new == int(new) else f'{new:.6g}'
    return None if new < 1 or shown in context else swap(text, match.start(), match.end(), shown)


def number_swap(text, context, rng):
    numbers = list(spots(text))
    value = lambda word: float(word.replace(',', ''))
    distinct = [(a, b) for i, a in enumerate(numbers) for b in numbers[i + 1:] if value(a[0]) != value(b[0])]
    if distinct and rng.random() < .5:
        a, b = rng.choice(distinct)
        return (f'{a[0]}…{b[0]}', f'{b[0]}…{a[0]}', text[:a.start()] + b[0] + text[a.end():b.start()] + a[0] + text[b.end():])
    match = pick(rng, numbers)
    others = [o[0] for o in spots(context) if match and value(o[0]) != value(match[0]) and value(o[0]) > 1]
    mine = {value(n[0]) for n in numbers}
    others = [o for o in others if value(o) not in mine]
    return swap(text, match.start(), match.end(), rng.choice(others)) if match and others else None


def unit(text, context, rng):
    match = pick(rng, UNIT.finditer(text))
    if not match:
        return None
    same = next((s for s in SAME if match[2] in s), {match[2]})
    return swap(text, match.start(2), match.end(2), rng.choice([m for m in MEASURES if m not in same and m != '%' and not (match[2] + m in context)]))


def zh_date(pattern, low, high, spread):
    def change(text, context, rng):
        match = pick(rng, re.finditer(pattern, text))
        if not match:
            return None
        value = int(match[1])
        moves = [move for move in range(-spread, spread + 1) if move and low <= value + move <= high]
        if not moves:
            return None
        new = value + rng.choice(moves)
        return None if re.search(rf'(?<!\d){new}\s*{re.escape(text[match.end(1):match.end()].strip())}', context) else swap(text, match.start(1), match.end(1), str(new))
    return change


def roc_ad(text, context, rng):
    match = pick(rng, re.finditer(r'(?<!\d)(1[01]\d|[89]\d)\s*年(?!度?以)', text))
    if match:
        wrong = int(match[1]) + 1911 + rng.choice([-1, 1, -11, 10])
        return swap(text, match.start(), match.end(1), ('西元' if rng.random() < .3 else '') + str(wrong))
    match = pick(rng, re.finditer(r'(?<!\d)(20[012]\d)\s*年', text))
    return match and swap(text, match.start(), match.end(1), f'民國{int(match[1]) - 1911 + rng.choice([-1, 1, 10])}')


def ordinal(text, context, rng):
    match = pick(rng, re.finditer(r'第\s*(\d+)\s*(?=[次屆條期項款場梯季號])', text))
    if match:
        new = int(match[1]) + rng.choice([d for d in (-2, -1, 1, 2, 10) if int(match[1]) + d > 0])
        return swap(text, match.start(1), match.end(1), str(new))
    match = pick(rng, re.finditer(rf'第([{DIGITS}十]+)(?=[次屆條期項款會場個])', text))
    return match and swap(text, match.start(1), match.end(1), rng.choice([d for d in '一二三四五六七八九' if d != match[1]]))


def tracking(text, context, rng):
    match = pick(rng, re.finditer(r'(?<![\d/])(\d{2,3})-(\d{1,2})(?![\d\-])', text))
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    new = f'{first}-{second + rng.choice([1, 2])}' if rng.random() < .6 else f'{first + rng.choice([-1, 1])}-{second}'
    return None if new in context else swap(text, match.start(), match.end(), new)


def person(text, context, rng):
    match = pick(rng, list(PERSON.finditer(text)) + list(PROPOSER.finditer(text)))
    if not match:
        return None
    others = {m[1] for m in list(PERSON.finditer(context)) + list(PROPOSER.finditer(context)) if len(m[1]) == len(match[1])} - {match[1]}
    fresh = [name[:len(match[1])] if len(match[1]) < 2 else name for name in OTHER_NAMES]
    return swap(text, match.start(1), match.end(1), rng.choice(sorted(others) if others and rng.random() < .6 else [f for f in fresh if f not in context] or fresh))


def agency(text, context, rng):
    match = pick(rng, AGENCY.finditer(text))
    if not match:
        return None
    inside = sorted(set(AGENCY.findall(context)) - set(AGENCY.findall(text)))
    outside = [a for a in AGENCIES if a not in context and len(a) <= 4]
    return swap(text, match.start(), match.end(), rng.choice(inside if inside and rng.random() < .4 else outside))


def addressee(text, context, rng):
    match = pick(rng, re.finditer('請(' + AGENCY.pattern + ')', text))
    return match and swap(text, match.start(1), match.end(1), rng.choice([a for a in AGENCIES if a not in context and len(a) <= 4]))


def actor_swap(text, context, rng):
    for pattern, group in rng.sample([(AGENCY, 0), (PERSON, 1)], 2):
        found = list(pattern.finditer(text))
        pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1:] if a[group] != b[group] and not re.fullmatch('.{0,3}[、及與和]', text[a.end(group):b.start(group)])]
        if pairs:
            a, b = rng.choice(pairs)
            return (f'{a[group]}…{b[group]}', f'{b[group]}…{a[group]}',
                    text[:a.start(group)] + b[group] + text[a.end(group):b.start(group)] + a[group] + text[b.end(group):])
    return None


# Where a word of few characters means what the list says.
N = r'[\d０-９一二三四五六七八九十百千]'
PLACES = {
    '將': r'(?<![即來])將(?=於|由|在|會|辦理|持續|召開|提|進行|依|另|視|再)', '起': r'(?<=[日月年案])起(?!來|訖)', '自': f'(?<![各來親獨])自(?={N}|即日|今|民國|本)', '約': f'約(?={N})', '近': f'近(?={N})(?!{N}*[年月週日])',
    '逾': f'逾(?={N})', '餘': r'(?<=[\d萬千百])餘(?=[人件元戶])', '得': r'(?<![覺取獲使懂始值不所])得(?![到出知以標獎很])', '可': r'(?<![許認不])可(?![能行是否以惜])', '應': r'(?<![反因適對供響相回])應(?![用變對邀])',
    '有': r'(?<![沒所具無只都])有(?![關效限無些時沒所])', '是': r'(?<![不就還但可於])是(?![否不])', '會': r'(?<![社議機協委研記座不大年都才])會(?![議場計員])', '前': r'(?<=[日月底])前', '僅': r'(?<!不)僅', '只': r'(?<!不)只(?![要有])', '各': r'各(?=[機單局處學])',
    '已': r'已(?![經於達])', '增': r'(?<!新)增(?![加進設列訂])', '都': r'(?<!首)都(?![市發會更])', '請': r'(?<![申敬])請(?![假教問])', '擬': r'擬(?![訂定具於])', '須': r'(?<![必無毋])須(?!知)', '每': '(?!)', '首': '(?!)', '業': r'(?<![作企產事專行])業(?=經|已|於)',
    '提高': '提高(?!雄)', '多數': '(?<!大)多數', '確定': '(?<=：)確定', '至': r'(?<=[年月日])至', '支持': '(?<!堅)支持', '成長': '成長(?!的)', '超過': '(?<!不)超過', '辦理': '辦理(?!情形)', '通過': '(?<=案)通過', '適用': '(?<!不)適用', '需要': '(?<!不)需要', '可以': '(?<!不)可以', '必須': '(?<!不)必須',
    '全部': '全部', '同意': '(?<!不)同意', '完成': '(?<!未)完成',
}


def zh_pair(kind):
    pairs = [p.split('→') for p in PAIRS[kind].split()]

    def change(text, context, rng):
        for old, new in rng.sample(pairs, len(pairs)):
            if old == '∅':
                match = pick(rng, re.finditer(r'(?<![擬將已預計訂])(?=於\s*\d+\s*年)|(?<=[局處會府])(?=辦理|完成|召開)', text))
                if match and rng.random() < .3:
                    return swap(text, match.start(), match.start(), new, old='∅')
                continue
            found = list(re.finditer(PLACES.get(old, re.escape(old)), text))
            if found:
                match = rng.choice(found)
                return swap(text, match.start(), match.end(), new)
        return None
    return change


def en_pair(kind):
    pairs = [p.strip().split('→') for p in EN_PAIRS[kind].split('|')]

    def change(text, context, rng):
        for old, new in rng.sample(pairs, len(pairs)):
            found = list(re.finditer(rf"(?<![\w'])(?:{re.escape(old.strip())})(?![\w'])", text))
            if found:
                match = rng.choice(found)
                return swap(text, match.start(), match.end(), new.strip())
        return None
    return change


def en_unit(text, context, rng):
    for old, new in rng.sample(EN_UNITS, len(EN_UNITS)):
        match = re.search(rf'(?<=[\w.] )\b{old}\b', text)
        if match and re.search(r'(\d|' + '|'.join(WORDS) + r')[\w ]*$', text[max(0, match.start() - 16):match.start()]):
            return swap(text, match.start(), match.end(), new)
    return None


def en_number(text, context, rng):
    match = pick(rng, re.finditer(r'\b(' + '|'.join(WORDS) + r')\b', text, re.I))
    if not match or rng.random() < .3 and list(spots(text)):
        return number_digit(text, context, rng)
    return swap(text, match.start(), match.end(), rng.choice([w for w in WORDS if w not in context.lower()] or ['ninety']))


def en_date(text, context, rng):
    match = pick(rng, re.finditer(r'\b(' + '|'.join(MONTHS) + r')\b(?! (be|we|I|not))', text))
    if match:
        return swap(text, match.start(), match.end(), rng.choice([m for m in MONTHS if m not in context]))
    match = pick(rng, re.finditer(r'\b(19|20)(\d\d)\b', text))
    return match and swap(text, match.start(), match.end(), str(int(match[0]) + rng.choice([-10, -2, -1, 1, 2])))


NO_NAMES = {'Project', 'Manager', 'User', 'Interface', 'Industrial', 'Designer', 'Marketing', 'Professor', 'Grad', 'PhD', 'Postdoc', 'The', 'Chair', 'Group', 'Working', 'Mr.', 'Hon.', 'Some', 'Minister', 'Present', 'Apologies', 'Date', 'Time', 'Place', 'Next', 'Actions', 'Decision'}


def en_person(text, context, rng):
    names = {name for label in re.findall(r'^([A-Z][\w. ]{2,30}):', context, re.M) for name in label.split() if name not in NO_NAMES and len(name) > 2}
    match = pick(rng, re.finditer(r'(?:Mr\.|Mrs\.|Ms\.|Dr\.|Minister|Professor) ([A-Z][a-z]{2,})' + ''.join(f'|({name})' for name in sorted(names)), text))
    if not match:
        return None
    if match[1] is None:
        return swap(text, match.start(), match.end(), rng.choice(['Hargreaves', 'Okonkwo', 'Pemberton', *sorted(names - {match[0]})]))
    return swap(text, match.start(1), match.end(1), rng.choice(['Hargreaves', 'Okafor', 'Lindqvist', 'Pemberton']))


def attribution(text, context, rng):
    match = re.match(r'(.{2,24}?)(?=表示|說明|指出|認為| said| explained| noted)', text)
    speakers = {s for s in re.findall(r'^([^：:\n]{2,24})[：:]', context, re.M) if not re.search('說明|發言', s)}
    if not match or match[1] not in speakers or len(speakers) < 2:
        return None
    return swap(text, 0, match.end(), rng.choice(sorted(speakers - {match[1]})))


def added(table, kind):
    def change(text, context, rng):
        addition = rng.choice(table[kind])
        end = len(text.rstrip('。.！!？? '))
        return ('∅', addition, text[:end] + addition + (text[end:].strip() or ('。' if '，' in addition else '.')))
    return change


ZH = {'number-digit': number_digit, 'number-magnitude': number_magnitude, 'number-swap': number_swap, 'unit': unit,
      'date-year': zh_date(r'(?<!\d)(\d{2,4})\s*年(?!度以)', 60, 2040, 3), 'date-month': zh_date(r'(?<!\d)(\d{1,2})\s*月(?!份以)', 1, 12, 4),
      'date-day': zh_date(r'(?<=月)\s*(\d{1,2})\s*日', 1, 28, 9), 'roc-ad': roc_ad, 'ordinal': ordinal, 'tracking': tracking, 'person': person,
      'attribution': attribution, 'agency': agency, 'addressee': addressee, 'actor-swap': actor_swap,
      **{kind: zh_pair(kind) for kind in PAIRS}, **{kind: added(ADDED, kind) for kind in ADDED}}
EN = {'number-digit': en_number, 'number-magnitude': number_magnitude, 'number-swap': number_swap, 'unit': en_unit, 'date-year': en_date, 'person': en_person,
      'attribution': attribution, **{kind: en_pair(kind) for kind in EN_PAIRS}, **{kind: added(EN_ADDED, kind) for kind in EN_ADDED}}
