"""Ten thousand municipal sites in one process: what they publish, how it changes, and how some of them misbehave.

What a site answers follows from its number and from how often it was asked, so that a bench knows it without asking.
"""

import asyncio
import hashlib
import random
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from multiprocessing.connection import Connection

from aiohttp import web

HOSTS = 400
"""Ports: hosts that keep their own pace."""
LISTED = 20
"""Texts in a feed, links on a page."""
CHANGING = 0.05
"""Share of sites with something new since the last poll: municipal sites publish a few texts a day."""
_STREETS = ("Ленина", "Мира", "Садовой", "Гагарина", "Шевченко", "Советской", "Лесной", "Новой")
_VOCABULARY = """
    глава района администрация жители посёлок школа библиотека дорога ремонт двор благоустройство площадка тариф вода
    отопление теплотрасса котельная совещание совет депутаты бюджет проект программа средства область конкурс заявка
    грант председатель ТОС староста село субботник парк сквер памятник праздник фестиваль ярмарка выставка концерт
    молодёжь ветераны спорт лыжи турнир команда победитель награда благодарность приём граждан обращение комиссия
    слушания план застройка участок аукцион имущество налог срок документ портал услуга врач поликлиника вакцинация
"""
_WORDS = _VOCABULARY.split()
_OCCASIONS = (
    "Жителей приглашают на публичные слушания в доме культуры {day} декабря в 18:00.",
    "Заявки на конкурс принимаются до {day} декабря 2026 года.",
    "Подача холодной воды по улице {street} будет ограничена {day} ноября с 9:00 до 17:00.",
    "Подробности по телефону администрации.",
)


class Shape(StrEnum):
    FEED = "feed that answers 304"
    REPEATING = "feed that repeats itself"
    PAGE = "list page without a feed"
    CALENDAR = "calendar"
    BROKEN = "broken"
    HANGING = "hanging"


def shape(number: int) -> Shape:
    """Of a hundred sites two hang, two are broken, one is a calendar, fifteen have no feed."""
    bounds = ((65, Shape.FEED), (80, Shape.REPEATING), (95, Shape.PAGE), (96, Shape.CALENDAR), (98, Shape.BROKEN))
    return next((one for bound, one in bounds if number % 100 < bound), Shape.HANGING)


def changes(number: int) -> bool:
    return random.Random(number).random() < CHANGING


@dataclass(frozen=True, slots=True)
class Text:
    number: int
    title: str
    body: str
    path: str


def texts(number: int, version: int) -> list[Text]:
    """What a site lists, newest first; each version has one text more."""
    return [_text(number, n) for n in range(version + LISTED, version, -1)]


def body(number: int, version: int) -> bytes:
    """The answer to whoever asks for the list of a site."""
    write = {Shape.PAGE: _page, Shape.CALENDAR: _calendar, Shape.BROKEN: _broken}.get(shape(number), _feed)
    return write(number, texts(number, version))


def etag(answer: bytes) -> str:
    return f'"{hashlib.sha256(answer).hexdigest()[:16]}"'


def serve(ready: Connection) -> None:
    """Runs the sites until the process is ended; sends their ports first."""
    asyncio.run(_run(ready))


async def _run(ready: Connection) -> None:
    loop, server, ports = asyncio.get_running_loop(), web.Server(_Sites().answer), []
    for _ in range(HOSTS):
        listening = await loop.create_server(server, "127.0.0.1", 0)
        ports.append(listening.sockets[0].getsockname()[1])
    ready.send(ports)
    await asyncio.Event().wait()


class _Sites:
    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        number, _, article = request.path.strip("/").partition("/news/")
        site = int(number)
        if shape(site) is Shape.HANGING:
            await asyncio.sleep(3600)
        if article:
            return web.Response(body=_article(_text(site, int(article))), content_type="text/html")
        return self._list(site, request)

    def _list(self, site: int, request: web.BaseRequest) -> web.Response:
        answer = body(site, int(changes(site) and request.query_string == "later"))
        if shape(site) is not Shape.FEED:
            return web.Response(body=answer)
        tag = etag(answer)
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304)
        return web.Response(body=answer, headers={"ETag": tag})


def _text(number: int, n: int) -> Text:
    chance = random.Random(number * 10_000 + n)
    street, day = chance.choice(_STREETS), chance.randrange(1, 30)
    told = ". ".join(" ".join(chance.choices(_WORDS, k=10)).capitalize() for _ in range(10))
    occasion = chance.choice(_OCCASIONS).format(street=street, day=day)
    title = " ".join(chance.choices(_WORDS, k=6)).capitalize()
    return Text(n, title, f"{told}. {occasion}", f"/{number}/news/{n}")


def _feed(number: int, listed: list[Text]) -> bytes:
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{one.path}</link><guid>{number}-{one.number}</guid>"
        f"<description>{escape(one.body)}</description></item>"
        for one in listed
    )
    head = f"<?xml version='1.0' encoding='windows-1251'?><rss version='2.0'><channel><title>Сайт {number}</title>"
    return f"{head}{items}</channel></rss>".encode("windows-1251")


_MENU = "".join(f"<li><a href='/section/{n}'>Раздел сайта номер {n}</a></li>" for n in range(40))


def _page(number: int, listed: list[Text]) -> bytes:
    rows = "".join(
        f"<div class='news-item'><span class='date'>{1 + one.number % 28}.10.2026</span> "
        f"<a href='{one.path}'>{escape(one.title)}</a></div>"
        for one in listed
    )
    return f"<html><head><title>Сайт {number}</title></head><body><ul>{_MENU}</ul>{rows}</body></html>".encode()


def _article(one: Text) -> bytes:
    return (
        f"<html><head><title>{escape(one.title)} | Администрация</title></head><body><ul>{_MENU}</ul>"
        f"<h1>{escape(one.title)}</h1><div class='news-text'><p>{escape(one.body)}</p></div></body></html>"
    ).encode()


def _calendar(number: int, listed: list[Text]) -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}-{one.number}\r\nDTSTART:202612{1 + one.number % 28:02}T150000Z\r\n"
        f"SUMMARY:{one.title}\r\nEND:VEVENT\r\n"
        for one in listed
    )
    return f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n".encode()


def _broken(_number: int, _listed: list[Text]) -> bytes:
    return b"<html><body>Service temporarily unavailable"
