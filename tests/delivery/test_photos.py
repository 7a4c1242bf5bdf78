"""Photos of items on their way out: under the limit of captions, without the photo where it is refused, corrected."""

import json
from collections import Counter

import pytest
from sqlalchemy import select, update

from delivery import wire
from delivery.bot_api import Telegram
from delivery.matching import match_new
from delivery.outcomes import Outcome
from delivery.pacer import Turn
from domain.cards import Listed
from domain.items import Item, ItemState
from domain.messages import LONGEST_CAPTION, Message, length
from domain.queries import Kind
from presenters.language.words import words_for
from presenters.pushed import pushes
from sandbox.faults import Fault, FaultKind
from sandbox.methods.media import store
from sandbox.telegram import Upload
from sandbox.world import Json
from storage.outbox import corrections
from storage.tables import deliveries, items, mailings
from tests.deliveries import NOON, add_people, subscribe
from tests.delivery.conftest import Office
from tests.sandbox.pictures import png
from tests.stories import tell


async def told(office: Office, photo: str | None, people: int = 20) -> int:
    """An item with so many people whom it concerns; the mailing that brings it to them."""
    async with office.database.begin() as connection:
        for one in await add_people(connection, range(1, people + 1)):
            await subscribe(connection, one)
        await tell(connection, "Новый сквер", "На улице Ленина открыли сквер.", now=NOON, photo=photo)
        await connection.execute(update(items).values(matched_at=None))
    await match_new(office.database, NOON)
    async with office.database.read() as connection:
        return int((await connection.execute(select(mailings.c.id))).scalar_one())


def posts(office: Office, chat_id: int) -> list[Json]:
    return [post.message for post in office.sandbox.world.chats[chat_id].posts.values()]


def held(office: Office) -> str:
    return store(office.sandbox.world, "photo", Upload("a.png", "image/png", png(8, 8))).id


async def test_item_goes_out_under_its_photo(office: Office) -> None:
    mailing = await told(office, held(office))
    async with office.sending():
        await office.finished(mailing)
    assert all(one["photo"] and "Новый сквер" in one["caption"] for chat in range(1, 21) for one in posts(office, chat))


class Calls(Counter[str]):
    """How often each method was called, and which call came when."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []

    def begin(self, method: str) -> None:
        self[method] += 1
        self.order.append(method)

    def end(self, method: str, outcome: Outcome) -> None:
        self.order.append(f"{method}: {outcome.verdict.name}")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Calls:
    seen = Calls()
    original = Telegram.call

    async def counted(self: Telegram, method: str, body: bytes) -> Outcome:
        seen.begin(method)
        outcome = await original(self, method, body)
        seen.end(method, outcome)
        return outcome

    monkeypatch.setattr(Telegram, "call", counted)
    return seen


async def test_refused_photo_costs_nobody_the_news_and_is_not_tried_once_the_words_were_taken_without_it(
    office: Office, asked: Calls
) -> None:
    mailing = await told(office, "key-of-another-bot", people=200)
    office.pacer.full_rate = office.pacer.rate = 300
    async with office.sending():
        await office.finished(mailing)
    assert all("Новый сквер" in one["text"] for chat in range(1, 201) for one in posts(office, chat))
    assert (await office.progress(mailing)).sent == asked["sendMessage"] == 200
    taken_without = asked.order.index("sendMessage: SENT")
    assert "sendPhoto" not in asked.order[taken_without:]


async def test_every_call_takes_a_token_the_second_for_a_copy_of_another_form_too(
    office: Office, asked: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = await told(office, held(office))
    tokens: list[Turn] = []
    take = office.pacer.take

    async def counted(turn: Turn) -> None:
        tokens.append(turn)
        await take(turn)

    monkeypatch.setattr(office.pacer, "take", counted)
    async with office.sending():
        await office.finished(mailing)
        async with office.database.begin() as connection:
            await connection.execute(update(items).values(photo=None, title="Новый парк"))
            correction = await corrections.correct(connection, mailing, {}, office.now)
        assert correction is not None
        await office.finished(correction)
    assert asked["editMessageText"] == asked["editMessageCaption"] == 20
    assert len(tokens) == asked.total()


async def test_photo_is_only_given_up_where_the_words_are_taken_without_it(office: Office) -> None:
    office.sandbox.fault(Fault(FaultKind.BAD_REQUEST, method="sendPhoto", chat_id=1, words="no photos here"))
    office.sandbox.fault(Fault(FaultKind.BAD_REQUEST, method="sendMessage", chat_id=1, words="nor words"))
    mailing = await told(office, held(office), people=100)
    office.pacer.full_rate = office.pacer.rate = 300
    async with office.sending():
        await office.finished(mailing)
    assert all("photo" in one for chat in range(2, 101) for one in posts(office, chat))
    async with office.database.read() as connection:
        failed = await connection.scalars(select(deliveries.c.error).where(deliveries.c.error.is_not(None)))
    assert list(failed) == ["refused: no photos here"]


@pytest.mark.parametrize("had_photo", [True, False])
@pytest.mark.parametrize("has_photo", [True, False])
async def test_correction_reaches_every_copy_with_a_photo_or_without(
    office: Office, had_photo: bool, has_photo: bool
) -> None:
    before, after = (held(office) if one else None for one in (had_photo, has_photo))
    mailing = await told(office, before)
    async with office.sending():
        await office.finished(mailing)
        async with office.database.begin() as connection:
            await connection.execute(update(items).values(photo=after, title="Новый парк"))
            correction = await corrections.correct(connection, mailing, {}, office.now)
        assert correction is not None
        await office.finished(correction)
    assert (await office.progress(correction)).failed == 0
    for chat in range(1, 21):
        (copy,) = posts(office, chat)
        assert "Новый парк" in (copy["caption"] if had_photo else copy["text"])


def test_words_under_a_photo_are_cut_to_what_fits_there() -> None:
    item = Item(
        1,
        Kind.NEWS,
        ItemState.PUBLISHED,
        "Новый сквер",
        "В сквере высадили деревья. " * 60,
        "",
        "https://news.example/1",
        NOON,
        (),
        (),
        None,
        (),
        None,
        urgent=False,
        version=1,
        photo="key",
    )
    message = pushes.item(words_for("ru"), Listed(item, None), mailing_id=5, zone="Europe/Moscow", now=NOON)
    assert message.is_caption
    assert length(message.text) > LONGEST_CAPTION - 30


def test_picture_on_the_web_unfolds_above_a_text_of_any_length() -> None:
    written = wire.sending(Message("а" * 3000, photo="https://site.example/1.jpg"))
    preview = json.loads(b"{" + written.members[1:] + b"}")["link_preview_options"]
    assert (written.method, preview["url"], preview["show_above_text"]) == (
        "sendMessage",
        "https://site.example/1.jpg",
        True,
    )
