"""A reading as one JSON object, with the field names and conventions of the labelled sets."""

from datetime import date
from typing import Any

from analysis.geography.gazetteer import Gazetteer
from domain.readings import Reading


def to_json(
    reading: Reading,
    gazetteer: Gazetteer,
    *,
    id: str | None = None,  # noqa: A002 — the name of the field
    published: date | None = None,
    explain: bool = False,
) -> dict[str, Any]:
    """``region`` is a name, a list where several are the subject, null where unknown, ``Россия`` for federal texts.

    With ``explain`` also ``kind``, ``title``, ``summary``, ``territories``, ``doubts`` and ``reasons``: for each claim
    the words it rests on and where they stand.
    """
    names = [gazetteer.by_code[code].name for code in reading.regions if code in gazetteer.by_code]
    event = reading.event
    row: dict[str, Any] = {
        "id": id,
        "published": published.isoformat() if published else None,
        "region": names[0] if len(names) == 1 else (names or None),
        "place": reading.place,
        "topics": [topic.value for topic in reading.topics],
        "main_topic": reading.main_topic.value,
        "is_event": reading.is_event,
        "upcoming": reading.upcoming,
        "event": None
        if event is None
        else {
            "title": event.title,
            "start_date": event.start_date.isoformat() if event.start_date else None,
            "end_date": event.end_date.isoformat() if event.end_date else None,
            "time": event.time.strftime("%H:%M") if event.time else None,
            "deadline": event.deadline.isoformat() if event.deadline else None,
            "venue": event.venue,
        },
    }
    return {**row, **_explained(reading, gazetteer)} if explain else row


def _explained(reading: Reading, gazetteer: Gazetteer) -> dict[str, Any]:
    known = [code for code in reading.territories if code in gazetteer.by_code]
    return {
        "title": reading.title,
        "summary": reading.summary,
        "kind": reading.event.kind.value if reading.event else None,
        "territories": [{"code": code, "title": gazetteer.title(code)} for code in known],
        "doubts": list(reading.doubts),
        "reasons": [{"claim": e.claim, "value": e.value, "words": e.words, "start": e.start} for e in reading.evidence],
    }
