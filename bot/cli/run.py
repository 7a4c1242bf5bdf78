"""`glashatai run`: the bot."""

import asyncio
import sys

import typer

from bot import logs, settings
from bot.late_types import load_aiogram
from bot.settings import Settings, refuse

FAILED = 1


def register(app: typer.Typer) -> None:
    app.command(
        help="Run the bot: polling, or the webhook when WEBHOOK_URL is set; the scheduler; the sender. "
        "Brings the database to the newest schema first. Ends in order on SIGTERM and Ctrl-C."
    )(run)


def run() -> None:
    load_aiogram()
    import uvloop
    from aiogram.exceptions import TelegramUnauthorizedError

    from bot.polling import AnotherPollerError

    chosen = settings.load()
    _ = chosen.token  # refused here, before anything is opened
    logs.configure(chosen.log_level, chosen.log_format)
    try:
        uvloop.run(_serve(chosen))
    except TelegramUnauthorizedError:
        refuse("BOT_TOKEN: Telegram does not accept it; ask @BotFather for the token that holds now")
    except AnotherPollerError as error:
        print(  # noqa: T201
            f"glashatai: another process receives this bot's updates, or a webhook is set ({error}). "
            "End it, or call deleteWebhook, and start again.",
            file=sys.stderr,
        )
        sys.exit(FAILED)


async def _serve(chosen: Settings) -> None:
    from bot.run import serve, stop_on_signals

    stop = asyncio.Event()
    stop_on_signals(stop)
    await serve(chosen, stop)
