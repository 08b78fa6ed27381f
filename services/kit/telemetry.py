"""Traces: one span per RPC and per event; W3C context through gRPC metadata and NATS headers."""

import io
import logging
import os
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from opentelemetry import metrics, trace
from opentelemetry.context import Context
from opentelemetry.metrics import _Gauge as Gauge
from opentelemetry.propagate import extract, inject
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import INVALID_SPAN, Link, Span, SpanKind, Status, StatusCode, Tracer

TRACEPARENT = "traceparent"

_TRACER = trace.get_tracer("cxm")  # of whichever provider the process sets later
_recording = False


def start(name: str, endpoint: str | None) -> TracerProvider | None:
    """Export spans and gauges of this process to an OTLP collector (host:port, plain gRPC); None: record nothing."""
    if not endpoint:
        return None
    _export_gauges(name, endpoint)
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    provider = TracerProvider(resource=Resource.create({"service.name": f"cxm-{name}"}))
    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=True)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=500))
    record_with(provider)
    return provider


def record_with(provider: TracerProvider) -> None:
    """Hand the spans of this process to a provider, from now to its end."""
    global _recording
    trace.set_tracer_provider(provider)
    _recording = True


def _export_gauges(name: str, endpoint: str) -> None:
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

    exporter = OTLPMetricExporter(endpoint=endpoint, insecure=True)
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=10_000)
    resource = Resource.create({"service.name": f"cxm-{name}"})
    metrics.set_meter_provider(MeterProvider([reader], resource))


def gauge(name: str, *, unit: str, meaning: str) -> Gauge:
    """A number that is shown as it was last set; costs nothing while nothing is exported."""
    return metrics.get_meter("cxm").create_gauge(name, unit=unit, description=meaning)


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


def configure_logs(name: str) -> None:
    """One JSON object a line on stderr, with the process's name and the ids of the running span; of libraries,
    warnings and worse."""
    import sys

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            lambda _logger, _method, event: {"process": name, **event, **trace_ids()},
            structlog.processors.ExceptionRenderer(_frames),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=ForgivingFile(sys.stderr)),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[LibraryHandler()], level=logging.WARNING)
