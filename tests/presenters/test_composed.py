"""Texts from files as announcements: what is HTML stays, everything else is taken literally."""

import pytest

from presenters.admin.composed import compose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Отключение\n\nВоды нет", ("Отключение", "Воды нет")),
        ("Одна строка", ("", "Одна строка")),
        ("A & B <нет>", ("", "A &amp; B &lt;нет&gt;")),
        (
            '<b>Важно</b>: <a href="https://example.org">тут</a>',
            ("", '<b>Важно</b>: <a href="https://example.org">тут</a>'),
        ),
        ("<b>Не закрыт", ("", "&lt;b&gt;Не закрыт")),
        ("<script>x</script>", ("", "&lt;script&gt;x&lt;/script&gt;")),
        ('<a href="javascript:x">y</a>', ("", '&lt;a href="javascript:x"&gt;y&lt;/a&gt;')),
        ("<b><i>крест</b></i>", ("", "&lt;b&gt;&lt;i&gt;крест&lt;/b&gt;&lt;/i&gt;")),
        ("5 < 6 и <b>так</b>", ("", "5 &lt; 6 и &lt;b&gt;так&lt;/b&gt;")),
    ],
)
def test_a_text_becomes_headline_and_html(text: str, expected: tuple[str, str]) -> None:
    assert compose(text) == expected


@pytest.mark.parametrize("text", ["", " \n ", "ы" * 4100])
def test_what_cannot_be_sent_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"text|longer"):
        compose(text)
