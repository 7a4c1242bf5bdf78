"""`glashatai search`: the same search as in the chat, from the shell."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from analysis.geography import gazetteer as gazetteers
from analysis.geography.gazetteer import Gazetteer
from analysis.questions.queries import understand
from bot import settings
from bot.cli import console, existing
from bot.settings import Settings
from domain.cards import Listed
from domain.queries import Kind, Query, Window
from domain.topics import Topic
from storage.content import cards
from storage.search import Found, find, index, vocabulary

LIMIT = 10


def register(app: typer.Typer) -> None:
    app.command(help="Search in your own words; the answers are those of the chat.", epilog=console.TOPICS)(search)


def search(
    query: Annotated[str, typer.Argument(help="For example: «что в Саяногорске на выходных».")],
    territory: console.TerritoryOption = None,
    topic: Annotated[
        Topic | None,
        typer.Option("--topic", metavar="TOPIC", parser=console.topic_code, help="Only what is on this topic."),
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only news, or only events.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="First day, as 2026-11-30.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="D", help="Last day.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=200, help="How many answers.")] = LIMIT,
    as_json: console.AsJson = False,
) -> None:
    chosen = settings.load()
    window = Window(_day("--from", first), _day("--to", last))
    places = gazetteers.builtin()
    code = console.territory_code(places, territory) if territory else None

    async def command() -> tuple[dict[str, Any], bool]:
        now = console.utc_now()
        async with existing.opened(chosen) as database, database.read() as connection:
            known = await vocabulary.load(connection)
            asked = understand(query, today=now.date(), vocabulary=known, gazetteer=places)
            asked = narrowed(asked, code, topic, kind, window)
            found = await find(database, asked, vocabulary=known, now=now, zone=chosen.default_time_zone)
            ids = [hit.item_id for hit in found.hits[:limit]]
            lines = await cards.listed(connection, ids)
            shown = answer(asked, found, lines, await cards.external_ids(connection, ids), places)
            return shown, not ids and await index.is_empty(connection)

    shown, nothing_to_find = console.run(command())
    _print(shown, as_json=as_json)
    if nothing_to_find:
        console.words.print(_empty(chosen), markup=False, soft_wrap=True)
    elif not shown["results"] and not as_json:
        console.words.print("Nothing found.")


def narrowed(asked: Query, territory: str | None, topic: Topic | None, kind: Kind | None, window: Window) -> Query:
    """What was understood, with what the options say in its stead."""
    if territory:
        asked = replace(asked, territories=(territory,), places=())
    if topic:
        asked = replace(asked, only_topics=(topic,))
    if kind:
        asked = replace(asked, kind=kind)
    return replace(asked, window=window) if window != Window() else asked


def answer(
    asked: Query, found: Found, lines: tuple[Listed, ...], external: dict[int, list[str]], places: Gazetteer
) -> dict[str, Any]:
    """The object that `search --json` prints; surface of the command line."""
    scores = {hit.item_id: round(hit.score, 3) for hit in found.hits}
    return {
        "understood": understood(asked, places),
        "searched": asked.searched,
        "corrected": asked.corrected,
        "left_out": list(found.dropped),
        "results": [_result(line, external.get(line.item.id, []), scores[line.item.id], places) for line in lines],
    }


def understood(asked: Query, places: Gazetteer) -> dict[str, Any]:
    window = asked.window
    return {
        "territories": [places.title(code) for code in asked.territories if code in places.by_code],
        "topics": [str(topic) for topic in asked.topics],
        "kind": asked.kind,
        "from": window.start if window else None,
        "to": window.end if window else None,
        "deadlines": asked.deadlines,
        "words": [word.typed for word in asked.words],
    }


def _result(line: Listed, external_ids: list[str], score: float, places: Gazetteer) -> dict[str, Any]:
    item, event = line.item, line.event
    regions = [places.by_code[code].short_name for code in item.regions if code in places.by_code]
    return {
        "id": item.id,
        "external_ids": external_ids,
        "title": item.title,
        "url": item.url,
        "published": _iso(item.published_at),
        "region": regions[0] if len(regions) == 1 else regions or None,
        "place": item.place,
        "topics": [str(topic) for topic in item.topics],
        "kind": item.kind,
        "start": event.start_date if event else None,
        "deadline": event.deadlines[-1].at.astimezone(ZoneInfo(event.time_zone)).date()
        if event and event.deadlines
        else None,
        "score": score,
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _day(option: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        settings.refuse(f"{option}: {value!r} is not a day; write it as 2026-11-30")


def _empty(chosen: Settings) -> str:
    return (
        f"{existing.name(chosen)}: nothing has been published in it yet; "
        f"follow a source (glashatai source add URL) or take in texts (glashatai import FILE)"
        f"{existing.or_the_demo(chosen)}"
    )


def _print(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        console.print_json(found)
        return
    if found["corrected"]:
        console.words.print(f"Searched for: {found['searched']}", markup=False)
    if found["left_out"]:
        console.words.print(f"Nothing was found with all of it; left out: {', '.join(found['left_out'])}", markup=False)
    if not found["results"]:
        return
    columns = ["id", "title", "start", "published", "place", "score"]
    rows = [[_cell(one, name) for name in columns] for one in found["results"]]
    console.print_table(columns, rows, as_json=False)


def _cell(one: dict[str, Any], name: str) -> object:
    if name == "published":
        return one[name][:10]
    return one[name] or one["region"] if name == "place" else one[name]
