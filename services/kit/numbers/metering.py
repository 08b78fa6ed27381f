"""Numbers about a process and its work. Labels are chosen by code, never by a person.

Recording is a dictionary and an addition; opentelemetry reads what stands there when it collects. Its own counters and
histograms take 23 us for each value (34 with both exporters), more than a response may cost.
"""

import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import export as sdk

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
SIZES: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
MOST_SERIES: Final = 1_000
"""Of one instrument in one process; what has other labels then is counted together, as `other`."""

Labels = tuple[str, ...]
_METER = metrics.get_meter("cxm")  # of whichever provider the process sets later
_SINCE_NS = time.time_ns()


class _Instrument:
    def __init__(self, name: str, unit: str, meaning: str, labels: Sequence[str]) -> None:
        self.name = name
        self.unit = unit
        self.meaning = meaning
        self.labels = tuple(labels)

    def _bounded(self, labels: Labels, known: int) -> Labels:
        """The labels of a new series. ValueError where they are not as many as were declared."""
        if len(labels) != len(self.labels):
            raise ValueError(f"{self.name} has the labels {self.labels}")
        return labels if known < MOST_SERIES else ("other",) * len(labels)

    def _named(self, labels: Labels) -> dict[str, str]:
        return dict(zip(self.labels, labels, strict=True))


class Gauge(_Instrument):
    """A number that is shown as it was last set."""

    def __init__(self, name: str, unit: str, meaning: str, labels: Sequence[str]) -> None:
        super().__init__(name, unit, meaning, labels)
        self.values: dict[Labels, float] = {}
        _METER.create_observable_gauge(name, [self._observe], unit, meaning)

    def set(self, value: float, *labels: str) -> None:
        if labels not in self.values:
            labels = self._bounded(labels, len(self.values))
        self.values[labels] = value

    def show(self, values: dict[Labels, float]) -> None:
        """These, and nothing that was shown before."""
        for labels in list(self.values):
            if labels not in values:
                del self.values[labels]
        for labels, value in values.items():
            self.set(value, *labels)

    def add(self, value: float, *labels: str) -> None:
        self.set(self.values.get(labels, 0) + value, *labels)

    def _observe(self, _options: CallbackOptions) -> Iterable[Observation]:
        return [Observation(value, self._named(of)) for of, value in list(self.values.items())]


class Counter(_Instrument):
    """How much there was since the start of the process."""

    def __init__(self, name: str, unit: str, meaning: str, labels: Sequence[str]) -> None:
        super().__init__(name, unit, meaning, labels)
        self.values: dict[Labels, float] = {}
        _METER.create_observable_counter(name, [self._observe], unit, meaning)

    def add(self, value: float, *labels: str) -> None:
        known = self.values.get(labels)
        if known is None:
            labels = self._bounded(labels, len(self.values))
            known = self.values.get(labels, 0)
        self.values[labels] = known + value

    def _observe(self, _options: CallbackOptions) -> Iterable[Observation]:
        return [Observation(value, self._named(of)) for of, value in list(self.values.items())]


@dataclass(slots=True)
class _Series:
    counts: list[int]
    total: float = 0.0


class Histogram(_Instrument):
    """How values are spread over buckets; `bounds` are the upper ones, the last bucket has none."""

    def __init__(
        self, name: str, unit: str, meaning: str, labels: Sequence[str], bounds: Sequence[float]
    ) -> None:
        super().__init__(name, unit, meaning, labels)
        self.bounds = tuple(bounds)
        self.series: dict[Labels, _Series] = {}
        _histograms.append(self)

    def record(self, value: float, *labels: str) -> None:
        series = self.series.get(labels) or self._add(labels)
        series.counts[bisect_left(self.bounds, value)] += 1
        series.total += value

    def _add(self, labels: Labels) -> _Series:
        labels = self._bounded(labels, len(self.series))
        return self.series.setdefault(labels, _Series([0] * (len(self.bounds) + 1)))

    def collect(self, now_ns: int) -> sdk.Metric:
        """As opentelemetry's exporters take it. Least and greatest value are not known, and not exported."""
        points = [
            sdk.HistogramDataPoint(
                attributes=self._named(labels),
                start_time_unix_nano=_SINCE_NS,
                time_unix_nano=now_ns,
                count=sum(counts := list(series.counts)),
                sum=series.total,
                bucket_counts=counts,
                explicit_bounds=self.bounds,
                min=0.0,
                max=0.0,
            )
            for labels, series in list(self.series.items())
        ]
        data = sdk.Histogram(points, sdk.AggregationTemporality.CUMULATIVE)
        return sdk.Metric(self.name, self.meaning, self.unit, data)


_histograms: list[Histogram] = []


def gauge(name: str, *, unit: str, meaning: str, labels: Sequence[str] = ()) -> Gauge:
    """A number that goes up and down; costs nothing while nothing is exported."""
    return Gauge(name, unit, meaning, labels)


def counter(name: str, *, unit: str, meaning: str, labels: Sequence[str] = ()) -> Counter:
    """A number that grows."""
    return Counter(name, unit, meaning, labels)


def histogram(
    name: str, *, unit: str, meaning: str, labels: Sequence[str] = (), bounds: Sequence[float]
) -> Histogram:
    """Values of which the spread matters."""
    return Histogram(name, unit, meaning, labels, bounds)


def collect_histograms() -> list[sdk.Metric]:
    """All that something was recorded in."""
    now = time.time_ns()
    return [each.collect(now) for each in _histograms if each.series]
