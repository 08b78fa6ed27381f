"""The service of analyses as tests drive it, and answers that have drivers."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from cxm.metrics.v1 import drivers_pb2 as pb
from cxm.survey.v1 import surveys_pb2 as survey_pb
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.clock import new_id
from services.metrics.drivers.running import DriverRunner
from services.metrics.formulas.drivers.weights import Floats, correlations
from tests.service.metrics.conftest import Metrics, make_scope
from tests.support.builders import (
    id_of,
    make_response,
    make_survey,
)

if TYPE_CHECKING:
    from cxm.metrics.v1.drivers_pb2_grpc import DriverServiceAsyncStub

START, END = date(2026, 1, 1), date(2026, 2, 1)
DRIVERS = ("available", "competent", "fast")
Row = Sequence[int | None]


def service_survey(drivers: Sequence[str] = DRIVERS, items: Sequence[str] = ()) -> survey_pb.Survey:
    """NPS first, then ratings 1 to 5, a text, and a choice of one."""
    survey = make_survey("service", ["NPS"])
    for key in drivers:
        item = key if key in items else ""
        survey.questions.add(
            item=item,
            id=id_of(f"service {key}"),
            key=key,
            kind=survey_pb.QUESTION_KIND_RATING,
            scale=survey_pb.Scale(low=1, high=5),
        )
    survey.questions.add(id=id_of("service words"), key="words", kind=survey_pb.QUESTION_KIND_TEXT)
    survey.questions.add(
        id=id_of("service way"),
        key="way",
        kind=survey_pb.QUESTION_KIND_SINGLE_CHOICE,
        options=[survey_pb.Option(key=key, text=key) for key in ("shop", "web")],
    )
    return survey


def answered(row: Row, department: str = "d1", **dimensions: Any) -> RecordedResponse:
    """A response: ratings, and the recommendation last; None is not answered."""
    response = make_response(department, on=START, survey="service", nps=row[-1], **dimensions)
    for key, score in zip(DRIVERS, row[:-1], strict=False):
        if score is not None:
            response.answers.add(question_id=id_of(f"service {key}"), score=score)
    return response


def table(many: int, effects: Sequence[float] = (1.2, 0.6, 0.1), seed: int = 3) -> list[list[int]]:
    """Ratings of people who are pleased or not, and how far they recommend."""
    chance = np.random.default_rng(seed)
    mood = chance.normal(size=(many, 1))
    ratings = np.clip(np.round(3.4 + mood + chance.normal(size=(many, len(effects)))), 1, 5)
    outcome = ratings @ np.array(effects) + chance.normal(size=many)
    found: list[list[int]] = (
        np.column_stack([ratings, np.clip(np.round(outcome), 0, 10)]).astype(int).tolist()
    )
    return found


@dataclass
class Drivers:
    """The service as a test drives it; `announced` are departments and metrics."""

    metrics: Metrics
    runner: DriverRunner
    stub: "DriverServiceAsyncStub"
    announced: list[tuple[str, str]] = field(default_factory=list)

    async def start(self, bearer: Any = None, **fields: Any) -> pb.DriverAnalysis:
        """NPS of d1 by the three ratings, in January."""
        given: dict[str, Any] = {
            "id": new_id(),
            "department": "d1",
            "survey": "service",
            "drivers": DRIVERS,
            "scope": make_scope(START, END),
        }
        if "question" not in fields:
            given["metric"] = "nps"
        request = pb.StartDriverAnalysisRequest(**{**given, **fields})
        metadata = bearer or self.metrics.bearer()
        return (await self.stub.StartDriverAnalysis(request, metadata=metadata)).analysis

    async def cancel(self, id_: str, bearer: Any = None) -> pb.DriverAnalysis:
        request = pb.CancelDriverAnalysisRequest(id=id_)
        metadata = bearer or self.metrics.bearer()
        return (await self.stub.CancelDriverAnalysis(request, metadata=metadata)).analysis

    async def read(self, id_: str, bearer: Any = None) -> pb.DriverAnalysis:
        request = pb.GetDriverAnalysisRequest(id=id_)
        metadata = bearer or self.metrics.bearer()
        return (await self.stub.GetDriverAnalysis(request, metadata=metadata)).analysis

    async def listed(self, bearer: Any = None, **fields: Any) -> list[str]:
        request = pb.ListDriverAnalysesRequest(
            **{"department_id": id_of("d1"), "limit": 10, **fields}
        )
        reply = await self.stub.ListDriverAnalyses(
            request, metadata=bearer or self.metrics.bearer()
        )
        return [analysis.id for analysis in reply.analyses]

    async def analysed(self, **fields: Any) -> pb.DriverAnalysis:
        """What came of it."""
        started = await self.start(**fields)
        await self.runner.work()
        return await self.read(started.id)

    async def until(self, id_: str, claim: Callable[[pb.DriverAnalysis], bool]) -> None:
        """It holds of the analysis at last."""
        async with asyncio.timeout(60):
            while not claim(await self.read(id_)):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)

    async def record(self, rows: Sequence[Row], department: str = "d1", **dimensions: str) -> None:
        await self.metrics.record(*[answered(row, department, **dimensions) for row in rows])


def weights_of(analysis: pb.DriverAnalysis) -> list[float]:
    return [driver.weight for driver in analysis.drivers]


def raw(rows: Sequence[Row]) -> Floats:
    return correlations(np.array(rows, np.float64), np.ones((1, len(rows))))
