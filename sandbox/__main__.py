"""`python -m sandbox`: a local Telegram as its own process."""

import argparse
import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path

from sandbox.cast import PLAIN_CAST, read_cast
from sandbox.limits import Limits
from sandbox.server import TOKEN, Sandbox


def main() -> None:
    """Runs until SIGINT or SIGTERM; prints the addresses once they answer."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--cast", type=Path, help="JSON with people, stages and towns")
    parser.add_argument("--population", type=int, default=0, help="so many people with ids from 1 have started the bot")
    parser.add_argument("--counting", choices=["bucket", "window", "off"], default="bucket", help="of the global limit")
    parser.add_argument("--per-second", type=float, default=30, help="messages of the bot a second")
    parser.add_argument("--stars", type=int, default=0, help="that the bot may spend on paid broadcasts")
    parser.add_argument("--ledger-only", action="store_true", help="keep no messages, for millions of them")
    parser.add_argument("--state", type=Path, help="file that keeps the state from one run to the next")
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(parser.parse_args()))


async def _run(options: argparse.Namespace) -> None:
    sandbox = Sandbox(
        token=options.token,
        host=options.host,
        port=options.port,
        limits=Limits(counting=options.counting, per_second=options.per_second, burst=options.per_second),
        stars=options.stars,
        keep_messages=not options.ledger_only,
        population=range(1, options.population + 1),
        cast=read_cast(options.cast) if options.cast else PLAIN_CAST,
        state_path=options.state,
    )
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with sandbox:
        sys.stdout.write(f"Chat page and Bot API: {sandbox.url}\nBOT_TOKEN={sandbox.token}\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    main()
