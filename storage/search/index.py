"""Puts items into the full-text index and takes them out again, in the transaction that changes the item.

On SQLite the index holds no text, so nothing can be taken out of its postings: a document that is replaced or removed
loses its row in ``search_documents``, which every answer is joined with. ``rebuild`` leaves only what lives.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.text.lemmas import NORMALISER_VERSION
from domain.events import Event
from domain.items import Item
from domain.territories import RUSSIA
from storage.search.candidates import COLUMNS
from storage.search.documents import Document, document
from storage.search.postgresql import in_order, vector
from storage.tables import term_counts, terms, territories, territory_paths

FALLBACK_ZONE = "Europe/Moscow"
COUNTED_TOGETHER = 500
"""Documents whose words are added to ``terms`` at once."""
_MERGED = 2
"""Rows that SQLite counts as changed where a merge had anything to do; the command itself is one."""
_COLUMNS = COLUMNS[1:]
"""All but the number, which is given here."""
_INSERT = f"INSERT INTO search_documents (id, {', '.join(_COLUMNS)}"
_VALUES = f"VALUES (:id, {', '.join(f':{name}' for name in _COLUMNS)}"
Indexed = tuple[Item, Event | None]


async def put(connection: AsyncConnection, item: Item, event: Event | None) -> None:
    """Makes the index say what the item says now."""
    await put_many(connection, [(item, event)])


async def put_many(connection: AsyncConnection, changed: Sequence[Indexed]) -> None:
    """As ``put`` for many, at a fraction of the cost for each."""
    documents = await _documents(connection, changed)
    await remove_many(connection, [one.item_id for one in documents])
    await add(connection, documents)


async def is_empty(connection: AsyncConnection) -> bool:
    """Whether no question at all can be answered."""
    return await connection.scalar(text("SELECT 1 FROM search_documents LIMIT 1")) is None


async def remove(connection: AsyncConnection, item_id: int) -> None:
    """From now on nobody finds it; nothing happens where it was not there."""
    await remove_many(connection, [item_id])


async def remove_many(connection: AsyncConnection, item_ids: Sequence[int]) -> None:
    rows = [{"item_id": item_id} for item_id in item_ids]
    if rows:
        await connection.execute(text("DELETE FROM search_documents WHERE item_id = :item_id"), rows)


async def empty(connection: AsyncConnection) -> None:
    """Forgets everything: the beginning of building the index anew."""
    await connection.execute(text("DELETE FROM search_documents"))
    await connection.execute(delete(terms))
    await connection.execute(delete(term_counts))
    if connection.dialect.name == "sqlite":
        await connection.execute(text("INSERT INTO search_index (search_index) VALUES ('delete-all')"))
    await connection.execute(
        text("UPDATE search_state SET value = :version WHERE name = 'normaliser'"), {"version": NORMALISER_VERSION}
    )


async def tidy(connection: AsyncConnection, pages: int = 200) -> bool:
    """Merges a part of the index, so that searches touch fewer segments; True where more of it is left to do.

    A word is looked up in every segment, so one large and a few small ones halve what a search costs. The small ones
    are merged with each other; with the large one as soon as they come to a tenth of it. PostgreSQL does so itself.
    """
    if connection.dialect.name != "sqlite":
        return False
    sizes = sorted(await connection.scalars(text("SELECT count(*) FROM search_index_idx GROUP BY segid")))
    everything = sum(sizes[:-1]) * 10 > sum(sizes[-1:])
    before = await connection.scalar(text("SELECT total_changes()"))
    statement = text("INSERT INTO search_index (search_index, rank) VALUES ('merge', :pages)")
    await connection.execute(statement, {"pages": -pages if everything else pages})
    after = await connection.scalar(text("SELECT total_changes()"))
    return bool(after - before >= _MERGED)


async def _documents(connection: AsyncConnection, changed: Sequence[Indexed]) -> list[Document]:
    codes = {code for item, _ in changed for code in item.territories}
    paths, zones = await _surroundings(connection, codes)
    if len(changed) == 1:
        return _read(changed, paths, zones)
    return await asyncio.to_thread(_read, changed, paths, zones)  # a hundred texts would hold up everybody's answers


def _read(changed: Sequence[Indexed], paths: Mapping[str, Sequence[str]], zones: Mapping[str, str]) -> list[Document]:
    made = []
    for item, event in changed:
        known = [code for code in dict.fromkeys(item.territories) if code in paths]
        zone = event.time_zone if event else zones[known[0]] if known else FALLBACK_ZONE
        made.append(document(item, event, {code: paths[code] for code in known} or {RUSSIA: [RUSSIA]}, zone))
    return made


async def _surroundings(
    connection: AsyncConnection, codes: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Each territory with all that contain it, and each one's time zone."""
    query = (
        select(territory_paths.c.code, territory_paths.c.ancestor, territories.c.time_zone)
        .join(territories, territories.c.code == territory_paths.c.code)
        .where(territory_paths.c.code.in_(set(codes)))
        .order_by(territory_paths.c.code, territory_paths.c.ancestor.desc())
    )
    paths: dict[str, list[str]] = {}
    zones = {}
    for code, ancestor, zone in await connection.execute(query):
        paths.setdefault(code, [code])
        if ancestor != code:
            paths[code].append(ancestor)
        zones[code] = zone
    return paths, zones


