"""How fast, how evenly and at what cost messages leave."""

from collections.abc import Sequence
from pathlib import Path

from bench.delivery import rivals
from bench.delivery.stage import prepared, send, telegram
from delivery.outcomes import Verdict
from delivery.pacer import Pacer, paid_pacer


async def rate(folder: Path) -> None:
    for counting, rate in (("bucket", 29.9), ("window", 28.5)):
        async with telegram("--counting", counting) as client, prepared(folder / f"{counting}.db", 600) as database:
            await send(database, client, Pacer(rate))
            took = client.times[-1] - client.times[0]
            refused = client.verdicts[Verdict.FLOOD] / client.verdicts.total()
            print(
                f"{counting} of 30/s, sent at {rate}: {(len(client.times) - 1) / took:.2f}/s, refused {refused:.2%}, "
                f"most in any second {_most_in_a_second(client.times)}"
            )


async def cost(folder: Path) -> None:
    async with telegram("--counting", "off") as client, prepared(folder / "cost.db", 10_000) as database:
        wall, cpu = await send(database, client, Pacer(1000, 10))
        print(
            f"paced at 1000/s: {10_000 / wall:.0f}/s, {cpu / wall:.0%} of a core, {cpu / 10_000 * 1e6:.0f} µs a message"
        )


async def paid(folder: Path) -> None:
    """For Stars, on a Telegram that counts and takes them."""
    async with telegram("--stars", "2000") as client, prepared(folder / "paid.db", 10_000) as database:
        wall, cpu = await send(database, client, Pacer(29.9), paid_pacer(1000))
        refused = client.verdicts[Verdict.FLOOD] / client.verdicts.total()
        print(f"for Stars: {10_000 / wall:.0f}/s, refused {refused:.2%}, {cpu / wall:.0%} of a core")


async def flat(folder: Path, messages: int) -> None:
    async with telegram("--counting", "off") as client, prepared(folder / "flat.db", messages) as database:
        _say_flat("Glashatai, outbox and all", messages, *await send(database, client, Pacer(1e6)))
    for name, rival in rivals.found():
        async with telegram("--counting", "off") as client:
            _say_flat(name, messages // 20, *await rivals.timed(rival, client, messages // 20))


def _say_flat(name: str, messages: int, wall: float, cpu: float) -> None:
    print(f"{name}: {messages / wall:.0f}/s, {messages / cpu:.0f} a second of CPU, {cpu / messages * 1e6:.0f} µs")


def _most_in_a_second(times: Sequence[float]) -> int:
    most, start = 0, 0
    for end, moment in enumerate(times):
        while times[start] <= moment - 1:
            start += 1
        most = max(most, end - start + 1)
    return most
