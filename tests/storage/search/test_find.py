"""What is found, in which order, and what is said to have been left out; on SQLite and PostgreSQL alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from analysis.geography.gazetteer import builtin
from analysis.questions.queries import understand
from domain.items import ItemState
from domain.queries import Kind, Order, Query, Window, Word
from domain.topics import Topic
from storage.content import cards, items
from storage.engine import Database
from storage.search import Found, find, index, vocabulary
from storage.search.finding import NEWEST
from storage.search.index import COUNTED_TOGETHER
from storage.search.plans import COMMON
from storage.search.vocabulary import IndexVocabulary
from storage.tables import terms
from tests.stories import KHAKASSIA, SAYANOGORSK, event, tell

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
TODAY = NOW.date()
ABAKAN = "95701000"
TOMSK = "69701000"
HOME = builtin().path(SAYANOGORSK)


class Searching:
    """The way from what was told to headlines that answer typed words."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def tell(self, title: str, text: str = "", **about: object) -> int:
        async with self.database.begin() as connection:
            return await tell(connection, title, text, now=NOW, **about)  # type: ignore[arg-type]

    async def known(self) -> IndexVocabulary:
        async with self.database.read() as connection:
            return await vocabulary.load(connection)

    async def found(self, typed: str, **narrowed: object) -> Found:
        known = await self.known()
        query = understand(typed, today=TODAY, vocabulary=known, gazetteer=builtin())
        query = replace(query, **narrowed)  # type: ignore[arg-type]
        strictly = not query.words
        return await find(self.database, query, vocabulary=known, now=NOW, near=HOME, strictly=strictly)

    async def titles(self, typed: str, **narrowed: object) -> list[str]:
        return await self.listed(await self.found(typed, **narrowed))

    async def listed(self, found: Found) -> list[str]:
        async with self.database.read() as connection:
            lines = await cards.listed(connection, [hit.item_id for hit in found.hits])
        return [one.item.title for one in lines]


@pytest.fixture
def searching(database: Database) -> Searching:
    return Searching(database)


async def test_any_form_of_a_word_finds_it(searching: Searching) -> None:
    await searching.tell("Собрание жителей в школе")
    await searching.tell("Ремонт моста")
    for typed in ("собрания", "о собрании жителей", "школами"):
        assert await searching.titles(typed) == ["Собрание жителей в школе"]


async def test_synonyms_find_less_than_the_word_itself(searching: Searching) -> None:
    await searching.tell("Отключат электричество на Ленина")
    await searching.tell("Отключат свет на Мира")
    assert await searching.titles("свет") == ["Отключат свет на Мира", "Отключат электричество на Ленина"]


async def test_a_word_for_a_whole_topic_finds_what_is_on_it_below_what_says_it(searching: Searching) -> None:
    await searching.tell("Прививки в амбулатории", topics=(Topic.HEALTH,))
    await searching.tell("Как устроена медицина", topics=(Topic.GOVERNANCE,))
    await searching.tell("Ремонт моста", topics=(Topic.ROADS_TRANSPORT,))
    assert await searching.titles("медицина") == ["Как устроена медицина", "Прививки в амбулатории"]


async def test_the_headline_counts_more_than_the_text(searching: Searching) -> None:
    await searching.tell("Новости недели", "Среди прочего в городе открыли каток для детей и взрослых.")
    await searching.tell("Каток открыт", "Приходите с детьми и взрослыми на лёд.")
    assert (await searching.titles("каток"))[0] == "Каток открыт"


async def test_quoted_words_stand_side_by_side(searching: Searching) -> None:
    await searching.tell("Чистый берег Енисея", "Акция пройдёт на набережной.")
    await searching.tell("Берег стал чистым", "Жители убрали его сами.")
    assert await searching.titles("«чистый берег»") == ["Чистый берег Енисея"]


async def test_a_beginning_of_a_word_finds_what_begins_so(searching: Searching) -> None:
    await searching.tell("Водоканал меняет трубы")
    await searching.tell("Дорога закрыта")
    assert await searching.titles("водокан") == ["Водоканал меняет трубы"]


async def test_typos_and_the_other_keyboard_are_repaired(searching: Searching) -> None:
    await searching.tell("Субботник на площади")
    for typed in ("суботник", "ce,,jnybr"):
        assert await searching.titles(typed) == ["Субботник на площади"]


