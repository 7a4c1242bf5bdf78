"""Places in phrases: those the rules were written with all right, those kept apart at the share reached."""

from pathlib import Path

import pytest

from analysis.geography.gazetteer import builtin
from analysis.places import mentions, ranking
from analysis.places.belonging import place, regions
from analysis.places.candidates import MOST, gather
from analysis.places.ranking import weights
from analysis.text.document import Document
from bench.accuracy import folded

DATA = Path(__file__).parent / "data"
HELD_OUT = 0.98
ENDS = ("новка", "мово", "резное", "щино", "латово", "нино", "городка", "ково", "пино", "тино")
Case = tuple[str, str, str]


def cases(name: str) -> list[Case]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ", 2) for line in lines if line and not line.startswith("#"))
    return [(region, named, phrase) for region, named, phrase in parts]


def read(phrase: str) -> tuple[set[str], str | None]:
    text = phrase.replace(" ¶ ", ".\n")
    placed = place(Document(f"{text}.\nПодробности расскажем позже."), builtin(), None)
    return {builtin().by_code[code].name for code in placed.regions}, placed.place


def right(region: str, named: str, phrase: str) -> bool:
    regions, found = read(phrase)
    return regions == set(region.split(";")) and folded(found) == (None if named == "-" else folded(named))


@pytest.mark.parametrize(("region", "named", "phrase"), cases("places_seen.txt"))
def test_phrase_the_rules_were_written_with_is_placed(region: str, named: str, phrase: str) -> None:
    assert right(region, named, phrase), read(phrase)


def test_phrases_kept_apart_are_placed_at_the_share_reached() -> None:
    rows = cases("places_heldout.txt")
    wrong = [(row, read(row[2])) for row in rows if not right(*row)]
    assert len(rows) >= 230
    assert 1 - len(wrong) / len(rows) >= HELD_OUT, wrong


def test_every_place_says_the_words_it_rests_on() -> None:
    for _, _, phrase in cases("places_heldout.txt"):
        text = phrase.replace(" ¶ ", ".\n")
        placed = place(Document(text), builtin(), None)
        told = [e for e in placed.evidence if e.claim in ("place", "region")]
        assert told or not placed.place, phrase
        assert all(text[e.start : e.start + len(e.words)] == e.words for e in told)


def test_settlement_that_no_table_knows_is_filed_under_the_district_named_with_it() -> None:
    placed = place(Document("В селе Заволожье Козловского муниципального округа откроют ФАП"), builtin(), None)
    assert placed.place == "Заволожье"
    assert [builtin().title(c) for c in placed.territories] == ["Козловский округ, Чувашская Республика"]


def test_a_headline_below_a_line_of_the_site_is_named_by_its_own_words() -> None:
    text = "Новости\n\nВ Алкадаре прошёл субботник\nЖители села Алкадар вышли на улицы."
    told = [e for e in place(Document(text), builtin(), None).evidence if e.claim == "place"]
    assert [e.words for e in told] == ["Алкадаре", "села Алкадар"]


def test_settlement_is_named_where_the_text_leaves_its_region_open() -> None:
    placed = place(Document("Сход в деревне Заволожье\nЖителей ждут в клубе."), builtin(), None)
    assert (placed.regions, placed.place, placed.territories) == ((), "Заволожье", ())


def test_home_of_the_source_gives_the_region_that_a_text_leaves_open() -> None:
    placed = place(Document("Сход в деревне Заволожье\nЖителей ждут в клубе."), builtin(), "95708000")
    assert (placed.regions, placed.place) == (("95000000",), "Заволожье")


def test_weights_are_of_features_that_exist() -> None:
    told = {
        name for _, _, phrase in cases("places_seen.txt") + cases("places_heldout.txt") for name in features(phrase)
    }
    assert told <= weights().keys()


def features(phrase: str) -> set[str]:
    document = Document(phrase.replace(" ¶ ", ".\n"))
    found = mentions.find(document, builtin())
    named = regions(document, found, builtin(), None)[0]
    spots = gather(found, named, builtin())
    return {name for one in ranking.features(document, found, named, spots, builtin()) for name in one}


def test_text_of_nothing_but_names_has_no_more_candidates_than_are_worth_comparing() -> None:
    names = ", ".join(f"с. {first}{last}" for first in ("Аба", "Бере", "Веле", "Горо", "Дуби") for last in ENDS)
    document = Document(f"Хакасия\n{names}")
    found = mentions.find(document, builtin())
    assert len(gather(found, ("95000000",), builtin())) == MOST < len(found)
