"""Shows the numbers of this process to Prometheus, which asks, and to an OTLP collector, which is sent them."""

from dataclasses import replace
from typing import Any, Final

from opentelemetry import metrics
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics import export as sdk
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest

from services.kit.config import VERSION
from services.kit.numbers import metering
from services.kit.numbers.metering import collect_histograms

EXPORT_SECONDS: Final = 10.0
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_VERSION = metering.gauge(
    "cxm.process.version",
    unit="{process}",
    meaning="1 for the version of cxm that this process runs.",
    labels=("version",),
)
_is_on = False
_registry = CollectorRegistry()


def _with_histograms(data: sdk.MetricsData, resource: Resource) -> sdk.MetricsData:
    ours = sdk.ScopeMetrics(InstrumentationScope("cxm"), collect_histograms(), "")
    return replace(
        data, resource_metrics=[*data.resource_metrics, sdk.ResourceMetrics(resource, [ours], "")]
    )


class _Scraped(PrometheusMetricReader):
    def __init__(self, resource: Resource) -> None:
        super().__init__(
            disable_target_info=True,
            scope_info_enabled=False,
            resource_attribute_filter=lambda key: key == "service.name",
            registry=_registry,
        )
        self.resource = resource

    def _receive_metrics(self, metrics_data: sdk.MetricsData, *args: Any, **kwargs: Any) -> None:
        super()._receive_metrics(_with_histograms(metrics_data, self.resource), *args, **kwargs)


class _Pushed(sdk.PeriodicExportingMetricReader):
    def __init__(self, resource: Resource, endpoint: str) -> None:
        from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter

        self.resource = resource
        exporter = OTLPMetricExporter(endpoint=endpoint, insecure=True)
        super().__init__(exporter, export_interval_millis=EXPORT_SECONDS * 1000)

    def _receive_metrics(self, metrics_data: sdk.MetricsData, *args: Any, **kwargs: Any) -> None:
        super()._receive_metrics(_with_histograms(metrics_data, self.resource), *args, **kwargs)


def start(name: str, endpoint: str | None, *, is_scraped: bool) -> MeterProvider | None:
    """Show the numbers of this process to whoever scrapes it, and push them to an OTLP collector (host:port, plain
    gRPC) every 10 s; None where nobody asks for them."""
    global _is_on
    resource = Resource.create({"service.name": f"cxm-{name}"})
    readers: list[sdk.MetricReader] = [_Scraped(resource)] if is_scraped else []
    readers += [_Pushed(resource, endpoint)] if endpoint else []
    if not readers:
        return None
    _VERSION.set(1, VERSION)
    provider = MeterProvider(readers, resource)
    metrics.set_meter_provider(provider)
    if is_scraped:
        ProcessCollector(registry=_registry)
    _is_on = True
    return provider


def is_on() -> bool:
    """Whether anybody is shown the numbers; what must be asked for is asked only then."""
    return _is_on


def scrape() -> bytes:
    """All numbers, in Prometheus' text format; in a thread, for it takes some milliseconds."""
    return generate_latest(_registry)
