"""Dates, numbers and plural forms, and the catalogue itself."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from presenters.actions import pack, unpack
from presenters.language import catalogues
from presenters.language.dates import day, days_away, moment, short_day, span
from presenters.language.topics import from_mask, to_mask
from presenters.language.words import LANGUAGES, LOCALES, number, words_for
from presenters.people.settling import ChoosePlace, Purpose

TODAY = date(2026, 12, 6)
RU, EN = words_for("ru"), words_for("en")


@pytest.mark.parametrize(
    ("value", "russian", "english"),
    [
        (date(2026, 12, 15), "вт 15 декабря", "Tue, 15 December"),
        (date(2027, 1, 20), "ср 20 января", "Wed, 20 January"),
        (date(2027, 9, 1), "ср 1 сентября 2027", "Wed, 1 September 2027"),
        (date(2026, 1, 10), "сб 10 января", "Sat, 10 January"),
    ],
)
def test_day_has_its_weekday_and_the_year_only_where_it_is_far(value: date, russian: str, english: str) -> None:
    assert (day(RU, value, TODAY), day(EN, value, TODAY)) == (russian, english)


@pytest.mark.parametrize(
    ("value", "russian", "english"),
    [
        (date(2026, 12, 6), "сегодня", "today"),
        (date(2026, 12, 7), "завтра", "tomorrow"),
        (date(2026, 12, 5), "вчера", "yesterday"),
        (date(2026, 12, 8), "через 2 дня", "in 2 days"),
        (date(2026, 12, 15), "через 9 дней", "in 9 days"),
        (date(2026, 12, 27), "через 21 день", "in 21 days"),
        (date(2026, 12, 3), "3 дня назад", "3 days ago"),
    ],
)
def test_distance_is_told_as_people_say_it(value: date, russian: str, english: str) -> None:
    assert (days_away(RU, value, TODAY), days_away(EN, value, TODAY)) == (russian, english)


@pytest.mark.parametrize(
    ("start", "end", "russian"),
    [
        (date(2026, 12, 15), None, "вт 15 декабря"),
        (date(2026, 12, 15), date(2026, 12, 15), "вт 15 декабря"),
        (date(2026, 12, 15), date(2026, 12, 18), "15–18 декабря"),
        (date(2026, 11, 28), date(2026, 12, 2), "28 ноября – 2 декабря"),
        (date(2027, 9, 15), date(2027, 9, 18), "15–18 сентября 2027"),
        (date(2026, 12, 28), date(2027, 1, 9), "28 декабря – 9 января"),
        (date(2027, 9, 28), date(2027, 10, 2), "28 сентября – 2 октября 2027"),
    ],
)
def test_several_days_are_one_span(start: date, end: date | None, russian: str) -> None:
    assert span(RU, start, end, TODAY) == russian


def test_short_day_fits_a_list() -> None:
    assert short_day(RU, date(2026, 12, 15), TODAY) == "15 дек"
    assert short_day(RU, date(2028, 3, 8), TODAY) == "8 мар 2028"


def test_moment_is_in_the_readers_own_zone() -> None:
    at = datetime(2026, 12, 15, 20, 30, tzinfo=UTC)
    now = datetime(2026, 12, 6, tzinfo=UTC)
    assert moment(RU, at, "Asia/Krasnoyarsk", now) == "ср 16 декабря, 03:30"
    assert moment(RU, at, "Europe/Moscow", now) == "вт 15 декабря, 23:30"


def test_thousands_are_parted_without_a_break() -> None:
    assert (number(812), number(1240), number(1_000_000)) == ("812", "1\u202f240", "1\u202f000\u202f000")


def test_values_are_escaped_and_markup_is_not() -> None:
    assert RU("<b>{place}</b>", place="<Нарния>") == "<b>&lt;Нарния&gt;</b>"
    assert RU("<b>{place}</b>", place=Markup("<i>дом</i>")) == "<b><i>дом</i></b>"


def test_language_we_do_not_speak_is_english() -> None:
    assert words_for("sv").label("Yes") == "Yes"


def test_catalogues_are_complete() -> None:
    assert [problem for language in LANGUAGES if language != "en" for problem in catalogues.problems(language)] == []


def test_catalogue_has_no_placeholders_of_tools() -> None:
    text = (LOCALES / "ru.po").read_text(encoding="utf-8")
    for left in ("PROJECT", "FIRST AUTHOR", "EMAIL@ADDRESS", "fuzzy", "Generated-By"):
        assert left not in text


def test_topics_travel_as_one_number_and_unknown_bits_are_dropped() -> None:
    everything = from_mask(-1)
    assert from_mask(to_mask(everything)) == everything
    assert from_mask(2**60) == ()


@pytest.mark.parametrize(
    "data", ["", ":", "pl", "pl:1", "pl:1:z", "pl:1:h:2", "zz:1", "fp:01", "fp:1e3", "fp:" + "9" * 40]
)
def test_what_was_not_packed_is_nothing(data: str) -> None:
    assert unpack(data) is None


def test_act_survives_its_button() -> None:
    act = ChoosePlace("95708000", Purpose.ADD)
    assert unpack(pack(act)) == act


def test_act_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 64"):
        pack(ChoosePlace("я" * 40, Purpose.ADD))
    with pytest.raises(ValueError, match="may hold"):
        pack(ChoosePlace("a:b", Purpose.ADD))
