"""`glashatai source`: what would come in is shown, followed, polled, paused and removed."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build

FEED = (
    "<rss version='2.0'><channel><title>Вести Саяногорска</title><item><title>Собрание ТОС «Заречье»</title>"
    "<link>/1</link><description>Собрание пройдёт 5 декабря 2026 года в 18:00.</description></item></channel></rss>"
)
PLAN = "Дата;Время;Мероприятие\n05.12.2027;18:00;Вечер памяти\n"
BODIES = {"/rss": FEED, "/plan.csv": PLAN}
Run = Callable[..., Result]


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = BODIES.get(self.path, "")
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """A site in a thread: the command runs a loop of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("FETCH_ALLOW_PRIVATE", "true")
    return lambda *arguments: CliRunner().invoke(build(), ["source", *arguments])


def test_source_is_followed_and_polled(run: Run, site: str) -> None:
    added = run("add", f"{site}/rss", "--territory", "Саяногорск", "--trust", "auto", "--every", "30", "--json")
    assert added.exit_code == 0, added.stderr
    source = json.loads(added.stdout)
    assert (source["kind"], source["title"], source["territory"]) == ("feed", "Вести Саяногорска", "95708000")
    assert (source["trust"], source["every_minutes"]) == ("auto", 30)
    assert "Собрание пройдёт" in added.stderr.replace("\n", " ")
    polled = json.loads(run("poll", "1", "--json").stdout)
    assert (polled["added"], polled["error"]) == (1, None)
    (listed,) = json.loads(run("list", "--json").stdout)
    assert (listed["publications"], listed["last_error"]) == (1, None)
    assert "feed" in run("list").stdout


def test_check_shows_what_would_come_in_and_stores_nothing(run: Run, site: str) -> None:
    run("add", f"{site}/rss")
    checked = json.loads(run("check", "1", "--json").stdout)
    assert [entry["title"] for entry in checked["entries"]] == ["Собрание ТОС «Заречье»"]
    assert json.loads(run("list", "--json").stdout)[0]["publications"] == 0


def test_preview_of_a_plan_shows_the_days_of_its_events(run: Run, site: str) -> None:
    assert "2027-12-05  Вечер памяти" in run("add", f"{site}/plan.csv").stderr


def test_source_is_paused_resumed_and_removed(run: Run, site: str) -> None:
    run("add", f"{site}/rss")
    states = []
    for act in ("pause", "resume"):
        assert run(act, "1").exit_code == 0
        states.append(json.loads(run("list", "--json").stdout)[0]["state"])
    assert states == ["paused", "active"]
    assert run("remove", "1").exit_code == 0
    assert json.loads(run("list", "--json").stdout) == []
    assert run("pause", "1").exit_code == 2


@pytest.mark.parametrize("address", ["/nothing", "ftp://x/"])
def test_address_with_nothing_to_follow_is_refused(run: Run, site: str, address: str) -> None:
    result = run("add", site + address if address.startswith("/") else address)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_private_addresses_are_refused_unless_allowed(run: Run, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCH_ALLOW_PRIVATE", "false")
    result = run("add", f"{site}/rss")
    assert result.exit_code == 2
    assert "not an address of the open internet" in result.stderr.replace("\n", " ")
