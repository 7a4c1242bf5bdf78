"""The draft of a suggestion, kept in the dialogue: how it is written down, and what is read out of its text."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from analysis.reader import Reader
from analysis.time.moments import DEFAULT, read_moment
from domain.suggestions import Draft
from handlers.visit import Visit


class Suggesting(StatesGroup):
    text = State()
    review = State()
    place = State()
    date = State()


async def draft_of(state: FSMContext) -> Draft:
    data = (await state.get_data()).get("draft")
    if not data:
        return Draft()
    day, clock = data["day"], data["clock"]
    return Draft(
        **{
            **data,
            "photos": tuple(data["photos"]),
            "day": date.fromisoformat(day) if day else None,
            "clock": time.fromisoformat(clock) if clock else None,
        }
    )


async def keep(state: FSMContext, draft: Draft) -> None:
    data = asdict(draft)
    data["photos"] = list(draft.photos)
    data["day"] = draft.day.isoformat() if draft.day else None
    data["clock"] = draft.clock.isoformat() if draft.clock else None
    await state.update_data(draft=data)


def today(visit: Visit) -> date:
    return visit.now.astimezone(ZoneInfo(visit.subscriber.time_zone)).date()


def understood(draft: Draft, reader: Reader, visit: Visit) -> Draft:
    """The draft with place and time as its text tells them, unless the author named them apart."""
    reading = reader.read(draft.text, published=today(visit), home=visit.subscriber.home)
    if not draft.place_stated:
        named = any(one.claim == "region" for one in reading.evidence)
        draft = replace(draft, territory=_place(reading.territories if named else (), visit))
    if not draft.when_stated:
        event = reading.event
        draft = replace(draft, day=event.start_date if event else None, clock=event.time if event else None)
    return draft


def _place(read: Sequence[str], visit: Visit) -> str | None:
    """What the text names, if it lies in the author's region: a street may be called like a town far away."""
    home = visit.subscriber.home
    region = visit.gazetteer.region(home) if home else None
    near = (code for code in read if region is None or region in visit.gazetteer.path(code))
    return next(near, home)


def with_time(draft: Draft, typed: str, visit: Visit) -> Draft | None:
    """The draft with the time that was typed; None where it is not understood."""
    moment = read_moment(typed, visit.now, visit.subscriber.time_zone)
    if moment is None:
        return None
    supposed = moment.time() == DEFAULT and str(DEFAULT.hour) not in typed  # a day was typed without an hour
    return replace(draft, day=moment.date(), clock=None if supposed else moment.time(), when_stated=True)