async def test_a_place_is_a_filter_in_any_case(searching: Searching) -> None:
    await searching.tell("Ярмарка выходного дня", territories=[ABAKAN], place="Абакан")
    await searching.tell("Ярмарка мёда", territories=[SAYANOGORSK])
    assert await searching.titles("ярмарка в Абакане") == ["Ярмарка выходного дня"]
    assert set(await searching.titles("ярмарка в Хакасии")) == {"Ярмарка выходного дня", "Ярмарка мёда"}


async def test_of_a_word_that_everybody_writes_the_nearest_is_found_though_it_is_older(searching: Searching) -> None:
    near = await searching.tell("Ярмарка на площади", published=NOW - timedelta(days=9))
    for _ in range(NEWEST + 1):
        await searching.tell("Ярмарка на площади", territories=(TOMSK,))
    known = IndexVocabulary({"ярмарка": 10 * COMMON}, 100 * COMMON)
    word = Word("ярмарка", ("ярмарка",))
    found = await find(searching.database, Query("ярмарка", "ярмарка", (word,)), vocabulary=known, now=NOW, near=HOME)
    assert found.hits[0].item_id == near


async def test_what_is_near_the_asker_comes_first(searching: Searching) -> None:
    near = await searching.tell("Ремонт улицы Ленина", "Работы начнут в понедельник.")
    far = await searching.tell("Ремонт улицы Ленина в Томске", "Асфальт уложат за неделю.", territories=[TOMSK])
    found = await searching.found("ремонт улицы")
    assert [hit.item_id for hit in found.hits] == [near, far]


async def test_what_is_ahead_comes_before_what_is_past(searching: Searching) -> None:
    past = event("Прошлый форум", TODAY - timedelta(days=40))
    ahead = event("Будущий форум", TODAY + timedelta(days=20))
    await searching.tell("Форум соседей прошёл", "Спасибо всем.", event=past)
    await searching.tell("Форум соседей пройдёт", "Ждём всех.", event=ahead)
    assert (await searching.titles("форум соседей"))[0] == "Форум соседей пройдёт"


async def test_what_is_urgent_comes_first(searching: Searching) -> None:
    await searching.tell("Нет воды на улице Мира", "Воду вернут вечером.")
    await searching.tell("Нет воды на улице Ленина", "Авария на сети, подвоз с полудня.", urgent=True)
    assert (await searching.titles("вода"))[0] == "Нет воды на улице Ленина"


async def test_events_of_a_time_window_soonest_first(searching: Searching) -> None:
    for title, day in (("Концерт хора", 6), ("Выставка кошек", 2), ("Турнир по шашкам", 90)):
        await searching.tell(title, event=event(title, TODAY + timedelta(days=day)))
    window = Window(TODAY, TODAY + timedelta(days=30))
    assert await searching.titles("", kind=Kind.EVENT, window=window) == ["Выставка кошек", "Концерт хора"]


async def test_a_long_event_is_found_on_a_day_in_its_middle(searching: Searching) -> None:
    long = event("Месячник чистоты", TODAY - timedelta(days=60), end=TODAY + timedelta(days=60))
    await searching.tell("Месячник чистоты", event=long)
    window = Window(TODAY, TODAY)
    assert await searching.titles("", kind=Kind.EVENT, window=window) == ["Месячник чистоты"]


async def test_deadlines_are_found_by_their_own_day(searching: Searching) -> None:
    contest = event("Конкурс", TODAY - timedelta(days=5), deadline=TODAY + timedelta(days=7))
    await searching.tell("Конкурс практик", event=contest)
    ahead = Window(TODAY, TODAY + timedelta(days=30))
    assert await searching.titles("", deadlines=True, window=ahead) == ["Конкурс практик"]
    assert await searching.titles("", deadlines=True, window=Window(TODAY, TODAY)) == []


async def test_news_of_a_time_window_are_those_published_in_it(searching: Searching) -> None:
    await searching.tell("Старый отчёт главы", published=NOW - timedelta(days=50))
    await searching.tell("Новый отчёт главы района", published=NOW - timedelta(days=2))
    window = Window(TODAY - timedelta(days=6), TODAY)
    assert await searching.titles("", kind=Kind.NEWS, window=window) == ["Новый отчёт главы района"]


