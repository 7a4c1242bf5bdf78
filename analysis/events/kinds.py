"""What kind of event a text announces, for people who look for such; and texts that announce nothing to go to."""

from analysis.text.document import Document
from analysis.text.patterns import cue, load
from domain.readings import EventKind

_PATTERNS = tuple((EventKind(heading), pattern) for heading, pattern in load("kinds.txt").items())
_CANCELLED = cue("cancelled")
_POSTPONED = cue("postponed")


def kind(document: Document) -> tuple[EventKind, int]:
    """The kind and the offset of the words it rests on; OTHER with -1 where nothing tells."""
    best, best_score, at = EventKind.OTHER, 0.0, -1
    for candidate, pattern in _PATTERNS:
        score, first = 0.0, -1
        for n, m in enumerate(pattern.finditer(document.low)):
            if n == 4:
                break
            score += 3.0 if m.start() < document.title_end else 1.0 / (1 + m.start() / 1500)
            first = m.start() if first < 0 else first
        if score > best_score:
            best, best_score, at = candidate, score, first
    return best, at


def cancelled(document: Document) -> bool:
    return bool(_CANCELLED.search(document.low[: document.title_end + 400]))


def postponed(document: Document) -> bool:
    return bool(_POSTPONED.search(document.low[: document.title_end + 400]))
