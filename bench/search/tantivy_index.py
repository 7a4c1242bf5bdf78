"""The same lemmas and facets in tantivy, the search library written in Rust, asked in its own ways."""

import asyncio
import shutil
from pathlib import Path

import tantivy
from tantivy import Index, Occur, SchemaBuilder

from bench import corpus
from bench.corpus import NOW
from bot.cli.console import progress
from domain.queries import Kind, Order, Query, Word
from storage.search import facets
from storage.search.facets import Dates

HEAP = 500_000_000
SPACES = "whitespace"
BEST = 10
Clause = tuple[Occur, tantivy.Query]


class Tantivy:
    def __init__(self, index: Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    async def search(self, query: Query) -> int:
        """Any of the words by bm25, all of the filters; by date where that is asked for."""
        parts: list[Clause] = [(Occur.Must, one) for one in self._filters(query)]
        if query.phrases:
            parts.append((Occur.Must, self._any([self._phrase(query.phrases[0], one) for one in ("title", "body")])))
        elif query.words:
            parts.append((Occur.Must, self._any([held for word in query.words for held in self._word(word)])))
        whole = tantivy.Query.boolean_query(parts)
        order = "published" if query.order is Order.DATE else None
        return len(self._searcher.search(whole, BEST, count=False, order_by_field=order).hits)

    def _word(self, word: Word) -> list[tantivy.Query]:
        columns = ("title", "body")
        if word.prefix:
            return [tantivy.Query.regex_query(self._schema, column, f"{word.typed}.*") for column in columns]
        return [self._term(column, word.typed) for column in columns]

    def _filters(self, query: Query) -> list[tantivy.Query]:
        found = [self._facet(facets.territory(code)) for code in query.territories]
        found += [self._facet(facets.topic(topic)) for topic in query.only_topics]
        if query.kind is not None:
            found.append(self._facet(facets.kind(query.kind)))
        if query.window is not None:
            dates = Dates.EVENT if query.kind is Kind.EVENT else Dates.PUBLISHED
            found.append(self._any([self._facet(one) for one in facets.covering(dates, query.window, NOW.date())]))
        return found

    def _facet(self, token: str) -> tantivy.Query:
        return self._term("facets", token)

    def _term(self, column: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, column, token, "position")

    def _phrase(self, lemmas: tuple[str, ...], column: str) -> tantivy.Query:
        return tantivy.Query.phrase_query(self._schema, column, list(lemmas))

    @staticmethod
    def _any(parts: list[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts])


async def opened(folder: Path, count: int) -> Tantivy:
    """The index of so many items in a folder, filled where it is not there yet."""
    if not folder.exists():  # noqa: ASYNC240  a bench waits for its disk
        await asyncio.to_thread(_fill, folder, count)
    return Tantivy(Index.open(str(folder)))


def _fill(folder: Path, count: int) -> None:
    building = folder.with_suffix(".building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    schema = SchemaBuilder()
    for column in ("title", "body", "facets"):
        schema.add_text_field(column, tokenizer_name=SPACES, index_option="position")
    schema.add_integer_field("published", fast=True, indexed=True)
    index = Index(schema.build(), path=str(building))
    writer = index.writer(heap_size=HEAP, num_threads=1)
    with progress() as bar:
        for drawn in bar.track(corpus.draw(count), total=count, description="tantivy"):
            one = drawn.document
            writer.add_document(
                tantivy.Document(title=one.title_terms, body=one.body_terms, facets=one.facets, published=one.published)
            )
    writer.commit()
    writer.wait_merging_threads()
    building.replace(folder)
