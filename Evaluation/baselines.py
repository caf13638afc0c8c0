#!/usr/bin/env python3
"""Simple baselines on the files that Docket is measured on, in the same run formats. Standard library only.

  baselines.py seg-none|seg-speakers IN.jsonl OUT.jsonl
  baselines.py summary-lead|summary-textrank IN.jsonl OUT.jsonl --length N
  baselines.py items-ruling IN.jsonl OUT.jsonl
  baselines.py ret-bm25 QUERIES.jsonl OUT.jsonl --corpus CORPUS.jsonl
"""
import argparse
import collections
import json
import math
import re


def records(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def is_chinese(record):
    return record.get("lang", "zh").startswith("zh")


def units(text, chinese):
    """Character bigrams of Chinese, lower-case words of other texts."""
    if chinese:
        run = re.sub(r"[^\w]", "", text)
        return [run[i:i + 2] for i in range(len(run) - 1)]
    return re.findall(r"[a-z']+", text.lower())


def sentences(record):
    chinese = is_chinese(record)
    mark = r"(?<=[。！？])" if chinese else r"(?<=[.!?])\s+"
    return [s.strip() for u in record["utterances"] for s in re.split(mark, u["text"]) if s.strip()]


def cut(chosen, length, chinese):
    out, used = [], 0
    for sentence in chosen:
        size = len(sentence) if chinese else len(sentence.split())
        if used + size > length and out:
            continue
        out.append(sentence)
        used += size
        if used >= length:
            break
    return out


def segments(boundaries, count):
    starts = [0] + boundaries
    return [{"start_utt": a, "end_utt": b - 1} for a, b in zip(starts, boundaries + [count])]


def seg_none(record, _):
    return {"topic_segments": segments([], len(record["utterances"]))}


def seg_speakers(record, _, window=8):
    """A boundary where the speakers of the next utterances share nobody but the host with those before."""
    speakers = [u.get("speaker") for u in record["utterances"]]
    host = collections.Counter(speakers).most_common(1)[0][0] if speakers else None
    boundaries, last = [], 0
    for i in range(window, len(speakers) - window):
        before, after = set(speakers[i - window:i]) - {host}, set(speakers[i:i + window]) - {host}
        if i - last >= window and before and after and not before & after:
            boundaries.append(i)
            last = i
    return {"topic_segments": segments(boundaries, len(speakers))}


def summary_lead(record, options):
    chinese = is_chinese(record)
    return {"overall_summary": ("" if chinese else " ").join(cut(sentences(record), options.length, chinese))}


def summary_textrank(record, options):
    chinese = is_chinese(record)
    all_sentences = sentences(record)
    bags = [set(units(s, chinese)) for s in all_sentences]
    index = collections.defaultdict(list)
    for i, bag in enumerate(bags):
        for unit in bag:
            index[unit].append(i)
    weights = [collections.Counter() for _ in bags]
    for places in index.values():
        if len(places) > 200:
            continue
        for i in places:
            for j in places:
                if i != j:
                    weights[i][j] += 1
    for i, row in enumerate(weights):
        for j in row:
            row[j] /= math.log(len(bags[i]) + 1) + math.log(len(bags[j]) + 1)
    rank = [1.0] * len(bags)
    totals = [sum(row.values()) for row in weights]
    for _ in range(30):
        fresh = [0.15] * len(bags)
        for i, row in enumerate(weights):
            for j, w in row.items():
                fresh[j] += 0.85 * rank[i] * w / totals[i]
        rank = fresh
    order = sorted(range(len(bags)), key=lambda i: -rank[i])
    chosen = cut([all_sentences[i] for i in order], options.length, chinese)
    chosen.sort(key=all_sentences.index)
    return {"overall_summary": ("" if chinese else " ").join(chosen)}


def items_ruling(record, _):
    """The chair's last words before the next item, as far as a pattern of rulings reaches."""
    out, item, ruling = [], None, None
    pattern = re.compile(r"(無異議，|無異議。)(.{2,60}?)。")
    for utterance in record["utterances"] + [{"kind": "item", "text": "", "speaker": None}]:
        if utterance.get("kind") == "item":
            if item and ruling:
                out.append({"item": item, "decision": ruling})
            item, ruling = utterance["text"], None
        elif utterance.get("speaker") == "主席":
            found = pattern.findall(utterance["text"])
            if found:
                ruling = found[-1][1] + "。"
    return {"decisions": out}


def ret_bm25(queries, options):
    documents = records(options.corpus)
    bags = [collections.Counter(units(d.get("title", "") + d["text"], True)) for d in documents]
    index = collections.defaultdict(list)
    for i, bag in enumerate(bags):
        for unit, count in bag.items():
            index[unit].append((i, count))
    lengths = [sum(bag.values()) for bag in bags]
    average = sum(lengths) / len(lengths)
    for query in queries:
        scores = collections.Counter()
        for unit in set(units(query["text"], True)):
            places = index.get(unit, [])
            idf = math.log(1 + (len(bags) - len(places) + 0.5) / (len(places) + 0.5))
            for i, count in places:
                scores[i] += idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[i] / average))
        yield {"query_id": query["id"], "doc_ids": [documents[i]["id"] for i, _ in scores.most_common(10)]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("baseline")
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--length", type=int, default=250)
    parser.add_argument("--corpus")
    options = parser.parse_args()
    given = records(options.input)
    if options.baseline == "ret-bm25":
        answers = list(ret_bm25(given, options))
    else:
        make = globals()[options.baseline.replace("-", "_")]
        answers = [{"id": record["id"], **make(record, options)} for record in given]
    with open(options.output, "w", encoding="utf8") as out:
        for answer in answers:
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
