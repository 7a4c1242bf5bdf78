"""Channels as sources: posts come in, edits are followed, an album is one text, strangers' channels are ignored."""

from domain.items import ItemState
from domain.roles import Role
from domain.sources import SourceKind, SourceState, Trust
from ingestion.unread import read_unread
from storage.content import items
from storage.intake import publications, sources
from tests.handlers.house import SAYANOGORSK, House
from tests.sandbox.pictures import png

POST = "В Саяногорске 5 декабря отключат воду на улице Ленина с 9 до 18 часов."


async def _texts(house: House) -> list[tuple[str, str]]:
    await house.settle()
    async with house.database.read() as connection:
        return [(one.entry.external_id, one.entry.text) for one in await publications.unread(connection)]


async def test_channel_of_an_admin_becomes_a_source_and_its_posts_come_in(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    channel = house.sandbox.channel("Вести", admin, bot_status="left")
    admin.promote_bot(channel)
    await house.settle()
    post = await admin.send(POST, channel)
    assert await _texts(house) == [(str(post.id), POST)]
    async with house.database.read() as connection:
        (source,) = await sources.listed(connection)
    assert (source.kind, source.territory, source.trust) == (SourceKind.TELEGRAM, SAYANOGORSK, Trust.REVIEW)


async def test_channel_of_a_stranger_is_nobodys_news(house: House) -> None:
    anna = await house.resident("Анна")
    channel = house.sandbox.channel("Спам", anna, bot_status="left")
    anna.promote_bot(channel)
    await anna.send(POST, channel)
    assert await _texts(house) == []
    async with house.database.read() as connection:
        assert await sources.count(connection) == 0


async def test_edit_is_followed_and_an_edit_of_an_old_post_makes_no_news(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    channel = house.sandbox.channel("Вести", admin, bot_status="left")
    old = await admin.send("Старый пост", channel)
    admin.promote_bot(channel)
    await house.settle()
    post = await admin.send(POST, channel)
    await admin.edit(post, POST.replace("18", "20"), channel)
    await admin.edit(old, "Старый пост, исправленный", channel)
    assert await _texts(house) == [(str(post.id), POST.replace("18", "20"))]


async def test_photo_of_a_post_is_seen_on_its_card(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    channel = house.sandbox.channel("Вести", admin, bot_status="left")
    admin.promote_bot(channel)
    await house.settle()
    await admin.send_photo(png(8, 8), POST, channel)
    await house.settle()
    await read_unread(house.database, house.reader, house.clock())
    async with house.database.begin() as connection:
        await items.set_state(connection, 1, ItemState.PUBLISHED, house.clock())
    anna = await house.resident("Анна")
    await anna.start("i_1")
    card = await anna.expects("отключат воду")
    assert card.message["photo"]


async def test_album_is_one_text(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    channel = house.sandbox.channel("Вести", admin, bot_status="left")
    admin.promote_bot(channel)
    await house.settle()
    await admin.send_album([png(4, 4)] * 3, POST, channel)
    ((identity, text),) = await _texts(house)
    assert identity.startswith("album:")
    assert text == POST


async def test_album_shows_its_first_photo(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    channel = house.sandbox.channel("Вести", admin, bot_status="left")
    admin.promote_bot(channel)
    await house.settle()
    first, *_others = await admin.send_album([png(4, 4), png(8, 8), png(6, 6)], POST, channel)
    await house.settle()
    async with house.database.read() as connection:
        (read,) = await publications.unread(connection)
    assert read.entry.photo == first.message["photo"][-1]["file_id"]


async def test_paused_channel_is_not_listened_to(house: House) -> None:
    admin = await house.official("Глава", Role.ADMIN, SAYANOGORSK)
    channel = house.sandbox.channel("Вести", admin, bot_status="left")
    admin.promote_bot(channel)
    await house.settle()
    async with house.database.begin() as connection:
        (source,) = await sources.listed(connection)
        await sources.set_state(connection, source.id, SourceState.PAUSED, house.clock())
    await admin.send(POST, channel)
    assert await _texts(house) == []
