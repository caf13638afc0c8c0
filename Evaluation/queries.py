#!/usr/bin/env python3
"""Search quality on the graded queries of Evaluation/queries/. Standard library only; see the README there.

  queries.py --self-test                  every reference stands in Corpus/; identifiers and halves are right
  queries.py [--docket PROGRAM]           scores of docket and of plain BM25 on the half for tuning
  queries.py --split held                 the other half: for a report, never while tuning
  queries.py --details 10                 with the ten worst queries of the half for tuning
"""
import argparse
import hashlib
import json
import os
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "queries"))
import library  # noqa: E402
import places  # noqa: E402
import ranking  # noqa: E402

DEPTH = 10
SEED = 20241126
USERS = ("officer", "minuteTaker", "recordsManager")
KINDS = ("decision", "followup", "keywords", "date", "number", "agency", "person", "paraphrase", "code", "typo",
         "none")


def lines(name):
    with open(os.path.join(HERE, "queries", name), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def halves(queries):
    """The half of each query: within a kind, language and user in the order of the hash of its words, by turns.

    So nobody picks, and a query that is changed may change its half and others'.
    """
    found, turn = {}, 0
    for kind in sorted(KINDS):
        members = [query for query in queries if query["kind"] == kind]
        for query in sorted(members, key=lambda query: (query["language"], query["user"],
                                                              digest(query["text"]))):
            found[query["id"]] = ("tune", "held")[turn % 2]
            turn += 1
    return found


# MARK: Self test


def faults_of_query(query, half, corpus):
    if query["user"] not in USERS or query["kind"] not in KINDS or query["language"] not in ("zh", "en"):
        yield "user, kind or language is not one of the list"
    if query["split"] != half:
        yield f"belongs to the half {half}"
    best = max((place["grade"] for place in query["judgements"]), default=0)
    if best != (0 if query["kind"] == "none" else 3):
        yield f"the best grade is {best}"
    seen = set()
    for place in query["judgements"]:
        name = (place["path"], place["kind"], place.get("at"), place["text"])
        if name in seen:
            yield f"judged twice: {name}"
        seen.add(name)
        if place["grade"] not in (1, 2, 3):
            yield f"grade {place['grade']}"
        if fault := corpus.fault(place):
            yield f"{place['path']}: {fault}"


def faults_of_pool(pool, corpus):
    for path, text, *key in pool["places"]:
        words = corpus.words(path)
        if words is None:
            continue
        if key and key[0] not in places.rows(path, words):
            yield f"{path}: no row {key[0]}"
        if places.folded(text) not in places.folded(words):
            yield f"{path}: does not say: {text}"


def self_test(queries, pools, corpus):
    faults = []
    names = [query["id"] for query in queries]
    if len(names) != 150 or len(set(names)) != 150 or len({query["text"] for query in queries}) != 150:
        faults.append("there must be 150 queries, each once")
    if names != [pool["id"] for pool in pools]:
        faults.append("irrelevant.jsonl does not name the same queries")
    half = halves(queries)
    for kind in KINDS:
        split = [half[query["id"]] for query in queries if query["kind"] == kind]
        if abs(split.count("tune") - split.count("held")) > 1:
            faults.append(f"{kind}: the halves differ")
    for query in queries:
        faults += [f"{query['id']}: {fault}" for fault in faults_of_query(query, half[query["id"]], corpus)]
    for pool in pools:
        faults += [f"{pool['id']}: {fault}" for fault in faults_of_pool(pool, corpus)]
    one, other = ranking.ndcg([3, 2, 0, 1], [3, 2, 1]), ranking.recall([3, 0, 1], [3, 2, 1])
    if abs(one - 0.99262) > 1e-5 or other != 0.5:
        faults.append(f"measures: nDCG {one}, recall {other}")
    graded = [place for query in queries for place in query["judgements"]]
    unread = sum(corpus.words(place["path"]) is None for place in graded)
    print("\n".join(faults) or f"{len(queries)} queries, {len(graded)} graded places, of which {unread} in files that"
          f" no tool here reads, {sum(len(pool['places']) for pool in pools)} judged irrelevant: all stand in Corpus/")
    return 1 if faults else 0


# MARK: Scores


class Scores:
    """The measures of one system on some queries that have an answer."""

    def __init__(self, queries, answers, pools):
        self.ndcg, self.first, self.recall, self.judged = {}, {}, {}, {}
        for query in queries:
            name, hits = query["id"], answers.get(query["id"], [])[:DEPTH]
            found = library.grades(hits, query["judgements"])
            judged = [place["grade"] for place in query["judgements"]]
            self.ndcg[name] = ranking.ndcg(found, judged, DEPTH)
            self.first[name] = float(found[:1] == [3])
            self.recall[name] = ranking.recall(found, judged, DEPTH)
            known = [grade > 0 or library.is_judged(hit, query["judgements"], pools[name])
                     for hit, grade in zip(hits, found)]
            self.judged[name] = sum(known) / len(known) if known else 1.0

    def row(self, names):
        def mean(of):
            return 100 * sum(of[name] for name in names) / len(names)
        low, high = ranking.interval([self.ndcg[name] for name in names], SEED)
        return (f"{mean(self.ndcg):.1f} [{100 * low:.1f}, {100 * high:.1f}] | {mean(self.first):.1f} |"
                f" {mean(self.recall):.1f} | {mean(self.judged):.0f}")


def table(queries, systems, split):
    groups = {"all": queries}
    for field in ("language", "user", "kind"):
        for value in dict.fromkeys(query[field] for query in queries):
            groups[f"{field} {value}"] = [query for query in queries if query[field] == value]
    print(f"\nHalf: {split}\n\n| queries | n | system | nDCG@10 [95 %] | Success@1 | recall@10 | judged@10 |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: |")
    for group, members in groups.items():
        names = [query["id"] for query in members]
        for system, scores in systems.items():
            print(f"| {group} | {len(names)} | {system} | {scores.row(names)} |")
    names = [query["id"] for query in queries]
    for other in list(systems)[1:]:
        gains = [systems["docket"].ndcg[name] - systems[other].ndcg[name] for name in names]
        low, high = ranking.interval(gains, SEED)
        print(f"\ndocket - {other}: nDCG@10 {100 * sum(gains) / len(gains):+.1f} [{100 * low:+.1f}, {100 * high:+.1f}]")


def details(queries, scores, count, answers):
    for query in sorted(queries, key=lambda query: scores.ndcg[query["id"]])[:count]:
        name = query["id"]
        print(f"\n{name} {query['kind']} {query['text']}  nDCG@10 {100 * scores.ndcg[name]:.1f}")
        hits = answers.get(name, [])[:DEPTH]
        for grade, (source, where) in zip(library.grades(hits, query["judgements"]), hits):
            print(f"  {grade} {source.path}: {source.folded.text[where[0]:where[1]][:60]}")


def plain_bm25(filled, queries, with_titles):
    """Answers of BM25 over the units of the library; with titles, the title of the source stands before each unit."""
    units = filled.units()
    model = ranking.BM25([(source.shown["title"] + " " if with_titles else "") + text for source, _, text in units])
    return {query["id"]: [units[number][:2] for number in model.first(query["text"], DEPTH)] for query in queries}


def report(filled, queries, pools, split, worst):
    chosen = [query for query in queries if query["split"] == split]
    answered = [query for query in chosen if query["kind"] != "none"]
    answers = {"docket": filled.search(chosen, DEPTH), "bm25": plain_bm25(filled, chosen, False),
               "bm25 with titles": plain_bm25(filled, chosen, True)}
    systems = {system: Scores(answered, found, pools) for system, found in answers.items()}
    table(answered, systems, split)
    empty = [query for query in chosen if query["kind"] == "none"]
    for system, found in answers.items():
        print(f"\n{system}: silent on {sum(not found.get(query['id']) for query in empty)} of {len(empty)} queries"
              f" without an answer, and on {sum(not found.get(query['id']) for query in answered)} of {len(answered)}"
              " with one", end="")
    print()
    if worst and split == "tune":
        details(answered, systems["docket"], worst, answers["docket"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--docket", default=os.path.join(HERE, "..", ".build", "release", "docket"))
    parser.add_argument("--split", choices=("tune", "held", "both"), default="tune")
    parser.add_argument("--details", type=int, default=0, metavar="N", help="the worst queries of the half for tuning")
    options = parser.parse_args()
    corpus = places.Corpus(os.path.normpath(os.path.join(HERE, "..", "Corpus")))
    queries, pools = lines("queries.jsonl"), lines("irrelevant.jsonl")
    if options.self_test:
        return self_test(queries, pools, corpus)
    with tempfile.TemporaryDirectory() as folder:
        filled = library.Library(options.docket, os.path.join(folder, "library"), corpus)
        filled.fill()
        filled.check(queries)
        print(f"{filled.version()}, {len(filled.units())} units of {len(filled.sources)} sources, seed {SEED}")
        for split in ("tune", "held") if options.split == "both" else (options.split,):
            report(filled, queries, {pool["id"]: pool["places"] for pool in pools}, split, options.details)
    return 0


if __name__ == "__main__":
    sys.exit(main())
