"""The act a text performs settles its main topic: a hearing is a meeting first and a matter of its budget second."""

import re

from analysis.document import Document
from domain.topics import Topic

LEAD = 260
_TITLE: tuple[tuple[Topic, float, str], ...] = (
    (Topic.FORUMS_MEETINGS, 12, r"слушани[яйею]|форум|съезд|сл[её]т\b|конференци|круглы\w+ стол|совещани|сход\b|семинар|вебинар|стратегическ\w+ сесси|собрани\w+ (?:жител|граждан|собственник)|общ\w+ собрани\w+(?!.*тос)|диалог\w* с|"
     r"встреч\w+ с (?:жител|главой|глав)"),
    (Topic.CONTESTS_GRANTS, 10, r"конкурс(?!\w* на должность)|\bгрант|субсиди|преми[яию]\b|лучш\w+ (?:муниципальн\w+ )?практик|инициативн\w+ (?:проект|бюджет)|народн\w+ бюджет|вам решать|отбор проектов|местн\w+ инициатив|народн\w+ проект"),
    (Topic.TOS, 9, r"\b(?:к?тос|тосы|тосов|тосам|тосовц\w+|оатос)\b|территориальн\w+ общественн\w+ самоуправлени"),
    (Topic.HOUSING_UTILITIES, 9, r"отключ|без (?:воды|света|тепла|газа|холодн|горяч)|отопительн|\bтепл[ао]\b|отоплени|капремонт|капитальн\w+ ремонт|\bжкх\b|водоснабжени|качества воды|опрессов|управляющ\w+ компани"),
    (Topic.ROADS_TRANSPORT, 9, r"перекр(?:о|ы)|(?:закро|огранич)\w+ (?:\S+ ){0,3}(?:движени|часть|проезд|участок|улиц)|закрыт\w? для (?:машин|транспорт|движени)|движени\w+ (?:транспорт|автобус)|маршрут\w* (?:автобус|общественн|транспорт)|дорожн\w+ ремонт|ремонт\w* дорог|"
     r"поменяют маршрут|расписани\w+ (?:автобус|движени|электрич)|автобус"),
    (Topic.IMPROVEMENT_ECOLOGY, 8, r"субботник|благоустр|месячник|экологич|мусор|\bтко\b|посад\w+ дерев|озеленени|городск\w+ сред|общественн\w+ (?:территори|пространств)|навести порядок|уборк|убра(?:ли|ть|ют)\b|чист\w+ (?:берег|лес|город)|сквер|парк\w? "),
    (Topic.SPORT, 7, r"турнир|соревновани|забег|лыжн|чемпионат|первенств|спартакиад|\bгто\b|марафон|кубок|матч|футбол|хокке|волейбол|эстафет|гонк"),
    (Topic.SAFETY_EMERGENCY, 8, r"\bмчс\b|пожар|паводок|паводк|сирен|оповещени|\bчс\b|штормов|непогод|мошенник|эвакуац|безопасност\w+ на (?:вод|льд)"),
    (Topic.HEALTH, 8, r"вакцинац|прив(?:ив|ит)|врач|медик|больниц|поликлиник|диспансеризац|маммограф|поезд\w* здоровья|донор|медосмотр|\bфап\b|здравоохранен|медицинск"),
    (Topic.EDUCATION_YOUTH, 7, r"\bшкол[аеуы]\b|первоклассник|перв\w+ класс|детск\w+ сад|школьник|молод[её]ж|студент|выпускник|\bегэ\b|каникул|детск\w+ лагер|педагог|учител"),
    (Topic.SOCIAL_SUPPORT, 8, r"ветеран|пенси|пособи|льгот|многодетн|инвалид|благотворит|гуманитарн|соцподдержк|мер\w? поддержки|волонт[её]р|участник\w* сво|бойц|защитник\w+ отечества|соцконтракт|социальн\w+ контракт"),
    (Topic.ECONOMY_BUSINESS, 7, r"бюджет(?!иров)|кадастр|ярмар|аукцион|торги\b|торгов\b|земельн\w+ участ|предпринимат|бизнес|налог|самозанят|ваканси|инвест"),
    (Topic.GOVERNANCE, 8, r"выбор(?:ы|ов|ах) (?:глав|депутат|муницип)|муниципальн\w+ выбор|референдум|прям\w+ лини|при[её]м\w? (?:граждан|жителей)|должность главы|отч[её]т\w* главы|депутат|\bдум[аыеу]\b|информационн\w+ день|при[её]мн\w+ губернатора|выбрали глав|"
     r"муниципальн\w+ реформ"),
    (Topic.LAW_DOCUMENTS, 10, r"^\W*(?:решени|распоряжени|приказ)|постановлени|федеральн\w+ закон|нов\w+ закон|закон\w* о\b|прокур|правил\w* благоустройства|правил\w* землепользования|изменил\w* правила|разъясн|регламент|законодательств"),
    (Topic.CULTURE_LEISURE, 7, r"концерт|фестивал|праздни|день (?:города|села|пос[её]лка|района)|дня города|выставк|музе[йяею]|маслениц|сабанту|спектакл|гулянь?е|библиотек|афиш|новогодн\w+ (?:программ|представлен|праздник|[её]лк)|театр|гербер|ысыах"),
)  # fmt: skip
_TITLES = tuple((topic, bonus, re.compile(pattern)) for topic, bonus, pattern in _TITLE)
_LEADS = tuple(
    (topic, bonus, re.compile(pattern))
    for topic, bonus, pattern in (
        (Topic.FORUMS_MEETINGS, 12.0, r"публичн\w+ слушани|общественн\w+ обсуждени"),
        (Topic.CONTESTS_GRANTS, 6.0, r"конкурс\w* (?:проектов|на лучш|социальн|лучш)|при[её]м заявок на|размер гранта|вам решать|инициативн\w+ бюджетирован|народн\w+ голосован|призовых мест"),
    )
)


_GOODS_FAIR = re.compile(r"ярмарк\w*(?! (?:вакан|труд|учеб|професс))")
FAIR = 9.0
"""A market for goods is an outing as well."""


def bonuses(document: Document) -> dict[Topic, float]:
    """What headline and lead add to the topics of their genre."""
    title = document.low[: document.title_end]
    lead = document.low[document.title_end : document.title_end + LEAD]
    found: dict[Topic, float] = {}
    for topic, bonus, pattern in _TITLES:
        if pattern.search(title):
            found[topic] = bonus
    for topic, bonus, pattern in _LEADS:
        if topic not in found and pattern.search(lead):
            found[topic] = bonus
    if _GOODS_FAIR.search(title + lead):
        found[Topic.CULTURE_LEISURE] = found.get(Topic.CULTURE_LEISURE, 0.0) + FAIR
    return found


_HEARING = re.compile(r"публичн\w+ слушани|слушани\w+ (?:по|о)\b")


def is_hearing(document: Document) -> bool:
    """Whether headline or lead speak of public hearings: whatever is heard, people meet."""
    return bool(_HEARING.search(document.low[: document.title_end + LEAD]))
