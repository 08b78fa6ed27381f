"""Planning, opening and closing waves."""

from collections.abc import Iterable

import strawberry

from cxm.employee_exp.v1 import waves_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.base.node import as_graphql
from gateway.graph.base.scalars import DateTime
from gateway.graph.surveys.mutations import LocalizedTextInput
from gateway.graph.waves.instants import timestamp_of
from gateway.graph.waves.kinds import WaveKind, WaveQuestionKind
from gateway.graph.waves.types import Wave
from gateway.request.context import Context, Info

_KEY = "Of the wave."


@strawberry.input(description="One question of a wave.")
class WaveQuestionInput:
    key: str = strawberry.field(
        description="Once in a wave. Of one key over waves it is the same question, and is compared: it keeps its kind."
    )
    kind: WaveQuestionKind = strawberry.field(description="What may be answered.")
    text: str = strawberry.field(description="As it is asked, in the wave's language.")
    texts: list[LocalizedTextInput] | None = strawberry.field(
        default=None, description="The text in every other language of the wave."
    )


@strawberry.input(
    description="A draft, all of it. What is absent is as here, whatever was planned before."
)
class UpsertWaveInput:
    key: str = strawberry.field(
        description="The organisation's own code; a draft of it is changed."
    )
    kind: WaveKind = strawberry.field(description="Who is asked, and how much.")
    name: str = strawberry.field(description="For people, in the wave's language.")
    names: list[LocalizedTextInput] | None = strawberry.field(
        default=None, description="The name in every other language of the wave."
    )
    language: str = strawberry.field(description="BCP 47 tag of the plain name and texts, e.g. en.")
    languages: list[str] | None = strawberry.field(
        default=None,
        description="BCP 47 tags of the languages in which it can be answered; absent: `language` alone.",
    )
    questions: list[WaveQuestionInput] = strawberry.field(
        description="1 to 60, in the order they are asked."
    )
    departments: list[str] | None = strawberry.field(
        default=None,
        description="Keys of the departments to ask, each with all under it; absent: the whole organisation.",
    )
    k: int = strawberry.field(
        default=5,
        description="The smallest group that is shown, 5 to 100 people. Below 10 it sees at most participation and "
        "engagement: all else takes 10 people, a sensitive question 20.",
    )
    dimensions: list[str] | None = strawberry.field(
        default=None,
        description="Attributes of employees by which results may be cut, one at a time; at most 5.",
    )
    opens_at: DateTime | None = strawberry.field(
        default=None, description="When it opens by itself; absent: by hand."
    )
    closes_at: DateTime | None = strawberry.field(
        default=None,
        description="When it closes, later than it opens; the instant itself is too late. Needed to open.",
    )
    reminders: list[int] | None = strawberry.field(
        default=None,
        description="Days after its opening, ascending, before it closes, at most 5; absent: none.",
    )
    repeat_months: int | None = strawberry.field(
        default=None,
        description="When it opens, make the next draft, so many months later; absent: once.",
    )


@strawberry.input(description="A draft to open now.")
class OpenWaveInput:
    key: str = strawberry.field(description=_KEY)


@strawberry.input(description="An open wave to close now, before its time.")
class CloseWaveInput:
    key: str = strawberry.field(description=_KEY)
    reason: str = strawberry.field(description="1 to 500 characters; kept with the wave and shown.")


@strawberry.input(description="A draft to remove.")
class RemoveWaveInput:
    key: str = strawberry.field(description=_KEY)


@strawberry.type(description="What became of a change of a wave.")
class ChangeWavePayload:
    wave: Wave | None = strawberry.field(
        default=None, description="As it stands now; null when the change was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused, e.g. WAVE_OPENED, WAVE_NOT_OPEN, CLOSES_AT_MISSING, KIND_CHANGED (another "
        "wave asks a question of this key as another kind), REMINDER_TOO_LATE (the wave would be closed by then), "
        "WAVE_OVERLAPS or WAVE_TOO_SOON (results could be subtracted from those of another wave).",
    )


