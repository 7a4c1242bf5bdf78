"""The command line as a whole: every command explains itself, and refusals are one line."""

import subprocess
import sys
from collections.abc import Iterator
from typing import cast

import pytest
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

from bot.cli import build

RUNNER = CliRunner()


Command = TyperCommand | TyperGroup


def _commands(command: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    if path:
        yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, (*path, name))


COMMANDS = dict(_commands(cast("TyperGroup", typer.main.get_command(build()))))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_does_and_what_its_options_mean(path: tuple[str, ...]) -> None:
    result = RUNNER.invoke(build(), [*path, "--help"])
    assert result.exit_code == 0
    command = COMMANDS[path]
    assert command.help, "a command without help"
    for parameter in command.params:
        assert isinstance(parameter, TyperArgument | TyperOption)
        assert parameter.help, f"{parameter.name} without help"


def test_the_version_is_printed() -> None:
    result = RUNNER.invoke(build(), ["--version"])
    assert result.output.strip() == "0.1.0"


def test_the_module_is_the_same_command() -> None:
    shown = subprocess.run([sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True)
    assert "migrate" in shown.stdout
