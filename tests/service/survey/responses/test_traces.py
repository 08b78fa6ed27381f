import asyncio

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from cxm.survey.v1 import responses_pb2 as pb
from services.kit import telemetry
from services.kit.rights.access import ANONYMOUS
from services.kit.rpc.servicing import call_metadata
from services.survey.responses import convert
from tests.service.survey.conftest import Breaking
from tests.service.survey.support.running import SurveyService, make_submission, score, words


def named(spans: InMemorySpanExporter, name: str) -> list[ReadableSpan]:
    return [span for span in spans.get_finished_spans() if span.name == name]


async def submit_traced(survey: SurveyService, *sent: pb.Submission) -> int:
    """The trace id under which somebody submits."""
    with telemetry.tracer().start_as_current_span("caller") as span:
        await survey.submit(*sent, metadata=call_metadata())
        return span.get_span_context().trace_id


async def announced_traces(survey: SurveyService) -> list[list[str]]:
    """Trace and span ids that envelopes carry, in order."""
    rows = await survey.database.pool.fetch(
        "SELECT traceparent FROM outbox WHERE subject LIKE '%responses%' ORDER BY id"
    )
    return [row[0].split("-")[1:3] for row in rows]


async def test_a_single_response_stays_in_its_callers_trace(
    survey: SurveyService, spans: InMemorySpanExporter
) -> None:
    trace_id = await submit_traced(survey, make_submission())

    (commit,) = named(spans, "survey.commit")
    (call,) = named(spans, "cxm.survey.v1.ResponseService/SubmitResponses")
    assert commit.context.trace_id == call.context.trace_id == trace_id
    assert commit.parent is not None
    assert commit.parent.span_id == call.context.span_id
    assert await announced_traces(survey) == [
        [f"{trace_id:032x}", f"{commit.context.span_id:016x}"]
    ]


async def test_a_group_of_several_calls_is_its_own_trace_with_links(
    survey: SurveyService, spans: InMemorySpanExporter
) -> None:
    async def caller() -> int:
        with telemetry.tracer().start_as_current_span("caller") as span:
            sent = convert.submission(make_submission())
            await survey.intake.accept(ANONYMOUS, [sent])
            return span.get_span_context().trace_id

    await caller()  # so that the survey is known and nobody waits for it
    traces = await asyncio.gather(*(caller() for _ in range(6)))

    alone, group = named(spans, "survey.commit")
    assert len(alone.links) == 0
    assert group.parent is None
    assert group.context.trace_id not in traces
    assert [link.context.trace_id for link in group.links] == traces
    assert (await announced_traces(survey))[-1] == [
        f"{group.context.trace_id:032x}",
        f"{group.context.span_id:016x}",
    ]


async def test_no_span_holds_what_a_person_wrote(
    survey: SurveyService, breaking: Breaking, spans: InMemorySpanExporter
) -> None:
    await breaking.execute(
        "ALTER TABLE survey_verbatim ADD CONSTRAINT poison CHECK (text <> 'Mrs. Smith')"
    )

    await submit_traced(survey, make_submission(score(1), words("Mrs. Smith")))

    assert named(spans, "survey.commit")
    assert not any("Smith" in span.to_json() for span in spans.get_finished_spans())
