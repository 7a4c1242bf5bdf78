"""What an operator types: figures, health, backups, places."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.testing import CliRunner, Result

from bot import checks
from bot.cli import build
from bot.settings import Settings
from domain.sources import SourceKind
from sandbox.server import Sandbox
from storage.engine import Database
from storage.intake import source_health, sources
from storage.operation import job_runs
from storage.tables import leases, mailings

Command = Callable[..., Result]
NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@pytest.fixture
def glashatai(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line over a database of this test's own."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return lambda *arguments: CliRunner().invoke(build(), [str(one) for one in arguments])


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))


def make_mailing(url: str, state: str) -> None:
    async def make() -> None:
        database = Database(url)
        row = {
            "kind": "announcement",
            "state": state,
            "lane": "ordinary",
            "promise": "at_least_once",
            "key": state,
            "created_at": NOW,
        }
        async with database.begin() as connection:
            await connection.execute(mailings.insert().values(row))
        await database.close()

    asyncio.run(make())


# --- stats -----------------------------------------------------------------------------------------------------------


def test_stats_count_what_there_is(glashatai: Command, sqlite_url: str) -> None:
    make_mailing(sqlite_url, "sending")
    counted = json.loads(glashatai("stats", "--json").stdout)
    assert counted["mailings"] == {"sending": 1}
    assert counted["outbox"] == {"urgent": 0, "ordinary": 0}
    assert "mailings: sending" in glashatai("stats").stdout


# --- backup ----------------------------------------------------------------------------------------------------------


def test_a_restored_backup_starts_with_its_mailings_paused(
    glashatai: Command, sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    for state in ("sending", "freezing", "finished"):
        make_mailing(sqlite_url, state)
    copy = tmp_path / "copy.db"
    assert glashatai("backup", copy).exit_code == 0
    assert states(copy) == {"sending": "paused", "freezing": "paused", "finished": "finished"}
    assert states(path) == {"sending": "sending", "freezing": "freezing", "finished": "finished"}


def states(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    found = dict(connection.execute("SELECT key, state FROM mailings").fetchall())
    connection.close()
    return found


def test_a_backup_under_writes_is_sound(glashatai: Command, path: Path, tmp_path: Path) -> None:
    stop = Event()

    def write() -> None:
        connection = sqlite3.connect(path, timeout=30)
        while not stop.is_set():
            with connection:
                connection.execute(
                    "INSERT INTO updates (update_id, payload, received_at, attempts) "
                    "SELECT coalesce(max(update_id), 0) + 1, '{}', 0, 0 FROM updates"
                )
        connection.close()

    writing = Thread(target=write)
    writing.start()
    try:
        results = [glashatai("backup", tmp_path / f"{number}.db") for number in range(3)]
    finally:
        stop.set()
        writing.join()
    assert [result.exit_code for result in results] == [0, 0, 0]
    counts = []
    for number in range(3):
        connection = sqlite3.connect(tmp_path / f"{number}.db")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counts.append(connection.execute("SELECT count(*) FROM updates").fetchone()[0])
        connection.close()
    assert counts == sorted(counts)


def test_a_backup_never_takes_the_place_of_the_database(glashatai: Command, path: Path) -> None:
    result = glashatai("backup", path)
    assert result.exit_code == 2
    assert "the database itself" in result.stderr


def test_a_backup_of_postgresql_is_left_to_its_own_tool(glashatai: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://somebody@127.0.0.1/nothing")
    result = glashatai("backup", "copy.db")
    assert result.exit_code == 2
    assert "pg_dump" in result.stderr


# --- place -----------------------------------------------------------------------------------------------------------

TABLE = (
    '"95";"708";"000";"000";"7";"1";"город Саяногорск";"";""\r\n'
    '"95";"708";"000";"001";"1";"2";"г Саяногорск";"";""\r\n'
    '"95";"708";"000";"099";"4";"2";"п Образцовый";"";""\r\n'
    '"95";"708";"x"\r\n'
    '"69";"701";"000";"099";"4";"2";"д Томская Проба";"";""\r\n'
)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig"])
def test_the_official_table_adds_settlements_once(glashatai: Command, tmp_path: Path, encoding: str) -> None:
    table = tmp_path / "oktmo.csv"
    table.write_bytes(TABLE.encode(encoding))
    first = glashatai("place", "import", table, "--json")
    assert first.exit_code == 1, first.stderr
    counted = json.loads(first.stdout)
    assert (counted["added"], counted["passed_over"]) == (2, 1)
    assert counted["rejected"] == [{"line": 4, "reason": "has 3 columns, wants at least 7"}]
    again = json.loads(glashatai("place", "import", table, "--json").stdout)
    assert (again["added"], again["unchanged"]) == (0, 2)
    found = json.loads(glashatai("place", "search", "Образцовый", "--json").stdout)
    assert [(one["code"], one["title"]) for one in found] == [
        ("95708000099", "Образцовый, Саяногорск, Республика Хакасия")
    ]


def test_only_the_territory_asked_for_is_imported(glashatai: Command, tmp_path: Path) -> None:
    table = tmp_path / "oktmo.csv"
    table.write_text(TABLE)
    counted = json.loads(glashatai("place", "import", table, "--territory", "Томская область", "--json").stdout)
    assert (counted["added"], counted["passed_over"]) == (1, 2)


def test_what_is_no_table_of_places_adds_nothing(glashatai: Command, tmp_path: Path) -> None:
    table = tmp_path / "letter.csv"
    table.write_text("Уважаемые коллеги!\n" * 200)
    result = glashatai("place", "import", table)
    assert result.exit_code == 2
    assert "is not the table of OKTMO" in result.stderr


def test_a_place_that_nobody_knows_is_said(glashatai: Command) -> None:
    result = glashatai("place", "search", "Ыыыыград")
    assert (result.exit_code, "No territory" in result.stderr) == (1, True)


# --- doctor ----------------------------------------------------------------------------------------------------------


async def wrong(database: Database, settings: Settings) -> dict[str, str]:
    """What is not well, by part; each with an advice."""
    found = [one async for one in checks.telegram(settings)]
    found += [one async for one in checks.database(database)]
    async with database.read() as connection:
        found += [one async for one in checks.contents(settings, connection, NOW)]
    assert all(one.good or one.advice for one in found)
    return {one.part: one.said for one in found if not one.good}


def of(sandbox: Sandbox, **changed: object) -> Settings:
    known = {"bot_token": sandbox.token, "telegram_api_url": sandbox.url, "owner_ids": (1,)}
    return Settings(_env_file=None, **{**known, **changed})  # type: ignore[arg-type]


async def test_an_installation_that_only_waits_to_be_started(sandbox: Sandbox, sqlite: Database) -> None:
    assert await wrong(sqlite, of(sandbox)) == {"process": "the bot does not run: nobody sends"}


async def test_telegram_is_asked_the_way_the_bot_goes_which_knows_no_proxy(
    sandbox: Sandbox, sqlite: Database, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_tcp_port}")
    assert "telegram" not in await wrong(sqlite, of(sandbox))


async def test_a_running_installation_is_well(sandbox: Sandbox, sqlite: Database) -> None:
    held = {"name": "sender", "owner": "somebody", "expires_at": NOW + timedelta(seconds=30)}
    async with sqlite.begin() as connection:
        await connection.execute(leases.insert().values(held))
        await job_runs.record(connection, "poll sources", NOW, NOW, None)
    assert await wrong(sqlite, of(sandbox)) == {}


async def test_a_refused_token_and_nobody_who_may_act_are_said(sandbox: Sandbox, sqlite: Database) -> None:
    said = await wrong(sqlite, of(sandbox, bot_token="1:refused", owner_ids=()))
    assert said["token"].startswith("Telegram refuses the token")
    assert said["owners"] == "nobody may act"


async def test_an_unreachable_telegram_is_said_without_the_token(sqlite: Database, sandbox: Sandbox) -> None:
    await sandbox.stop()
    said = await wrong(sqlite, of(sandbox))
    assert "does not answer" in said["telegram"]
    assert sandbox.token not in str(said)


async def test_failed_jobs_and_sources_are_named(sandbox: Sandbox, sqlite: Database) -> None:
    async with sqlite.begin() as connection:
        await job_runs.record(connection, "poll sources", NOW, NOW, "OSError: no way out")
        added = await sources.add(connection, kind=SourceKind.FEED, url="https://a.example/rss", now=NOW)
        await source_health.record_failure(connection, added.id, NOW, NOW, "HTTP 500")
    said = await wrong(sqlite, of(sandbox))
    assert "OSError: no way out" in said["jobs"]
    assert "HTTP 500" in said["sources"]


async def test_a_webhook_that_the_settings_do_not_know_is_said(sandbox: Sandbox, sqlite: Database) -> None:
    settings = of(sandbox, webhook_url="https://a.example/telegram", webhook_secret="s", web_port=8088)
    assert "the settings say https://a.example/telegram" in (await wrong(sqlite, settings))["updates"]


def test_looking_does_not_make_a_database(glashatai: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "none.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{missing}")
    result = glashatai("doctor")
    assert (result.exit_code, "is not there yet" in result.stdout) == (1, True)
    assert not missing.parent.exists()


def test_an_older_schema_is_said(glashatai: Command, path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("DELETE FROM alembic_version")
    connection.close()
    found = json.loads(glashatai("doctor", "--json").stdout)
    schema = next(one for one in found if one["part"] == "schema")
    assert (schema["good"], schema["advice"]) == (False, "run: glashatai migrate")
