"""What a text is about, out of the closed list: weighted phrases add up, a headline names the act of the text, and a
small linear model, trained offline by `python -m bench topics`, weighs the sums and the plain words of the text
against each other."""

import csv
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis import genres, topic_words
from analysis.text.document import Document
from analysis.text.lexicon import Hit, load
from analysis.topic_words import Table
from domain.topics import Topic

TITLE, LEAD = 2.5, 1.6
"""How much more a headline and the first lines say than the rest."""
LEAD_LENGTH = 250
DECAY = 0.8
"""Each further phrase adds less: a long list of dishes does not outweigh what the news is."""
MOST = 3
ENOUGH = 0.0
"""What the model must say for a second topic: more for than against."""
LEAST = 8.0
"""The share of a topic is of at least so much, lest a single word of a poor text seem sure."""
Features = tuple[float, float, float, float, float]
"""Share of the best score, share of the best beside self-government, size of the score, act of the headline; and for
self-government one and more: it is named in much that is a forum first, and the more so in what is a contest."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic with the sum of its phrases and of its act, where the headline tells one."""

    topic: Topic
    score: float
    act: float = 0.0
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """What one decision adds up of the features of a topic, whichever it is."""

    share: float
    beside: float
    size: float
    act: float
    tos: float

    def sum(self, seen: Features) -> float:
        share, beside, size, act, tos = seen
        return self.share * share + self.beside * beside + self.size * size + self.act * act + self.tos * tos


def score(document: Document) -> list[Scored]:
    """Every topic with what speaks for it."""
    hits: dict[Topic, list[Hit]] = defaultdict(list)
    for hit in load("topics.txt").find(document.tokens):
        hits[Topic(hit.section)].append(hit)
    acts = genres.bonuses(document)
    return [total(document, topic, acts.get(topic, 0.0), hits[topic]) for topic in Topic]


def total(document: Document, topic: Topic, act: float, hits: Iterable[Hit]) -> Scored:
    """The score of one topic from the phrases found."""
    found = tuple(hits)
    return Scored(topic, max(0.0, _sum(document, found) + act), act, found)


def _sum(document: Document, hits: Iterable[Hit]) -> float:
    weights: dict[str, float] = {}
    for hit in hits:
        weight = hit.weight * _emphasis(document, hit)
        weights[hit.phrase] = max(weight, weights.get(hit.phrase, weight))
    telling = sorted((w for w in weights.values() if w > 0), reverse=True)
    return sum(w * DECAY**i for i, w in enumerate(telling)) + sum(w for w in weights.values() if w < 0)


def _emphasis(document: Document, hit: Hit) -> float:
    if hit.start < document.title_end:
        return TITLE
    return LEAD if hit.start < document.title_end + LEAD_LENGTH else 1.0


def features(scored: Iterable[Scored]) -> dict[Topic, Features]:
    """What the model looks at."""
    found = list(scored)
    best = max(LEAST, *(s.score for s in found))
    rival = max(LEAST, *(s.score for s in found if s.topic is not Topic.TOS))
    given = max(s.act for s in found if s.topic is Topic.CONTESTS_GRANTS)
    return {s.topic: _features(s, best, rival, given) for s in found}


def _features(s: Scored, best: float, rival: float, given: float) -> Features:
    tos = (1 + given / 10) if s.topic is Topic.TOS else 0.0
    return s.score / best, min(1.0, s.score / rival), math.log1p(s.score) / 3, s.act / 10, tos


@cache
def weights() -> tuple[Weights, Weights]:
    """For the main topic and for the others."""
    text = files("analysis.data").joinpath("topic_weights.csv").read_text(encoding="utf-8")
    rows = {
        row.pop("decision"): {name: float(value) for name, value in row.items()}
        for row in csv.DictReader(text.splitlines())
    }
    return Weights(**rows["main"]), Weights(**rows["others"])


def choose(
    document: Document, learnt: tuple[Weights, Weights] | None = None, words: Table | None = None
) -> list[Scored]:
    """The topics to name, main first; never empty. Other weights than the learnt ones are a matter of training."""
    scored = score(document)
    if not document.tokens:
        return [Scored(Topic.GOVERNANCE, 0.0)]
    seen = features(scored)
    for_main, for_others = learnt or weights()
    mainly, also = topic_words.leanings(topic_words.telling(document), words or topic_words.weights())
    ranked = [for_main.sum(seen[s.topic]) + said for s, said in zip(scored, mainly, strict=True)]
    main = scored[ranked.index(max(ranked))]
    sums = {
        s.topic: for_others.sum(seen[s.topic]) + said for s, said in zip(scored, also, strict=True) if s is not main
    }
    further = [s for s in scored if sums.get(s.topic, -math.inf) > ENOUGH]
    chosen = [main, *sorted(further, key=lambda s: -sums[s.topic])[: MOST - 1]]
    return _contested(document, chosen)


def _contested(document: Document, chosen: list[Scored]) -> list[Scored]:
    """A contest among bodies of self-government names them in every line: a contest first while it is open, theirs
    once it is decided."""
    both = (Topic.TOS, Topic.CONTESTS_GRANTS)
    if chosen[0].topic not in both or not {*both} <= {s.topic for s in chosen}:
        return chosen
    first = Topic.TOS if genres.is_decided(document) else Topic.CONTESTS_GRANTS
    return sorted(chosen, key=lambda s: s.topic is not first)
