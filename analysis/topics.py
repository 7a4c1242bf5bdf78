"""What a text is about, out of the closed list: weighted phrases add up, and the act of the text settles the rest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from analysis import genres
from analysis.document import Document
from analysis.lexicon import Hit, load
from domain.topics import Topic

TITLE, LEAD = 2.5, 1.6
"""How much more a headline and the first lines say than the rest."""
LEAD_LENGTH = 250
DECAY = 0.8
"""Each further phrase adds less: a long list of dishes does not outweigh what the news is."""
MOST = 3
SHARE, ENOUGH = 0.4, 15.0
"""A second topic has this share of the first one's score, and at least so much."""
RARE = 60.0
PAIRS = {
    (Topic.CONTESTS_GRANTS, Topic.IMPROVEMENT_ECOLOGY): 10.0,
    (Topic.CONTESTS_GRANTS, Topic.GOVERNANCE): 12.0,
    (Topic.ROADS_TRANSPORT, Topic.CULTURE_LEISURE): 11.0,
    (Topic.ROADS_TRANSPORT, Topic.HOUSING_UTILITIES): 12.0,
    (Topic.ECONOMY_BUSINESS, Topic.CULTURE_LEISURE): 12.0,
    (Topic.FORUMS_MEETINGS, Topic.ECONOMY_BUSINESS): 10.0,
    (Topic.LAW_DOCUMENTS, Topic.ECONOMY_BUSINESS): 10.0,
    (Topic.EDUCATION_YOUTH, Topic.GOVERNANCE): 12.0,
    (Topic.FORUMS_MEETINGS, Topic.GOVERNANCE): 13.0,
    (Topic.TOS, Topic.CULTURE_LEISURE): 12.0,
    (Topic.TOS, Topic.CONTESTS_GRANTS): 10.0,
    (Topic.TOS, Topic.GOVERNANCE): RARE,
    (Topic.HOUSING_UTILITIES, Topic.EDUCATION_YOUTH): RARE,
    (Topic.HOUSING_UTILITIES, Topic.HEALTH): RARE,
    (Topic.HOUSING_UTILITIES, Topic.ROADS_TRANSPORT): RARE / 2,
    (Topic.CULTURE_LEISURE, Topic.SAFETY_EMERGENCY): RARE / 2,
    (Topic.CULTURE_LEISURE, Topic.IMPROVEMENT_ECOLOGY): RARE / 2,
    (Topic.SPORT, Topic.CULTURE_LEISURE): RARE / 2,
    (Topic.EDUCATION_YOUTH, Topic.CULTURE_LEISURE): RARE / 2,
    (Topic.FORUMS_MEETINGS, Topic.LAW_DOCUMENTS): 20.0,
}
"""Pairs that go together by nature need less: initiatives are mostly of yards, roads are closed for feasts. Others need
more: the school in a list of houses without water is no news of schools, and a festival of sport is sport."""
ACTS = (Topic.FORUMS_MEETINGS, Topic.CONTESTS_GRANTS)
TOS_ENOUGH = 7.0
"""Self-government is named by itself alone: once is enough."""


@dataclass(frozen=True, slots=True)
class Scored:
    topic: Topic
    score: float
    hits: tuple[Hit, ...]


def score(document: Document) -> list[Scored]:
    """Every topic that has any ground in the text, best first."""
    hits: dict[Topic, dict[str, Hit]] = defaultdict(dict)
    weights: dict[Topic, dict[str, float]] = defaultdict(dict)
    for hit in load("topics.txt").find(document.tokens):
        topic, weight = Topic(hit.section), hit.weight * _emphasis(document, hit)
        if weight > weights[topic].get(hit.phrase, -99.0):
            weights[topic][hit.phrase] = weight
        hits[topic].setdefault(hit.phrase, hit)
    extra = genres.bonuses(document)
    scored = [
        Scored(t, _sum(weights[t].values()) + extra.get(t, 0.0), tuple(hits[t].values())) for t in {**weights, **extra}
    ]
    return sorted((s for s in scored if s.score > 0), key=lambda s: -s.score)


def _emphasis(document: Document, hit: Hit) -> float:
    if hit.start < document.title_end:
        return TITLE
    return LEAD if hit.start < document.title_end + LEAD_LENGTH else 1.0


def _sum(values: Iterable[float]) -> float:
    weights = list(values)
    telling = sorted((w for w in weights if w > 0), reverse=True)
    return sum(w * DECAY**i for i, w in enumerate(telling)) + sum(w for w in weights if w < 0)


def choose(document: Document) -> list[Scored]:
    """The topics to name, main first; never empty."""
    scored = score(document)
    if not scored:
        return [Scored(Topic.GOVERNANCE, 0.0, ())]
    main = _main(document, scored)
    further = [s for s in scored if s is not main and _also(s, main)]
    most = MOST - 1 if any(s.topic is Topic.TOS for s in (main, *further)) else MOST
    further.sort(key=lambda s: s.topic is not Topic.TOS)
    return [main, *further[: most - 1]]


def _main(document: Document, scored: list[Scored]) -> Scored:
    """The best scored; a forum or contest for TOS is a forum or contest first."""
    best = scored[0]
    meeting = next((s for s in scored if s.topic is Topic.FORUMS_MEETINGS), None)
    if meeting and genres.is_hearing(document) and meeting.score >= SHARE * best.score:
        return meeting
    if best.topic is not Topic.TOS:
        return best
    acts = genres.bonuses(document)
    rivals = (s for s in scored[1:] if s.topic in ACTS and s.topic in acts and s.score >= SHARE * best.score)
    return next(rivals, best)


def _also(s: Scored, main: Scored) -> bool:
    if s.topic is Topic.TOS:
        return s.score >= TOS_ENOUGH
    pair = PAIRS.get((main.topic, s.topic))
    return s.score >= (pair or max(ENOUGH, SHARE * main.score))
