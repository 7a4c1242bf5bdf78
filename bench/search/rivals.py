"""What most would write on the same machine: FTS5 with bm25, and PostgreSQL's own Russian search."""

from domain.queries import Order, Query
from storage.engine import Connection, Database

RUSSIAN = "bench_russian"


async def plain_fts5(connection: Connection, query: Query) -> int | None:
    """FTS5 as most use it: any of the words, bm25, filters by a join."""
    if not query.words:
        return None
    match = " ".join(f"{word.typed}*" if word.prefix else word.typed for word in query.words)
    match = f'"{match}"' if query.phrases else match.replace(" ", " OR ")
    join, where = "", ""
    if query.territories:
        join = "JOIN item_territories t ON t.item_id = d.item_id"
        where = f"AND t.territory = '{query.territories[0]}'"
    order = "d.published DESC" if query.order is Order.DATE else "bm25(search_index)"
    statement = (
        f"SELECT d.item_id FROM search_index JOIN search_documents d ON d.id = search_index.rowid {join} "
        f"WHERE search_index MATCH ? {where} ORDER BY {order} LIMIT 10"
    )
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    return len(list(await driver.execute_fetchall(statement, [match])))


async def prepare_russian(database: Database) -> None:
    """The column and the index that PostgreSQL's handbook advises."""
    async with database.begin() as connection:
        await connection.exec_driver_sql(
            f"ALTER TABLE items ADD COLUMN IF NOT EXISTS {RUSSIAN} tsvector "
            "GENERATED ALWAYS AS (to_tsvector('russian', text)) STORED"
        )
        await connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS ix_{RUSSIAN} ON items USING gin ({RUSSIAN})")
        await connection.exec_driver_sql("ANALYZE")


async def russian(connection: Connection, query: Query) -> int | None:
    """All of the words, ts_rank over everything that matches, filters by a join."""
    if not query.words:
        return None
    typed = " ".join(word.typed for word in query.words)
    parse = f"to_tsquery('russian', '{typed}:*')" if query.words[0].prefix else f"plainto_tsquery('russian', '{typed}')"
    if query.phrases:
        parse = f"phraseto_tsquery('russian', '{typed}')"
    join = ""
    if query.territories:
        join = f"JOIN item_territories t ON t.item_id = i.id AND t.territory = '{query.territories[0]}'"
    order = "published_at" if query.order is Order.DATE else f"ts_rank({RUSSIAN}, q)"
    statement = f"SELECT i.id FROM {parse} q, items i {join} WHERE {RUSSIAN} @@ q ORDER BY {order} DESC LIMIT 10"
    return len((await connection.exec_driver_sql(statement)).all())
