"""Whatever people write, the screens that repeat it are accepted by Telegram: tags, entities, lengths, buttons."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from analysis.geography.gazetteer import builtin
from domain.messages import Message
from domain.subscribers import Frequency, Subscription
from domain.suggestions import Draft, Suggestion, SuggestionState
from presenters.language.words import Words, words_for
from presenters.people import my, onboarding
from presenters.people.settling import Purpose
from presenters.suggestions import suggested, suggesting
from sandbox.entities import utf16
from sandbox.html_mode import parse_html
from tests.presenters.test_resident import ANNA, FOLLOWED, SAYANOGORSK

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
TEXTS = 10_000
_PIECES = [
    "<",
    ">",
    "&",
    "&lt;",
    "<b>",
    "</i>",
    "<a href='x'>",
    '"',
    "'",
    "{",
    "}",
    "{0}",
    "%s",
    "\\",
    "\n",
    " ",
    "\u202e",
]
_PIECES += ["ё", "Ж", "a", "1", "👨‍👩‍👧", "🇷🇺", "\u200d", "\ufe0f", "слово ", "@user", "https://x.ru", "#тег", "/my"]


def texts() -> Iterator[str]:
    chance = random.Random(17)
    for _ in range(TEXTS):
        yield "".join(chance.choices(_PIECES, k=chance.choice((1, 3, 30, 900)))) + "ё"


def repeating(words: Words, text: str, number: int) -> Message:
    """One of the screens that repeat a text, in turn."""
    gazetteer, today = builtin(), date(2026, 11, 21)
    told = Suggestion(1, 1, SuggestionState.REJECTED, text, (), None, False, text, None, 0.0, None, NOW)
    saved = Subscription(1, 1, SAYANOGORSK, None, text, Frequency.DAILY)
    every: list[Callable[[], Message]] = [
        lambda: onboarding.unknown_place(words, text, Purpose.HOME),
        lambda: my.overview(words, gazetteer, ANNA, [saved], NOW),
        lambda: my.frequencies(words, gazetteer, [saved]),
        lambda: suggesting.review(words, gazetteer, Draft(text), today),
        lambda: suggesting.which_where(words, gazetteer, text, []),
        lambda: suggesting.known_already(words, text),
        lambda: suggested.mine(words, [told] * 10, NOW),
    ]
    return every[number % len(every)]()


def accept(screen: Message) -> None:
    formatted = parse_html(screen.text)
    assert 0 < utf16(formatted.text) <= 4096
    for row in screen.buttons:
        for button in row:
            assert button.label.strip()
            assert len((button.action or "").encode()) <= 64


def test_screens_hold_any_text() -> None:
    words = words_for("ru")
    for number, text in enumerate(texts()):
        accept(repeating(words, text, number))


def test_very_many_places_keep_within_one_message() -> None:
    everywhere = [one for one in builtin().by_code.values() if len(one.name) > 30][:60]
    followed = [Subscription(at, 1, one.code, None, "", Frequency.DAILY) for at, one in enumerate(everywhere)]
    screen = my.overview(words_for("ru"), builtin(), ANNA, followed, NOW)
    accept(screen)
    assert "…и ещё" in screen.text
    accept(my.frequencies(words_for("ru"), builtin(), followed))
    accept(my.removal(words_for("ru"), builtin(), [*followed, *FOLLOWED]))
