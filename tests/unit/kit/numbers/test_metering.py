"""Numbers: what is recorded is what Prometheus reads, and labels are bounded."""

import json
import subprocess
import sys
from importlib.metadata import version

import pytest
from prometheus_client.parser import text_string_to_metric_families

from services.kit.numbers.metering import MOST_SERIES, Counter, Gauge, Histogram

IN_A_PROCESS = """
from services.kit.numbers import metering, showing
showing.start("survey", None, is_scraped=True)
calls = metering.histogram("cxm.t.duration", unit="s", meaning="m", labels=("method",), bounds=(0.1, 1))
stored = metering.counter("cxm.t.stored", unit="{response}", meaning="m", labels=("fate",))
free = metering.gauge("cxm.t.free", unit="By", meaning="m")
for seconds in (0.05, 0.1, 0.5, 7):
    calls.record(seconds, "Submit")
stored.add(2, "new")
stored.add(1, "new")
free.set(5)
free.set(4)
import sys
sys.stdout.write(showing.scrape().decode())
"""


def test_prometheus_reads_what_was_recorded() -> None:
    run = subprocess.run([sys.executable, "-c", IN_A_PROCESS], capture_output=True, check=True)

    samples = {
        json.dumps([sample.name, sample.labels.get("le"), sample.labels.get("service_name")]): (
            sample.value
        )
        for family in text_string_to_metric_families(run.stdout.decode())
        for sample in family.samples
        if sample.name.startswith("cxm_t_")
    }
    assert {key: samples[key] for key in sorted(samples)} == {
        json.dumps(["cxm_t_duration_seconds_bucket", "+Inf", "cxm-survey"]): 4,
        json.dumps(["cxm_t_duration_seconds_bucket", "0.1", "cxm-survey"]): 2,
        json.dumps(["cxm_t_duration_seconds_bucket", "1", "cxm-survey"]): 3,
        json.dumps(["cxm_t_duration_seconds_count", None, "cxm-survey"]): 4,
        json.dumps(["cxm_t_duration_seconds_sum", None, "cxm-survey"]): 7.65,
        json.dumps(["cxm_t_free_bytes", None, "cxm-survey"]): 4,
        json.dumps(["cxm_t_stored_total", None, "cxm-survey"]): 3,
    }


def test_a_process_shows_its_version() -> None:
    run = subprocess.run([sys.executable, "-c", IN_A_PROCESS], capture_output=True, check=True)

    (family,) = (
        family
        for family in text_string_to_metric_families(run.stdout.decode())
        if family.name == "cxm_process_version"
    )
    (sample,) = family.samples
    assert (sample.labels["version"], sample.value) == (version("cxm"), 1)


def test_labels_beyond_the_bound_are_counted_together() -> None:
    counter = Counter("cxm.bound", "{x}", "m", ("of",))
    histogram = Histogram("cxm.bound.h", "{x}", "m", ("of",), (1,))
    for number in range(MOST_SERIES + 5):
        counter.add(1, str(number))
        histogram.record(1, str(number))

    assert len(counter.values) == len(histogram.series) == MOST_SERIES + 1
    assert counter.values[("other",)] == histogram.series[("other",)].counts[0] == 5


def test_labels_are_those_that_were_declared() -> None:
    with pytest.raises(ValueError, match=r"cxm\.declared"):
        Gauge("cxm.declared", "{x}", "m", ("of",)).set(1)


def test_what_is_shown_replaces_what_was() -> None:
    gauge = Gauge("cxm.shown", "{x}", "m", ("of",))
    gauge.show({("a",): 1, ("b",): 2})
    gauge.show({("b",): 3})

    assert gauge.values == {("b",): 3}
