#!/usr/bin/env python3
"""tantivy over the records and queries that `benchmarks search --phase export` writes: text pre-split into pairs of characters.

  tantivy_search.py FOLDER

Prints, a line a class, median and 95th percentile of the processor time of a query in ms: first ten and exact total, one
thread, warm, and how fast and how large the index is.
"""
import json
import os
import re
import shutil
import sys
import time

import tantivy

RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z0-9]+")


def split(text):
    terms = []
    for run in RUN.findall(text):
        if run[0] < "\u3400":
            terms.append(run.lower())
        else:
            terms += [run[i : i + 2] for i in range(len(run) - 1)]
            terms.append(run[-1])
    return terms


def schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("agency", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", stored=False, indexed=True, fast=True)
    return builder.build()


def build(folder, index):
    splitting, count = 0.0, 0
    start = time.process_time()
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for line in open(os.path.join(folder, "records.jsonl"), encoding="utf8"):
        before = time.process_time()
        record = json.loads(line)
        text = " ".join(
            t for part in (record["title"], record["abstract"], record["subjects"]) for t in [*split(part), "|"])
        splitting += time.process_time() - before
        writer.add_document(
            tantivy.Document(text=text, shown=record["id"], agency=record["agency"], year=record["year"]))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count, time.process_time() - start - splitting


def term(index, field, value):
    return tantivy.Query.term_query(index.schema, field, value)


def words(index, word):
    terms = split(word)
    runs = RUN.findall(word)
    if not terms:
        return tantivy.Query.empty_query()
    # The last character of a run is in the pair before it.
    if len(runs) == 1 and len(terms) > 1:
        terms = terms[:-1]
    if len(terms) == 1:
        return term(index, "text", terms[0])
    return tantivy.Query.phrase_query(index.schema, "text", terms)


def query(index, asked):
    occur = tantivy.Occur
    kind, text = asked["kind"], asked["text"]
    if kind == "plain question":
        parts = [(occur.Should, term(index, "text", t)) for t in dict.fromkeys(split(text))]
    elif " OR " in text:
        parts = [(occur.Should, words(index, w)) for w in text.split(" OR ")]
    elif " NOT " in text:
        first, last = text.split(" NOT ")
        parts = [(occur.Must, words(index, first)), (occur.MustNot, words(index, last))]
    else:
        parts = [(occur.Must, words(index, w)) for w in text.split()]
    if asked.get("agency"):
        parts.append((occur.Must, term(index, "agency", asked["agency"])))
        parts.append(
            (occur.Must, tantivy.Query.range_query(index.schema, "year", tantivy.FieldType.Integer, asked["from"], asked["to"])))
    return parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)


def main():
    folder = sys.argv[1]
    home = os.path.join(folder, "tantivy")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home)
    index = tantivy.Index(schema(), path=home)
    count, seconds = build(folder, index)
    size = sum(os.path.getsize(os.path.join(home, name)) for name in os.listdir(home))
    print(f"indexed\t{count / seconds:.0f}\t{size / 1e6:.0f}")
    index.reload()
    searcher = index.searcher()
    classes = {}
    for line in open(os.path.join(folder, "queries.jsonl"), encoding="utf8"):
        asked = json.loads(line)
        classes.setdefault(asked["kind"], []).append(query(index, asked))
    for turn in range(2):
        for kind, queries in classes.items():
            times = []
            for asked in queries:
                start = time.process_time()
                found = searcher.search(asked, 10, count=True)
                for _, address in found.hits:
                    searcher.doc(address)
                times.append((time.process_time() - start) * 1000)
            times.sort()
            if turn:
                print(f"{kind}\t{times[len(times) // 2]:.3f}\t{times[len(times) * 95 // 100]:.3f}")


if __name__ == "__main__":
    main()
