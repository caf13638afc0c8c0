"""Plain BM25 and the measures of a ranking. Standard library only."""
import collections
import math
import random
import re
import unicodedata


def terms(text):
    """Bigrams of runs of Han characters (a run of one is its own term), and Latin words and numbers in lower case."""
    found = []
    for run in re.findall(r"[\u3400-\u9fff]+|[a-z0-9]+", unicodedata.normalize("NFKC", text).lower()):
        if run[0] < "\u3400" or len(run) == 1:
            found.append(run)
        else:
            found.extend(run[i:i + 2] for i in range(len(run) - 1))
    return found


class BM25:
    """Robertson and Zaragoza 2009, one field, k1 = 1.2, b = 0.75; ties in the order of the units."""

    def __init__(self, texts, k1=1.2, b=0.75):
        self.postings = collections.defaultdict(list)
        lengths = []
        for number, text in enumerate(texts):
            counts = collections.Counter(terms(text))
            lengths.append(sum(counts.values()))
            for term, count in counts.items():
                self.postings[term].append((number, count))
        mean = sum(lengths) / len(lengths)
        self.norms = [k1 * (1 - b + b * length / mean) for length in lengths]
        self.k1, self.size = k1, len(lengths)

    def first(self, query, limit):
        scores = collections.Counter()
        for term in set(terms(query)):
            posting = self.postings.get(term, ())
            idf = math.log(1 + (self.size - len(posting) + 0.5) / (len(posting) + 0.5))
            for number, count in posting:
                scores[number] += idf * count * (self.k1 + 1) / (count + self.norms[number])
        return sorted(scores, key=lambda number: (-scores[number], number))[:limit]


def gain(grade):
    return 2 ** grade - 1


def dcg(grades):
    return sum(gain(grade) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def ndcg(found, judged, depth=10):
    """Järvelin and Kekäläinen 2002 with gain 2^grade - 1; `found` in order, `judged` all grades of the query."""
    return dcg(found[:depth]) / dcg(sorted(judged, reverse=True)[:depth])


def recall(found, judged, depth=10, least=2):
    """Share of the places of grade 2 and 3 among the first ten; of ten where there are more."""
    wanted = sum(grade >= least for grade in judged)
    return sum(grade >= least for grade in found[:depth]) / min(depth, wanted)


def interval(values, seed, samples=2000):
    """The 95 % interval of the mean by the percentile bootstrap over queries."""
    random_source = random.Random(seed)
    means = sorted(sum(random_source.choices(values, k=len(values))) / len(values) for _ in range(samples))
    return means[int(0.025 * samples)], means[int(0.975 * samples) - 1]
