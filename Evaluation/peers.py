#!/usr/bin/env python3
"""Runs of other programs in Docket's run formats: sumy (LexRank, TextRank) and rank-bm25 over character bigrams.

  peers.py lexrank|textrank IN.jsonl OUT.jsonl --length N
  peers.py ret QUERIES.jsonl OUT.jsonl --corpus CORPUS.jsonl
"""
import argparse
import json

from baselines import cut, is_chinese, records, sentences, units


def summarise(record, method, length):
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    chinese = is_chinese(record)

    class Tokenizer:
        def to_words(self, text):
            return tuple(units(text, chinese))

        def to_sentences(self, text):
            return (text,)

    lines = sentences(record)
    document = ObjectDocumentModel([Paragraph([Sentence(line, Tokenizer()) for line in lines])])
    summarizer = (LexRankSummarizer if method == "lexrank" else TextRankSummarizer)()
    chosen = cut([str(s) for s in summarizer(document, 60)], length, chinese)
    return ("" if chinese else " ").join(chosen)


def retrieve(queries, corpus):
    from rank_bm25 import BM25Okapi

    documents = records(corpus)
    index = BM25Okapi([units(d.get("title", "") + d["text"], True) for d in documents])
    for query in queries:
        scores = index.get_scores(units(query["text"], True))
        best = sorted(range(len(documents)), key=lambda i: -scores[i])[:10]
        yield {"query_id": query["id"], "doc_ids": [documents[i]["id"] for i in best]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task")
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--length", type=int, default=250)
    parser.add_argument("--corpus")
    options = parser.parse_args()
    given = records(options.input)
    if options.task == "ret":
        answers = list(retrieve(given, options.corpus))
    else:
        answers = [{"id": r["id"], "overall_summary": summarise(r, options.task, options.length)} for r in given]
    with open(options.output, "w", encoding="utf8") as out:
        for answer in answers:
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
