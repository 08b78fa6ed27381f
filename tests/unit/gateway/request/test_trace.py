"""One trace joins the caller, the gateway and the services."""

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.unit.gateway.support.running import Platform

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}


async def test_one_span_per_operation_continues_the_callers_trace(
    spans: InMemorySpanExporter, platform: Platform
) -> None:
    answer = await platform.http.post(
        "/graphql",
        json={"query": 'query Root { organization { key } nothing: node(id: "x") { id } }'},
        headers={
            **PARENT,
            "authorization": platform.bearer(),
        },
    )

    (error,) = answer.json()["errors"]
    assert error["extensions"]["requestId"] == TRACE
    (operation,) = (s for s in spans.get_finished_spans() if s.name == "query Root")
    assert operation.context is not None
    assert f"{operation.context.trace_id:032x}" == TRACE
    (traceparent,) = platform.services.traceparents
    assert traceparent == f"00-{TRACE}-{operation.context.span_id:016x}-01"


async def test_a_broken_traceparent_starts_a_trace_of_its_own(
    spans: InMemorySpanExporter, platform: Platform
) -> None:
    answer = await platform.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"traceparent": "00-nonsense"}
    )

    assert answer.status_code == 200
    (operation,) = spans.get_finished_spans()
    assert operation.name == "query"
    assert operation.parent is None


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer nobody's"}])
@pytest.mark.parametrize("path", ["/graphql", "/imports/responses"])
async def test_a_strangers_trace_is_not_continued(
    path: str, headers: dict[str, str], spans: InMemorySpanExporter, platform: Platform
) -> None:
    """Else anybody could add to the trace of somebody else, whose id is in each answer."""
    answer = await platform.http.post(
        path, json={"query": "{ __typename }"}, headers={**PARENT, **headers}
    )

    assert TRACE not in answer.text
    (span,) = (s for s in spans.get_finished_spans() if s.parent is None)
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" != TRACE


async def test_the_trace_of_who_is_signed_in_goes_on_at_other_doors(
    spans: InMemorySpanExporter, platform: Platform
) -> None:
    headers = {**PARENT, "authorization": platform.bearer()}

    await platform.http.post("/imports/suggestion", content=b"a,b\n1,2\n", headers=headers)

    (span,) = spans.get_finished_spans()
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == TRACE
