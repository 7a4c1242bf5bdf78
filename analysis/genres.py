"""The act a text performs settles its main topic: a hearing is a meeting first and a matter of its budget second."""

import re

from analysis.text.document import Document
from analysis.text.patterns import cue, load
from domain.topics import Topic

LEAD = 260
_TITLES = tuple(
    (Topic(heading.split()[0]), float(heading.split()[1]), pattern) for heading, pattern in load("genres.txt").items()
)
_LEADS = (
    (Topic.FORUMS_MEETINGS, 12.0, cue("hearing_lead")),
    (Topic.CONTESTS_GRANTS, 6.0, cue("contest_lead")),
)
_OPEN = re.compile(r"срок\w* (?:подачи|приема)|заявки (?:принима|жд|до)")
_DECIDED = (cue("decided"), cue("result"), cue("won"))
_GOODS_FAIR = re.compile(r"ярмарк\w*\b(?! (?:вакан|труд|учеб|професс|выходн))")
FAIR = 7.0
"""A market for goods is an outing as well."""


def bonuses(document: Document) -> dict[Topic, float]:
    """What headline and lead add to the topics of their genre."""
    title = document.low[: document.title_end]
    lead = document.low[document.title_end : document.title_end + LEAD]
    found = {topic: bonus for topic, bonus, pattern in _TITLES if pattern.search(title)}
    for topic, bonus, pattern in _LEADS:
        if topic not in found and pattern.search(lead):
            found[topic] = bonus
    if _GOODS_FAIR.search(title + lead):
        found[Topic.CULTURE_LEISURE] = found.get(Topic.CULTURE_LEISURE, 0.0) + FAIR
    return found


_HEARING = re.compile(r"публичн\w+ слушани|слушани\w+ (?:по|о)\b")


def is_hearing(document: Document) -> bool:
    """Whether headline or lead speak of public hearings: whatever is heard, people meet."""
    return bool(_HEARING.search(document.low[: document.title_end + LEAD]))


def is_decided(document: Document) -> bool:
    """Whether what is told of a contest is its result, or what its money paid for."""
    beginning = document.low[: document.title_end + LEAD]
    return any(told.search(beginning) for told in _DECIDED) and not (
        cue("call").search(document.low) or _OPEN.search(document.low)
    )