async def test_an_event_is_found_on_its_own_days_not_on_the_day_it_was_announced(searching: Searching) -> None:
    later = event("Пробег", TODAY + timedelta(days=8))
    await searching.tell("Из-за пробега перекроют движение", event=later)
    await searching.tell("Субботник на набережной", event=event("Субботник", TODAY + timedelta(days=1)))
    await searching.tell("Мост открыли после ремонта")
    found = await searching.titles("что в Саяногорске на выходных")
    assert set(found) == {"Субботник на набережной", "Мост открыли после ремонта"}


async def test_announcements_of_days_that_are_over_are_their_news(searching: Searching) -> None:
    later = event("Пробег", TODAY + timedelta(days=8))
    await searching.tell("Из-за пробега перекроют движение", event=later, published=NOW - timedelta(days=1))
    yesterday = Window(TODAY - timedelta(days=1), TODAY - timedelta(days=1))
    assert await searching.titles("", window=yesterday) == ["Из-за пробега перекроют движение"]


async def test_what_is_announced_today_for_later_is_not_today(searching: Searching) -> None:
    await searching.tell("Из-за пробега перекроют движение", event=event("Пробег", TODAY + timedelta(days=8)))
    await searching.tell("Мост открыли после ремонта")
    assert await searching.titles("", window=Window(TODAY, TODAY)) == ["Мост открыли после ремонта"]


async def test_a_contest_without_a_day_of_its_own_is_found_on_its_last_day(searching: Searching) -> None:
    due = TODAY + timedelta(days=1)
    await searching.tell("Конкурс дворов", event=event("Конкурс дворов", deadline=due))
    await searching.tell("Конкурс практик", event=event("Конкурс практик", due + timedelta(days=9), deadline=due))
    assert await searching.titles("", window=Window(TODAY, due)) == ["Конкурс дворов"]


async def test_a_topic_by_button_leaves_out_the_rest(searching: Searching) -> None:
    await searching.tell("Собрание ТОС", topics=[Topic.TOS])
    await searching.tell("Собрание спортсменов", topics=[Topic.SPORT])
    assert await searching.titles("собрание", only_topics=(Topic.SPORT,)) == ["Собрание спортсменов"]


async def test_a_topic_by_button_is_looked_for_in_the_place_of_the_question(searching: Searching) -> None:
    await searching.tell("Собрание ТОС", topics=[Topic.TOS])
    await searching.tell("Собрание спортсменов", topics=[Topic.SPORT])
    await searching.tell("Собрание соседей-спортсменов", topics=[Topic.SPORT], territories=[ABAKAN], place="Абакан")
    await searching.tell("Собрание пловцов из Саяногорска", topics=[Topic.SPORT], territories=[TOMSK], place="Томск")
    found = await searching.titles("собрание в саяногорске", only_topics=(Topic.SPORT, Topic.HEALTH))
    assert found == ["Собрание спортсменов", "Собрание пловцов из Саяногорска"]
    assert await searching.titles("", territories=(KHAKASSIA,), only_topics=(Topic.TOS,)) == ["Собрание ТОС"]
    assert await searching.titles("", territories=("0",), only_topics=(Topic.TOS,)) == ["Собрание ТОС"]


async def test_a_home_hears_of_its_own_its_region_and_the_country(searching: Searching) -> None:
    await searching.tell("Новость города")
    await searching.tell("Новость республики", territories=[KHAKASSIA], place=None)
    await searching.tell("Новость страны", territories=["0"], place=None)
    await searching.tell("Новость соседей", territories=[ABAKAN], place="Абакан")
    found = await searching.titles("", kind=Kind.NEWS, concerning=HOME)
    assert found == ["Новость города", "Новость республики", "Новость страны"]


async def test_by_date_the_newest_comes_first(searching: Searching) -> None:
    for title, days in (("Мост: начало работ", 9), ("Мост: середина пути", 4), ("Мост: открыто движение", 1)):
        await searching.tell(title, published=NOW - timedelta(days=days))
    found = await searching.titles("мост", order=Order.DATE)
    assert found == ["Мост: открыто движение", "Мост: середина пути", "Мост: начало работ"]


