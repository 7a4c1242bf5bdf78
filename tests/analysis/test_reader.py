"""A reading says what it rests on, invents nothing, and bears any text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.extract import to_json
from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from domain.readings import EventKind
from domain.territories import RUSSIA
from domain.topics import Topic

READER = Reader(builtin())
MEETING = """Собрание ТОС «Солнечный» пройдёт в Саяногорске
18 ноября 2026
Приглашаем жителей на собрание ТОС 20 декабря в 18:30 в школе № 5. Заявки на выступление принимают до 10 декабря.
Обсудим двор и детскую площадку."""


def test_meeting_is_read_whole() -> None:
    reading = READER.read(MEETING, published=date(2026, 11, 18))
    event = reading.event
    assert event is not None
    assert (reading.regions, reading.place, reading.territories) == (("95000000",), "Саяногорск", ("95708000",))
    assert Topic.TOS in reading.topics
    assert (event.start_date, event.time and f"{event.time:%H:%M}") == (date(2026, 12, 20), "18:30")
    assert event.deadline == date(2026, 12, 10)
    assert event.kind is EventKind.GATHERING
    assert reading.upcoming


def test_every_piece_of_evidence_stands_in_the_text() -> None:
    reading = READER.read(MEETING, published=date(2026, 11, 18))
    dated = [e for e in reading.evidence if e.claim in ("region", "place", "start_date", "time", "deadline")]
    assert {e.claim for e in dated} == {"region", "place", "start_date", "time", "deadline"}
    assert all(MEETING[e.start : e.start + len(e.words)] == e.words for e in dated)


def test_summary_is_made_of_sentences_of_the_text() -> None:
    reading = READER.read(MEETING, published=date(2026, 11, 18))
    assert reading.summary
    assert all(part.strip(" …") in MEETING for part in reading.summary.split(". "))


def test_text_without_a_headline_gets_one_from_its_first_sentence() -> None:
    long = "Администрация приглашает жителей на субботник в субботу. " + "Подробности узнайте у старшего по дому. " * 10
    assert READER.read(long).title.startswith("Администрация приглашает жителей")


@pytest.mark.parametrize(
    "above",
    ["01.08.2022", "21 мая 2021, 12:16 | Общество", "#ТОС #соседи", "Переслано из канала «Новости района»"],
)
def test_a_date_or_a_rubric_above_the_text_is_no_headline(above: str) -> None:
    text = f"{above}\nВ субботу соседи посадят яблони у школы. Лопаты дадут на месте, приходите с детьми к десяти утра."
    assert READER.read(text).title == "В субботу соседи посадят яблони у школы."
    assert above not in READER.read(text).summary


@pytest.mark.parametrize(
    "headline", ["Автор гимна приедет в Орск", "Источник святой воды освятят в Крещение", "Фото дня: закат над Енисеем"]
)
def test_a_headline_that_begins_like_a_credit_is_kept(headline: str) -> None:
    assert READER.read(f"{headline}\nВстреча пройдёт в субботу у набережной в десять утра.").title == headline


def test_a_headline_that_the_source_gave_is_kept_even_if_it_is_a_day() -> None:
    assert READER.read("Парад начнётся на площади в десять утра.", title="9 Мая").title == "9 Мая"


def test_a_line_of_many_hashtags_is_read_at_once() -> None:
    tags = " ".join(f"#{number}" for number in range(80))
    assert READER.read(f"{tags} субботник\nСобираемся у школы в субботу в десять утра.").title


def test_what_merely_begins_like_a_rubric_is_told() -> None:
    assert (
        READER.read("Общество инвалидов зовёт на вечер\n5 марта в клубе.").title == "Общество инвалидов зовёт на вечер"
    )


def test_separate_headline_counts_as_one() -> None:
    assert READER.read("Подробности позже.", title="В Омске пройдёт ярмарка").place == "Омск"


def test_home_decides_only_where_the_text_does_not() -> None:
    assert READER.read("Завтра отключат воду на улице Мира.", home="95708000").regions == ("95000000",)
    assert READER.read("Завтра в Томске отключат воду.", home="95708000").regions == ("69000000",)


def test_federal_text_belongs_to_russia() -> None:
    text = "Госдума приняла федеральный закон\nПо всей стране изменятся правила. Конкурс объявит Минстрой России."
    assert READER.read(text).regions == (RUSSIA,)


def test_text_without_any_place_belongs_nowhere_and_says_so() -> None:
    reading = READER.read("Завтра отключат воду на улице Мира.")
    assert (reading.regions, reading.place, reading.territories) == ((), None, ())
    assert "region" in reading.doubts


def test_evidence_stands_in_the_text_as_it_came() -> None:
    text = "\u200b  Новости\n\nСуб\u00adботник в&nbsp;Саяногорске\nЖдём вас 20 декабря в 10:00 у моста, г. Саяногорск."
    reading = READER.read(text, published=date(2026, 12, 1))
    quoted = [e for e in reading.evidence if e.start >= 0]
    assert {"start_date", "region"} <= {e.claim for e in quoted}
    assert all(text[e.start : e.start + len(e.words)] == e.words for e in quoted)
    assert reading.title.startswith("Субботник")


def test_cancelled_and_postponed_events_say_so() -> None:
    cancelled = READER.read("Ярмарка в Омске отменена\nЯрмарка 20 декабря не состоится.", published=date(2026, 12, 1))
    moved = READER.read("День города в Омске перенесли\nНовая дата — 20 декабря.", published=date(2026, 12, 1))
    assert cancelled.event is not None
    assert cancelled.event.cancelled
    assert moved.event is not None
    assert moved.event.postponed
    assert moved.event.start_date == date(2026, 12, 20)


def test_no_year_is_invented_without_publication() -> None:
    reading = READER.read("Ярмарка в Омске пройдёт 20 декабря\nЖдём гостей 20 декабря в 10:00.")
    assert reading.event is not None
    assert reading.event.start_date is None
    assert "start_date" in reading.doubts


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Форум ТОС пройдёт 5 декабря", EventKind.FORUM),
        ("Конкурс проектов: заявки до 5 декабря", EventKind.CONTEST),
        ("Публичные слушания по бюджету 5 декабря", EventKind.HEARING),
        ("Сход граждан пройдёт 5 декабря", EventKind.GATHERING),
        ("Вебинар для старост 5 декабря", EventKind.WEBINAR),
        ("Ярмарка откроется 5 декабря", EventKind.FAIR),
        ("Субботник назначен на 5 декабря", EventKind.CLEANUP),
        ("Воду отключат 5 декабря", EventKind.OUTAGE),
        ("Улицу Мира перекроют 5 декабря", EventKind.CLOSURE),
        ("Турнир по волейболу пройдёт 5 декабря", EventKind.SPORT),
        ("Концерт ко Дню матери 5 декабря", EventKind.CULTURE),
        ("Курсы для председателей начнутся 5 декабря", EventKind.COURSE),
    ],
)
def test_kind_of_event_is_told(headline: str, kind: EventKind) -> None:
    reading = READER.read(f"{headline}\nПодробности у организаторов.", published=date(2026, 11, 18))
    assert reading.event is not None
    assert reading.event.kind is kind


def test_html_rests_soft_hyphens_lookalikes_and_capitals_do_not_hinder() -> None:
    text = (
        "<p>СУББОТНИК В ОМСКЕ</p>\n<b>При\u00adгла\u00adша\u00adем</b> 20&nbsp;декабря в 10:00 "
        "жителей Oмска на субботник."
    )
    reading = READER.read(text, published=date(2026, 12, 1))
    assert reading.place == "Омск"
    assert reading.event is not None
    assert reading.event.start_date == date(2026, 12, 20)


def test_extract_has_the_fields_of_the_labelled_sets() -> None:
    row = to_json(READER.read(MEETING, published=date(2026, 11, 18)), builtin(), id="x", published=date(2026, 11, 18))
    assert list(row) == ["id", "published", "region", "place", "topics", "main_topic", "is_event", "upcoming", "event"]
    assert row["region"] == "Республика Хакасия"
    assert list(row["event"]) == ["title", "start_date", "end_date", "time", "deadline", "venue"]


def test_explained_extract_gives_reasons() -> None:
    row = to_json(READER.read(MEETING, published=date(2026, 11, 18)), builtin(), explain=True)
    assert {reason["claim"] for reason in row["reasons"]} >= {"region", "place", "main_topic", "start_date"}
    assert row["territories"] == [{"code": "95708000", "title": "Саяногорск, Республика Хакасия"}]


RUSSIAN = st.text(alphabet="абвгдеёжзиклмнопрстуАБВГДЕ0123456789 .,:-–«»№()\n", max_size=800)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=800), RUSSIAN, st.binary(max_size=800).map(lambda b: b.decode("utf-8", "replace"))))
def test_any_text_is_read(text: str) -> None:
    reading = READER.read(text, published=date(2026, 11, 18))
    assert reading.topics
    assert len(reading.title) <= 120
    assert reading.upcoming <= reading.is_event
    assert (reading.event is not None) == reading.is_event


PIECES = [
    "1.",
    "с 1 по ",
    "Ново-",
    "в ",
    "улица Ленина, ",
    "«",
    "(",
    "Томская, ",
    "12:00 ",
    "до 5 мая ",
    "\n",
    "а",
    "<b ",
    "слушани",
    "г. ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_one_thing_ends(piece: str) -> None:
    """Quadratic work would run into the time limit of the suite."""
    reading = READER.read(piece * (1_000_000 // len(piece)), published=date(2026, 11, 18))
    assert reading.topics
