"""One trace joins gateway, survey, event and metrics."""

from tests.path.support.pulse import set_up, submit
from tests.support.collector import collecting
from tests.support.platform import eventually
from tests.support.platform_fixtures import StartPlatform

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
PARENT_ID = "b7ad6b7169203331"


def test_a_response_is_one_trace_without_an_orphan(start_platform: StartPlatform) -> None:
    with collecting() as (endpoint, kept):
        platform = start_platform("--otlp-endpoint", endpoint)
        set_up(platform)

        who = f"Bearer {platform.token('admin')}"
        submit(platform, 9, traceparent=f"00-{TRACE_ID}-{PARENT_ID}-01", authorization=who)

        services = {"cxm-gateway", "cxm-survey", "cxm-metrics"}
        eventually(
            lambda: services <= {span.service for span in kept.of_trace(TRACE_ID)}, seconds=30
        )
        trace = kept.of_trace(TRACE_ID)
        known = {span.span_id for span in trace} | {PARENT_ID}
        assert [span for span in trace if span.parent_id not in known] == []
        assert "metrics-record-responses" in {span.name for span in trace}

        def has_no_orphan() -> bool:
            everything = {span.span_id for span in kept.spans} | {PARENT_ID, ""}
            return all(span.parent_id in everything for span in kept.spans)

        eventually(has_no_orphan, seconds=30)
        names = {f"cxm-{name}" for name in ("profile", "survey", "metrics", "employee_exp")}
        eventually(
            lambda: names <= {line.service for line in kept.logs.lines if line.text == "ready"},
            seconds=30,
        )
