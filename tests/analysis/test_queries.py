"""Questions as people type them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.geography.gazetteer import builtin
from analysis.questions.queries import understand
from analysis.questions.vocabulary import Vocabulary
from domain.queries import Kind, Query, Window
from domain.readings import EventKind
from domain.topics import Topic
from tests.analysis.ranking import TODAY, Index, quality, rows

WORDS = "собрание тос субботник конкурс грант отключить вода ярмарка концерт день город слушание бюджет заявка лавинный"
VOCABULARY = Vocabulary(dict.fromkeys(WORDS.split(), 10))
SAYANOGORSK, KHAKASSIA, OMSK = "95708000", "95000000", "52701000"


def ask(text: str, home: str | None = None) -> Query:
    return understand(text, today=TODAY, vocabulary=VOCABULARY, gazetteer=builtin(), home=home)


def lemmas(query: Query) -> list[str]:
    return [word.lemmas[0] for word in query.words]


@pytest.mark.parametrize("name", ["dev", "heldout"])
def test_relevant_items_come_first(name: str) -> None:
    figures, misses = quality(Index(rows(f"{name}.jsonl")), rows(f"{name}_queries.jsonl"))
    assert figures["success@1"] >= 0.95, misses
    assert figures["success@3"] >= 0.97, misses
    assert figures["ndcg@10"] >= 0.95, misses


def test_weekend_in_a_town_becomes_territory_and_window() -> None:
    query = ask("что в Саяногорске на выходных")
    assert query.territories == (SAYANOGORSK,)
    assert query.window == Window(date(2026, 11, 21), date(2026, 11, 22))
    assert query.words == ()


def test_grants_until_the_end_of_the_month_ask_for_deadlines() -> None:
    query = ask("гранты для ТОС до конца месяца")
    assert query.deadlines
    assert query.window == Window(date(2026, 11, 18), date(2026, 11, 30))
    assert set(query.topics) == {Topic.CONTESTS_GRANTS, Topic.TOS}
    assert lemmas(query) == ["грант", "тос"]


def test_question_about_an_outage_names_its_kind_and_day() -> None:
    query = ask("где завтра отключат воду")
    assert query.event_kinds == (EventKind.OUTAGE,)
    assert query.window == Window(date(2026, 11, 19), date(2026, 11, 19))
    assert lemmas(query) == ["отключить", "вода"]
    assert "водоснабжение" in query.words[1].synonyms


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("ярмарка завтра", (date(2026, 11, 19), date(2026, 11, 19))),
        ("концерт в субботу", (date(2026, 11, 21), date(2026, 11, 21))),
        ("концерты в декабре", (date(2026, 12, 1), date(2026, 12, 31))),
        ("концерты в марте", (date(2027, 3, 1), date(2027, 3, 31))),
        ("концерт 15 декабря", (date(2026, 12, 15), date(2026, 12, 15))),
        ("ярмарки с 1 по 5 декабря", (date(2026, 12, 1), date(2026, 12, 5))),
        ("субботник на следующей неделе", (date(2026, 11, 23), date(2026, 11, 29))),
        ("концерты в следующем месяце", (date(2026, 12, 1), date(2026, 12, 31))),
        ("ближайшие дни ярмарка", (date(2026, 11, 18), date(2026, 12, 1))),
        ("ярмарка после 10 декабря", (date(2026, 12, 10), None)),
        ("гранты до пятницы", (date(2026, 11, 18), date(2026, 11, 20))),
        ("вернуть книги к понедельнику", (date(2026, 11, 18), date(2026, 11, 23))),
        ("что будет в эти выходные", (date(2026, 11, 21), date(2026, 11, 22))),
        ("лагеря летом", (date(2027, 6, 1), date(2027, 8, 31))),
        ("ремонт дорог весной", (date(2027, 3, 1), date(2027, 5, 31))),
        ("ярмарки осенью", (date(2026, 9, 1), date(2026, 11, 30))),
        ("катки этой зимой", (date(2026, 12, 1), date(2027, 2, 28))),
        ("куда пойти на новогодних праздниках", (date(2026, 12, 31), date(2027, 1, 8))),
        ("концерты на майские", (date(2027, 5, 1), date(2027, 5, 11))),
    ],
)
def test_time_in_a_question_becomes_a_window(text: str, window: tuple[date, date | None]) -> None:
    assert ask(text).window == Window(*window)


def test_string_typed_on_the_latin_layout_is_turned_whole() -> None:
    query = ask("cj,hfybt njc")
    assert query.searched == "собрание тос"
    assert query.corrected
    assert lemmas(query) == ["собрание", "тос"]


def test_latin_name_that_is_no_layout_slip_stays() -> None:
    assert ask("nord stream").searched == "nord stream"


@pytest.mark.parametrize("text", ["прорвало трубу Ленина", "что на улице Ленина", "отключение воды Ленина 15"])
def test_street_that_every_town_has_is_no_village(text: str) -> None:
    query = ask(text, home=SAYANOGORSK)
    assert (query.territories, query.concerning) == ((), ())


def test_typo_is_put_right_by_the_vocabulary() -> None:
    query = ask("суботник")
    assert query.corrections == (("суботник", "субботник"),)


def test_typo_in_a_place_is_put_right_by_the_gazetteer() -> None:
    assert ask("субботник в саяногрске").territories == (SAYANOGORSK,)


def test_word_of_the_language_is_not_corrected_to_another() -> None:
    assert ask("собака").searched == "собака"


def test_place_that_no_table_knows_stays_a_word() -> None:
    query = ask("собрание в нижних кыкырах")
    assert query.territories == ()
    assert len(query.words) == 3


def test_place_words_are_kept_beside_the_territory() -> None:
    query = ask("субботники в Хакасии")
    assert query.territories == (KHAKASSIA,)
    assert query.places[0].lemmas == ("хакасия",)
    assert lemmas(query) == ["субботник"]


def test_namesakes_are_told_apart_by_home() -> None:
    everywhere, near = ask("кировский район"), ask("кировский район", home="40000000")
    assert len(everywhere.territories) > 1
    assert {builtin().region(code) for code in ask("железногорск", home="38000000").territories} == {"38000000"}
    assert near.territories == everywhere.territories


def test_region_beside_a_town_decides_which() -> None:
    assert {builtin().region(c) for c in ask("железногорск курская область").territories} == {"38000000"}


def test_common_word_is_no_village() -> None:
    assert ask("победа света").territories == ()


def test_words_in_quotes_are_a_phrase() -> None:
    assert ask("«день города» омск").phrases == (("день", "город"),)
    assert ask("«день города» омск").territories == (OMSK,)


def test_a_word_may_name_a_whole_topic() -> None:
    assert [word.topic for word in ask("медицина на селе").words] == [Topic.HEALTH, None]
    assert ask("прививка").words[0].topic is None


def test_unfinished_last_word_may_be_a_beginning() -> None:
    assert ask("субботн").words[0].prefix


def test_kin_words_of_the_index_match_below() -> None:
    assert "лавинный" in ask("лавины").words[0].synonyms


@pytest.mark.parametrize(
    ("text", "kind"),
    [("какие мероприятия", Kind.EVENT), ("что случилось", Kind.NEWS), ("новости", None), ("ярмарка", None)],
)
def test_kind_is_heard_only_where_it_is_said(text: str, kind: Kind | None) -> None:
    assert ask(text).kind is kind


@pytest.mark.parametrize("text", ["", " ", "?", "«»", "12345", "ъ", "где что когда", "a" * 5000])
def test_odd_questions_are_answered_calmly(text: str) -> None:
    assert len(ask(text).words) <= 24


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="абвгдеж «»\",.;'[]qwertyuiop0123456789-", max_size=200)))
def test_any_string_is_understood(text: str) -> None:
    query = ask(text)
    assert len(query.words) <= 24
    assert len(query.territories) <= 8
