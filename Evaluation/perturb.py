#!/usr/bin/env python3
"""Writes claims about documents outside the gold set, true and false, in its format: an honest measure of claim checks.

    python Evaluation/perturb.py DATA CORPUS OUT.jsonl [--seed 1] [--per-type 60]

True claims are sentences of DATA and CORPUS as they stand, condensed, re-formatted, merged from two passages, or turned
from speech into the register of minutes; false ones are these with one typed change of mutations.py. Passages of the gold
set are left out. Kind `paraphrase` holds sentences that people wrote about stretches of meetings (VCSum, QMSum): they are
said to be true by those sets, and are reported apart because they also infer and err. Standard library only.
"""
import argparse
import collections
import json
import pathlib
import random
import re

import mutations


def load(path):
    return [json.loads(line) for line in path.open(encoding='utf-8') if line.strip()]


def decoded(data):
    for encoding in ('utf-8-sig', 'utf-16', 'big5hkscs'):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ''


def squeezed(text):
    return re.sub(r'\s', '', text)


# MARK: Material


class Document:
    """Passages of one document in order, each (speaker or None, text)."""

    def __init__(self, name, lang, passages, title='', is_speech=False):
        self.name, self.lang, self.title, self.is_speech = name, lang, title, is_speech
        self.passages = [(speaker, text.strip()) for speaker, text in passages if text.strip()]

    def shown(self, index):
        speaker, text = self.passages[index]
        return f'{speaker}：{text}' if speaker and self.lang != 'en' else f'{speaker}: {text}' if speaker else text


def documents(data, corpus):
    for path in sorted((data / 'taipei').glob('*.txt')):
        lines = [(None, line) for line in path.read_text(encoding='utf-8').splitlines() if len(line.strip()) > 12]
        yield Document('taipei/' + path.stem[:40], 'zh-Hant', lines, '臺北市政府秘書處')
    minutes = load(data / 'ly-minutes-pair/meetings.jsonl')[0]['official_minutes']
    items = [item for item in re.split(r'\n(?=\d+\. )', minutes) if re.match(r'\d+\. ', item)]
    yield Document('ly/minutes', 'zh-Hant', [(None, squeezed(re.sub(r'^\d+\. ', '', item))) for item in items])
    for name in ('archive-tw-meetings', 'archive-tw-officehour'):
        for meeting in load(data / name / 'meetings.jsonl'):
            said = [(u['speaker'], u['text']) for u in meeting['utterances'] if u.get('kind') in (None, 'speech', 'utterance') or u['speaker']]
            yield Document(f"{name}/{meeting['id']}", 'zh-Hant', said, is_speech=True)
    for meeting in load(data / 'vcsum/meetings.zh-Hant.jsonl'):
        said = [(u['speaker'], u['text'][:600]) for u in meeting['utterances']]
        yield Document(f"vcsum/{meeting['id']}", 'zh-Hant', said, is_speech=True)
    for name in ('qmsum', 'ami'):
        for meeting in load(data / name / 'meetings.jsonl'):
            said = [(u['speaker'], re.sub(r'\s+([.,?!])', r'\1', re.sub(r'\{[^}]*\}', '', u['text']))) for u in meeting['utterances']]
            yield Document(f"{name}/{meeting['id']}", 'en', said, is_speech=True)
    for path in sorted(list(corpus.glob('**/minutes.txt')) + list((corpus / 'archive').glob('**/*.txt')) + list((corpus / 'archive').glob('**/*.md'))):
        text = decoded(path.read_bytes())
        lang = 'zh-Hant' if re.search('[一-龥]{4}', text) else 'en'
        lines = [(None, line) for line in text.splitlines() if len(line.strip()) > 12]
        yield Document('corpus/' + '-'.join(path.parts[-3:]), lang, lines, next((l for _, l in lines), '')[:40])


# MARK: True claims


FILLERS = re.compile(r'(?:嗯|呃|那個|這個|就是說|然後|其實|的話|對不對|那麼|那(?=[我這大])|啊|喔|吧|呢|啦|的一個|這樣子?(?=[，。]))')
LEADS = re.compile(r'^[-•\s）)]*(?:<[^>]*>)*(?:另外?|此外|又|並且?|惟|且|至於|其中|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|[-－•])?[，,]?\s*')
EN_FILLERS = re.compile(r"(?i)\b(?:um|uh|you know|I mean|actually|basically|well|so|okay|and|but)\b,?\s*")


