"""Whatever a person sends, they get an answer."""

from tests.handlers.house import House


async def test_unknown_command_is_answered_with_the_way_to_help(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/weather")
    await anna.expects("/help")


async def test_a_location_without_a_question_is_answered(house: House) -> None:
    anna = house.person("Анна")
    await anna.send_contact("+79990000000")
    await anna.expects("/help")


async def test_button_of_an_earlier_version_is_answered(house: House) -> None:
    anna = house.person("Анна")
    await anna.send("/weather")
    message = await anna.expects("/help")
    await anna.forge("gone:1:2", message)
    assert await anna.answer()
