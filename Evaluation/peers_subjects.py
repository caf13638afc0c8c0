#!/usr/bin/env python3
"""Subject indexing with Annif (PyPI `annif`) on the splits that Docket is measured on, and both scored by both evaluators.

  peers_subjects.py split csl|archaeology DATA FOLDER [--seed N]   writes train.jsonl, test.jsonl, vocabulary
  peers_subjects.py folds RECORDS.jsonl FOLDER [--seed N]        five parts: train-N.jsonl and test-N.jsonl
  peers_subjects.py score TEST.jsonl OUT.jsonl                    F1@5 and NDCG@10; standard library only
  peers_subjects.py annif FOLDER [BACKEND ...]                    trains, evaluates with Annif's own eval, writes BACKEND.jsonl
  peers_subjects.py agree FOLDER OUT.jsonl                        OUT scored by Annif's eval beside ours; ends with 1 when they differ

Chinese text is fed to Annif cut into words by jieba, which knows the labels of the vocabulary; Finnish as character 3-5-grams
for tfidf and omikuji, as words with the Snowball stemmer for mllm. Without a seed the records are taken in the order of the file.
"""
import argparse
import json
import math
import pathlib
import random
import re
import sys


def records(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write(path, rows):
    with open(path, "w", encoding="utf8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


# ------------------------------------------------------------------ splits
def split_csl(data, folder, seed):
    rows = records(data / "csl/records.jsonl")
    if seed is not None:
        random.Random(seed).shuffle(rows)
    uris = {}
    for row in rows[:700]:
        for label in row["keywords_hant"]:
            uris.setdefault(label, f"https://example.org/csl/{len(uris)}")

    def subjects(row):
        return list(dict.fromkeys(uris[k] for k in row["keywords_hant"] if k in uris))

    def record(row):
        return {"id": row["id"], "text": row["title_hant"] + "\n" + row["abstract_hant"], "subjects": subjects(row)}

    write(folder / "train.jsonl", map(record, rows[:700]))
    write(folder / "test.jsonl", [r for r in map(record, rows[700:]) if r["subjects"]])
    (folder / "vocabulary.tsv").write_text(
        "".join(f"<{uri}>\t{label}\n" for label, uri in uris.items()), encoding="utf8")


def split_archaeology(data, folder, seed):
    rows = records(data / "annif-archaeology/records.jsonl")
    if seed is not None:
        random.Random(seed).shuffle(rows)
    write(folder / "train.jsonl", rows[:1100])
    write(folder / "test.jsonl", rows[1100:])
    (folder / "vocabulary.ttl").write_bytes((data / "annif-archaeology/yso-archaeology.ttl").read_bytes())


# ------------------------------------------------------------------ scores
def scores(test, answers):
    """F1 of the first five and NDCG of the first ten, averaged over documents (the definitions of Annif's eval)."""
    given = {row["id"]: row["subjects"] for row in answers}
    f1, ndcg = [], []
    for row in test:
        gold, list_ = set(row["subjects"]), given.get(row["id"], [])
        hits = len(set(list_[:5]) & gold)
        f1.append(2 * hits / (len(list_[:5]) + len(gold)) if hits else 0.0)
        gain = sum(1 / math.log2(i + 2) for i, uri in enumerate(list_[:10]) if uri in gold)
        ideal = sum(1 / math.log2(i + 2) for i in range(min(10, len(gold))))
        ndcg.append(gain / ideal)
    return sum(f1) / len(f1), sum(ndcg) / len(ndcg)


# ------------------------------------------------------------------ Annif
def words_of(folder):
    """How a text becomes what Annif is fed with: (for backends of labels, for backends of statistics)."""
    if (folder / "vocabulary.ttl").exists():
        def grams(text):
            out = []
            for word in re.findall(r"\w+", text.lower()):
                word = f"_{word}_"
                out += [word[i:i + n] for n in (3, 4, 5) for i in range(len(word) - n + 1)]
            return " ".join(out)
        return (lambda text: " ".join(text.split())), grams
    import logging

    import jieba
    jieba.setLogLevel(logging.WARNING)
    for line in (folder / "vocabulary.tsv").read_text(encoding="utf8").splitlines():
        jieba.add_word(line.split("\t")[1])
    cut = lambda text: " ".join(token for token in jieba.cut(text) if token.strip())  # noqa: E731
    return cut, cut


def project(folder, work, backend):
    work.mkdir(exist_ok=True)
    is_finnish = (folder / "vocabulary.ttl").exists()
    analyzer = "snowball(finnish)" if is_finnish and backend == "mllm" else "simple(token_min_length=1)"
    options = {"tfidf": "", "mllm": "", "omikuji": "min_df=1\n"}[backend]
    (work / "projects.cfg").write_text(
        f"[{backend}]\nname={backend}\nlanguage={'fi' if is_finnish else 'zh'}\nbackend={backend}\n"
        f"analyzer={analyzer}\nvocab=v\nlimit=100\n{options}", encoding="utf8")
    import annif
    import annif.registry
    import nltk.data
    import nltk.tokenize
    annif.logger.setLevel("WARNING")
    # The texts are cut already, and the data that NLTK would cut them with is not part of any package.
    nltk.data.find = lambda *_: True
    nltk.tokenize.word_tokenize = lambda text, *_: re.findall(r"\S+", text)
    nltk.tokenize.sent_tokenize = lambda text, *_: [s for s in re.split(r"(?<=[.!?。！？])\s*|\n", text) if s.strip()]
    app = annif.create_flask_app()
    app.config["PROJECTS_CONFIG_PATH"] = str(work / "projects.cfg")
    app.config["DATADIR"] = str(work / "data")
    with app.app_context():
        annif.registry.initialize_projects(app)
    return app


def corpus(rows, convert, index):
    from annif.corpus import Document, DocumentList, SubjectSet
    return DocumentList([Document(text=convert(row["text"]),
                                  subject_set=SubjectSet([index.by_uri(u) for u in row["subjects"]])) for row in rows])


def load_vocabulary(folder, work, project_):
    from annif.vocab import skos, subject_file
    if (folder / "vocabulary.ttl").exists():
        source = skos.VocabFileSKOS(str(folder / "vocabulary.ttl"))
    else:
        convert, _ = words_of(folder)
        path = work / "vocabulary.tsv"
        lines = (folder / "vocabulary.tsv").read_text(encoding="utf8").splitlines()
        path.write_text("".join(f"{uri}\t{convert(label)}\n" for uri, label in (l.split("\t") for l in lines)),
                        encoding="utf8")
        source = subject_file.VocabFileTSV(str(path), "zh")
    project_.vocab.load_vocabulary(source)


def run_annif(folder, backend):
    import time
    work = folder / f"annif-{backend}"
    app = project(folder, work, backend)
    with app.app_context():
        import annif.registry
        project_ = annif.registry.get_project(backend)
        load_vocabulary(folder, work, project_)
        labels, statistics = words_of(folder)
        convert = labels if backend == "mllm" else statistics
        train, test = records(folder / "train.jsonl"), records(folder / "test.jsonl")
        index = project_.subjects
        start = time.time()
        project_.train(corpus(train, convert, index))
        trained = time.time() - start
        answers = []
        gold = corpus(test, convert, index)
        start = time.time()
        position = 0
        for documents in gold.doc_batches:
            found = project_.suggest(documents).filter(limit=10, threshold=0.0)
            for result in found:
                hits = sorted(result, key=lambda hit: -hit.score)
                answers.append({"id": test[position]["id"], "subjects": [index[h.subject_id].uri for h in hits]})
                position += 1
        seconds = time.time() - start
        own = judged(index, test, answers)
    write(folder / f"{backend}.jsonl", answers)
    ours = scores(test, answers)
    return own, ours, trained, len(test) / seconds


def judged(index, test, answers):
    """Lists judged by Annif's own eval; ranks become falling scores, so that ties cannot be broken in two ways."""
    from annif.corpus import SubjectSet
    from annif.eval import EvaluationBatch
    from annif.suggestion import SubjectSuggestion, SuggestionBatch
    given = {row["id"]: row["subjects"] for row in answers}
    batch = EvaluationBatch(index)
    found = [[SubjectSuggestion(index.by_uri(uri), 1 - rank / 1000) for rank, uri in enumerate(given.get(r["id"], []))]
             for r in test]
    batch.evaluate_many(SuggestionBatch.from_sequence(found, index),
                        [SubjectSet([index.by_uri(u) for u in r["subjects"]]) for r in test])
    return batch.results(metrics=["F1@5", "NDCG@10"])


def agree(folder, path):
    """Docket's answers judged by Annif's own eval."""
    work = folder / "annif-tfidf"
    app = project(folder, work, "tfidf")
    with app.app_context():
        import annif.registry
        project_ = annif.registry.get_project("tfidf")
        load_vocabulary(folder, work, project_)
        test, answers = records(folder / "test.jsonl"), records(path)
        return judged(project_.subjects, test, answers), scores(test, answers)


def show(name, own, ours, rest=""):
    difference = max(abs(own["F1@5"] - ours[0]), abs(own["NDCG@10"] - ours[1]))
    print(f"{name:24} F1@5 {ours[0]:.4f}  NDCG@10 {ours[1]:.4f}  (Annif's eval: {own['F1@5']:.6f} {own['NDCG@10']:.6f},"
          f" difference {difference:.1e}){rest}", flush=True)
    return difference < 1e-6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["split", "folds", "score", "annif", "agree"])
    parser.add_argument("arguments", nargs="+")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    if options.what == "split":
        name, data, folder = options.arguments
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (split_csl if name == "csl" else split_archaeology)(pathlib.Path(data), folder, options.seed)
    elif options.what == "folds":
        path, folder = options.arguments[0], pathlib.Path(options.arguments[1])
        folder.mkdir(parents=True, exist_ok=True)
        rows = records(path)
        random.Random(options.seed or 7).shuffle(rows)
        for part in range(5):
            write(folder / f"train-{part}.jsonl", [row for i, row in enumerate(rows) if i % 5 != part])
            write(folder / f"test-{part}.jsonl", rows[part::5])
    elif options.what == "score":
        test, out = options.arguments
        print("F1@5 {:.4f}  NDCG@10 {:.4f}".format(*scores(records(test), records(out))))
    elif options.what == "annif":
        folder = pathlib.Path(options.arguments[0]).resolve()
        fine = True
        for backend in options.arguments[1:] or ["tfidf", "mllm", "omikuji"]:
            own, ours, trained, rate = run_annif(folder, backend)
            fine &= show("annif " + backend, own, ours, f"  trained {trained:.1f} s, {rate:.0f} documents/s")
        sys.exit(0 if fine else 1)
    else:
        folder, path = (pathlib.Path(p).resolve() for p in options.arguments)
        own, ours = agree(folder, path)
        sys.exit(0 if show("docket", own, ours) else 1)


if __name__ == "__main__":
    main()
