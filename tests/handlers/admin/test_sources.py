"""«/admin → Источники»: a source is looked at, followed, paused and removed, by whom it concerns and nobody else."""

import pytest

from domain.roles import Role
from domain.sources import Entry, Finding, SourceKind, SourceState, Trust
from presenters.actions import pack
from presenters.admin.adding_sources import Follow, TakeIn
from presenters.admin.sources import (
    AddSource,
    AskRemoveSource,
    ListSources,
    PauseSource,
    RemoveSource,
    ResumeSource,
    ShowSource,
    TrustSource,
)
from sandbox.people import Person
from storage.intake import publications, sources
from tests.handlers.house import ABAKAN, KHAKASSIA, SAYANOGORSK, TOMSK_REGION, House
from tests.sandbox.pictures import png

RSS = "https://sayan.example/rss"
TEXT = "В Саяногорске 5 декабря пройдёт собрание ТОС «Заречье», начало в 18:00, школа № 5."


async def probe(url: str) -> Finding:
    """A site with a feed, a page that is an article, and nothing at all elsewhere."""
    if "article" in url:
        article = Entry(url, f"Статья о собрании\n{TEXT}", "Статья о собрании", url)
        return Finding(None, url, article=article, problem="is an article")
    if "sayan" not in url:
        return Finding(None, url, problem="answered 404")
    return Finding(SourceKind.FEED, RSS, "Вести Саяногорска", {}, (Entry("1", TEXT, "Собрание ТОС"),))


async def _source(house: House, territory: str | None = SAYANOGORSK) -> int:
    async with house.database.begin() as connection:
        made = await sources.add(
            connection, kind=SourceKind.FEED, url=RSS, title="Вести", territory=territory, now=house.clock()
        )
    return made.id


async def _known(house: House, source: int) -> tuple[SourceState, Trust]:
    async with house.database.read() as connection:
        found = await sources.get(connection, source)
    assert found is not None
    return found.state, found.trust


async def test_admin_adds_a_site_by_its_address_after_seeing_what_would_come_in(house: House) -> None:
    house.probe = probe
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Источники")
    await admin.press("Добавить источник")
    await admin.send("sayan.example")
    shown = await admin.expects("Вот что будет приходить")
    assert "Собрание ТОС" in shown.text
    assert "Саяногорск" in shown.text
    await admin.press("Следить")
    await admin.expects("Вести Саяногорска")
    async with house.database.read() as connection:
        (source,) = await sources.listed(connection)
    assert (source.url, source.territory, source.trust) == (RSS, SAYANOGORSK, Trust.REVIEW)


async def test_address_that_leads_nowhere_is_asked_again(house: House) -> None:
    house.probe = probe
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("https://nowhere.example/")
    await admin.expects("Не нашлось ничего")
    await admin.send("https://sayan.example/")
    await admin.expects("Вот что будет приходить")


async def test_whose_news_it_is_can_be_changed_within_ones_own_territory(house: House) -> None:
    house.probe = probe
    admin = await house.official("Глава региона", Role.ADMIN, KHAKASSIA)
    await admin.send("https://sayan.example/")
    await admin.expects("Вот что будет приходить")
    await admin.press("Другая территория")
    await admin.expects("Чьи это новости?")
    await admin.send("Томск")
    await admin.expects("Среди ваших территорий нет")
    await admin.send("Абакан")
    await admin.expects("Абакан")
    await admin.press("Следить")
    await admin.expects("Вести Саяногорска")
    async with house.database.read() as connection:
        (source,) = await sources.listed(connection)
    assert source.territory == ABAKAN


async def test_source_is_paused_resumed_trusted_and_removed(house: House) -> None:
    source = await _source(house)
    admin = await house.official("Глава", Role.ADMIN, KHAKASSIA)
    await admin.send("/admin")
    await admin.press("Источники")
    await admin.press(f"№ {source}")
    await admin.press("Пауза")
    await admin.expects("на паузе")
    await admin.press("Включить")
    await admin.press("Публиковать сразу")
    await admin.expects("уходит людям само")
    assert await _known(house, source) == (SourceState.ACTIVE, Trust.AUTO)
    await admin.press("Убрать")
    await admin.expects("Больше не следить")
    await admin.press("Убрать")
    await admin.expects("Пока нет ни одного")
    assert (await _known(house, source))[0] is SourceState.REMOVED


