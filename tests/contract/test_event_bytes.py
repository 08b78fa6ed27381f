"""The bytes of events, as a consumer that is not updated yet reads them."""

from datetime import date

from google.protobuf.descriptor import FieldDescriptor

from cxm.employee_exp.v1 import events_pb2 as employee_events
from cxm.profile.v1 import events_pb2 as profile_events
from cxm.survey.v1 import events_pb2 as survey_events
from services.kit.clock import day_number


def test_a_recorded_response_keeps_its_bytes() -> None:
    response = survey_events.RecordedResponse(
        response_id="r",
        survey_id="s",
        survey_version_id="v",
        department_id="d",
        local_day=day_number(date(2026, 1, 1)),
        dimensions=survey_events.DimensionSet(touchpoint_id="t", stage="p", channel="c"),
        answers=[
            survey_events.ScoredAnswer(question_id="q", score=9),
            survey_events.ScoredAnswer(question_id="w", dont_know=True),
        ],
        sign=1,
    )
    envelope = survey_events.ResponsesRecorded(envelope=7, responses=[response])

    assert envelope.SerializeToString(deterministic=True).hex() == (
        "0807122b0a01721201731a017622016428e69f0132090a01741201701a01"
        "633a050a017110123a050a017718014002"
    )


def test_no_event_has_a_field_for_personal_data() -> None:
    """What names a person, or quotes one, has no place in an event."""
    words = ("verbatim", "text", "customer", "email", "external", "employee_name", "first_name")
    # What is asked, not what is answered.
    survey = "cxm.survey.v1"
    asked = (
        "Survey.texts",
        "Question.text",
        "Question.texts",
        "Option.text",
        "Option.texts",
        "Text.text",
    )
    allowed = {f"{survey}.{field}" for field in asked}
    seen: set[str] = set()

    def visit(message: object) -> None:
        for field in message.fields:  # type: ignore[attr-defined]
            if field.full_name in seen:
                continue
            seen.add(field.full_name)
            if field.full_name not in allowed:
                assert not any(word in field.name for word in words), field.full_name
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                visit(field.message_type)

    for module in (employee_events, profile_events, survey_events):
        for message in module.DESCRIPTOR.message_types_by_name.values():
            visit(message)
    assert "cxm.survey.v1.RecordedResponse.department_id" in seen
