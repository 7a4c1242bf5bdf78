"""Structured logs, for eyes or for machines. The token is masked wherever it might slip in."""

import logging
import re
import sys
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

CHATTY = ("apscheduler", "aiosqlite", "aiogram.event", "asyncio", "charset_normalizer", "trafilatura", "alembic")
"""Libraries that are heard from warnings on."""

_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
_MASK = "<token>"


def mask_token(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replaces what looks like a bot token in every value that is text or an error."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub(_MASK, value)
        elif isinstance(value, BaseException):
            event[key] = _TOKEN.sub(_MASK, repr(value))
    return event


class _Masking(structlog.stdlib.ProcessorFormatter):
    """The last door: also tracebacks that libraries formatted themselves pass through here."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub(_MASK, super().format(record))


def configure(level: str, form: Literal["console", "json"]) -> None:
    """Sends everything, our own and that of libraries, to stderr in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        mask_token,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,  # a logger kept from before would go on with what was configured then
    )
    handler = logging.StreamHandler(sys.stderr)
    ending = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_written(form)]
    handler.setFormatter(_Masking(foreign_pre_chain=shared, processors=ending))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _written(form: Literal["console", "json"]) -> list[Processor]:
    """What makes a line of an event."""
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
