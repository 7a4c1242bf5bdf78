"""The right answers first: labelled questions over labelled texts, taken in the way an import takes them."""

import json
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from analysis.geography.gazetteer import builtin
from analysis.questions.queries import understand
from analysis.reader import Reader
from domain.sources import Entry
from ingestion import pipeline
from storage.content import cards
from storage.engine import Database
from storage.intake import sources
from storage.search import find, vocabulary
from storage.tables import publications

DATA = Path(__file__).parents[2] / "analysis/data"
NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
Row = dict[str, Any]


async def take_in(database: Database, path: Path) -> None:
    async with database.begin() as connection:
        source = await sources.archive(connection, path.name, None, NOW)
    await pipeline.take_in(database, Reader(builtin()), source, list(map(entry, rows(path))), NOW, silent=True)


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def entry(row: Row) -> Entry:
    published = datetime.fromisoformat(row["published"]).replace(hour=9, tzinfo=UTC) if row["published"] else None
    return Entry(row["id"], row["text"], row["title"], row.get("url"), published)


async def answers(database: Database, questions: list[Row]) -> list[list[str]]:
    """External ids, best first, for each question."""
    found = []
    async with database.read() as connection:
        known = await vocabulary.load(connection)
        query = select(publications.c.item_id, publications.c.external_id)
        names = {row.item_id: row.external_id for row in await connection.execute(query)}
        for question in questions:
            asked = understand(question["query"], today=NOW.date(), vocabulary=known, gazetteer=builtin())
            hits = (await find(database, asked, vocabulary=known, now=NOW)).hits
            assert len(await cards.listed(connection, [hit.item_id for hit in hits])) == len(hits)
            found.append([names[hit.item_id] for hit in hits])
    return found


def success(questions: list[Row], found: list[list[str]], first: int) -> float:
    """Share of the questions with a right answer among the first ones."""
    right = [bool(set(got[:first]) & set(asked["relevant_ids"])) for asked, got in zip(questions, found, strict=True)]
    return sum(right) / len(right)


def ndcg(questions: list[Row], found: list[list[str]], first: int = 10) -> float:
    """Normalised discounted cumulative gain: 1 where all right answers stand before all others."""

    def gain(asked: Row, got: list[str]) -> float:
        relevant = set(asked["relevant_ids"])
        ideal = sum(1 / math.log2(place + 2) for place in range(min(first, len(relevant))))
        return sum(1 / math.log2(place + 2) for place, one in enumerate(got[:first]) if one in relevant) / ideal

    return sum(gain(asked, got) for asked, got in zip(questions, found, strict=True)) / len(questions)


@pytest.mark.parametrize("name", ["dev", "heldout", "field2", "exam", "exam2"])
async def test_the_right_answer_stands_first(sqlite: Database, name: str) -> None:
    await take_in(sqlite, DATA / f"{name}.jsonl")
    questions = rows(DATA / f"{name}_queries.jsonl")
    found = await answers(sqlite, questions)
    assert success(questions, found, 1) >= 0.93
    assert success(questions, found, 3) >= 0.97
    assert ndcg(questions, found) >= 0.93