def sentences(text, lang):
    if lang == 'en':
        return [s.strip() for s in re.split(r'(?<=[a-z0-9)][.?!])\s+(?=[A-Z])', text) if 30 <= len(s.strip()) <= 260 and not s.strip().endswith('?')]
    return [s.strip() for s in re.split(r'(?<=[。；！？])', text) if 12 <= len(s.strip()) <= 130 and not re.search('[？?]|嗎。', s)]


def condensed(text, lang, rng):
    """The claim with bracketed words, openings and one clause left out."""
    if lang == 'en':
        text = EN_FILLERS.sub('', re.sub(r'\([^)]*\)', '', text)).strip()
        clauses = re.split(r'(?<=[a-z]), (?=\w+ \w+ \w+)', text)
        return (clauses[0].rstrip('.') + '.') if len(clauses) > 1 and len(clauses[0]) > 30 else text[:1].upper() + text[1:]
    text = FILLERS.sub('', LEADS.sub('', re.sub(r'[（(][^）)]*[）)]', '', text)))
    clauses = [c for c in re.split('，', text.rstrip('。；')) if c]
    if len(clauses) > 2:
        drop = rng.randrange(1, len(clauses))
        clauses = clauses[:drop] if rng.random() < .5 and len(''.join(clauses[:drop])) > 10 else clauses[:drop] + clauses[drop + 1:]
    text = '，'.join(clauses)
    for old, new in (('進行', ''), ('相關', ''), ('業務', ''), ('目前', ''), ('共計', '共'), ('以及', '及'), ('能夠', '能'), ('並且', '並'), ('所以', ''), ('因為', '因')):
        if rng.random() < .4:
            text = text.replace(old, new)
    return text + '。'


CJK = '零一二三四五六七八九'