async def add(connection: AsyncConnection, documents: Sequence[Document]) -> None:
    """Of items that are not in the index."""
    if not documents:
        return
    first = await _numbers(connection, len(documents))
    rows = [_row(number, one) for number, one in enumerate(documents, first)]
    if connection.dialect.name == "sqlite":
        await connection.execute(text(f"{_INSERT}) {_VALUES})"), rows)
        statement = (
            "INSERT INTO search_index (rowid, body, title, facets) VALUES (:id, :body_terms, :title_terms, :facets)"
        )
        await connection.execute(text(statement), rows)
    else:
        await connection.execute(
            text(f"{_INSERT}, in_order, words) {_VALUES}, :in_order, CAST(:words AS tsvector))"),
            [
                {**row, "in_order": in_order(one), "words": vector(number, one)}
                for number, (row, one) in enumerate(zip(rows, documents, strict=True), first)
            ],
        )
    await _count(connection, documents)
    last = first + len(documents) - 1
    if last // COUNTED_TOGETHER > (first - 1) // COUNTED_TOGETHER:
        await _sum_up(connection)


async def _numbers(connection: AsyncConnection, count: int) -> int:
    """The first of so many numbers that no document ever had."""
    statement = text("UPDATE search_state SET value = value + :count WHERE name = 'last_id' RETURNING value")
    last: int = (await connection.execute(statement, {"count": count})).scalar_one()
    return last - count + 1


def _row(number: int, one: Document) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(one, name) for name in _COLUMNS}
    tokens = {"title_terms": one.title_terms, "body_terms": one.body_terms, "facets": one.facets}
    return row | tokens | {"id": number}


async def _count(connection: AsyncConnection, documents: Sequence[Document]) -> None:
    """Document frequencies. What is removed is not counted back: an estimate is enough to rank by."""
    counted = Counter[str]()
    for one in documents:
        counted.update(one.lemmas)
    await connection.execute(term_counts.insert(), {"counted": _written(counted)})


async def _sum_up(connection: AsyncConnection) -> None:
    """Adds to ``terms`` what was counted since the last time.

    All words travel as one JSON object: a parameter a word would cost more than counting it. They are sorted, so that
    neighbours share a page, and so that two who write at once cannot wait for each other.
    """
    counted = Counter[str]()
    for one in await connection.scalars(delete(term_counts).returning(term_counts.c.counted)):
        counted.update(json.loads(one))
    is_sqlite = connection.dialect.name == "sqlite"
    each = "json_each(:counted)" if is_sqlite else "jsonb_each_text(CAST(:counted AS jsonb))"
    statement = text(
        f"INSERT INTO terms (term, documents) SELECT key, CAST(value AS INTEGER) FROM {each} "  # noqa: S608
        "WHERE true ON CONFLICT (term) DO UPDATE SET documents = terms.documents + excluded.documents"
    )
    await connection.execute(statement, {"counted": _written(counted)})


def _written(counted: Mapping[str, int]) -> str:
    return json.dumps(dict(sorted(counted.items())), ensure_ascii=False)
