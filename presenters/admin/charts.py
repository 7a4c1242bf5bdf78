"""The course of a mailing as a picture; only where matplotlib is installed (`pip install glashatai[charts]`)."""

import io
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from itertools import accumulate
from zoneinfo import ZoneInfo

from presenters.language.words import Words

BLUE = "#2b6cb0"
SIZE_INCHES, DOTS = (8, 4), 120


def can_draw() -> bool:
    return find_spec("matplotlib") is not None


def course(words: Words, title: str, points: Sequence[tuple[datetime, int]], zone: str) -> bytes:
    """PNG: messages delivered by the clock of ``zone``. Takes a second: run it beside the loop, not in it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCHES, dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    moments = [moment.astimezone(ZoneInfo(zone)) for moment, _ in points]
    totals = list(accumulate(count for _, count in points))
    axes.plot(moments, totals, color=BLUE, linewidth=2)  # type: ignore[arg-type]  # it takes datetimes
    axes.fill_between(moments, totals, color=BLUE, alpha=0.15)  # type: ignore[arg-type]
    locator = AutoDateLocator(tz=ZoneInfo(zone))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, tz=ZoneInfo(zone)))  # type: ignore[no-untyped-call]
    axes.set_title(title[:80], loc="left")
    axes.set_ylabel(words.label("delivered"))
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()
