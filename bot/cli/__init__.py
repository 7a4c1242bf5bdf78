"""The command line. Data goes to stdout, words go to stderr; 0 done, 1 partly failed, 2 refused.

Each module beside this one holds one group of commands and offers ``register(app)``.
"""

import importlib
import pkgutil
from importlib.metadata import version
from typing import Annotated

import typer


def build() -> typer.Typer:
    """The whole command line, made of the modules of this package."""
    app = typer.Typer(
        name="glashatai",
        help="Carries municipal news and events to the people they concern.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_globals)
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        register = getattr(importlib.import_module(f"{__name__}.{module.name}"), "register", None)
        if register is not None:
            register(app)
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
