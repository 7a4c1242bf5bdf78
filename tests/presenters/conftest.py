"""The fixture `golden`: tests/presenters/goldens.py tells how to use it."""

import pytest

from tests.presenters.goldens import Golden


@pytest.fixture
def golden() -> Golden:
    return Golden()
