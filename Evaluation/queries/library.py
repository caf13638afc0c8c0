"""A library of Docket filled from Corpus/, its units, and the hits of a search as places. Standard library only."""
import json
import re
import subprocess

from places import Folded, same_place

ORDER = {"roster": 0, "series": 1, "vocabulary": 1, "agenda": 2, "attendance": 3, "minutes": 4}


class Library:
    """Every file of the corpus, added with the kind of the index and linked to its meeting."""

    def __init__(self, docket, folder, corpus):
        self.docket, self.folder, self.corpus = docket, folder, corpus
        self.sources = {}

    def run(self, *arguments):
        done = subprocess.run([self.docket, *arguments, "--library", self.folder], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"docket {' '.join(arguments)}: {done.stderr.strip()} (what is missing? docket doctor)")
        return done.stdout

    def fill(self):
        self.run("init", "--name", "queries", "--ceiling", "restricted")
        entries = sorted(self.corpus.entries.values(),
                         key=lambda entry: (ORDER.get(entry["kind"], 5), entry.get("ordinal") or 0, entry["path"]))
        for entry in entries:
            meeting = ["--meeting", f"{entry['series']}#{entry['ordinal']}"] if entry.get("ordinal") else []
            answer = self.run("add", f"{self.corpus.root}/{entry['path']}", "--json", "--kind", entry["kind"], *meeting)
            for line in map(json.loads, answer.splitlines()):
                if entry["kind"] not in ("roster", "series", "vocabulary"):
                    self.sources[line["id"]] = Source(entry["path"], json.loads(self.run("show", line["id"], "--json")))

    def units(self):
        return [unit for source in self.sources.values() for unit in source.units()]

    def version(self):
        done = subprocess.run([self.docket, "--version"], capture_output=True, text=True, check=True)
        return "docket " + done.stdout.strip()

    def check(self, queries):
        """Every graded place stands in the library too: what no search can find must not be asked for."""
        for query in queries:
            for place in query["judgements"]:
                found = [here for source in self.sources.values() for here in source.range_of_place(place)]
                if len(found) != place.get("times", 1):
                    raise SystemExit(f"{query['id']}: {place['path']} has it {len(found)} times: {place['text']}")

    def search(self, queries, limit):
        """Hits of each query as (source, range) pairs in order; none where the query was refused.

        `today` is handed over with a query that counts from a day; a program that does not know the key ignores it.
        """
        lines = []
        for query in queries:
            line = {"id": query["id"], "query": query["text"], "limit": limit}
            line |= {key: query[key] for key in ("today",) if key in query}
            lines.append(json.dumps(line, ensure_ascii=False))
        done = subprocess.run([self.docket, "search", "--batch", "-", "--json", "--library", self.folder],
                              input="\n".join(lines) + "\n", capture_output=True, text=True)
        answers = {}
        for answer in map(json.loads, done.stdout.splitlines()):
            answers[answer["id"]] = [self.place(hit) for hit in answer.get("hits", [])]
        return answers

    def place(self, hit):
        source = self.sources[hit["source"]]
        return source, source.range_of_hit(hit)


class Source:
    """One source of the library: its words, and the units that searches answer with."""

    def __init__(self, path, shown):
        self.path, self.shown = path, shown
        self.folded = Folded(shown["text"])
        facts = shown["facts"]
        self.keys = {facts.get("code"), facts.get("external")} - {None}
        minutes = shown.get("minutes") or {}
        self.items, self.conclusions = minutes.get("items", []), minutes.get("conclusions", [])

    def range_of_hit(self, hit):
        """The whole unit: SOURCE#passage, SOURCE:cCONCLUSION, SOURCE:iITEM or SOURCE (the span is of the snippet)."""
        unit = re.search(r"(#|:c|:i)(\d+)$", hit["id"])
        if not unit:
            return 0, len(self.folded.text)
        number = int(unit[2])
        span = {"#": lambda: self.shown["passages"][number], ":c": lambda: self.conclusions[number]["text"],
                ":i": lambda: self.items[number]["title"]}[unit[1]]()
        return self.folded.range(span["start"], span["end"])

    def range_of_place(self, place):
        """Where a judged place stands here; nothing when it is not of this source."""
        if place["path"] != self.path:
            return []
        if place["kind"] == "entry":
            return [(0, len(self.folded.text))] if place["at"] in self.keys else []
        return self.folded.find(place["text"])

    def units(self):
        """(source, range, text for BM25) of each passage, conclusion, agenda item or entry."""
        shown = self.shown
        if shown["kind"] == "record":
            words = " ".join([shown["text"], *shown["facts"].values()])
            return [(self, (0, len(self.folded.text)), words)]
        titles = {item["path"]: item["title"]["text"] for item in self.items}
        found = [(item["title"], item["title"]["text"]) for item in self.items]
        found += [(conclusion["text"], titles.get(conclusion.get("itemPath"), "") + " " + conclusion["text"]["text"])
                  for conclusion in self.conclusions]
        found += [(passage, passage["text"]) for passage in shown["passages"] if passage["text"].strip()]
        return [(self, self.folded.range(span["start"], span["end"]), text) for span, text in found]


def grades(hits, judged):
    """The grade of each hit, in order; a place counts where it is met first, and nothing afterwards."""
    open_places = list(judged)
    found = []
    for source, where in hits:
        met = [place for place in open_places
               if any(same_place(where, here) for here in source.range_of_place(place))]
        open_places = [place for place in open_places if place not in met]
        found.append(max((place["grade"] for place in met), default=0))
    return found


def is_judged(hit, judged, irrelevant):
    """Whether somebody has judged the place of a hit, whatever the grade."""
    source, where = hit
    if any(same_place(where, here) for place in judged for here in source.range_of_place(place)):
        return True
    for path, text, *key in irrelevant:
        if path != source.path:
            continue
        if key and key[0] in source.keys:
            return True
        if not key and any(same_place(where, here) for here in source.folded.find(text)):
            return True
    return False
