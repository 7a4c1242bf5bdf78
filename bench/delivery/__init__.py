"""Delivery measured: rate, cost, fan-out, lanes, memory; beside others who send, in one run on the same machine.

    python -m bench delivery [PART…] [--people N] [--messages N] [--postgresql URL]

Parts: rate, cost, paid, flat, fanout, backlog, memory; all where none is named. The local Telegram runs in a process of
its own; CPU is that of the sending process alone, its database thread included.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import uvloop

PARTS = ("rate", "cost", "paid", "flat", "fanout", "backlog", "memory")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench delivery")
    parser.add_argument("parts", nargs="*", help="what to measure")
    parser.add_argument("--people", type=int, default=1_000_000, help="subscribers of fan-out, backlog and memory")
    parser.add_argument("--messages", type=int, default=20_000, help="messages of the flat-out runs")
    parser.add_argument("--postgresql", help="address of an empty database: postgresql+asyncpg://…")
    options = parser.parse_args(list(arguments))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(options))


async def run(options: argparse.Namespace) -> None:
    from bench.delivery import million, speed

    parts = options.parts or PARTS
    with tempfile.TemporaryDirectory(prefix="bench-delivery-") as name:
        folder = Path(name)
        if "rate" in parts:
            await speed.rate(folder)
        if "cost" in parts:
            await speed.cost(folder)
        if "paid" in parts:
            await speed.paid(folder)
        if "flat" in parts:
            await speed.flat(folder, options.messages)
        if {"fanout", "backlog", "memory"} & set(parts):
            await million.measure(folder, options.people, parts)
        if options.postgresql and "fanout" in parts:
            await million.fanout(options.postgresql, options.people, "PostgreSQL")
