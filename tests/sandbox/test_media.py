"""Photos, documents and albums: uploaded, sent again, downloaded, edited."""

from aiogram import Bot
from aiogram.types import BufferedInputFile, InputMediaDocument
from aiogram.utils.media_group import MediaGroupBuilder

from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask
from tests.sandbox.pictures import png


async def test_document_is_uploaded_sent_again_and_downloaded(sandbox: Sandbox, bot: Bot) -> None:
    ann = sandbox.person("Анна", started=True)
    sent = await bot.send_document(ann.id, BufferedInputFile(b"BEGIN:VCALENDAR", "forum.ics"), caption="Форум")
    assert sent.document is not None
    assert sent.document.file_name == "forum.ics"
    again = await bot.send_document(ann.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id
    file = await bot.get_file(again.document.file_id)
    assert file.file_path is not None
    downloaded = await bot.download_file(file.file_path)
    assert downloaded is not None
    assert downloaded.read() == b"BEGIN:VCALENDAR"


async def test_photo_knows_its_size_and_must_be_a_picture(sandbox: Sandbox, bot: Bot, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    sent = await bot.send_photo(
        ann.id, BufferedInputFile(png(64, 32), "p.png"), caption="<b>Двор</b>", parse_mode="HTML"
    )
    assert sent.photo is not None
    assert (sent.photo[-1].width, sent.photo[-1].height) == (64, 32)
    assert ann.screen().last.html == "<b>Двор</b>"
    wrong = await ask("sendDocument", chat_id=ann.id, document=sent.photo[-1].file_id)
    assert wrong["description"] == "Bad Request: can't use file of type Photo as Document"
    unknown = await ask("sendPhoto", chat_id=ann.id, photo="AgACAgI")
    assert unknown["description"] == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_caption_is_bounded(sandbox: Sandbox, bot: Bot, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    sent = await bot.send_document(ann.id, BufferedInputFile(b"x", "x.txt"))
    assert sent.document is not None
    long = await ask("sendDocument", chat_id=ann.id, document=sent.document.file_id, caption="я" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"


async def test_album_is_one_group_of_two_to_ten(sandbox: Sandbox, bot: Bot, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    album = MediaGroupBuilder()
    for n in range(3):
        album.add_photo(BufferedInputFile(png(9, 9), f"{n}.png"), caption=f"№ {n}")
    sent = await bot.send_media_group(ann.id, [*album.build()])
    assert len({message.media_group_id for message in sent}) == 1
    assert ann.screen().texts == ["№ 0", "№ 1", "№ 2"]
    assert sandbox.ledger.count(ann.id) == 3
    assert not (await ask("sendMediaGroup", chat_id=ann.id, media=[]))["ok"]


async def test_media_is_replaced_in_place(sandbox: Sandbox, bot: Bot) -> None:
    ann = sandbox.person("Анна", started=True)
    sent = await bot.send_photo(ann.id, BufferedInputFile(png(9, 9), "p.png"), caption="было")
    new = InputMediaDocument(media=BufferedInputFile(b"x", "стало.txt"), caption="стало")
    await bot.edit_message_media(new, chat_id=ann.id, message_id=sent.message_id)
    last = ann.screen().last
    assert (last.text, last.edited, "photo" in last.message) == ("стало", True, False)
    await bot.edit_message_caption(chat_id=ann.id, message_id=sent.message_id, caption="и снова")
    assert ann.screen().last.text == "и снова"


async def test_bot_fetches_what_a_person_sends(sandbox: Sandbox, bot: Bot) -> None:
    ann = sandbox.person("Анна")
    await ann.send_photo(png(12, 8), "двор")
    await ann.send_document("список.csv", b"a;b")
    photo, document = await bot.get_updates()
    assert photo.message is not None
    assert photo.message.caption == "двор"
    assert document.message is not None
    assert document.message.document is not None
    fetched = await bot.download(document.message.document)
    assert fetched is not None
    assert fetched.read() == b"a;b"