@strawberry.type(description="What became of the removal of a draft.")
class RemoveWavePayload:
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why it was refused, e.g. WAVE_OPENED, WAVE_IMPORTED."
    )


@strawberry.type
class WaveMutation:
    @strawberry.field(
        description="Plan a wave: make a draft, or change one. What was opened is changed by nobody; the same plan "
        "again answers with the wave as it stands, see `Wave.state`. Repeatable. For admins and analysts."
    )
    async def upsert_wave(self, info: Info, given: Input[UpsertWaveInput]) -> ChangeWavePayload:
        return await mutate(ChangeWavePayload, _upsert(info.context, given))

    @strawberry.field(
        description="Open a draft now. Departments, people, their categories, questions and k are frozen, links go "
        "out, and it never is a draft again. For admins and analysts."
    )
    async def open_wave(self, info: Info, given: Input[OpenWaveInput]) -> ChangeWavePayload:
        return await mutate(ChangeWavePayload, _open(info.context, given.key))

    @strawberry.field(
        description="Close an open wave now. Its results are released by themselves, once; it is never opened again. "
        "For admins and analysts."
    )
    async def close_wave(self, info: Info, given: Input[CloseWaveInput]) -> ChangeWavePayload:
        return await mutate(ChangeWavePayload, _close(info.context, given))

    @strawberry.field(description="Remove a draft. For admins and analysts.")
    async def remove_wave(self, info: Info, given: Input[RemoveWaveInput]) -> RemoveWavePayload:
        return await mutate(RemoveWavePayload, _remove(info.context, given.key))


async def _upsert(context: Context, given: UpsertWaveInput) -> ChangeWavePayload:
    request = pb.UpsertWaveRequest(key=given.key, draft=_draft(given))
    reply = await context.call("employee_exp", context.clients.waves.UpsertWave, request)
    return ChangeWavePayload(wave=as_graphql(reply.wave))


async def _open(context: Context, key: str) -> ChangeWavePayload:
    request = pb.OpenWaveRequest(key=key)
    reply = await context.call("employee_exp", context.clients.waves.OpenWave, request)
    return ChangeWavePayload(wave=as_graphql(reply.wave))


async def _close(context: Context, given: CloseWaveInput) -> ChangeWavePayload:
    request = pb.CloseWaveRequest(key=given.key, reason=given.reason)
    reply = await context.call("employee_exp", context.clients.waves.CloseWave, request)
    return ChangeWavePayload(wave=as_graphql(reply.wave))


async def _remove(context: Context, key: str) -> RemoveWavePayload:
    request = pb.RemoveWaveRequest(key=key)
    await context.call("employee_exp", context.clients.waves.RemoveWave, request)
    return RemoveWavePayload()


def _draft(given: UpsertWaveInput) -> pb.WaveDraft:
    return pb.WaveDraft(
        kind=pb.WaveKind.Value(f"WAVE_KIND_{given.kind.name}"),
        language=given.language,
        languages=given.languages or [given.language],
        name=given.name,
        names=_texts(given.names),
        questions=map(_question, given.questions),
        departments=given.departments or (),
        k=given.k,
        dimensions=given.dimensions or (),
        opens_at=timestamp_of(given.opens_at, "opens_at"),
        closes_at=timestamp_of(given.closes_at, "closes_at"),
        reminders=given.reminders or (),
        repeat_months=given.repeat_months or 0,
    )


def _question(question: WaveQuestionInput) -> pb.WaveQuestion:
    return pb.WaveQuestion(
        key=question.key,
        kind=pb.WaveQuestionKind.Value(f"WAVE_QUESTION_KIND_{question.kind.name}"),
        text=question.text,
        texts=_texts(question.texts),
    )


def _texts(texts: Iterable[LocalizedTextInput] | None) -> list[pb.WaveText]:
    return [pb.WaveText(language=each.language, text=each.text) for each in texts or ()]
