"""What kind of event a text announces, for people who look for such; and texts that announce nothing to go to."""

import re

from analysis.document import Document
from domain.readings import EventKind

_KINDS: tuple[tuple[EventKind, str], ...] = (
    (EventKind.OUTAGE, r"отключ(?:ат|ени|ен|ит)\w*|обесточ\w*|без (?:холодной |горячей )?(?:воды|света|газа|тепла|электричества)|перерыв\w* в (?:электро|водо|газо|тепло)|"
     r"(?:воды|света|газа|тепла) не будет|не будет (?:воды|света|газа|тепла|электр)|ограничени\w+ (?:водо|электро|газо|тепло)|опрессовк|снижени\w+ давлени|на сетях"),
    (EventKind.CLOSURE, r"перекр(?:о[юе]т|ыти|ыт|ыва)\w*|ограничат? движени|ограничени\w+ движени|закро\w+ (?:движени|проезд|для машин|для транспорт)|закрыт\w? для (?:машин|движени|транспорт)|"
     r"движени\w+ (?:\w+ )?(?:не будет|закро|огранич)|поменяют маршрут|измен\w+ (?:схем|маршрут)|схем\w+ движени|дорожн\w+ ремонт"),
    (EventKind.HEARING, r"публичн\w+ слушани|общественн\w+ (?:обсуждени|слушани)|\bслушани\w+"),
    (EventKind.WEBINAR, r"вебинар|онлайн-(?:семинар|лекци|встреч|курс)"),
    (EventKind.DATA_CALL, r"мониторинг\w*|сбор (?:практик|информаци|предложени|данных)|просим (?:направить|представить|заполнить) (?:информаци|сведени|практик|анкет)|опрос\w* (?:председател|тос|муниципал)"),
    (EventKind.CONTEST, r"конкурс\w*|грант\w*|преми[яиюей]\b|при[её]м\w* заявок|отбор\w* (?:проект|практик|заявок)|выдвижени\w+ на"),
    (EventKind.FORUM, r"форум\w*|съезд\w*|конференци\w*|сл[её]т\w*|конгресс\w*|круглы\w+ стол|стратегическ\w+ сесси|общ\w+ собрани\w+ членов"),
    (EventKind.COURSE, r"курс(?:ы|ов|ах)?\b|обучени\w*|повышени\w+ квалификаци|школ\w+ (?:актив|тос|гражд)|семинар\w*|тренинг\w*|мастер-класс\w*"),
    (EventKind.CLEANUP, r"субботник\w*|месячник\w*|уборк\w*|выйдут на уборку|зел[её]н\w+ километр|высадк\w+ (?:дерев|сажен)"),
    (EventKind.FAIR, r"ярмар\w*|сельхозярмар\w*|базар\w*|торги\b|аукцион\w*"),
    (EventKind.GATHERING, r"\bсход\w?\b|собрани\w*|встреч\w+ (?:с|жител)|при[её]м граждан|прям\w+ лини|информационн\w+ день|отч[её]т\w* главы"),
    (EventKind.CAMPAIGN, r"акци[яиюей]\b|месячник|декад\w+|вакцинац|прививк|диспансеризац|(?:про)?голосу\w+|голосовани\w*|проголосова\w+|опрос\w*|запис\w+ в (?:перв|школ)|при[её]м (?:заявлени|документ)|призыв|"
     r"сбор (?:помощ|средств|вещей|макулатур|гуманит)"),
    (EventKind.SPORT, r"турнир\w*|соревновани\w*|забег\w*|чемпионат\w*|первенств\w*|спартакиад\w*|лыжн[яиюей]\b|гонк\w*|матч\w*|кубок\w*|марафон\w*|эстафет\w*|\bгто\b|кросс\b|пробег\w*|спринт\w*"),
    (EventKind.CULTURE, r"концерт\w*|фестивал\w*|праздни\w*|выставк\w*|день (?:города|села|пос[её]лка|района)|дн[яюе]м? (?:города|села)|спектакл\w*|гулянь?\w*|масленниц\w*|"
     r"маслениц\w*|сабанту\w*|ысыах|салют|митинг\w*|парад\w*|экскурси\w*|ёлк|афиш\w*"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_CANCELLED = re.compile(r"\b(?:отменен\w*|отменили|отменяется|отменяются|не состоится|не состоятся|отмена (?:мероприяти|концерт|праздник|турнир))")
_POSTPONED = re.compile(r"\b(?:перенес[её]н\w*|перенесли|переносит?ся|переносятся|новая дата|сдвинули|перенос (?:мероприяти|концерт|праздник|даты))")


def kind(document: Document) -> tuple[EventKind, int]:
    """The kind and the offset of the words it rests on; OTHER with -1 where nothing tells."""
    best, best_score, at = EventKind.OTHER, 0.0, -1
    for candidate, pattern in _PATTERNS:
        score, first = 0.0, -1
        for n, m in enumerate(pattern.finditer(document.low)):
            if n == 4:  # noqa: PLR2004 — said often enough
                break
            score += 3.0 if m.start() < document.title_end else 1.0 / (1 + m.start() / 1500)
            first = m.start() if first < 0 else first
        if score > best_score:
            best, best_score, at = candidate, score, first
    return best, at


def cancelled(document: Document) -> bool:
    return bool(_CANCELLED.search(document.low[: document.title_end + 400]))


def postponed(document: Document) -> bool:
    return bool(_POSTPONED.search(document.low[: document.title_end + 400]))
