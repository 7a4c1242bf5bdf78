"""Tokens of dates: a window is covered by few of them, wholly and without a day too many."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.queries import Window
from storage.search.facets import Dates, covering, of_day, of_span

TODAY = date(2026, 11, 21)
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@given(days, days, days)
def test_a_day_has_a_token_of_a_window_exactly_if_it_is_within(first: date, last: date, day: date) -> None:
    tokens = set(covering(Dates.PUBLISHED, Window(first, last), TODAY))
    assert bool(tokens & set(of_day(Dates.PUBLISHED, day))) is (first <= day <= last)


@given(days, st.integers(0, 400), days, st.integers(0, 400))
def test_what_lasts_has_a_token_of_every_window_it_touches(first: date, lasts: int, start: date, width: int) -> None:
    last, end = first + timedelta(days=lasts), start + timedelta(days=width)
    tokens = set(covering(Dates.EVENT, Window(start, end), TODAY))
    touches = first <= end and start <= last
    assert not touches or tokens & set(of_span(Dates.EVENT, first, last))


def test_a_year_is_one_token_and_a_month_too() -> None:
    year = Window(date(2026, 1, 1), date(2026, 12, 31))
    month = Window(date(2026, 11, 1), date(2026, 11, 30))
    assert covering(Dates.PUBLISHED, year, TODAY) == ("qp2026",)
    assert covering(Dates.PUBLISHED, month, TODAY) == ("qp202611",)


def test_an_open_window_reaches_far_but_not_for_ever() -> None:
    ahead = covering(Dates.EVENT, Window(TODAY, None), TODAY)
    assert "qe2027" in ahead
    assert len(ahead) < 60
