"""What somebody typed or forwarded as wording."""

from datetime import UTC, datetime
from typing import Any

from aiogram.types import Chat, Message, MessageEntity, PhotoSize

from handlers.admin.texts import over, wording_of
from storage.announcing.announcements import Wording


def message(text: str, *entities: MessageEntity, photo: bool = False) -> Message:
    common: dict[str, Any] = {
        "message_id": 1,
        "date": datetime(2026, 11, 21, tzinfo=UTC),
        "chat": Chat(id=1, type="private"),
    }
    if photo:
        size = PhotoSize(file_id="big", file_unique_id="b", width=900, height=900)
        return Message(**common, caption=text or None, caption_entities=list(entities), photo=[size])
    return Message(**common, text=text, entities=list(entities))


def entity(kind: str, offset: int, length: int, url: str | None = None) -> MessageEntity:
    return MessageEntity(type=kind, offset=offset, length=length, url=url)


def test_short_first_line_is_the_title() -> None:
    assert wording_of(message("Ярмарка\n\nВ субботу на площади")) == Wording("Ярмарка", "В субботу на площади")


def test_single_line_has_no_title() -> None:
    assert wording_of(message("Ярмарка в субботу")) == Wording("", "Ярмарка в субботу")


def test_known_formatting_is_kept_and_everything_else_is_plain() -> None:
    text = "Важно: вода <чистая> тут спойлер"
    said = wording_of(message(text, entity("bold", 0, 5), entity("spoiler", 25, 7)))
    assert said == Wording("", "<b>Важно</b>: вода &lt;чистая&gt; тут спойлер")


def test_formatting_stays_in_its_place_behind_a_title_with_emoji() -> None:
    said = wording_of(message("🎉🎉 Праздник\n🎈 в парке", entity("italic", 17, 7)))
    assert said == Wording("🎉🎉 Праздник", "🎈 <i>в парке</i>")


def test_formatting_over_title_and_text_is_cut_at_the_title() -> None:
    said = wording_of(message("Праздник\nв парке", entity("bold", 0, 16)))
    assert said == Wording("Праздник", "<b>в парке</b>")


def test_links_of_strange_schemes_are_dropped_and_quotes_in_links_do_no_harm() -> None:
    bad = wording_of(message("жми", entity("text_link", 0, 3, url="javascript:alert(1)")))
    odd = wording_of(message("жми", entity("text_link", 0, 3, url='https://example.test/"><b>')))
    assert bad == Wording("", "жми")
    assert odd == Wording("", '<a href="https://example.test/&quot;&gt;&lt;b&gt;">жми</a>')


def test_photo_with_a_caption_is_wording_and_without_one_is_not() -> None:
    assert wording_of(message("Подпись", photo=True)) == Wording("", "Подпись", "big")
    assert wording_of(message("", photo=True)) is None


def test_what_does_not_fit_is_told_by_its_length_as_messengers_count() -> None:
    assert over(Wording("", "а" * 4036)) is None
    assert over(Wording("", "😀" * 2019)) == 4038
    assert over(Wording("", "а" * 965, "photo")) == 965
    assert over(Wording("", "<b>" + "а" * 4036 + "</b>")) is None
