"""`glashatai demo`: the bot in a local Telegram, without a token and without a network."""

import os
import shutil
import socket
import sys
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.cli import console
from bot.demo import FOLDER
from bot.late_types import load_aiogram
from bot.settings import refuse

STALE_DAYS = 3
"""After so many days the first of the sample events are over."""


def register(app: typer.Typer) -> None:
    app.command(help="Try the bot in a local Telegram with sample content: no token, no network. Ctrl-C ends it.")(demo)


def demo(
    port: Annotated[int, typer.Option(help="Port of the chat page.", min=1, max=65535)] = 8080,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the chat page.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was before and begin anew.")] = False,
) -> None:
    load_aiogram()
    import uvloop

    from bot.demo.stage import BusyError, claimed

    logs.configure("warning", "console")
    try:
        with claimed(FOLDER):
            if fresh:
                _clear(FOLDER)
            uvloop.run(_play(FOLDER, port, open_browser=not no_browser and has_desktop()))
    except BusyError as error:
        refuse(str(error))
    except KeyboardInterrupt:
        pass
    console.words.print("Ended. Start it again, and it goes on where it was.")


def has_desktop() -> bool:
    """Whether a browser could be shown to somebody."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name == "lock":
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


async def _play(folder: Path, port: int, *, open_browser: bool) -> None:
    from bot.demo import stage

    async with stage.telegram(folder, port) as sandbox:
        chosen = stage.settings(folder, sandbox, _free_port(port + 1))
        with console.words.status("Preparing the sample content…"):
            begun = await stage.prepare(folder, chosen)

        def ready() -> None:
            _welcome(sandbox.url, begun)
            if open_browser:
                webbrowser.open(sandbox.url)

        await stage.serve(chosen, ready)


def _free_port(wanted: int) -> int:
    """The wanted port, for pages and calendars, or any that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    return 0


def _welcome(url: str, begun: datetime) -> None:
    typer.echo(f"Glashatai is running: open {url}")
    lines = ["Three people share the page: Anna, a resident; Viktor, who leads a TOS; Elena, the admin (/admin)."]
    age = (datetime.now(UTC) - begun).days
    if age >= STALE_DAYS:
        lines.append(f"The sample events were dated {age} days ago; --fresh brings new ones.")
    lines.append("Ctrl-C ends it; started again, it goes on where it was.")
    for line in lines:
        console.words.print(line, soft_wrap=True)
