"""Protobuf <-> waves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.employee_exp.v1 import waves_pb2 as pb
from services.employee_exp.waves.domain.preview import Preview
from services.employee_exp.waves.domain.wave import (
    ReleaseReport,
    Texts,
    Wave,
    WaveDraft,
    WaveQuestion,
)
from services.kit.errors import Invalid
from services.kit.letters import composed

_STATES = {
    "draft": pb.WAVE_STATE_DRAFT,
    "open": pb.WAVE_STATE_OPEN,
    "closed": pb.WAVE_STATE_CLOSED,
    "released": pb.WAVE_STATE_RELEASED,
}


def draft(message: pb.WaveDraft) -> WaveDraft:
    """A draft as its author sends it; no languages: that of its texts alone."""
    return WaveDraft(
        kind=message.kind,
        language=message.language,
        languages=tuple(message.languages) or (message.language,),
        name=composed(message.name.strip()),
        names=_texts(message.names),
        questions=tuple(map(_question, message.questions)),
        departments=tuple(composed(key) for key in message.departments),
        k=message.k,
        dimensions=tuple(composed(name) for name in message.dimensions),
        opens_at=instant(message, "opens_at"),
        closes_at=instant(message, "closes_at"),
        reminders=tuple(message.reminders),
        repeat_months=message.repeat_months,
    )


def _question(message: pb.WaveQuestion) -> WaveQuestion:
    text = composed(message.text.strip())
    return WaveQuestion(composed(message.key), message.kind, text, _texts(message.texts))


def _texts(messages: Iterable[pb.WaveText]) -> Texts:
    return tuple(sorted((text.language, composed(text.text.strip())) for text in messages))


def draft_message(draft: WaveDraft) -> pb.WaveDraft:
    """A draft as it is kept and sent."""
    return pb.WaveDraft(
        kind=pb.WaveKind.ValueType(draft.kind),
        language=draft.language,
        languages=draft.languages,
        name=draft.name,
        names=text_messages(draft.names),
        questions=map(question_message, draft.questions),
        departments=draft.departments,
        k=draft.k,
        dimensions=draft.dimensions,
        opens_at=timestamp(draft.opens_at),
        closes_at=timestamp(draft.closes_at),
        reminders=draft.reminders,
        repeat_months=draft.repeat_months,
    )


def question_message(question: WaveQuestion) -> pb.WaveQuestion:
    """A question as it is asked."""
    return pb.WaveQuestion(
        key=question.key,
        kind=pb.WaveQuestionKind.ValueType(question.kind),
        text=question.text,
        texts=text_messages(question.texts),
    )


def text_messages(texts: Texts) -> list[pb.WaveText]:
    """A text in other languages."""
    return [pb.WaveText(language=language, text=text) for language, text in texts]


def draft_bytes(draft: WaveDraft) -> bytes:
    """A draft as it is stored."""
    return draft_message(draft).SerializeToString()


def stored_draft(content: bytes) -> WaveDraft:
    """The draft that was stored."""
    return draft(pb.WaveDraft.FromString(content))


def report_bytes(report: ReleaseReport) -> bytes:
    """A report as it is stored."""
    return _report_message(report).SerializeToString()


def stored_report(content: bytes) -> ReleaseReport:
    """The report that was stored."""
    message = pb.ReleaseReport.FromString(content)
    return ReleaseReport(
        answered=message.answered,
        departments=message.departments,
        released=message.released,
        cuts=message.cuts,
        dropped=message.dropped,
        cells=message.cells,
        plan_hash=message.plan_hash,
        lost=message.lost,
        lost_because=message.lost_because,
        ballots_end_at=instant(message, "ballots_end_at"),
    )


def _report_message(report: ReleaseReport) -> pb.ReleaseReport:
    return pb.ReleaseReport(
        answered=report.answered,
        departments=report.departments,
        released=report.released,
        cuts=report.cuts,
        dropped=report.dropped,
        cells=report.cells,
        plan_hash=report.plan_hash,
        lost=report.lost,
        lost_because=report.lost_because,
        ballots_end_at=timestamp(report.ballots_end_at),
    )


def wave_message(wave: Wave, *, whole: bool) -> pb.Wave:
    """A wave: whole for who may write waves; for others without counts, plans and whom it was made for."""
    shown = wave if whole else replace(wave, draft=_without_plans(wave.draft))
    message = pb.Wave(
        id=wave.id,
        key=wave.key,
        state=_STATES[wave.state],
        draft=draft_message(shown.draft),
        opened_at=timestamp(wave.opened_at),
        closed_at=timestamp(wave.closed_at),
        released_at=timestamp(wave.released_at),
        imported=wave.imported,
    )
    if whole:
        message.closed_early_because = wave.closed_early_because
        message.invited = wave.invited
        message.links_sent = wave.links_sent
        if wave.links_spent is not None:
            message.links_spent = wave.links_spent
        if wave.report is not None:
            message.report.CopyFrom(_report_message(wave.report))
    return message


def _without_plans(draft: WaveDraft) -> WaveDraft:
    return replace(draft, departments=(), reminders=(), repeat_months=0)


def preview_message(preview: Preview) -> pb.PreviewWaveResponse:
    """Who would be asked, and what would be shown."""
    return pb.PreviewWaveResponse(
        people=preview.people,
        reachable=preview.reachable,
        departments=preview.departments,
        shown=preview.shown,
        dimensions=[
            pb.PreviewedDimension(
                name=d.name,
                categories=d.categories,
                cuts=d.cuts,
                cuts_if_given=d.cuts_if_given,
                unknown=d.is_unknown,
            )
            for d in preview.dimensions
        ],
        other_k=[k for k, _ in preview.others],
        other_shown=[shown for _, shown in preview.others],
    )


def timestamp(at: datetime | None) -> Timestamp | None:
    """An instant as it travels."""
    if at is None:
        return None
    message = Timestamp()
    message.FromDatetime(at)
    return message


def instant(message: Message, field: str) -> datetime | None:
    """The instant in a field, None where it was not sent; Invalid for what is none."""
    if not message.HasField(field):
        return None
    sent: Any = getattr(message, field)
    try:
        at: datetime = sent.ToDatetime(UTC)
    except (ValueError, OverflowError) as error:
        wrong = f"{field} is no time: send one between the years 1 and 9999"
        raise Invalid(wrong, reason="INVALID_TIME", field=[field]) from error
    return at
