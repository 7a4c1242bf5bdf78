"""The demo as somebody who starts it sees it."""

import asyncio
import sys

from tests.journeys.stage import Demo


async def test_a_taken_port_is_said_in_one_line(demo: Demo) -> None:
    other = demo.folder / "other"
    other.mkdir()
    status, words = await start_again(demo, other)
    assert status == 2
    assert f"port {demo.port} is taken" in words
    assert words.strip().count("\n") == 0


async def test_two_demos_do_not_share_a_folder(demo: Demo) -> None:
    status, words = await start_again(demo, demo.folder)
    assert (status, "is running already" in words) == (2, True)


async def start_again(demo: Demo, folder: object) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-browser", "--port", str(demo.port)),
        cwd=str(folder),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, words = await process.communicate()
    return process.returncode, words.decode()
