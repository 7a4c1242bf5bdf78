"""Reads one text: where it belongs, what it is about, what it announces, and on which words each answer rests."""

from dataclasses import replace
from datetime import date

from analysis import topic_words, topics
from analysis.events.event import read_event
from analysis.geography.gazetteer import Gazetteer
from analysis.places import belonging
from analysis.text import summaries
from analysis.text.document import Document
from analysis.text.lexicon import Token
from domain.readings import Evidence, Reading

DRIFT = 100
"""Characters by which cleaning may have moved a word backwards beyond the headline put before it."""


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
        placed = belonging.place(document, self._gazetteer, home)
        about = topics.choose(document)
        event = read_event(document, published, about[0].topic)
        evidence = (*placed.evidence, *_topic_evidence(document, about), *event.evidence)
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
            evidence=tuple(dict.fromkeys(_in_original(e, text, document) for e in evidence)),
            doubts=(*placed.doubts, *_topic_doubts(about), *event.doubts),
        )


def _in_original(evidence: Evidence, text: str, document: Document) -> Evidence:
    """With the offset in the text as it came: reading cleans it, which moves what follows."""
    if document.text == text or evidence.start < 0:
        return evidence
    at = text.find(evidence.words, max(0, evidence.start - len(document.title) - DRIFT))
    return replace(evidence, start=at)


def _topic_evidence(document: Document, about: list[topics.Scored]) -> tuple[Evidence, ...]:
    found = []
    for i, scored in enumerate(about):
        claim = "main_topic" if i == 0 else "topics"
        strongest = sorted(scored.hits, key=lambda h: -h.weight)[:4] or _words(document, scored)
        found += [Evidence(claim, scored.topic.value, document.text[h.start : h.end], h.start) for h in strongest]
    return tuple(found)


def _words(document: Document, scored: topics.Scored) -> list[Token]:
    """What a topic rests on that no phrase of the lexicon names."""
    return topic_words.strongest(topic_words.telling(document), scored.topic, 4)


def _topic_doubts(about: list[topics.Scored]) -> tuple[str, ...]:
    weak = about[0].score < 6
    return ("main_topic",) if weak else ()
