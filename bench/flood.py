"""One person floods the bot; how long do the others wait, and how much memory does it take?

    python -m bench flood [--rate 1000] [--seconds 10]

The whole bot runs in a process of its own, over SQLite, on a local Telegram that runs here.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles

import psutil

from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.server import Sandbox

OTHERS = 20
ASK_EVERY = 0.5
"""Seconds between the questions of the others."""


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench flood")
    parser.add_argument("--rate", type=int, default=1000, help="updates a second of the one")
    parser.add_argument("--seconds", type=float, default=10)
    asyncio.run(run(parser.parse_args(list(arguments))))


async def run(options: argparse.Namespace) -> None:
    async with Sandbox(limits=Limits.off()) as local, running(local) as process:
        others = [local.person(f"Житель {number}", started=True) for number in range(OTHERS)]
        bot = psutil.Process(process.pid)
        began = cpu(bot)
        calm, calm_cpu = await asked(others, 5), cpu(bot)
        before = bot.memory_info().rss
        flood = asyncio.create_task(flooded(local.person("Спамер", started=True), options.rate, options.seconds))
        busy = await asked(others, options.seconds)
        grown, busy_cpu = (bot.memory_info().rss - before) / 1024**2, cpu(bot)
        print(f"{await flood} updates of one person in {options.seconds:g} s; of {OTHERS} others, p50 and p95 in ms:")
        print(f"before {calm[9] * 1000:.0f} and {calm[18] * 1000:.0f}, meanwhile {busy[9] * 1000:.0f} and ", end="")
        print(f"{busy[18] * 1000:.0f}; memory + {grown:.0f} MB; ", end="")
        print(f"CPU {(calm_cpu - began) / 5:.0%} and {(busy_cpu - calm_cpu) / options.seconds:.0%} of a core")


def cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system


@asynccontextmanager
async def running(local: Sandbox) -> AsyncIterator[Process]:
    with tempfile.TemporaryDirectory(prefix="bench-flood-") as folder:
        settings = {
            "BOT_TOKEN": local.token,
            "TELEGRAM_API_URL": local.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{Path(folder) / 'flood.db'}",
            "LOG_LEVEL": "warning",
        }
        command = [sys.executable, "-m", "bot", "run"]
        process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **settings})
        try:
            await local.polled()
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def asked(people: Sequence[Person], seconds: float) -> list[float]:
    """Everybody asks for help again and again: twentieths of the seconds that an answer took."""
    until = time.monotonic() + seconds

    async def ask(person: Person, number: int) -> list[float]:
        took = []
        await asyncio.sleep(number * ASK_EVERY / len(people))
        while (began := time.monotonic()) < until:
            await person.send("/help")
            await person.expects("/my", within=60)
            took.append(time.monotonic() - began)
            await asyncio.sleep(max(0.0, ASK_EVERY - took[-1]))
        return took

    all_ = await asyncio.gather(*(ask(person, number) for number, person in enumerate(people)))
    return quantiles([one for took in all_ for one in took], n=20)


async def flooded(person: Person, rate: int, seconds: float) -> int:
    sent, began = 0, time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        while sent < passed * rate:
            await person.send("/help")
            sent += 1
        await asyncio.sleep(0.01)
    return sent
