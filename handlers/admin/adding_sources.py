"""Adding in the chat: a source by its address, looked at first; a text, a link or a forwarded post as news.

What was shown is remembered until it is confirmed; whose news it is, is checked at that moment.
"""

import hashlib
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, MessageOriginChannel

from domain.roles import Act, may, may_somewhere
from domain.sources import Entry, Probe, Trust
from domain.territories import RUSSIA, Territory
from handlers.admin import findings
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from handlers.visit import Visit
from presenters.admin import adding_sources as screens
from presenters.admin.adding_sources import ChooseTerritory, Follow, OtherTerritory, TakeIn
from presenters.admin.menu import refused
from presenters.admin.sources import AddSource, AddText, card
from storage.intake import publications, sources

Event = Message | CallbackQuery
ARCHIVE = "chat"
"""The source under which texts are kept that people with a role send."""
LONGEST_TEXT = 20_000


class Adding(StatesGroup):
    address = State()
    text = State()
    territory = State()
    preview = State()


def router() -> Router:
    router = Router(name="adding_sources")
    router.message.filter(F.chat.type == ChatType.PRIVATE)
    router.callback_query.register(ask_address, Pressed(AddSource), manages)
    router.callback_query.register(ask_text, Pressed(AddText), manages)
    router.callback_query.register(refuse, Pressed(AddSource, AddText))
    router.callback_query.register(ask_territory, Pressed(OtherTerritory), manages)
    router.callback_query.register(choose_territory, Pressed(ChooseTerritory), manages)
    router.callback_query.register(follow, Pressed(Follow))
    router.callback_query.register(take_in, Pressed(TakeIn))
    router.message.register(look_at, Adding.address, F.text, manages)
    router.message.register(name_territory, Adding.territory, F.text, manages)
    router.message.register(offer_text, Adding.text, manages)
    router.message.register(offer_text, StateFilter(None), F.forward_origin, F.text | F.caption, manages)
    router.message.register(look_at, StateFilter(None, Adding.preview), F.text.func(_is_address), manages)
    return router


def _is_address(text: str | None) -> bool:
    return text is not None and text.startswith(("https://", "http://")) and len(text.split()) == 1


async def manages(_: Event, visit: Visit) -> bool:
    return may_somewhere(visit.grants, Act.MANAGE_SOURCES)


async def refuse(query: CallbackQuery, visit: Visit) -> None:
    await toast(query, refused(visit.words), alert=True)


