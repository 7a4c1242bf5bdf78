"""`glashatai extract`: what is read out of a text, without storing it."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import console
from bot.settings import refuse


def register(app: typer.Typer) -> None:
    app.command(help="Read texts without storing them: one JSON object a text.")(extract)


def extract(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A text, or .jsonl with `text`, `id`, `published`.")],
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Day of publication, where the text has none.")
    ] = None,
    territory: console.TerritoryOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Add the words that each answer rests on.")] = False,
) -> None:
    from analysis.extract import to_json
    from analysis.geography.gazetteer import builtin
    from analysis.reader import Reader

    gazetteer = builtin()
    reader = Reader(gazetteer)
    home = console.territory_code(gazetteer, territory) if territory else None
    fallback = _date(published)
    failed = 0
    for number, given in _texts(file):
        if "problem" in given:
            console.words.print(f"{file}:{number}: {given['problem']}")
            failed += 1
            continue
        day = given.get("published") or fallback
        reading = reader.read(given["text"], published=day, home=home, title=given.get("title"))
        console.print_json(to_json(reading, gazetteer, id=given.get("id"), published=day, explain=explain))
    raise typer.Exit(1 if failed else 0)


def _texts(file: str) -> Any:
    try:
        text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        refuse(f"{file}: {error.strerror}")
    decoded = text.decode("utf-8-sig", errors="replace")
    if file.endswith(".jsonl") or (file == "-" and decoded.lstrip().startswith("{")):
        return [(number, _line(line)) for number, line in enumerate(decoded.splitlines(), 1) if line.strip()]
    return [(1, {"text": decoded, "id": None if file == "-" else Path(file).stem})]


def _line(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
        if not isinstance(value, dict) or not isinstance(value.get("text"), str) or not value["text"].strip():
            return {"problem": "wants an object with `text`"}
        if value.get("published"):
            value["published"] = date.fromisoformat(str(value["published"])[:10])
        return value
    except (ValueError, RecursionError) as error:
        return {"problem": f"is not read: {error}"}


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"--published: wants a date like 2026-11-21, not {text!r}")
