"""Traces: one span per RPC and per event; W3C context through gRPC metadata and NATS headers."""

import io
import logging
import os
import traceback
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from opentelemetry import trace
from opentelemetry._logs import Logger, SeverityNumber
from opentelemetry.context import Context
from opentelemetry.propagate import extract, inject
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import Sampler, SamplingResult
from opentelemetry.trace import (
    INVALID_SPAN,
    Link,
    Span,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    TraceState,
)
from opentelemetry.util.types import Attributes

TRACEPARENT = "traceparent"
TRACE_IDS = ("trace_id", "span_id")

_TRACER = trace.get_tracer("cxm")  # of whichever provider the process sets later
_recording = False
_collected: Logger | None = None
_SEVERITIES = {
    "debug": SeverityNumber.DEBUG,
    "info": SeverityNumber.INFO,
    "warning": SeverityNumber.WARN,
    "error": SeverityNumber.ERROR,
    "critical": SeverityNumber.FATAL,
}


class OwnDecision(Sampler):
    """Whether a trace is recorded, decided here alone and not by who calls from outside: as for a trace that begins."""

    def __init__(self, sampler: Sampler) -> None:
        self.sampler = sampler

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        is_remote = trace.get_current_span(parent_context).get_span_context().is_remote
        parent = None if is_remote else parent_context
        return self.sampler.should_sample(
            parent, trace_id, name, kind, attributes, links, trace_state
        )

    def get_description(self) -> str:
        return f"OwnDecision({self.sampler.get_description()})"


def start(name: str, endpoint: str | None, *, is_entrance: bool = False) -> TracerProvider | None:
    """Export spans of this process to an OTLP collector (host:port, plain gRPC); None: record nothing.

    `is_entrance`: it is called from outside.
    """
    if not endpoint:
        return None
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    provider = TracerProvider(resource=Resource.create({"service.name": f"cxm-{name}"}))
    if is_entrance:
        provider.sampler = OwnDecision(provider.sampler)
    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=True)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=500))
    record_with(provider)
    return provider


def record_with(provider: TracerProvider) -> None:
    """Hand the spans of this process to a provider, from now to its end."""
    global _recording
    trace.set_tracer_provider(provider)
    _recording = True


def flush(*providers: TracerProvider | LoggerProvider | MeterProvider | None) -> None:
    """Export what was not exported yet, and end."""
    for provider in providers:
        if provider is not None:
            provider.shutdown()


def tracer() -> Tracer:
    """The tracer of the process; spans cost almost nothing while nothing is exported."""
    return _TRACER


def is_recording() -> bool:
    """Whether spans go anywhere; making none at all is cheaper than making empty ones."""
    return _recording


def current_traceparent() -> str | None:
    """The W3C traceparent of the running span; None outside a recorded trace."""
    if not trace.get_current_span().get_span_context().is_valid:
        return None
    carrier: dict[str, str] = {}
    inject(carrier)
    return carrier.get(TRACEPARENT)


def context_of(traceparent: str | None) -> Context:
    """The context a traceparent names; an empty one for None."""
    return extract({TRACEPARENT: traceparent}) if traceparent else Context()


@contextmanager
def event_span(name: str, traceparents: Sequence[str | None]) -> Iterator[Span]:
    """The span of a batch: one message continues its sender's trace, several are a trace with links to each."""
    if not is_recording():
        yield INVALID_SPAN
        return
    if len(traceparents) == 1:
        context, links = context_of(traceparents[0]), []
    else:
        context, links = (
            Context(),
            [
                Link(span.get_span_context())
                for traceparent in dict.fromkeys(traceparents)
                if traceparent
                for span in [trace.get_current_span(context_of(traceparent))]
            ],
        )
    with tracer().start_as_current_span(
        name,
        context=context,
        links=links,
        kind=SpanKind.CONSUMER,
        record_exception=False,  # messages may hold what a person typed
        set_status_on_exception=False,
    ) as span:
        try:
            yield span
        except BaseException as error:
            span.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def trace_ids() -> Mapping[str, str]:
    """trace_id and span_id of the running span, for the log; empty outside a recorded trace."""
    context = trace.get_current_span().get_span_context()
    if not context.is_valid:
        return {}
    return {"trace_id": f"{context.trace_id:032x}", "span_id": f"{context.span_id:016x}"}


def _frames(exc_info: Any) -> str:
    """Where a failure and its causes came from. Their messages are left out: they may quote what a person typed,
    as PostgreSQL does with the row it refuses."""
    error: BaseException | None = exc_info[1]
    parts: list[str] = []
    while error is not None:
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.append(
            f"{frames}{type(error).__name__} {getattr(error, 'sqlstate', None) or ''}".rstrip()
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nbecause of\n".join(parts)


class ForgivingFile(io.StringIO):
    """A file for lines of a log: one that cannot be written is left out, and its writer goes on. How many were left out
    is said before the next that is written."""

    def __init__(self, file: TextIO) -> None:
        super().__init__()
        self.number = file.fileno()
        self.left_out = 0

    def write(self, text: str) -> int:
        """Gather until the line is whole."""
        written = super().write(text)
        if text.endswith("\n"):
            self._write_line(self.getvalue())
            self.seek(0)
            self.truncate()
        return written

    def _write_line(self, line: str) -> None:
        if self.left_out:  # the last of them may have been begun
            lost = f"{self.left_out} lines of this log could not be written"
            line = f'\n{{"event": "{lost}", "level": "error"}}\n{line}'
        data = line.encode(errors="replace")
        try:
            is_whole = os.write(self.number, data) == len(data)
        except OSError:
            is_whole = False
        self.left_out = 0 if is_whole else self.left_out + 1


class LibraryHandler(logging.Handler):
    """What libraries log, as one JSON object a line like everything else."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger()
        log.log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def start_logs(name: str, endpoint: str | None) -> LoggerProvider | None:
    """Send lines of the log to an OTLP collector (host:port, plain gRPC) too; None: they are on stderr alone."""
    global _collected
    if not endpoint:
        return None
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

    provider = LoggerProvider(Resource.create({"service.name": f"cxm-{name}"}))
    exporter = OTLPLogExporter(endpoint=endpoint, insecure=True)
    provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
    _collected = provider.get_logger("cxm")
    return provider


def _collect(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hand a line to the collector, if there is one: the same fields, by the span that is running."""
    if _collected is not None:
        level = str(event.get("level", "info"))
        _collected.emit(
            severity_number=_SEVERITIES.get(level, SeverityNumber.UNSPECIFIED),
            severity_text=level.upper(),
            body=str(event["event"]),
            attributes={
                key: value if isinstance(value, str | bool | int | float) else str(value)
                for key, value in event.items()
                if key not in ("event", "level", "timestamp", *TRACE_IDS)
            },
        )
    return event


def configure_logs(name: str) -> None:
    """One JSON object a line on stderr, with the process's name and the ids of the running span; of libraries,
    warnings and worse. `start_logs` sends them to a collector too."""
    import sys

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            lambda _logger, _method, event: {"process": name, **event, **trace_ids()},
            structlog.processors.ExceptionRenderer(_frames),
            _collect,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=ForgivingFile(sys.stderr)),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[LibraryHandler()], level=logging.WARNING)
