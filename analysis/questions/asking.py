"""How people ask: words that only make a question, and those that tell the kind, the topic, the wish for deadlines."""

from collections.abc import Iterable
from functools import cache

from analysis.text.patterns import cue, load, sections
from domain.queries import Kind
from domain.readings import EventKind
from domain.topics import Topic

DEADLINES = cue("deadlines")
_FILE = "asking.txt"


@cache
def _words() -> dict[str, frozenset[str]]:
    return {heading: frozenset(" ".join(lines).split()) for heading, lines in sections(_FILE)}


@cache
def _topics(section: str) -> dict[str, Topic]:
    named = (
        (heading.removeprefix(section), words) for heading, words in _words().items() if heading.startswith(section)
    )
    return {word: Topic(topic) for topic, words in named for word in words}


def is_stop(word: str) -> bool:
    """Whether a word (lower case) only makes a question: «где», «когда», «будет»."""
    return word in _words()["stop"]


def topics_of(lemmas: Iterable[str]) -> tuple[Topic, ...]:
    """Topics that the words of a question name, in their order."""
    named = _topics("topic ") | _topics("whole topic ")
    return tuple(dict.fromkeys(named[lemma] for lemma in lemmas if lemma in named))


def whole_topic(lemmas: Iterable[str]) -> Topic | None:
    """The topic that a word names as a whole: «медицина», «спорт»; a «прививка» is only on one."""
    return next((_topics("whole topic ")[lemma] for lemma in lemmas if lemma in _topics("whole topic ")), None)


def event_kinds(low: str) -> tuple[EventKind, ...]:
    """Kinds of event that a question (lower case, ё as е) asks for."""
    kinds = ((heading, pattern) for heading, pattern in load(_FILE).items() if heading.startswith("kind "))
    return tuple(EventKind(heading.removeprefix("kind ")) for heading, pattern in kinds if pattern.search(low))


def kind_of(low: str) -> Kind | None:
    """EVENT or NEWS where the question asks for one of them in so many words."""
    if load(_FILE)["events"].search(low):
        return Kind.EVENT
    return Kind.NEWS if load(_FILE)["news"].search(low) else None
