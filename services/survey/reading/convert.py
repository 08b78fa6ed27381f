"""Protobuf <-> responses on a page."""

from collections.abc import Mapping
from datetime import timedelta

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from services.kit.clock import instant_text
from services.kit.errors import Invalid
from services.kit.letters import composed
from services.kit.rpc.fields import optional, optionals
from services.survey.attribution.submission import Value
from services.survey.reading.domain import (
    EPOCH,
    CountedBy,
    ReadingPlace,
    ReadingScope,
    ScoreBounds,
    lead_score,
)
from services.survey.reading.listing import Listed, ReadingAsked, TextsAsked
from services.survey.reading.of_customer import CustomerResponses
from services.survey.reading.storage import ReadRow
from services.survey.responses.domain.ids import row_id, shown_id
from services.survey.surveys.domain.questions import Question, QuestionKind, value_of

VALUES = ("touchpoint", "stage", "channel", "segment", "language")
MICROSECOND = timedelta(microseconds=1)
FURTHEST = 10**16  # microseconds: year 2286


def scope(message: pb.ReadingScope) -> ReadingScope:
    """Whose responses are asked for, not checked yet."""
    values = zip(VALUES, optionals(message.filter, *VALUES), strict=True)
    return ReadingScope(
        message.department_id,
        message.from_day,
        message.to_day,
        message.include_subtree,
        message.as_it_was,
        optional(message.filter, "survey"),
        {name: value for name, value in values if value is not None},
    )


def asked(key: bytes, request: pb.ListResponsesRequest | pb.ListVerbatimsRequest) -> ReadingAsked:
    """Which page is asked for; Invalid for a place that is none. `key`: of the names of rows."""
    after = place(key, request.after) if request.HasField("after") else None
    return ReadingAsked(scope(request.scope), request.first, after, request.count)


def place(key: bytes, message: pb.ReadingPlace) -> ReadingPlace:
    """A place in a list; Invalid if it is none."""
    response_id = shown_id(key, message.row) if message.row else None
    if not 0 <= message.at <= FURTHEST or (message.row and response_id is None):
        raise Invalid("this is no place in the list", reason="BAD_CURSOR", field=["after"])
    return ReadingPlace(EPOCH + message.at * MICROSECOND, response_id, message.position)


def counted_by(message: pb.CountedBy) -> CountedBy:
    """How a metric counts; Invalid if it reads no answers."""
    named_by = message.WhichOneof("item")
    if named_by == "kind":
        return CountedBy(_kind(message.kind), with_dont_know=message.with_dont_know)
    if named_by == "standard_item":
        return CountedBy(None, item=message.standard_item, with_dont_know=message.with_dont_know)
    named = message.question
    if not named.question:
        raise Invalid("this metric reads no answers", reason="NO_ANSWERS_READ")
    return CountedBy(
        None, named.survey, named.question, named.option, with_dont_know=message.with_dont_know
    )


def texts_asked(request: pb.ListVerbatimsRequest) -> TextsAsked:
    """Which texts are asked for."""
    scored = None
    if request.HasField("scored"):
        bounds = request.scored
        scored = ScoreBounds(_kind(bounds.kind), bounds.low, bounds.high)
    department, question = composed(request.department), composed(request.question)
    return TextsAsked(department, question, scored, request.search.strip())


def _kind(number: int) -> QuestionKind:
    try:
        return QuestionKind(number)
    except ValueError as error:
        raise Invalid("there is no such kind of question", reason="UNKNOWN_KIND") from error


def responses(key: bytes, listed: Listed) -> pb.ListResponsesResponse:
    """A page of responses."""
    page = listed.page
    return pb.ListResponsesResponse(
        responses=[
            pb.ReadResponse(context=_context(key, row, listed), answers=_answers(row, listed))
            for row in page.rows
        ],
        next=_place(key, page.next),
        total=listed.total,
        looked_back_to_day=_looked_back_to(listed),
    )


