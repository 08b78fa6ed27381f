"""An OTLP collector that keeps the spans and the lines of logs that it is sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

import grpc
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)
from opentelemetry.proto.collector.logs.v1.logs_service_pb2_grpc import (
    LogsServiceServicer,
    add_LogsServiceServicer_to_server,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from opentelemetry.proto.resource.v1.resource_pb2 import Resource


class Kept(NamedTuple):
    """What is kept of a span."""

    service: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str


class KeptLine(NamedTuple):
    """What is kept of a line of a log."""

    service: str
    severity: str
    text: str
    fields: dict[str, str]
    trace_id: str


class LogCollector(LogsServiceServicer):
    """Keeps every line it is sent."""

    def __init__(self) -> None:
        self.lines: list[KeptLine] = []

    def Export(
        self, request: ExportLogsServiceRequest, context: grpc.ServicerContext
    ) -> ExportLogsServiceResponse:
        for resource in request.resource_logs:
            service = service_of(resource.resource)
            self.lines += [
                KeptLine(
                    service,
                    record.severity_text,
                    record.body.string_value,
                    {each.key: each.value.string_value for each in record.attributes},
                    record.trace_id.hex(),
                )
                for scope in resource.scope_logs
                for record in scope.log_records
            ]
        return ExportLogsServiceResponse()


def service_of(resource: Resource) -> str:
    return next(a.value.string_value for a in resource.attributes if a.key == "service.name")


class Collector(TraceServiceServicer):
    """Keeps everything it is sent."""

    def __init__(self) -> None:
        self.spans: list[Kept] = []
        self.logs = LogCollector()

    def Export(
        self, request: ExportTraceServiceRequest, context: grpc.ServicerContext
    ) -> ExportTraceServiceResponse:
        for resource in request.resource_spans:
            service = service_of(resource.resource)
            self.spans += [
                Kept(
                    service,
                    span.name,
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                )
                for scope in resource.scope_spans
                for span in scope.spans
            ]
        return ExportTraceServiceResponse()

    def of_trace(self, trace_id: str) -> list[Kept]:
        """The spans of one trace."""
        return [span for span in self.spans if span.trace_id == trace_id]


@contextmanager
def collecting() -> Iterator[tuple[str, Collector]]:
    """A collector, and its address."""
    server, collector = grpc.server(ThreadPoolExecutor(2)), Collector()
    add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]
    add_LogsServiceServicer_to_server(collector.logs, server)  # type: ignore[no-untyped-call]
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}", collector
    finally:
        server.stop(None)
