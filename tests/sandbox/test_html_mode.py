"""HTML as strict as Telegram's: what it refuses, what it keeps, and that it always holds together."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import utf16
from sandbox.html_mode import parse_html
from sandbox.refusals import Refusal
from sandbox.rendering import to_html

MISTAKES = {
    "<b>жирно": 'Can\'t find end tag corresponding to start tag "b"',
    "а</b>": "Unexpected end tag at byte offset 2",
    "<b>а</i>": 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"',
    "<p>а</p>": 'Unsupported start tag "p" at byte offset 0',
    "привет <br>": 'Unsupported start tag "br" at byte offset 13',
    "2 < 3": 'Unsupported start tag "" at byte offset 2',
    "<b": "Unclosed start tag at byte offset 0",
    '<a href="x>а</a>': "Unclosed start tag at byte offset 0",
    "<b>а</b": "Unclosed end tag at byte offset 5",
    "<span>а</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<b x>а</b>": 'Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0',
    '<a ="x">а</a>': 'Empty attribute name in the tag "a" at byte offset 0',
    "<a href=x:y>а</a>": "Unexpected end of name token at byte offset 8",
    '<tg-emoji emoji-id="x">а</tg-emoji>': "Invalid custom emoji identifier specified",
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.items())
def test_mistake_is_named_in_telegrams_words(text: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(text)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def entities(text: str) -> list[dict[str, Any]]:
    return list(parse_html(text).entities)


def test_offsets_count_utf16_units() -> None:
    assert parse_html("😀 <b>жир</b>").text == "😀 жир"
    assert entities("😀 <b>жир</b>") == [{"type": "bold", "offset": 3, "length": 3}]


def test_every_tag_has_its_entity() -> None:
    text = (
        "<strong>а</strong><em>б</em><ins>в</ins><del>г</del><strike>д</strike><tg-spoiler>е</tg-spoiler>"
        '<span class="tg-spoiler">ж</span><code>з</code><pre>и</pre>'
    )
    kinds = [entity["type"] for entity in entities(text)]
    assert kinds == [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "strikethrough",
        "spoiler",
        "spoiler",
        "code",
        "pre",
    ]


def test_quotes_may_fold() -> None:
    assert entities("<blockquote>а</blockquote>")[0]["type"] == "blockquote"
    assert entities("<blockquote expandable>а</blockquote>")[0]["type"] == "expandable_blockquote"


def test_code_keeps_its_language() -> None:
    [block] = entities('<pre><code class="language-python">x</code></pre>')
    assert (block["type"], block["language"]) == ("pre", "python")


def test_links_are_kept_only_with_a_scheme_that_telegram_opens() -> None:
    assert entities('<a href="https://a.ru/?x=1&amp;y=2">а</a>')[0]["url"] == "https://a.ru/?x=1&y=2"
    assert entities('<a href="a.ru">а</a>')[0]["url"] == "http://a.ru/"
    assert entities('<a href="tg://resolve?domain=x">а</a>')[0]["url"] == "tg://resolve?domain=x"
    for refused in ("javascript:alert(1)", "ftp://a.ru", "file:///etc", "data:text/html,x", "просто слова"):
        assert entities(f'<a href="{refused}">а</a>') == []


def test_references_are_decoded_and_unknown_ones_stay() -> None:
    assert parse_html("&lt;b&gt; &amp;amp; &#1103;&#x44f; &nbsp; & &#0;").text == "<b> &amp; яя &nbsp; & &#0;"


def test_spaces_around_are_trimmed_with_their_entities() -> None:
    ready = parse_html(" \n<b> а </b>\n ")
    assert (ready.text, list(ready.entities)) == ("а", [{"type": "bold", "offset": 0, "length": 1}])


def test_nothing_lives_inside_code() -> None:
    assert [one["type"] for one in entities("<code>а<b>б</b> https://a.ru</code>")] == ["code"]


def test_commands_links_mentions_and_hashtags_are_found() -> None:
    found = entities("/news для @sosedi_tos #ТОС см. https://a.ru/x?y=1, почта a@b.ru")
    assert [one["type"] for one in found] == ["bot_command", "mention", "hashtag", "url", "email"]


TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "blockquote", "code"])
WORDS = st.text(st.sampled_from("абв 😀<>&\"'\n"), max_size=8)


@st.composite
def marked(draw: st.DrawFn, depth: int = 3) -> str:
    """A text with properly nested tags."""
    pieces = []
    for _ in range(draw(st.integers(0, 3))):
        words = draw(WORDS).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        pieces.append(words)
        if depth and draw(st.booleans()):
            tag = draw(TAGS)
            pieces.append(f"<{tag}>{draw(marked(depth - 1))}</{tag}>")
    return "".join(pieces)


@given(marked())
def test_proper_markup_is_accepted_and_survives_being_written_again(text: str) -> None:
    once = parse_html(text)
    again = parse_html(to_html(once.text, once.entities))
    assert (again.text, again.entities) == (once.text, once.entities)


@given(marked())
def test_entities_lie_inside_the_text_and_are_not_empty(text: str) -> None:
    ready = parse_html(text)
    for entity in ready.entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= entity["offset"] + entity["length"] <= utf16(ready.text)


@given(st.text(st.sampled_from("<>/=&\"' abpre#x;-😀я"), max_size=60))
def test_any_text_is_either_parsed_or_refused(text: str) -> None:
    refusal = None
    try:
        parse_html(text)
    except Refusal as error:
        refusal = error
    assert refusal is None or refusal.description.startswith("Bad Request: can't parse entities: ")
