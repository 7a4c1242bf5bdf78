"""MarkdownV2: marks, escapes, and the words for what must be escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markdown_mode import RESERVED, parse_markdown_v2
from sandbox.refusals import Refusal
from sandbox.rendering import to_html

RENDERED = {
    "*жирно* и _косо_": "<b>жирно</b> и <i>косо</i>",
    "__линия__ ~нет~ ||тайна||": "<u>линия</u> <s>нет</s> <tg-spoiler>тайна</tg-spoiler>",
    "*а _б_*": "<b>а <i>б</i></b>",
    "[сайт](https://a.ru/x)": '<a href="https://a.ru/x">сайт</a>',
    "`код`": "<code>код</code>",
    "```python\nx\n```": '<pre><code class="language-python">x</code></pre>',
    ">первая\n>вторая\nпосле": "<blockquote>первая\nвторая</blockquote>\nпосле",
    "1\\.5 \\- да\\!": "1.5 - да!",
}
MISTAKES = {
    "1.5": "Character '.' is reserved and must be escaped with the preceding '\\'",
    "да!": "Character '!' is reserved and must be escaped with the preceding '\\'",
    "*жирно": "Can't find end of Bold entity at byte offset 0",
    "[сайт](https://a.ru": "Can't find end of a URL at byte offset 10",
}


@pytest.mark.parametrize(("text", "html"), RENDERED.items())
def test_marks_become_entities(text: str, html: str) -> None:
    ready = parse_markdown_v2(text)
    assert to_html(ready.text, ready.entities) == html


@pytest.mark.parametrize(("text", "words"), MISTAKES.items())
def test_mistake_is_named(text: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_markdown_v2(text)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@given(st.text(max_size=60))
def test_escaped_text_is_always_accepted(text: str) -> None:
    escaped = "".join(f"\\{one}" if one in RESERVED or one == "\\" else one for one in text)
    assert parse_markdown_v2(escaped).text is not None


@given(st.text(st.sampled_from("_*[]()~`>#+-=|{}.!\\\n aя😀"), max_size=40))
def test_any_text_is_either_parsed_or_refused(text: str) -> None:
    refusal = None
    try:
        parse_markdown_v2(text)
    except Refusal as error:
        refusal = error
    assert refusal is None or refusal.description.startswith("Bad Request: can't parse entities: ")
