"""A sender in a process of its own, so that tests can kill it: python -m tests.delivery.sender_process URL API RATE."""

import asyncio
import signal
import sys

from delivery.bot_api import Telegram
from delivery.pacer import Pacer
from delivery.sender import Sender
from sandbox.server import TOKEN
from storage.engine import Database
from tests.deliveries import NOON


async def main(url: str, api: str, rate: float) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database, telegram = Database(url), Telegram(TOKEN, api)
    # The hour stands still, so that nobody's night falls into a test; the lease of the dead is taken by their pid.
    await Sender(database, telegram, Pacer(rate), clock=lambda: NOON).run(stop)
    await telegram.close()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