async def test_a_question_without_an_answer_is_asked_with_less(searching: Searching) -> None:
    await searching.tell("Лыжня России", event=event("Лыжня", TODAY + timedelta(days=80)))
    found = await searching.found("лыжня завтра")
    assert found.dropped == ("window",)
    assert len(found.hits) == 1
    elsewhere = await searching.found("лыжня в Томске")
    assert elsewhere.dropped == ("territories",)


async def test_one_event_is_listed_once(searching: Searching) -> None:
    forum = event("V форум ТОС", TODAY + timedelta(days=24))
    await searching.tell("V форум ТОС пройдёт в декабре", "Регистрация открыта.", event=forum)
    await searching.tell("Кого ждут на форуме председателей", "Назвали гостей встречи.", event=forum)
    window = Window(TODAY, None)
    assert len(await searching.titles("", kind=Kind.EVENT, window=window)) == 1


async def test_what_is_changed_is_found_by_its_new_words_only(searching: Searching) -> None:
    number = await searching.tell("Перекрытие улицы Ленина")
    async with searching.database.begin() as connection:
        item = await items.get(connection, number)
        assert item is not None
        await index.put(connection, replace(item, title="Движение открыто", text="Движение открыто."), None)
    assert await searching.titles("перекрытие ленина") == []
    assert len((await searching.found("движение")).hits) == 1


async def test_what_is_changed_again_and_again_leaves_the_others_their_place(searching: Searching) -> None:
    older = await searching.tell("Ярмарка на площади")
    changed = await searching.tell("Ярмарка у моста")
    async with searching.database.begin() as connection:
        item = await items.get(connection, changed)
        assert item is not None
        for _ in range(NEWEST):
            await index.put(connection, item, None)
    known = IndexVocabulary({"ярмарка": 10 * COMMON}, 100 * COMMON)
    word = Word("ярмарка", ("ярмарка",))
    found = await find(searching.database, Query("ярмарка", "ярмарка", (word,)), vocabulary=known, now=NOW)
    assert {hit.item_id for hit in found.hits} == {older, changed}


async def test_what_is_withdrawn_is_not_found(searching: Searching) -> None:
    number = await searching.tell("Слух о закрытии школы")
    async with searching.database.begin() as connection:
        await items.set_state(connection, number, ItemState.WITHDRAWN, NOW)
    assert await searching.titles("слух школа") == []


async def test_what_waits_for_a_moderator_is_not_found(searching: Searching) -> None:
    await searching.tell("Непроверенное сообщение", state=ItemState.REVIEW)
    assert await searching.titles("непроверенное") == []


async def test_an_emptied_index_finds_nothing_and_takes_items_again(searching: Searching) -> None:
    number = await searching.tell("Ёлка на площади")
    async with searching.database.begin() as connection:
        await index.empty(connection)
    assert await searching.titles("ёлка") == []
    async with searching.database.begin() as connection:
        await items.refresh_index(connection, [number])
        await index.tidy(connection)
    assert await searching.titles("елка") == ["Ёлка на площади"]


ODD = ('"', "«»", "AND OR NOT", "* ^ : ( )", "' | & !", "\\", "NEAR(a b)", "ё" * 400, "🙂 🙂")


@pytest.mark.parametrize("typed", ODD)
async def test_whatever_is_typed_is_only_words(searching: Searching, typed: str) -> None:
    await searching.tell("Обычная новость")
    found = await searching.found(typed)
    assert found.dropped == ()


async def test_an_empty_question_lists_the_newest(searching: Searching) -> None:
    await searching.tell("Вчерашнее", published=NOW - timedelta(days=1))
    await searching.tell("Сегодняшнее")
    found = await find(searching.database, Query("", ""), vocabulary=await searching.known(), now=NOW)
    assert await searching.listed(found) == ["Сегодняшнее", "Вчерашнее"]


async def test_words_are_counted_whether_they_are_added_up_already_or_not(searching: Searching) -> None:
    almost = text("UPDATE search_state SET value = :value WHERE name = 'last_id'")
    async with searching.database.begin() as connection:
        await connection.execute(almost, {"value": COUNTED_TOGETHER - 2})
    added_up = select(func.coalesce(func.max(terms.c.documents), 0)).where(terms.c.term == "каток")
    for told, summed in enumerate((0, 2, 2), 1):
        await searching.tell(f"Каток номер {told} открыт")
        assert (await searching.known()).documents_with("каток") == told
        async with searching.database.read() as connection:
            assert await connection.scalar(added_up) == summed
