"""Reads one text: where it belongs, what it is about, what it announces, and on which words each answer rests."""

from datetime import date

from analysis import places, summaries, topics
from analysis.document import Document
from analysis.events import read_event
from analysis.gazetteer import Gazetteer
from domain.readings import Evidence, Reading


class Reader:
    """Reads texts against one gazetteer; holds no state between texts."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def read(
        self, text: str, *, published: date | None = None, home: str | None = None, title: str | None = None
    ) -> Reading:
        """The reading of a text.

        ``published`` anchors relative dates and missing years; ``home`` is the territory code of the source and
        decides only where the text itself does not; ``title`` is a headline that stands apart from the text.
        """
        document = Document(text, title)
        placed = places.place(document, self._gazetteer, home)
        about = topics.choose(document)
        event = read_event(document, published)
        return Reading(
            title=summaries.headline(document),
            summary=summaries.summary(document),
            regions=placed.regions,
            place=placed.place,
            territories=placed.territories,
            topics=tuple(s.topic for s in about),
            is_event=event.is_event,
            upcoming=event.upcoming,
            event=event.event,
            evidence=(*placed.evidence, *_topic_evidence(about), *event.evidence),
            doubts=(*placed.doubts, *_topic_doubts(about), *event.doubts),
        )


def _topic_evidence(about: list[topics.Scored]) -> tuple[Evidence, ...]:
    found = []
    for i, scored in enumerate(about):
        claim = "main_topic" if i == 0 else "topics"
        strongest = sorted(scored.hits, key=lambda h: -h.weight)[:4]
        found += [Evidence(claim, scored.topic.value, h.phrase, h.start) for h in strongest]
    return tuple(found)


def _topic_doubts(about: list[topics.Scored]) -> tuple[str, ...]:
    weak = about[0].score < 6
    return ("main_topic",) if weak else ()
