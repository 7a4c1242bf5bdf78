"""The markup of the engines that municipal sites run on, with invented news: a row of the list, its frame, an article.

`{path}`, `{title}`, `{date}`, `{lead}` and `{text}` stand for what the news says; everything else is the engine's.
"""

from dataclasses import dataclass
from datetime import date

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905


@dataclass(frozen=True)
class Told:
    number: int
    title: str
    day: date
    lead: str
    text: str


NEWS = (
    Told(
        5127,
        "На улице Лесной начали ремонт теплотрассы",
        date(2026, 11, 20),
        "Горячей воды не будет два дня.",
        "На улице Лесной сегодня вскрыли теплотрассу: меняют двести метров труб. Горячую воду вернут к вечеру воскресенья.",
    ),
    Told(
        5126,
        "Жителей приглашают на слушания по бюджету",
        date(2026, 11, 19),
        "Слушания пройдут в администрации.",
        "Публичные слушания по бюджету на будущий год пройдут 3 декабря в 17:00 в зале администрации. Вход свободный.",
    ),
    Told(
        5124,
        "В районе подвели итоги конкурса дворов",
        date(2026, 11, 17),
        "Победил двор на Садовой.",
        "Лучшим признан двор дома 4 по улице Садовой: жители сами посадили деревья и сделали площадку для детей.",
    ),
)

TOP = (
    '<div class="top"><a href="/">Муниципальный округ Зареченский, официальный сайт</a></div><ul class="mainmenu">'
    '<li><a href="/about/history/">История муниципального округа</a></li>'
    '<li><a href="/about/passport/">Паспорт муниципального образования</a></li>'
    '<li><a href="/gov/structure/">Структура администрации округа</a></li>'
    '<li><a href="/docs/antikor/">Противодействие коррупции в округе</a></li>'
    '<li><a href="/uslugi/">Муниципальные услуги и обращения</a></li></ul>'
)
FOOT = (
    '<div class="bottom"><a href="/sitemap/">Карта сайта администрации</a> Телефон приёмной 2-13-45, '
    "село Заречное, улица Советская, 1 © Администрация</div>"
)


@dataclass(frozen=True)
class Engine:
    name: str
    listed_at: str
    path: str
    """Of an article."""
    row: str
    day: str
    """How dates are written: strftime, with %B for the name of the month."""
    frame: str = '<div class="content"><h1>Новости</h1>{rows}</div>'
    article: str = '<div class="content"><h1>{title}</h1><div class="date">{date}</div><p>{text}</p></div>'
    encoding: str = "utf-8"

    def list_page(self) -> bytes:
        rows = "\n".join(self._filled(self.row, one) for one in NEWS)
        return self._page("Новости", self.frame.replace("{rows}", rows))

    def article_page(self, one: Told) -> bytes:
        return self._page(one.title, self._filled(self.article, one))

    def path_of(self, one: Told) -> str:
        return self._filled(self.path, one)

    def _filled(self, markup: str, one: Told) -> str:
        day = one.day.strftime(self.day.replace("%B", MONTHS[one.day.month - 1]))
        values = {"number": one.number, "title": one.title, "lead": one.lead, "text": one.text, "date": day}
        for name, value in {"path": self.path, **values}.items():
            markup = markup.replace(f"{{{name}}}", str(value))
        return markup

    def _page(self, title: str, body: str) -> bytes:
        head = f'<meta http-equiv="Content-Type" content="text/html; charset={self.encoding}">'
        page = (
            f"<html><head>{head}<title>{title} — Зареченский округ</title></head><body>{TOP}{body}{FOOT}</body></html>"
        )
        return page.encode(self.encoding)