@pytest.mark.parametrize(
    "act",
    [ListSources(0), AddSource(), ShowSource(1), PauseSource(1), ResumeSource(1), RemoveSource(1), AskRemoveSource(1)],
)
async def test_forged_button_of_a_resident_opens_nothing(house: House, act: object) -> None:
    await _source(house)
    anna = await house.resident("Анна")
    await anna.send("/help")
    seen = await anna.expects("")
    await anna.forge(pack(act), seen)
    assert "права" in await anna.answer()
    assert await _known(house, 1) == (SourceState.ACTIVE, Trust.REVIEW)


@pytest.mark.parametrize("act", [PauseSource(1), RemoveSource(1), TrustSource(1, Trust.AUTO)])
async def test_forged_button_of_a_neighbours_admin_changes_nothing(house: House, act: object) -> None:
    await _source(house)
    neighbour = await house.official("Сосед", Role.ADMIN, TOMSK_REGION)
    await neighbour.send("/admin")
    seen = await neighbour.expects("")
    await neighbour.forge(pack(act), seen)
    assert "права" in await neighbour.answer()
    assert await _known(house, 1) == (SourceState.ACTIVE, Trust.REVIEW)


async def test_right_that_was_taken_back_while_the_preview_stood_follows_nothing(house: House) -> None:
    house.probe = probe
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("https://sayan.example/")
    seen = await admin.expects("Вот что будет приходить")
    async with house.database.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM roles")
    await admin.forge(pack(Follow()), seen)
    await admin.answer()
    async with house.database.read() as connection:
        assert await sources.count(connection) == 0


async def _texts(house: House) -> list[str]:
    async with house.database.read() as connection:
        return [one.entry.text for one in await publications.unread(connection)]


async def test_forwarded_post_is_taken_in_after_a_look(house: House) -> None:
    owner = await house.official("Редактор", Role.ADMIN, SAYANOGORSK)
    anna = house.person("Анна")
    channel = house.sandbox.channel("Вести", anna)
    post = await anna.send(TEXT, channel)
    await owner.forward(post)
    await owner.expects("Принять это как новость?")
    await owner.press("Принять")
    await owner.expects("Принято")
    assert await _texts(house) == [TEXT]


async def test_photo_that_comes_with_a_text_is_kept_with_it(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Источники")
    await admin.press("Добавить текст")
    sent = await admin.send_photo(png(8, 8), TEXT)
    await admin.expects("Принять это как новость?")
    await admin.press("Принять")
    await admin.expects("Принято")
    async with house.database.read() as connection:
        (kept,) = await publications.unread(connection)
    assert kept.entry.photo == sent.message["photo"][-1]["file_id"]


async def test_article_behind_a_link_is_taken_in_alone(house: House) -> None:
    house.probe = probe
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("https://sayan.example/article/7")
    await admin.expects("одной статьи")
    await admin.press("Принять эту статью")
    await admin.expects("Принято")
    assert (await _texts(house))[0].startswith("Статья о собрании")


async def test_text_is_written_in_the_chat(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("/admin")
    await admin.press("Источники")
    await admin.press("Добавить текст")
    await admin.send(TEXT)
    await admin.expects("Принять это как новость?")
    await admin.press("Принять")
    await admin.expects("Принято")
    async with house.database.read() as connection:
        (waiting,) = await publications.unread(connection)
    assert (waiting.source.territory, waiting.source.trust) == (SAYANOGORSK, Trust.AUTO)


async def test_link_of_a_resident_is_a_question_like_any_other(house: House) -> None:
    house.probe = probe
    anna: Person = await house.resident("Анна")
    await anna.send("https://sayan.example/")
    seen = await anna.expects("")
    assert "Вот что будет приходить" not in seen.text


async def test_preview_survives_a_restart(house: House) -> None:
    house.probe = probe
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    await admin.send("https://sayan.example/article/7")
    seen = await admin.expects("одной статьи")
    await house.restart()
    await admin.forge(pack(TakeIn()), seen)
    await admin.expects("Принято")
