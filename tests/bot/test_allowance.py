"""One person's flood costs nobody else anything: it is counted before it is written."""

import structlog

from bot.allowance import Allowance, Buckets, person_of


def test_bucket_lets_a_burst_pass_and_then_so_many_a_second() -> None:
    buckets = Buckets(Allowance(burst=3, rate=2))
    assert [buckets.take(1, at=0.0) for _ in range(5)] == [True, True, True, False, False]
    assert [buckets.take(1, at=1.0) for _ in range(3)] == [True, True, False]
    assert buckets.take(2, at=1.0)


def test_what_is_given_back_may_be_taken_again() -> None:
    buckets = Buckets(Allowance(burst=1, rate=0.001))
    assert buckets.take(1, at=0.0)
    buckets.give_back(1)
    assert [buckets.take(1, at=0.0) for _ in range(2)] == [True, False]


def test_each_flood_is_told_once_in_the_log() -> None:
    buckets = Buckets(Allowance(burst=3, rate=2))
    with structlog.testing.capture_logs() as logs:
        for at in (0.0, 0.6, 100.0):
            for _ in range(9):
                buckets.take(7, at)
    assert [entry["person"] for entry in logs] == [7, 7]


def test_who_is_calm_again_is_forgotten_at_the_next_act_of_anybody() -> None:
    buckets = Buckets(Allowance(burst=2, rate=2))
    for person in range(100):
        buckets.take(person, at=person / 100)
    buckets.take(0, at=1.0)
    buckets.take(200, at=1.5)
    assert len(buckets) == 51, "the later half, who acted again, and the newcomer"


def test_an_update_is_counted_as_its_person() -> None:
    anna = {"id": 3, "first_name": "Анна"}
    assert person_of({"update_id": 1, "message": {"chat": {"id": -9}, "from": anna}}) == 3
    assert person_of({"update_id": 1, "callback_query": {"from": anna, "message": {"chat": {"id": 9}}}}) == 3
    assert person_of({"update_id": 1, "channel_post": {"chat": {"id": -9}}}) is None
    assert person_of({"update_id": 1, "message": {"from": "nonsense"}}) is None


def test_who_speaks_for_a_group_is_counted_as_that_group() -> None:
    anonymous = {"id": 1087968824, "first_name": "Group", "is_bot": True}
    said = {"chat": {"id": -9}, "sender_chat": {"id": -9, "type": "supergroup"}, "from": anonymous}
    assert person_of({"update_id": 1, "message": said}) == -9


def test_what_telegram_tells_only_once_is_never_counted() -> None:
    anna = {"id": 3, "first_name": "Анна"}
    assert person_of({"update_id": 1, "my_chat_member": {"chat": {"id": 3}, "from": anna}}) is None
    assert person_of({"update_id": 1, "message": {"from": anna, "migrate_to_chat_id": -1000000000009}}) is None
