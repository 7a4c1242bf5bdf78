"""Places are counted only where a text plainly says how many there are."""

from datetime import date

import pytest

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader

PUBLISHED = date(2026, 11, 21)
FORUM = "Форум ТОС пройдёт в Саяногорске\n30 ноября в 14:00 в ДК «Энергетик» откроется форум ТОС. "


def places(said: str) -> int | None:
    event = Reader(builtin()).read(FORUM + said, published=PUBLISHED).event
    assert event is not None
    return event.capacity


@pytest.mark.parametrize(
    "said",
    [
        "Участие бесплатное, мест 60.",
        "Количество мест — 60.",
        "Число мест: 60, запись обязательна.",
        "Зал примет не более 60 участников.",
        "Мест 60. Напоминаем: количество мест — 60.",
    ],
)
def test_stated_places_are_read(said: str) -> None:
    assert places(said) == 60


@pytest.mark.parametrize(
    "said",
    [
        "Количество мест ограничено.",
        "Рядом парковочных мест 60.",
        "В команде не более 6 участников.",
        "Не более 6 участников от каждого двора.",
        "Осталось мест 5.",
        "Зал на 300 мест открыли в мае.",
        "Мест 60, на балконе число мест — 20.",
        "Вход свободный, мест 10 000.",
    ],
)
def test_other_numbers_are_no_places(said: str) -> None:
    assert places(said) is None


def test_a_contest_has_no_seats() -> None:
    text = "Объявлен конкурс «Лучший двор»\nЗаявки на конкурс принимаются до 10 декабря. Количество мест — 3."
    event = Reader(builtin()).read(text, published=PUBLISHED).event
    assert event is not None
    assert event.capacity is None
