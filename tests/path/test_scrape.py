"""What Prometheus reads of a running platform: all that dashboards ask for, in labels that are bounded."""

import re
import time
from collections.abc import Iterable

import httpx
from graphql import build_schema
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from gateway.doors.measured import NAMES
from infra.local.sockets import socket_dir
from infra.roles import SERVICES
from services.kit.events.streams import DURABLES, STREAMS
from services.survey.responses.domain.outcome import Fate
from tests.path.support.pulse import set_up, submit
from tests.support.numbers import ROOT, declared, names_in, queries
from tests.support.platform import Running

RARE = {"cxm_http_duration_seconds"}
"""Of doors that this test does not use."""
BOUNDS: dict[str, Iterable[str]] = {
    "service_name": [f"cxm-{name}" for name in (*SERVICES, "gateway")],
    "durable": [durable.name for durable in DURABLES],
    "stream": STREAMS,
    "storage": ["file", "memory"],
    "disk": ["store", "temporary", "wave_keys"],
    "refused": ["without_token", "all"],
    "outcome": ["ok", "refused", "failed", "gone"],
    "door": [*NAMES.values(), "pages"],
    "status": list("012345"),
    "fate": [fate.name.lower() for fate in Fate],
    "service": SERVICES,
    "key": ["gateway", *(f"service:{name}" for name in SERVICES)],
}
PATTERNS = {
    "le": r"[0-9.]+|\+Inf",
    "found": r"\d{4}|none",
    "needed": r"\d{4}",
    "version": r"\d+\.\d+\.\d+",
    "method": r"/(cxm|grpc)\.[\w.]+/\w+",
}


def scrape(platform: Running) -> list[Sample]:
    sockets = socket_dir(platform.data_dir)
    samples = []
    for name in ("gateway", *(f"{service}-health" for service in SERVICES)):
        transport = httpx.HTTPTransport(uds=str(sockets / f"{name}.sock"), verify=False)
        with httpx.Client(transport=transport) as client:
            text = client.get("http://process/metrics").raise_for_status().text
        samples += [s for family in text_string_to_metric_families(text) for s in family.samples]
    return samples


def stray_labels(samples: Iterable[Sample]) -> set[tuple[str, str]]:
    """Labels and values that are in no bound."""
    schema = build_schema((ROOT / "gateway/schema.graphql").read_text())
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    fields = {name for root in roots if root for name in root.fields}
    kinds = {"query", "mutation", "subscription", "none", "unary", "stream"}
    bounds = BOUNDS | {"field": fields | {"several", "none", "__schema", "__type"}, "kind": kinds}
    return {
        (label, value)
        for sample in samples
        if sample.name.startswith("cxm_")
        for label, value in sample.labels.items()
        if value not in bounds.get(label, ()) and not re.fullmatch(PATTERNS.get(label, "$."), value)
    }


def test_a_running_platform_has_what_dashboards_ask_for_in_bounded_labels(
    platform: Running,
) -> None:
    set_up(platform)
    submit(platform, 9)
    deadline = time.monotonic() + 60
    asked = {name for query in queries() for name in names_in(query)} - RARE
    while True:
        samples = scrape(platform)
        found = {re.sub(r"_(bucket|count|sum)$", "", sample.name) for sample in samples}
        if asked <= found:
            break
        assert time.monotonic() < deadline, asked - found
        time.sleep(1)

    assert {n for n in found if n.startswith("cxm_")} <= {n.scraped for n in declared()}
    assert stray_labels(samples) == set()
    typed = Sample("cxm_graphql_in_flight", {"field": "what a person typed"}, 1)
    assert stray_labels([typed]) == {("field", "what a person typed")}
    stored = [
        s for s in samples if s.name == "cxm_responses_total" and s.labels["fate"] == "stored"
    ]
    assert [s.value for s in stored] == [1]
