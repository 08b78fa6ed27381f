"""Who decides whether a trace is recorded."""

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON, ParentBased, Sampler

from services.kit.telemetry import OwnDecision, context_of

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0"
RECORDED, NOT_RECORDED = f"{CALLER}1", f"{CALLER}0"


def is_recorded(sampler: Sampler, traceparent: str) -> tuple[bool, bool]:
    """Whether a span that continues what a caller sent is recorded, and what is done inside it."""
    tracer = TracerProvider(sampler=sampler).get_tracer("test")
    with tracer.start_as_current_span("outer", context=context_of(traceparent)) as outer:
        inner = tracer.start_span("inner")
        return outer.is_recording(), inner.is_recording()


@pytest.mark.parametrize("traceparent", [RECORDED, NOT_RECORDED])
def test_a_caller_decides_nothing(traceparent: str) -> None:
    assert is_recorded(OwnDecision(ParentBased(ALWAYS_ON)), traceparent) == (True, True)
    assert is_recorded(OwnDecision(ParentBased(ALWAYS_OFF)), traceparent) == (False, False)


def test_without_that_it_does() -> None:
    assert is_recorded(ParentBased(ALWAYS_OFF), RECORDED) == (True, True)
    assert is_recorded(ParentBased(ALWAYS_ON), NOT_RECORDED) == (False, False)