def cjk(number):
    if number >= 10 ** 8:
        return cjk(number // 10 ** 8) + '億' + (cjk(number % 10 ** 8) if number % 10 ** 8 else '')
    if number >= 10 ** 4:
        rest = number % 10 ** 4
        return cjk(number // 10 ** 4) + '萬' + (('零' if rest < 1000 else '') + cjk(rest) if rest else '')
    out, zero = '', False
    for unit, name in ((1000, '千'), (100, '百'), (10, '十'), (1, '')):
        digit = number // unit % 10
        if digit:
            out += ('零' if zero and out else '') + ('' if unit == 10 and digit == 1 and not out else CJK[digit]) + name
        zero = not digit
    return out or '零'


def arabic(words):
    total = value = 0
    for character in words:
        if character in CJK:
            value = CJK.index(character)
        elif character == '兩':
            value = 2
        else:
            total += (value or 1) * {'十': 10, '百': 100, '千': 1000}[character]
            value = 0
    return total + value


def reformatted(text, lang, rng):
    """The claim with its figures and dates written another way; None when it has none."""
    before = text
    if lang == 'en':
        text = re.sub(r'(\d+) per ?cent', r'\1%', text) if rng.random() < .5 else re.sub(r'(\d)%', r'\1 percent', text)
        text = re.sub(r'\$(\d[\d.,]*) (million|billion)', r'\1 \2 dollars', text)
        text = re.sub(r'\b(' + '|'.join(mutations.WORDS[:9]) + r')\b(?= \w+s\b)', lambda m: str(mutations.WORDS.index(m[0]) + 2), text)
        text = re.sub(r'(?<=\d),(?=\d{3})', '', text)
        return text if text != before else None
    year = lambda m: f'{int(m[1]) + 1911}年' if int(m[1]) > 60 else m[0]
    forms = [
        lambda t: re.sub(r'(?<![\d第])(\d{2,3})\s*年(?!度?以|級|資)', year, t),
        lambda t: re.sub(r'(?<!\d)(20\d\d)\s*年', lambda m: f'{int(m[1]) - 1911}年', t),
        lambda t: re.sub(r'(\d+)\s*萬\s*(\d),(\d{3})', lambda m: f'{int(m[1]) * 10000 + int(m[2] + m[3]):,}', t),
        lambda t: re.sub(r'(?<![\d.,\-/第])(\d{1,3}(?:,\d{3})+|\d{1,4})\s*(?=[件人場次筆案戶處輛團名位項份卷])', lambda m: cjk(int(m[1].replace(',', ''))), t),
        lambda t: re.sub(r'(?<![第零一二三四五六七八九十百千萬億點\d])([一二兩三四五六七八九十百千]{2,})(?=[件人場次筆戶處輛名位項份個月])', lambda m: str(arabic(m[1])), t),
        lambda t: re.sub(r'(\d+(?:\.\d+)?)\s*[%％]', lambda m: '百分之' + '點'.join([cjk(int(m[1].split('.')[0]))] + [''.join(CJK[int(d)] for d in p) for p in m[1].split('.')[1:]]), t),
        lambda t: re.sub(r'(?<=\d),(?=\d{3})', '', t),
        lambda t: t.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
        lambda t: re.sub('臺', '台', t) if '臺' in t else re.sub('台(?=[北中南灣])', '臺', t),
        lambda t: re.sub(r'(?<=\d) (?=[一-龥])|(?<=[一-龥]) (?=\d)', '', t),
    ]
    for form in rng.sample(forms, 3):
        text = form(text)
    return text if text != before else None


def minuted(speaker, text, rng):
    """Speech in the register of minutes: no fillers, figures in digits, 本署 for 我們."""
    text = FILLERS.sub('', text)
    own = rng.choice(['本署', '本會', '本局'])
    for old, new in (('我們', own), ('沒有辦法', '無法'), ('沒辦法', '無法'), ('因為', '因'), ('但是', '惟'), ('所以', '故'), ('如果', '倘'), ('跟', '與'), ('把', '將'), ('已經', '已'), ('的時候', '時'),
                     ('可以', '可'), ('應該要', '應'), ('需要', '須'), ('以前', '前'), ('大概', '約'), ('都', '均'), ('現在', '目前'), ('還沒有', '尚未'), ('還沒', '尚未'), ('不用', '毋須'), ('比較', '較')):
        text = text.replace(old, new)
    text = reformatted(text, 'zh-Hant', rng) or text
    return f'{speaker}表示，{text}' if speaker and rng.random() < .5 and re.fullmatch('[一-龥]{2,4}', speaker) else text


class Claims:
    """Collects true claims of documents."""

    def __init__(self, rng, gold):
        self.rng, self.true = rng, []
        self.seen = {squeezed(source['text']) for record in gold for source in record['sources']}
        self.seen_text = '\n'.join(self.seen)

    def evidence(self, document, places):
        last = min(len(document.passages), max(places) + self.rng.choice([1, 1, 2, 3]))
        first = max(0, min(places) - self.rng.choice([0, 0, 1]))
        wanted = sorted(set(range(first, last)) if max(places) - min(places) < 6 else set(places))
        return [{'id': f'{document.name}#{i}', 'title': document.title, 'text': document.shown(i)} for i in wanted]

    def add(self, kind, document, claim, sources):
        if claim and len(claim) >= 9 and sum(len(s['text']) for s in sources) < 6000:
            self.true.append({'lang': document.lang, 'sources': sources, 'claim': claim, 'kind': kind, 'family': document.name.split('/')[0]})

    def read(self, document, limit):
        found = []
        for index, (speaker, text) in enumerate(document.passages):
            if squeezed(document.shown(index)) in self.seen or squeezed(text)[:60] in self.seen_text:
                continue
            found += [(index, speaker, sentence) for sentence in sentences(text, document.lang)]
        self.rng.shuffle(found)
        found = sorted(found[:limit * 3], key=lambda f: -len(re.findall(r'\d|[%s]' % (mutations.DIGITS + '局處應須得未不'), f[2])))[:limit]
        for index, speaker, sentence in found:
            sources = self.evidence(document, [index])
            self.add('verbatim', document, sentence, sources)
            if document.is_speech and document.lang != 'en':
                self.add('minuted', document, minuted(speaker, sentence, self.rng), sources)
            else:
                self.add('condensed', document, condensed(sentence, document.lang, self.rng), sources)
            if document.lang == 'en' and speaker and re.fullmatch(r'[A-Z][a-z]+ [A-Z][a-z]+', speaker):
                self.add('attributed', document, f'{speaker} said {sentence}', sources)
            if document.lang != 'en' and speaker and re.fullmatch('[一-龥]{2,4}', speaker):
                self.add('attributed', document, f'{speaker}表示，{sentence}', sources)
            self.add('reformatted', document, reformatted(sentence, document.lang, self.rng), sources)
        for (i, _, one), (j, _, two) in zip(found[::2], found[1::2]):
            if i != j and document.lang != 'en':
                joint = self.rng.choice(['；', '；另', '，此外', '；'])
                claim = condensed(one, document.lang, self.rng).rstrip('。') + joint + condensed(two, document.lang, self.rng)
                self.add('merged', document, claim, self.evidence(document, [i, j]))

    def paraphrases(self, data):
        for meeting in load(data / 'vcsum/meetings.zh-Hant.jsonl'):
            document = Document(f"vcsum/{meeting['id']}", 'zh-Hant', [(u['speaker'], u['text']) for u in meeting['utterances']])
            for segment in meeting['topic_segments']:
                span = range(segment['start_utt'], min(segment['end_utt'] + 1, len(document.passages)))
                for part in sentences(segment.get('summary') or '', 'zh-Hant'):
                    self.add('paraphrase', document, part, [{'id': f'{document.name}#{i}', 'text': document.shown(i)} for i in span])
        for meeting in load(data / 'qmsum/meetings.jsonl'):
            document = Document(f"qmsum/{meeting['id']}", 'en', [(u['speaker'], u['text'] or '-') for u in meeting['utterances']])
            for query in meeting['queries']:
                places = [i for low, high in query.get('spans') or [] for i in range(int(low), int(high) + 1) if i < len(document.passages)]
                for part in sentences(query['answer'], 'en'):
                    if query['type'] == 'specific':
                        self.add('paraphrase', document, part, [{'id': f'{document.name}#{i}', 'text': document.shown(i)} for i in places])


# MARK: The set


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('data', type=pathlib.Path)
    parser.add_argument('corpus', type=pathlib.Path)
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--per-type', type=int, default=60)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    claims = Claims(rng, load(options.data / 'grounding/gold.jsonl'))
    for document in documents(options.data, options.corpus):
        claims.read(document, 12 if document.is_speech else 60)
    claims.paraphrases(options.data)
    records = chosen(claims.true, options.per_type, rng)
    with options.out.open('w', encoding='utf-8') as out:
        for number, record in enumerate(records):
            out.write(json.dumps({'id': f'p{options.seed}-{number:05}', **record}, ensure_ascii=False) + '\n')


def chosen(true, count, rng):
    """`count` claims of each false type and twice as many of each true kind, spread over the families."""
    records = []
    by_kind = collections.defaultdict(list)
    for claim in true:
        by_kind[claim['lang'], claim['kind']].append(claim)
    for (lang, kind), all_of in sorted(by_kind.items()):
        records += [{**claim, 'label': 'supported', 'type': 'true-' + kind, 'changed': None} for claim in spread(all_of, 2 * count, rng)]
    for lang, table in (('zh-Hant', mutations.ZH), ('en', mutations.EN)):
        for name, change in table.items():
            pool = [claim for claim in true if claim['lang'] == lang and (claim['kind'] != 'paraphrase' or name not in ('attribution',))]
            made = []
            for claim in spread(pool, len(pool), rng):
                if claim['kind'] == 'paraphrase' and rng.random() < .8:
                    continue
                context = '\n'.join(source['text'] for source in claim['sources'])
                change_made = change(claim['claim'], context, rng)
                if change_made and change_made[2] != claim['claim']:
                    old, new, text = change_made
                    label = 'unsupported' if name.startswith('added') else 'contradicted'
                    made.append({**claim, 'claim': text, 'label': label, 'type': name, 'changed': {'from': old, 'to': new}})
                if len(made) >= count:
                    break
            records += made
    return records


def spread(claims, count, rng):
    """At most `count` claims, in turn from each family."""
    families = collections.defaultdict(list)
    for claim in rng.sample(claims, len(claims)):
        families[claim['family']].append(claim)
    out = []
    while len(out) < count and any(families.values()):
        for name in sorted(families):
            if families[name] and len(out) < count:
                out.append(families[name].pop())
    return out


if __name__ == '__main__':
    main()
