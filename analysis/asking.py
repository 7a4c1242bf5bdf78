"""How people ask: words that only make a question, and words that tell the kind, the topic or the wish for deadlines."""

import re
from collections.abc import Iterable

from domain.queries import Kind
from domain.readings import EventKind
from domain.topics import Topic

STOP = frozenset(
    "а без почему зачем отчего будет будут был была были было быть в во вам вас все всё где да для до его ее если есть ещё еще же за здесь и из или им их к "
    "как какая какие какого какое какой какую ко когда кого которые который кто куда ли мне меня мной можно мой моей моем моём мы на над "
    "надо нам нас наш нашем нашей не нет ни но нужно о об около он она они от перед по под покажи покажите пожалуйста после при про "
    "расскажи расскажите с скажи скажите сколько со скоро состоится состоятся стал станет так там то тогда тоже только тут ты у узнать уже "
    "хочу чего чем что чтобы эта эти это этот я найди найти найдите интересует интересуют ближайшее ближайшие ближайший ближайшая сейчас "
    "пройдет пройдёт пройдут проходит проходят проводится проводятся планируется планируются бывает какие-нибудь числа число нибудь "
    "мероприятие мероприятия мероприятий событие события событий новость новости новостей подскажи подскажите".split()
)
DEADLINES = re.compile(
    r"\bсрок(?:и|а|ов)?\b|\bдедлайн\w*|\bдо какого\b|\bподать\s+(?:\w+\s+){0,2}заявк|\bподать\s+документ|\bприем\w*\s+заявок|"
    r"\bзаявк\w*\s+(?:принима|до)\b|\bуспеть\b|\bкуда\s+(?:\w+\s+)?(?:подать|заявиться)|\bпоследн\w+\s+ден"
)
_EVENT = re.compile(r"\bмероприяти|\bсобыти[яейю]|\bафиш|\bкуда\s+(?:сходить|пойти)|\bчто\s+(?:будет|происходит|делать)|\bпланы?\b")
_NEWS = re.compile(r"\bновост|\bчто\s+(?:нового|случилось|произошло)|\bитог|\bкто\s+стал")
_KINDS: tuple[tuple[EventKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (EventKind.OUTAGE, r"\b(?:отключ|обесточ)\w*|\bне\s+будет\s+(?:вод|свет|газ|тепл|электр|отоплен)|\bперебо\w+\s+с\s+(?:вод|свет|тепл)"),
        (EventKind.CLOSURE, r"\bперекр[оы]\w*|\bограничени\w*\s+движени"),
        (EventKind.HEARING, r"\bслушани\w*|\bобщественн\w+\s+обсужден"),
        (EventKind.FORUM, r"\bфорум\w*|\bсъезд\w*|\bконференци\w*|\bслет\w*"),
        (EventKind.CONTEST, r"\bконкурс\w*|\bгрант\w*|\bпреми[яиюей]\b"),
        (EventKind.GATHERING, r"\bсход\w?\b|\bсобрани\w*|\bвстреч\w*"),
        (EventKind.WEBINAR, r"\bвебинар\w*"),
        (EventKind.COURSE, r"\bкурс(?:ы|ов)?\b|\bобучени\w*|\bшкол\w+\s+актив"),
        (EventKind.FAIR, r"\bярмар\w*"),
        (EventKind.CLEANUP, r"\bсубботник\w*|\bуборк\w*|\bмесячник\w*"),
        (EventKind.CULTURE, r"\bконцерт\w*|\bфестивал\w*|\bпраздник\w*|\bвыставк\w*|\bдень\s+(?:город|сел|посел)\w*|\bспектакл\w*"),
        (EventKind.SPORT, r"\bтурнир\w*|\bсоревновани\w*|\bзабег\w*|\bматч\w*|\bспартакиад\w*|\bлыжн[яиюей]\w*"),
    )
)
_TOPICS: dict[Topic, str] = {
    Topic.TOS: "тос тосовец",
    Topic.GOVERNANCE: "выборы выбор депутат глава дума избирательный референдум",
    Topic.CONTESTS_GRANTS: "конкурс грант субсидия премия конкурсный инициативный",
    Topic.FORUMS_MEETINGS: "форум съезд конференция слушание собрание слет семинар сход",
    Topic.HOUSING_UTILITIES: "жкх отключение отключить вода свет электричество отопление капремонт газ тепло электроэнергия",
    Topic.ROADS_TRANSPORT: "дорога перекрытие перекрыть автобус маршрут транспорт движение",
    Topic.IMPROVEMENT_ECOLOGY: "субботник благоустройство экология мусор тко уборка озеленение",
    Topic.SAFETY_EMERGENCY: "пожар паводок мчс сирена чс противопожарный",
    Topic.HEALTH: "прививка врач вакцинация больница поликлиника медосмотр здоровье",
    Topic.EDUCATION_YOUTH: "школа класс молодежь молодежный детсад студент первоклассник",
    Topic.CULTURE_LEISURE: "концерт праздник фестиваль выставка афиша музей театр",
    Topic.SPORT: "турнир соревнование спорт спортивный забег лыжня футбол волейбол хоккей гто лыжный",
    Topic.SOCIAL_SUPPORT: "пенсия пособие льгота ветеран волонтер соцподдержка",
    Topic.ECONOMY_BUSINESS: "ярмарка торги аукцион бизнес налог вакансия бюджет предприниматель",
    Topic.LAW_DOCUMENTS: "закон постановление фз прокуратура юрист юридический",
}
_BY_LEMMA = {word: topic for topic, words in _TOPICS.items() for word in words.split()}


def topics_of(lemmas: Iterable[str]) -> tuple[Topic, ...]:
    """Topics that the words of a question name, in their order."""
    return tuple(dict.fromkeys(_BY_LEMMA[lemma] for lemma in lemmas if lemma in _BY_LEMMA))


def event_kinds(low: str) -> tuple[EventKind, ...]:
    return tuple(kind for kind, pattern in _KINDS if pattern.search(low))


def kind_of(low: str) -> Kind | None:
    """EVENT or NEWS where the question asks for one of them in so many words."""
    if _EVENT.search(low):
        return Kind.EVENT
    return Kind.NEWS if _NEWS.search(low) else None
