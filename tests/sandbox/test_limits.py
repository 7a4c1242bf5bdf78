"""The limits: per bot, per chat and per group, counted by a clock that the test moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.limits import Gate, Limits
from sandbox.refusals import Refusal


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def passed(gate: Gate, chat_id: int) -> bool:
    try:
        gate.enter(chat_id)
    except Refusal:
        return False
    return True


def test_bucket_lets_its_burst_through_and_then_the_flow() -> None:
    clock = Clock()
    gate = Gate(Limits(per_second=30, burst=30, per_chat=0), clock)
    assert sum(passed(gate, chat) for chat in range(1, 100)) == 30
    clock.now += 0.5
    assert sum(passed(gate, chat) for chat in range(1, 100)) == 15


@given(st.lists(st.floats(0, 0.3), max_size=200))
def test_window_never_lets_more_through_in_any_second(pauses: list[float]) -> None:
    clock = Clock()
    gate = Gate(Limits(counting="window", per_second=10, per_chat=0), clock)
    times = []
    for at, pause in enumerate(pauses):
        clock.now += pause
        if passed(gate, at + 1):
            times.append(clock.now)
    assert all(later - earlier >= 1 for earlier, later in zip(times, times[10:], strict=False))


def test_chat_gets_one_a_second_after_its_burst() -> None:
    clock = Clock()
    gate = Gate(Limits(per_chat=1, chat_burst=3), clock)
    assert [passed(gate, 5) for _ in range(5)] == [True, True, True, False, False]
    assert passed(gate, 6)
    clock.now += 1
    assert [passed(gate, 5) for _ in range(2)] == [True, False]


def test_group_gets_twenty_a_minute_and_hears_how_long_to_wait() -> None:
    clock = Clock()
    gate = Gate(Limits(chat_burst=100), clock)
    for _ in range(20):
        gate.enter(-5)
    clock.now += 12
    with pytest.raises(Refusal) as refused:
        gate.enter(-5)
    assert refused.value.description == "Too Many Requests: retry after 48"
    assert refused.value.parameters == {"retry_after": 48}
    clock.now += 48
    gate.enter(-5)


def test_refused_message_counts_nowhere() -> None:
    clock = Clock()
    gate = Gate(Limits(per_second=2, burst=2, per_chat=0), clock)
    for _ in range(50):
        passed(gate, 1)
    clock.now += 1
    assert [passed(gate, 1) for _ in range(3)] == [True, True, False]


def test_limits_can_be_off() -> None:
    gate = Gate(Limits.off(), Clock())
    assert all(passed(gate, -1) for _ in range(1000))
    assert gate.rate() == 1000
