"""What kind of event a text announces: those who look for forums, outages or closures rely on it."""

import csv
from collections.abc import Iterator

import pytest

from analysis.events import kinds
from analysis.text.document import Document
from bench.accuracy import DEVELOPMENT, load
from domain.readings import EventKind

LEAST = 0.93


def labelled() -> Iterator[tuple[str, str, list[str]]]:
    """Name, text and kinds of every event that was labelled; several where any of them is defensible."""
    with (DEVELOPMENT.parent / "kinds.csv").open(encoding="utf-8") as file:
        wanted = {(row["set"], row["id"]): row["kinds"].split() for row in csv.DictReader(file)}
    for name in sorted({name for name, _ in wanted}):
        for row in load(DEVELOPMENT.parent / f"{name}.jsonl"):
            if (name, row["id"]) in wanted:
                yield row["id"], row["text"], wanted[name, row["id"]]


def test_kinds_of_labelled_events_are_known() -> None:
    read = [(name, kinds.kind(Document(text))[0], wanted) for name, text, wanted in labelled()]
    wrong = [(name, kind, wanted) for name, kind, wanted in read if kind not in wanted]
    assert len(read) > 400
    assert 1 - len(wrong) / len(read) >= LEAST, wrong


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Завтра в посёлке отключают свет с 9 до 17 часов", EventKind.OUTAGE),
        ("На Заречной приостановят подачу тепла", EventKind.OUTAGE),
        ("Железнодорожный переезд на Мира закроют на ремонт", EventKind.CLOSURE),
        ("Автобус № 7 в субботу пойдёт в объезд", EventKind.CLOSURE),
        ("Движение по мосту ограничат до пятницы", EventKind.CLOSURE),
        ("Главы поселений отчитаются перед жителями", EventKind.GATHERING),
        ("Районная дума соберётся в четверг", EventKind.GATHERING),
        ("День донора: сдать кровь можно в поликлинике", EventKind.CAMPAIGN),
        ("Заявления в первый класс принимают с 1 апреля", EventKind.CAMPAIGN),
        ("Смотр-конкурс «Лучший двор»", EventKind.CONTEST),
        ("Крещенские купания: где оборудуют купели", EventKind.CULTURE),
        ("Вопросов было много", EventKind.OTHER),
        ("Куда сходить с детьми в выходные", EventKind.OTHER),
        ("Хоспис для тяжелобольных детей достроят к весне", EventKind.OTHER),
        ("Соседи не останутся без помощи", EventKind.OTHER),
        ("Первоклассники посадили яблони", EventKind.OTHER),
    ],
)
def test_a_headline_tells_the_kind(text: str, kind: EventKind) -> None:
    assert kinds.kind(Document(text))[0] is kind