def verbatims(key: bytes, listed: Listed) -> pb.ListVerbatimsResponse:
    """A page of texts."""
    page = listed.page
    return pb.ListVerbatimsResponse(
        verbatims=[_verbatim(key, row, listed) for row in page.rows],
        next=_place(key, page.next),
        total=listed.total,
        looked_back_to_day=_looked_back_to(listed),
    )


def customer_responses(
    key: bytes, page: CustomerResponses, first: int
) -> pb.ListCustomerResponsesResponse:
    """A page of responses of a customer; what is beyond `first` says that there is more."""
    return pb.ListCustomerResponsesResponse(
        responses=[_context(key, row, page) for row in page.rows[:first]],
        more=len(page.rows) > first,
    )


def _verbatim(key: bytes, row: ReadRow, listed: Listed) -> pb.Verbatim:
    survey = listed.versions[row.version_id]
    question = next(q for q in survey.questions if q.id == row.question_id)
    return pb.Verbatim(
        context=_context(key, row, listed),
        question=question.key,
        asked=question.text,
        text=row.words.get(question.id, ""),
    )


def _context(key: bytes, row: ReadRow, listed: Listed | CustomerResponses) -> pb.ReadContext:
    tree, survey = listed.tree, listed.versions[row.version_id]
    department = tree.departments[row.department_id]
    touchpoint = tree.touchpoints.get(row.touchpoint_id or "")
    lead = lead_score(survey, row.answers)
    return pb.ReadContext(
        row=row_id(key, row.id),
        day=row.local_day,
        occurred_at=instant_text(row.occurred_at),
        department=pb.NamedByKey(key=department.key, name=department.name),
        touchpoint=pb.NamedByKey(key=touchpoint.key, name=touchpoint.name) if touchpoint else None,
        survey=pb.NamedByKey(key=survey.key, name=survey.title),
        stage=row.stage or "",
        channel=row.channel or "",
        segment=row.segment or "",
        language=row.language or "",
        lead=pb.LeadScore(kind=_number(lead.kind), score=lead.score, low=lead.low, high=lead.high)
        if lead
        else None,
        place=_place(key, row.place),
    )


def _answers(row: ReadRow, listed: Listed) -> list[pb.ReadAnswer]:
    survey = listed.versions[row.version_id]
    read = (
        _answer(question, row.answers[span], row.words)
        for question, span in zip(survey.questions, survey.spans, strict=True)
    )
    return [answer for answer in read if answer is not None]


def _answer(question: Question, kept: bytes, words: Mapping[str, str]) -> pb.ReadAnswer | None:
    """An answer as it was given; None where there is none."""
    message = pb.ReadAnswer(question=question.key, kind=_number(question.kind), asked=question.text)
    value: Value = words.get(question.id)
    if question.kind is not QuestionKind.TEXT:
        value = value_of(question, kept)
    if value is None:
        return None
    if isinstance(value, str):
        message.text = value
    elif value is True:
        message.dont_know = True
    elif isinstance(value, tuple):
        chosen = [option for option in question.options if option.key in value]
        message.options.extend(pb.NamedByKey(key=o.key, name=o.text) for o in chosen)
    else:
        message.score = value
    return message


def _number(kind: QuestionKind) -> surveys_pb2.QuestionKind.ValueType:
    return surveys_pb2.QuestionKind.Value(f"QUESTION_KIND_{kind.name}")


def _place(key: bytes, at: ReadingPlace | None) -> pb.ReadingPlace | None:
    if at is None:
        return None
    row = row_id(key, at.id) if at.id else ""
    return pb.ReadingPlace(at=(at.at - EPOCH) // MICROSECOND, row=row, position=at.position)


def _looked_back_to(listed: Listed) -> int | None:
    looked = listed.page.looked_back_to
    return None if looked is None else listed.tree.local_day(looked)
