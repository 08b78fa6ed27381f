"""One trace joins gateway, survey, event and metrics."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)

from tests.path.support.pulse import set_up, submit
from tests.support.platform import eventually
from tests.support.platform_fixtures import StartPlatform

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
PARENT_ID = "b7ad6b7169203331"


class Collector(TraceServiceServicer):
    """Keeps (service, span name, trace id, span id, parent id) of everything it is sent."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, str, str, str, str]] = []

    def Export(
        self, request: ExportTraceServiceRequest, context: grpc.ServicerContext
    ) -> ExportTraceServiceResponse:
        for resource in request.resource_spans:
            service = next(
                a.value.string_value
                for a in resource.resource.attributes
                if a.key == "service.name"
            )
            for scope in resource.scope_spans:
                self.spans += [
                    (
                        service,
                        span.name,
                        span.trace_id.hex(),
                        span.span_id.hex(),
                        span.parent_span_id.hex(),
                    )
                    for span in scope.spans
                ]
        return ExportTraceServiceResponse()


@pytest.fixture
def collector() -> Iterator[tuple[str, Collector]]:
    server, collector = grpc.server(ThreadPoolExecutor(2)), Collector()
    add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}", collector
    server.stop(None)


def test_a_response_is_one_trace_without_an_orphan(
    start_platform: StartPlatform, collector: tuple[str, Collector]
) -> None:
    endpoint, kept = collector
    platform = start_platform("--otlp-endpoint", endpoint)
    set_up(platform)

    submit(platform, 9, traceparent=f"00-{TRACE_ID}-{PARENT_ID}-01")

    def trace() -> list[tuple[str, str, str, str, str]]:
        return [span for span in kept.spans if span[2] == TRACE_ID]

    services = {"cxm-gateway", "cxm-survey", "cxm-metrics"}
    eventually(lambda: services <= {span[0] for span in trace()}, seconds=30)
    known = {span_id for _, _, _, span_id, _ in trace()} | {PARENT_ID}
    assert [span for span in trace() if span[4] not in known] == []
    assert "metrics-record-responses" in {span[1] for span in trace()}

    def orphans() -> list[tuple[str, str, str, str, str]]:
        everything = {span_id for _, _, _, span_id, _ in kept.spans} | {PARENT_ID, ""}
        return [span for span in kept.spans if span[4] not in everything]

    eventually(lambda: orphans() == [], seconds=30)
