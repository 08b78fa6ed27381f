"""Waves and releases of the stub services: an analyst's wave, and what was released of it."""

from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.employee_exp.v1 import releases_pb2, releases_pb2_grpc, waves_pb2, waves_pb2_grpc
from services.kit.errors import Conflict, Invalid
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


def wave(key: str, state: waves_pb2.WaveState.ValueType) -> waves_pb2.Wave:
    questions = [
        waves_pb2.WaveQuestion(key=key, kind=kind, text=key.title())
        for key, kind in (
            ("recommend", waves_pb2.WAVE_QUESTION_KIND_ENPS),
            ("heard", waves_pb2.WAVE_QUESTION_KIND_AGREEMENT),
            ("fair", waves_pb2.WAVE_QUESTION_KIND_SENSITIVE),
            ("words", waves_pb2.WAVE_QUESTION_KIND_TEXT),
        )
    ]
    questions[1].texts.add(language="lv", text="Dzird")
    draft = waves_pb2.WaveDraft(
        kind=waves_pb2.WAVE_KIND_PULSE,
        language="en",
        languages=["en", "lv"],
        name=key.title(),
        questions=questions,
        k=5,
        dimensions=["place"],
        closes_at=Timestamp(seconds=1_790_000_000),
        reminders=[3],
    )
    return waves_pb2.Wave(id=f"id-{key}", key=key, state=state, draft=draft)


def score(statistic: str, n: int, value: float | None = None) -> releases_pb2.ReleasedScore:
    """With an interval where there is a value."""
    if value is None:
        return releases_pb2.ReleasedScore(statistic=statistic, n=n)
    return releases_pb2.ReleasedScore(
        statistic=statistic, n=n, value=value, low=value - 0.1, high=value + 0.1, method="t"
    )


class Waves(waves_pb2_grpc.WaveServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    def _found(self, *names: str) -> list[waves_pb2.Wave]:
        return [wave for wave in self.services.waves if {wave.id, wave.key} & set(names)]

    async def UpsertWave(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertWave", request, context)
        kept = waves_pb2.Wave(
            id="id-new", key=request.key, state=waves_pb2.WAVE_STATE_DRAFT, draft=request.draft
        )
        return waves_pb2.UpsertWaveResponse(wave=kept)

    async def RemoveWave(self, request: Any, context: Context) -> Any:
        self.services.note("RemoveWave", request, context)
        return waves_pb2.RemoveWaveResponse()

    async def OpenWave(self, request: Any, context: Context) -> Any:
        self.services.note("OpenWave", request, context)
        raise Conflict("it is open already", reason="WAVE_OPENED", field=["key"])

    async def CloseWave(self, request: Any, context: Context) -> Any:
        self.services.note("CloseWave", request, context)
        (closed,) = self._found(request.key)
        closed.state = waves_pb2.WAVE_STATE_CLOSED
        closed.closed_early_because = request.reason
        return waves_pb2.CloseWaveResponse(wave=closed)

    async def ListWaves(self, request: Any, context: Context) -> Any:
        self.services.note("ListWaves", request, context)
        ids = [wave.id for wave in self.services.waves]
        start = ids.index(request.after) + 1 if request.after else 0
        page = self.services.waves[start : start + request.first]
        more = start + len(page) < len(ids)
        total = len(ids) if request.count else None
        return waves_pb2.ListWavesResponse(waves=page, more=more, total=total)

    async def BatchGetWaves(self, request: Any, context: Context) -> Any:
        self.services.note("BatchGetWaves", request, context)
        return waves_pb2.BatchGetWavesResponse(waves=self._found(*request.ids, *request.keys))

    async def PreviewWave(self, request: Any, context: Context) -> Any:
        self.services.note("PreviewWave", request, context)
        place = waves_pb2.PreviewedDimension(name="place", categories=6, cuts=2, cuts_if_given=3)
        plcae = waves_pb2.PreviewedDimension(name="plcae", categories=1, unknown=True)
        return waves_pb2.PreviewWaveResponse(
            people=652,
            reachable=640,
            departments=40,
            shown=27,
            dimensions=[place, plcae],
            other_k=[8, 10],
            other_shown=[20, 16],
        )

    async def GetStandardQuestions(self, request: Any, context: Context) -> Any:
        self.services.note("GetStandardQuestions", request, context)
        questions = wave("standard", waves_pb2.WAVE_STATE_DRAFT).draft.questions
        return waves_pb2.GetStandardQuestionsResponse(questions=questions)


class Releases(releases_pb2_grpc.ReleaseServiceServicer):
    """Of the departments in `services.released`; the hidden ones may be seen without their scores."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def GetResults(self, request: Any, context: Context) -> Any:
        self.services.note("GetResults", request, context)
        return releases_pb2.GetResultsResponse(
            results=[
                self.services.released[id_]
                for id_ in request.department_ids
                if id_ in self.services.released and id_ not in self.services.hidden
            ],
            denied_ids=[id_ for id_ in request.department_ids if id_ in self.services.hidden],
        )

    async def GetWaveBreakdown(self, request: Any, context: Context) -> Any:
        self.services.note("GetWaveBreakdown", request, context)
        if request.dimension != "place":
            raise Invalid("not declared", reason="FILTER_NOT_REPORTABLE", field=["dimension"])
        categories = [
            releases_pb2.ReleasedCategory(category=name, scores=[score("engagement", 40, 0.5)])
            for name in ("Riga", "")
        ]
        return releases_pb2.GetWaveBreakdownResponse(released=True, categories=categories)

    async def ListWaveVerbatims(self, request: Any, context: Context) -> Any:
        self.services.note("ListWaveVerbatims", request, context)
        if request.question == "fair":
            return releases_pb2.ListWaveVerbatimsResponse(released=False, counted_in="Root")
        words = [f"word {number}" for number in range(12)]
        page = words[request.offset : request.offset + request.first]
        return releases_pb2.ListWaveVerbatimsResponse(
            released=True, verbatims=page, total=len(words)
        )

    def ImportWave(self, request: Any, context: Context) -> Any:
        reply = releases_pb2.ImportWaveResponse
        return self.services.take("ImportWave", request, reply, context)
