"""Metrics in Prometheus' form: what requests came to here, and how the line does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from storage.counts import Counts, count_all
from storage.records import RecordsUnavailableError
from web.readiness import Code, Readiness
from web.service import Service
from workers.queue import QUEUES, QueueUnavailableError
from workers.tally import BOUNDS, Sums

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The metrics of one web app."""

    def __init__(self, service: Service, readiness: Readiness) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route")
        self._requests = Counter(
            "evidence_requests", "Requests answered.", (*labels, "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "evidence_request_seconds", "Time from a request's head to the end of its answer.", labels,
            registry=self._registry,
        )  # fmt: skip
        self._problems = Counter(
            "evidence_problems", "Requests refused, by code.", ("code",), registry=self._registry
        )
        self._registry.register(_Line(service, readiness))

    def note(self, method: str, route: str, status: int, code: str, seconds: float) -> None:
        """Count a request. A method that there is none of could be a word of somebody's."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(known, route).observe(seconds)
        if code:
            self._problems.labels(code).inc()

    def write(self) -> bytes:
        """Write everything."""
        return generate_latest(self._registry)


class _Line(Collector):
    """What stands where on the line, asked anew each time."""

    def __init__(self, service: Service, readiness: Readiness) -> None:
        self._service = service
        self._readiness = readiness

    def collect(self) -> Iterator[Metric]:
        """Ask. What a part that is away would know is left out; that it is away is told."""
        told = self._readiness.ask()
        yield _gauge(
            "evidence_part_up", "Whether a part answers (1) or is away (0).", "part",
            {name: code is Code.ANSWERS for name, code in told.items() if code is not Code.NOT_CONFIGURED},
        )  # fmt: skip
        if told["records"] is Code.ANSWERS:
            yield from self._of_records()
        if told["queue"] is Code.ANSWERS:
            yield from self._of_broker()

    def _of_records(self) -> Iterator[Metric]:
        try:
            yield from _counted(count_all(self._service.store))
        except RecordsUnavailableError:  # gone since it was asked; the next look tells so
            return

    def _of_broker(self) -> Iterator[Metric]:
        queue = self._service.queue
        try:
            lengths = {name: queue.length(name) for name in QUEUES}
            listeners = {name: queue.listeners(name) for name in QUEUES}
            sums = self._service.tally.read()
        except QueueUnavailableError:
            return
        yield _gauge("evidence_queue_messages", "Messages that wait in the broker.", "queue", lengths)
        yield _gauge("evidence_listening_workers", "Workers that hear a queue.", "queue", listeners)
        yield from _added_up(sums)


def _counted(counts: Counts) -> Iterator[Metric]:
    stages = counts.stages
    waiting = {stage: standing.waiting for stage, standing in stages.items()}
    working = {stage: standing.working for stage, standing in stages.items()}
    oldest = {stage: standing.oldest_seconds for stage, standing in stages.items()}
    yield _gauge("evidence_waiting_documents", "Documents that wait for a stage.", "stage", waiting)
    yield _gauge("evidence_working_documents", "Documents that a worker has.", "stage", working)
    yield _gauge(
        "evidence_waiting_oldest_seconds", "How long the oldest waits since its message.", "stage", oldest
    )
    yield _gauge("evidence_documents", "Documents by status.", "status", counts.documents)
    yield _gauge("evidence_outcomes", "Documents that are ready, by outcome.", "outcome", counts.outcomes)
    yield _gauge("evidence_refusals", "Documents that are refused, by reason.", "reason", counts.refusals)
    yield _gauge(
        "evidence_deliveries", "Deliveries to webhooks that are overdue or given up.", "state",
        {"due": counts.deliveries_due, "given_up": counts.deliveries_given_up},
    )  # fmt: skip


def _added_up(sums: Sums) -> Iterator[Metric]:
    jobs = CounterMetricFamily(
        "evidence_jobs", "Jobs of workers, by how they ended.", labels=("stage", "ending", "reason")
    )
    for labels, count in sums.endings.items():
        jobs.add_metric(labels, count)
    yield jobs
    seconds = HistogramMetricFamily(
        "evidence_job_seconds", "Time of a job, from before its claim until all is saved.", labels=("stage",)
    )
    for stage, times in sums.times.items():
        seconds.add_metric([stage], list(_cumulated(times.classes)), times.seconds)
    yield seconds
    line = CounterMetricFamily(
        "evidence_line_seconds", "What of the time of jobs the line itself took.", labels=("stage",)
    )
    for stage, times in sums.times.items():
        line.add_metric([stage], times.line_seconds)
    yield line


def _cumulated(classes: Iterable[int]) -> Iterator[tuple[str, float]]:
    total = 0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), classes, strict=True):
        total += count
        yield bound, float(total)


def _gauge(name: str, told: str, label: str, values: Mapping[Any, float]) -> Metric:
    gauge = GaugeMetricFamily(name, told, labels=(label,))
    for key, value in values.items():
        gauge.add_metric([str(key)], float(value))
    return gauge
