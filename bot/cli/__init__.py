"""The command line. Data goes to stdout, words go to stderr; 0 done, 1 partly failed, 2 refused.

Each module beside this one holds one group of commands and offers ``register(app)``.
"""

import importlib
from importlib.metadata import version
from typing import Annotated

import typer

# Command → module, in the order of the help: a command loads its own module alone, so that it starts quickly.
COMMANDS = {
    "run": "run",
    "demo": "demo",
    "import": "imports",
    "extract": "extract",
    "search": "search",
    "source": "source",
    "announce": "announce",
    "mailing": "mailing",
    "subscriber": "subscriber",
    "role": "role",
    "place": "place",
    "stats": "stats",
    "doctor": "doctor",
    "backup": "backup",
    "migrate": "migrate",
}


def build(command: str | None = None) -> typer.Typer:
    """The command line: with one command where it is known which, with all of them otherwise."""
    app = typer.Typer(
        name="glashatai",
        help="Carries municipal news and events to the people they concern.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_globals)
    for name in [command] if command in COMMANDS else COMMANDS:
        importlib.import_module(f"{__name__}.{COMMANDS[name]}").register(app)
    return app


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(version("glashatai"))
        raise typer.Exit


def _globals(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Options that hold before any command."""
