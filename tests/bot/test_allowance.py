"""One person's flood costs nobody else anything: it is counted before it is written."""

from bot.allowance import MOST_BUCKETS, Allowance, Buckets, person_of


def test_bucket_lets_a_burst_pass_and_then_so_many_a_second() -> None:
    buckets = Buckets(Allowance(burst=3, rate=2))
    assert [buckets.take(1, at=0.0) for _ in range(5)] == [True, True, True, False, False]
    assert [buckets.take(1, at=1.0) for _ in range(3)] == [True, True, False]
    assert buckets.take(2, at=1.0)


def test_memory_of_people_is_bounded() -> None:
    buckets = Buckets(Allowance(burst=2, rate=2))
    for person in range(MOST_BUCKETS):
        buckets.take(person, at=0.0)
    for person in range(MOST_BUCKETS, MOST_BUCKETS + 5):
        buckets.take(person, at=10.0)
    assert len(buckets) <= 5


def test_an_update_is_counted_as_its_person() -> None:
    anna = {"id": 3, "first_name": "Анна"}
    assert person_of({"update_id": 1, "message": {"chat": {"id": -9}, "from": anna}}) == 3
    assert person_of({"update_id": 1, "callback_query": {"from": anna, "message": {"chat": {"id": 9}}}}) == 3
    assert person_of({"update_id": 1, "channel_post": {"chat": {"id": -9}}}) is None
    assert person_of({"update_id": 1, "message": {"from": "nonsense"}}) is None