ENGINES = (
    Engine(
        "bitrix",
        "/press/news/",
        "/press/news/{number}/",
        '<p class="news-item" id="bx_3218110189_{number}"><span class="news-date-time">{date}</span>'
        '<a href="{path}"><b>{title}</b></a><br />{lead}</p>',
        "%d.%m.%Y",
        '<div class="news-list"><p><font class="text">Новости 1 - 3 из 900</font></p>{rows}'
        '<a href="/press/news/?PAGEN_1=2">След.</a></div>',
        '<div class="news-detail"><span class="news-date-time">{date}</span><h3>{title}</h3>{text}<br />'
        '<p><a href="/press/news/">Возврат к списку</a></p></div>',
    ),
    Engine(
        "bitrix with parameters",
        "/news/index.php",
        "/news/detail.php?ELEMENT_ID={number}&SECTION_ID=12",
        '<div class="news_block"><div class="date">{date}</div><a href="{path}" class="news_title">{title}</a></div>',
        "%d %B %Y",
    ),
    Engine(
        "gosweb",
        "/glavnoe/novosti/",
        "/glavnoe/novosti/novosti-193_{number}.html",
        '<div class="gw-news-card"><div class="gw-news-card__date">{date}</div>'
        '<a class="gw-news-card__link" href="{path}"><span class="gw-news-card__title">{title}</span></a>'
        '<div class="gw-news-card__text">{lead}</div></div>',
        "%d %B %Y",
        '<div class="gw-content"><h1>Новости</h1><div class="gw-news-list">{rows}</div></div>',
        '<div class="gw-content"><h1 class="gw-title">{title}</h1><div class="gw-date">{date}</div>'
        '<div class="gw-richtext"><p>{text}</p></div><div class="gw-share">Поделиться</div></div>',
    ),
    Engine(
        "wordpress",
        "/category/novosti/",
        "/2026/11/novost-{number}/",
        '<article id="post-{number}" class="post type-post hentry"><header class="entry-header"><h2 class="entry-title">'
        '<a href="{path}" rel="bookmark">{title}</a></h2><div class="entry-meta"><time class="entry-date">{date}</time></div>'
        '</header><div class="entry-content"><p>{lead} <a class="more-link" href="{path}">Читать далее</a></p></div></article>',
        "%d.%m.%Y",
        '<div id="primary"><main id="main">{rows}</main></div><aside class="widget-area"><ul>'
        '<li><a href="/2026/10/">Октябрь 2026 года, архив</a></li><li><a href="/2026/09/">Сентябрь 2026, архив</a></li></ul></aside>',
        '<main id="main"><article class="post"><header class="entry-header"><h1 class="entry-title">{title}</h1>'
        '<time class="entry-date">{date}</time></header><div class="entry-content"><p>{text}</p></div></article></main>',
    ),
    Engine(
        "joomla",
        "/index.php/novosti",
        "/index.php/novosti/{number}-novost-okruga",
        '<div class="items-row"><div class="item" itemprop="blogPost"><div class="page-header"><h2 itemprop="headline">'
        '<a href="{path}" itemprop="url">{title}</a></h2></div><dl class="article-info"><dd class="published">'
        '<time itemprop="datePublished">Опубликовано: {date}</time></dd></dl><p>{lead}</p>'
        '<p class="readmore"><a class="btn" href="{path}">Подробнее...</a></p></div></div>',
        "%d %B %Y",
        '<div class="blog" itemtype="https://schema.org/Blog">{rows}</div>',
        '<div class="item-page"><div class="page-header"><h2 itemprop="headline">{title}</h2></div><dl class="article-info">'
        '<dd class="published"><time itemprop="datePublished">Опубликовано: {date}</time></dd></dl>'
        '<div itemprop="articleBody"><p>{text}</p></div></div>',
    ),
    Engine(
        "1c-umi",
        "/novosti/",
        "/novosti/news_{number}/",
        '<div class="lents_item" umi:element-id="{number}"><span class="lents_date">{date}</span>'
        '<h3><a href="{path}" umi:field-name="h1">{title}</a></h3><div umi:field-name="anons">{lead}</div></div>',
        "%d.%m.%Y",
        '<div class="lents" umi:module="news">{rows}</div>',
    ),
    Engine(
        "drupal",
        "/news",
        "/node/{number}",
        '<div class="views-row"><div class="views-field views-field-created"><span class="field-content">{date}</span></div>'
        '<div class="views-field views-field-title"><span class="field-content"><a href="{path}">{title}</a></span></div></div>',
        "%d.%m.%Y - 10:15",
        '<div class="view view-news"><div class="view-content">{rows}</div></div>',
        '<div id="content"><h1 class="page-title">{title}</h1><div class="submitted">{date}</div>'
        '<div class="field field-name-body"><p>{text}</p></div></div>',
    ),
    Engine(
        "table of the nineties",
        "/news.php",
        "/news.php?id={number}",
        '<tr><td class="d">{date}</td><td><a href="{path}">{title}</a></td></tr>',
        "%d.%m.%Y",
        '<table width="100%"><tr><td width="200"><a href="/index.php?p=1">Информация о поселении</a><br>'
        '<a href="/index.php?p=2">Реквизиты администрации</a></td><td><b>Новости</b><table>{rows}</table></td></tr></table>',
        '<table width="100%"><tr><td width="200"><a href="/index.php?p=1">Информация о поселении</a></td><td>'
        "<h1>{title}</h1><b>{date}</b><br><br>{text}</td></tr></table>",
        "windows-1251",
    ),
    Engine(
        "netcat",
        "/novosti/",
        "/novosti/novosti_{number}.html",
        '<div class="tpl-block-list-item"><div class="tpl-date">{date}</div>'
        '<div class="tpl-name"><a href="{path}">{title}</a></div></div>',
        "%d.%m.%Y",
    ),
    Engine(
        "modx",
        "/press-czentr/novosti/",
        "/press-czentr/novosti/na-ulicze-nachali-remont-{number}",
        '<div class="col-md-4"><div class="card"><a href="{path}"><img src="/assets/{number}.jpg" alt="{title}"></a>'
        '<div class="card-body"><a class="card-title" href="{path}">{title}</a><small>{date}</small></div></div></div>',
        "%d.%m.%Y",
        '<div class="container"><div class="row">{rows}</div></div>',
    ),
    Engine(
        "headline in the whole card",
        "/news/",
        "/news/{number}",
        '<a class="news-card" href="{path}"><div class="news-card__date">{date}</div>'
        '<div class="news-card__title">{title}</div><div class="news-card__lead">{lead}</div></a>',
        "%d.%m.%Y",
    ),
    Engine(
        "link that only says more",
        "/novosti.html",
        "/novosti/{number}.html",
        '<div class="newsitem"><span class="newsdate">{date}</span><h4>{title}</h4><p>{lead}</p>'
        '<a href="{path}">Подробнее</a></div>',
        "%d.%m.%Y",
        encoding="windows-1251",
    ),
)
