"""Cards with a photo: one message where the words fit under it, two where they do not, and words in any case."""

from datetime import date

import pytest

from domain.messages import Message
from handlers.screens import preview_of
from sandbox.people import Person
from tests.handlers.house import House
from tests.sandbox.pictures import png
from tests.stories import event, tell

SHORT = "На улице Ленина открыли сквер."
LONG = "В сквере высадили деревья и поставили скамейки. " * 40


@pytest.fixture
async def anna(house: House) -> Person:
    return await house.resident("Анна")


async def card_of(house: House, person: Person, text: str, photo: str) -> int:
    async with house.database.begin() as connection:
        return await tell(connection, "Новый сквер", text, now=house.clock(), photo=photo)


async def held(anna: Person) -> str:
    """A photo that the messenger holds: its key."""
    sent = await anna.send_photo(png(8, 8), "сквер")
    return str(sent.message["photo"][-1]["file_id"])


async def test_short_words_stand_under_the_photo(house: House, anna: Person) -> None:
    item = await card_of(house, anna, SHORT, await held(anna))
    await anna.start(f"i_{item}")
    card = await anna.expects("Новый сквер")
    assert card.message["photo"]
    assert "открыли сквер" in card.text


async def test_photo_of_a_long_text_goes_before_it(house: House, anna: Person) -> None:
    item = await card_of(house, anna, LONG, await held(anna))
    await anna.start(f"i_{item}")
    card = await anna.expects("Новый сквер")
    assert "photo" not in card.message
    assert card.text.count("скамейки") > 20
    assert any(one.message.get("photo") and not one.text for one in anna.screen())


async def test_photo_that_is_refused_leaves_the_words(house: House, anna: Person) -> None:
    item = await card_of(house, anna, SHORT, "key-of-another-bot")
    await anna.start(f"i_{item}")
    card = await anna.expects("Новый сквер")
    assert "photo" not in card.message
    assert "открыли сквер" in card.text


async def test_card_whose_photo_was_refused_is_edited_in_place(house: House, anna: Person) -> None:
    async with house.database.begin() as connection:
        forum = event("Новый сквер", date(2026, 12, 15))
        item = await tell(connection, "Новый сквер", SHORT, now=house.clock(), photo="key-of-another-bot", event=forum)
    await anna.start(f"i_{item}")
    card = await anna.expects("Новый сквер")
    await anna.press("Приду")
    await anna.answer()
    await house.settle()
    assert [one.id for one in anna.screen() if SHORT in one.text] == [card.id]


async def test_photo_of_another_bot_leaves_the_words_to_share(house: House, anna: Person) -> None:
    whole = await card_of(house, anna, SHORT, await held(anna))
    broken = await card_of(house, anna, "Сквер закрыли.", "key-of-another-bot")
    offered = await anna.ask_inline("сквер")
    assert {one["id"] for one in offered} == {f"i_{item}_{item}" for item in (whole, broken)}
    assert [one["type"] for one in offered] == ["article", "article"]


async def test_shared_card_shows_the_photo_too(house: House, anna: Person) -> None:
    item = await card_of(house, anna, SHORT, await held(anna))
    group = house.sandbox.group("ТОС «Заречный»")
    anna.join(group)
    (offered,) = await anna.ask_inline(f"i_{item}")
    sent = await anna.pick(offered, group)
    assert sent.message["photo"]
    assert "открыли сквер" in sent.text


def test_picture_on_the_web_unfolds_above_the_text() -> None:
    preview = preview_of(Message("Новый сквер", photo="https://site.example/1.jpg"))
    assert (preview.url, preview.show_above_text) == ("https://site.example/1.jpg", True)
