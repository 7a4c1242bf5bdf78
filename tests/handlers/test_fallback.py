"""Whatever a person sends, they get an answer."""

import pytest

from tests.handlers.house import House
from tests.sandbox.pictures import png


async def test_unknown_command_is_answered_with_the_way_to_help(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/weather")
    await anna.expects("/help")


async def test_a_location_without_a_question_is_answered(house: House) -> None:
    anna = house.person("Анна")
    await anna.send_contact("+79990000000")
    await anna.expects("/help")


async def test_photo_in_place_of_a_word_is_told_that_words_are_expected(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/start")
    await anna.press("Назвать")
    await anna.expects("Напишите")
    await anna.send_photo(png(8, 8))
    await anna.expects("жду ответа словами")
    await anna.send("Саяногорск")
    await anna.expects("верно?")


@pytest.mark.parametrize("command", ["/suggest", "/admin", "/announce"])
async def test_command_that_is_a_persons_own_leads_from_the_group_to_the_private_chat(
    house: House, command: str
) -> None:
    maria = house.person("Мария")
    group = house.sandbox.group("ТОС Заречный", maria)
    maria.add_bot(group)
    await maria.send(command, group)
    answered = await maria.expects("в личном чате со мной", group)
    assert answered.labels == ["Открыть личный чат"]


async def test_button_of_an_earlier_version_is_answered(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/weather")
    message = await anna.expects("/help")
    await anna.forge("gone:1:2", message)
    assert await anna.answer()
