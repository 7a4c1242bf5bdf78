"""Figures as Prometheus reads them, counted in the database at each scrape; never a label for a chat or person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from prometheus_client.core import CollectorRegistry, CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from storage.operation.figures import Figures
from storage.operation.job_runs import JobRun


def render(counted: Figures, jobs: Sequence[JobRun], dropped: int, now: datetime) -> tuple[bytes, str]:
    """The text of a scrape, and its content type. ``dropped``: updates that this process did not let in."""
    over = CounterMetricFamily("glashatai_updates_dropped", "Updates over somebody's allowance", value=dropped)
    metrics = [*_people(counted), over, *_sending(counted, now), *_gathering(counted, now), *_jobs(jobs, now)]
    registry = CollectorRegistry()
    registry.register(_Snapshot(metrics))
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _Snapshot(Collector):
    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _people(counted: Figures) -> Iterator[Metric]:
    states = {"all": counted.subscribers, "blocked": counted.blocked, "paused": counted.paused}
    yield _labelled("subscribers", "Chats that are served", "state", states)
    yield _gauge("subscriptions", "Live subscriptions", counted.subscriptions)
    yield _labelled(
        "updates",
        "Updates of Telegram that are kept",
        "state",
        {"handled": counted.updates_handled, "waiting": counted.updates_waiting},
    )
    yield _labelled("suggestions", "Suggestions of residents", "state", counted.suggestions)


def _sending(counted: Figures, now: datetime) -> Iterator[Metric]:
    yield _labelled("outbox", "Deliveries that running mailings still owe", "lane", counted.outbox)
    yield _labelled("deliveries", "Deliveries", "state", counted.deliveries)
    yield _labelled("mailings", "Mailings", "state", counted.mailings)
    ages = {"update": _age(counted.oldest_update, now), "mailing": _age(counted.oldest_mailing, now)}
    yield _labelled("queue_age_seconds", "Age of the oldest that waits; 0 where none does", "queue", ages)


def _gathering(counted: Figures, now: datetime) -> Iterator[Metric]:
    yield _labelled("items", "Items", "state", counted.items)
    yield _gauge("publications", "Publications", counted.publications)
    yield _gauge("publications_unread", "Publications that wait to be read", counted.unread)
    yield _gauge("events_ahead", "Events that are still to come or going on", counted.events_ahead)
    yield _labelled("sources", "Sources", "health", counted.sources)
    if counted.last_poll:
        yield _gauge("last_poll_age_seconds", "Since any source was polled", _age(counted.last_poll, now))


def _jobs(jobs: Sequence[JobRun], now: datetime) -> Iterator[Metric]:
    yield _labelled(
        "job_age_seconds", "Since the job last began", "job", {job.name: _age(job.started_at, now) for job in jobs}
    )
    yield _labelled(
        "job_failed", "1 where the last run of the job failed", "job", {job.name: int(bool(job.error)) for job in jobs}
    )


def _age(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(f"glashatai_{name}", said, value=value)


def _labelled(name: str, said: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"glashatai_{name}", said, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
