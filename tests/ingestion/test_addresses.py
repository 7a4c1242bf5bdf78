"""Where people may be sent by what a source wrote: the address that is read is the one that is reached."""

from datetime import UTC, datetime

import pytest

from domain.messages import is_on_the_web
from ingestion.parsers.given import Given, address

GIVEN = Given("http://gov.example/rss", b"", "text/xml", "UTC", datetime(2026, 11, 21, tzinfo=UTC))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://gov.example@elsewhere.example/x.png",
        'https://gov.example/"><b>',
        "https://",
    ],
)
def test_nobody_is_sent_where_an_address_does_not_say(link: str) -> None:
    assert address(link, GIVEN) is None


def test_spaces_that_a_file_has_in_its_name_are_written_as_addresses_write_them() -> None:
    assert address("/files/план работ.pdf", GIVEN) == "http://gov.example/files/план%20работ.pdf"


def test_a_picture_on_the_web_is_no_key_of_a_messenger_however_its_address_is_written() -> None:
    photo = address("HTTPS://gov.example/x.png", GIVEN)
    assert photo is not None
    assert is_on_the_web(photo)
