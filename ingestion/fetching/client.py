"""The one HTTP client of all sources: guarded, bounded, and polite to those it asks."""

import asyncio
import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import aiohttp

from ingestion.fetching import robots
from ingestion.fetching.addresses import ForbiddenAddressError, socket_factory
from ingestion.fetching.pacing import Pacing
from ingestion.fetching.resolving import Resolver
from ingestion.fetching.unpacking import TooLargeError, Unpacker

AGENT = "Glashatai"
DEADLINE = 30.0
"""Seconds for one request, from the first byte sent to the last received, redirects included."""
LARGEST = 10_000_000
"""Bytes of an unpacked body."""
MOST_REDIRECTS = 5
CONNECTIONS = 100
PIECE = 65_536
ROBOTS_KEPT = timedelta(hours=24)
ROBOTS_REMEMBERED = 20_000
LONGEST_REST = timedelta(days=1)
ACCEPT = "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.8"
_REDIRECTS = (301, 302, 303, 307, 308)
_OVERLOADED = (429, 503)


class FetchError(Exception):
    """What an operator reads about a source that could not be fetched."""

    def __init__(self, reason: str, *, status: int | None = None, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Response:
    url: str
    """After redirects."""
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False
    """304: what was fetched before still holds."""


@dataclass(slots=True)
class _Budget:
    """Seconds that are left for an address and all its redirects; waiting for a host's turn does not count."""

    left: float


class Client:
    """Use it as a context manager, one for the process."""

    def __init__(self, *, allow_private: bool = False, contact: str = "", deadline: float = DEADLINE) -> None:
        self._agent = f"{AGENT}/{version('glashatai')} (municipal news{'; +' + contact if contact else ''})"
        self._allow_private = allow_private
        self._deadline = deadline
        self._pacing = Pacing()
        self._rules: OrderedDict[str, tuple[datetime, robots.Rules]] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def __aenter__(self) -> "Client":
        connector = aiohttp.TCPConnector(
            limit=CONNECTIONS,
            resolver=Resolver(),
            socket_factory=socket_factory(allow_private=self._allow_private),
            keepalive_timeout=5,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", "Accept": ACCEPT},
            timeout=aiohttp.ClientTimeout(total=None),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response:
        """Fetches as a robot that was not invited: robots.txt and the host's pace hold. Raises FetchError."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        budget = _Budget(self._deadline)
        for _hop in range(MOST_REDIRECTS + 1):
            _check(url)
            if not (await self._rules_of(url)).allow(url):
                raise FetchError("robots.txt asks not to fetch it")
            answer = await self._ask(url, budget, headers)
            if isinstance(answer, Response):
                return answer
            url = urljoin(url, answer)
        raise FetchError(f"redirected more than {MOST_REDIRECTS} times")

    async def post(self, url: str, form: dict[str, str]) -> Response:
        """Asks an API that we have a key to. Raises FetchError, which never holds the form."""
        _check(url)
        answer = await self._ask(url, _Budget(self._deadline), {}, form)
        if isinstance(answer, Response):
            return answer
        raise FetchError("redirected, which an API should not do")

    async def _rules_of(self, url: str) -> robots.Rules:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._asking.setdefault(site, asyncio.Lock()):
            asked, rules = self._rules.get(site, (datetime.min.replace(tzinfo=UTC), robots.Rules()))
            if _now() - asked < ROBOTS_KEPT:
                return rules
            rules = await self._fetch_rules(site)
            self._rules[site] = (_now(), rules)
            if len(self._rules) > ROBOTS_REMEMBERED:
                forgotten, _rules = self._rules.popitem(last=False)
                self._asking.pop(forgotten, None)
            self._pacing.ask_for(parts.netloc, rules.delay)
            return rules

    async def _fetch_rules(self, site: str) -> robots.Rules:
        url, budget = f"{site}/robots.txt", _Budget(self._deadline)
        try:
            for _hop in range(MOST_REDIRECTS + 1):
                answer = await self._ask(url, budget, {})
                if isinstance(answer, Response):
                    return await asyncio.to_thread(robots.parse, answer.body, AGENT)
                url = urljoin(url, answer)
                _check(url)
        except FetchError as error:
            # Where a site has none, everything is allowed; where it is at fault, what it asks for is not known.
            if error.status is None or error.status >= 500 or error.status in _OVERLOADED:
                raise
        return robots.Rules()

    async def _ask(
        self, url: str, budget: _Budget, headers: dict[str, str], form: dict[str, str] | None = None
    ) -> Response | str:
        """One request; the address where it was redirected to."""
        clock = asyncio.get_running_loop().time
        async with self._pacing.turn(urlsplit(url).netloc):
            started = clock()
            try:
                async with asyncio.timeout(budget.left):
                    return await self._exchange(url, headers, form)
            except TimeoutError:
                raise FetchError(f"took longer than {self._deadline:g} seconds") from None
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise FetchError(_reason(error)) from None
            except TooLargeError as error:
                raise FetchError(str(error)) from None
            finally:
                budget.left -= clock() - started

    async def _exchange(self, url: str, headers: dict[str, str], form: dict[str, str] | None) -> Response | str:
        method = "GET" if form is None else "POST"
        async with self._session.request(method, url, headers=headers, data=form, allow_redirects=False) as answer:
            if answer.status in _REDIRECTS and "Location" in answer.headers:
                return answer.headers["Location"]
            if answer.status == 304:
                return Response(url, b"", unchanged=True)
            if answer.status != 200:
                raise self._refusal(url, answer)
            unpacker = Unpacker(answer.headers.get("Content-Encoding", ""), LARGEST)
            async for piece in answer.content.iter_chunked(PIECE):
                unpacker.feed(piece)
            return Response(
                url,
                unpacker.body(),
                answer.headers.get("Content-Type", "")[:200],
                _header(answer, "ETag"),
                _header(answer, "Last-Modified"),
            )

    def _refusal(self, url: str, answer: aiohttp.ClientResponse) -> FetchError:
        rest = retry_after(answer.headers.get("Retry-After"), _now()) if answer.status in _OVERLOADED else None
        if rest is not None:
            self._pacing.rest(urlsplit(url).netloc, rest.total_seconds())
        return FetchError(f"answered {answer.status}", status=answer.status, retry_after=rest)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The pause a server asks for, by seconds or by a date; at most a day, None where it is no pause."""
    if not value:
        return None
    try:
        if re.fullmatch(r"\d{1,9}", value.strip()):
            pause = timedelta(seconds=int(value))
        else:
            moment = parsedate_to_datetime(value)
            pause = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(pause, LONGEST_REST) if pause > timedelta(0) else None


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 2000
    except ValueError:
        known = False
    if not known:
        raise FetchError("wants an address that begins with https:// or http://")


def _header(answer: aiohttp.ClientResponse, name: str) -> str | None:
    value = answer.headers.get(name)
    return value if value and len(value) <= 300 else None


def _reason(error: BaseException) -> str:
    """Without the address, which may hold what is nobody's business."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ForbiddenAddressError):
            return str(cause)
        cause = cause.__cause__ or getattr(cause, "os_error", None)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the name of the host is not known"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"does not take connections: {error.os_error.strerror or type(error.os_error).__name__}"
    if isinstance(error, ValueError) and not isinstance(error, aiohttp.ClientError):
        return str(error)[:200]
    return f"broke off: {type(error).__name__}"


def _now() -> datetime:
    return datetime.now(UTC)