async def ask_address(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.set_state(Adding.address)
    await show(query, screens.ask_address(visit.words))


async def ask_text(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.set_state(Adding.text)
    await show(query, screens.ask_text(visit.words))


async def look_at(message: Message, state: FSMContext, visit: Visit, probe: Probe) -> None:
    if message.bot is not None:
        await message.bot.send_chat_action(message.chat.id, "typing")
    finding = await probe((message.text or "").strip())
    if finding.kind is None and finding.article is None:
        await state.set_state(Adding.address)
    else:
        await state.set_state(Adding.preview)
    await state.set_data({"finding": findings.to_data(finding), "place": _home(visit)})
    await send(message, screens.preview(visit.words, visit.gazetteer, finding, _home(visit), visit.now))


async def offer_text(message: Message, state: FSMContext, visit: Visit) -> None:
    text = (message.text or message.caption or "").strip()[:LONGEST_TEXT]
    if not text:
        await send(message, screens.no_text(visit.words))
        return
    identity, url, moment = _origin(message, text)
    photo = message.photo[-1].file_id if message.photo else None
    entry = findings.entry_to_data(Entry(identity, text, None, url, moment, photo=photo))
    await state.set_state(Adding.preview)
    await state.set_data({"entry": entry, "place": _home(visit)})
    await send(message, screens.text_preview(visit.words, visit.gazetteer, text, _home(visit)))


async def ask_territory(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.set_state(Adding.territory)
    await show(query, screens.ask_territory(visit.words, visit.gazetteer, ()))


async def name_territory(message: Message, state: FSMContext, visit: Visit) -> None:
    typed = message.text or ""
    found = [one for one in visit.gazetteer.lookup(typed) if _may(visit, one.code)]
    if len(found) == 1:
        await state.update_data(place=found[0].code)
        await _preview(message, state, visit)
    else:
        await _candidates(message, found, typed, visit)


async def _candidates(message: Message, found: list[Territory], typed: str, visit: Visit) -> None:
    await send(message, screens.ask_territory(visit.words, visit.gazetteer, found, typed))


async def choose_territory(query: CallbackQuery, act: ChooseTerritory, state: FSMContext, visit: Visit) -> None:
    if act.place not in visit.gazetteer.by_code or not _may(visit, act.place):
        await toast(query, refused(visit.words), alert=True)
        return
    await state.update_data(place=act.place)
    await _preview(query, state, visit)


async def _preview(event: Event, state: FSMContext, visit: Visit) -> None:
    data = await state.get_data()
    await state.set_state(Adding.preview)
    if "entry" in data:
        text = findings.entry_from_data(data["entry"]).text
        await show(event, screens.text_preview(visit.words, visit.gazetteer, text, data["place"]))
    elif "finding" in data:
        finding = findings.from_data(data["finding"])
        await show(event, screens.preview(visit.words, visit.gazetteer, finding, data["place"], visit.now))
    else:
        await show(event, screens.ask_address(visit.words))


async def follow(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    data = await state.get_data()
    finding = findings.from_data(data["finding"]) if "finding" in data else None
    if finding is None or finding.kind is None:
        await toast(query, screens.lost(visit.words), alert=True)
        return
    if not await _placed(query, state, visit):
        return
    place: str | None = data.get("place")
    async with visit.database.begin() as connection:
        source = await sources.add(
            connection,
            kind=finding.kind,
            url=finding.url,
            title=finding.title,
            territory=place,
            trust=Trust.REVIEW,
            settings=finding.settings,
            added_by=query.from_user.id,
            now=visit.now,
        )
    await state.clear()
    zone = visit.subscriber.time_zone
    await show(query, card(visit.words, visit.gazetteer, source, 0, time_zone=zone, now=visit.now))


async def take_in(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    data = await state.get_data()
    entry = findings.entry_of(data)
    if entry is None:
        await toast(query, screens.lost(visit.words), alert=True)
        return
    if not await _placed(query, state, visit):
        return
    place: str | None = data.get("place")
    async with visit.database.begin() as connection:
        name = f"{ARCHIVE}:{place}" if place else ARCHIVE
        source = await sources.archive(connection, name, place, visit.now)
        await publications.receive(connection, source.id, [entry], visit.now)
    await state.clear()
    await show(query, screens.taken_in(visit.words))


async def _placed(query: CallbackQuery, state: FSMContext, visit: Visit) -> bool:
    """Whether it is said whose news it is, and this person may say so; else they are asked."""
    if _may(visit, (await state.get_data()).get("place") or RUSSIA):
        return True
    await ask_territory(query, state, visit)
    return False


def _may(visit: Visit, place: str) -> bool:
    return may(visit.grants, Act.MANAGE_SOURCES, visit.gazetteer.path(place))


def _home(visit: Visit) -> str | None:
    """Whose news it most likely is: of the only territory where this person manages sources."""
    own = {grant.territory for grant in visit.grants if may([grant], Act.MANAGE_SOURCES, (grant.territory,))}
    return own.pop() if len(own) == 1 and RUSSIA not in own else None


def _origin(message: Message, text: str) -> tuple[str, str | None, datetime]:
    """Identity, address and moment of what was written or forwarded."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        name = origin.chat.username
        url = f"https://t.me/{name}/{origin.message_id}" if name else None
        return f"{origin.chat.id}/{origin.message_id}", url, origin.date
    digest = hashlib.sha256(text.encode()).hexdigest()[:24]
    return digest, None, origin.date if origin is not None else message.date
