"""Analyses of drivers: asked for, worked on in a process of their own, kept and cancelled."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cxm.metrics.v1 import drivers_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1.drivers_pb2_grpc import DriverServiceStub, add_DriverServiceServicer_to_server
from cxm.survey.v1 import surveys_pb2 as survey_pb
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.clock import new_id
from services.metrics.answer_log.compaction import Compactor
from services.metrics.drivers import running
from services.metrics.drivers.asking import DriverAsking
from services.metrics.drivers.rpc import DriverRpc
from services.metrics.drivers.running import DriverRunner
from services.metrics.formulas.drivers.weights import Floats, correlations, johnson, shapley
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics, make_scope
from tests.service.metrics.support.asking import refused
from tests.support.audit import deeds, told
from tests.support.builders import (
    id_of,
    make_department,
    make_response,
    make_survey,
    make_touchpoint,
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


@pytest.fixture
async def drivers(metrics: Metrics, serve: Serve) -> Drivers:
    departments = [make_department("d1"), make_department("shop", "d1"), make_department("d2")]
    await metrics.fill(departments, surveys=[service_survey()])
    replica, announced = metrics.replica, list[tuple[str, str]]()

    async def announce(department: str, metric: str) -> None:
        announced.append((department, metric))

    reader, database = replica.reader, replica.database
    runner = DriverRunner(database, replica.cube, replica.directory, announce)
    asking = DriverAsking(database, reader.definitions, replica.surveys, runner.asked.set)
    servicer = DriverRpc(replica.directory, database.read, replica.surveys, asking)
    channel = await serve("metrics", add_DriverServiceServicer_to_server, servicer)
    return Drivers(metrics, runner, DriverServiceStub(channel), announced)


def weights_of(analysis: pb.DriverAnalysis) -> list[float]:
    return [driver.weight for driver in analysis.drivers]


def raw(rows: Sequence[Row]) -> Floats:
    return correlations(np.array(rows, np.float64), np.ones((1, len(rows))))


@pytest.mark.parametrize(
    ("method", "divide"),
    [(pb.DRIVER_METHOD_UNSPECIFIED, shapley), (pb.DRIVER_METHOD_JOHNSON, johnson)],
)
async def test_weights_are_those_of_the_answers_side_by_side(
    drivers: Drivers, method: Any, divide: Any
) -> None:
    """In blocks and journal, with one taken back, two incomplete, and others outside of what is asked for."""
    rows = table(300)
    await drivers.record(rows[:200])
    await Compactor(drivers.metrics.replica.database.pool).sweep()
    await drivers.record(rows[200:], "shop")
    await drivers.record([[5, None, 5, 0], [1, 1, 1, None]])
    mistaken = answered([1, 5, 1, 10])
    await drivers.metrics.record(mistaken)
    mistaken.sign = -1
    await drivers.metrics.record(mistaken)
    await drivers.record(table(50, seed=9), "d2")

    found = await drivers.analysed(method=method)

    expected = divide(raw(rows))[0]
    assert weights_of(found) == pytest.approx(expected, abs=1e-9)
    assert found.r_squared == pytest.approx(expected.sum(), abs=1e-9)
    adjusted = 1 - (1 - found.r_squared) * 299 / 296
    assert found.explained == pytest.approx(adjusted)
    assert 0 < found.explained_interval.low < found.explained < found.explained_interval.high < 1
    assert (found.state, found.status) == (pb.ANALYSIS_STATE_DONE, pb.WEIGHT_STATUS_OK)
    assert (found.answered, found.base, found.progress) == (301, 300, 1)
    for driver, place in zip(found.drivers, range(3), strict=True):
        best = sum(row[place] >= 4 for row in rows) / 300
        assert driver.satisfied == pytest.approx(best)
        assert driver.weight_interval.low < driver.weight < driver.weight_interval.high
        assert driver.share == pytest.approx(driver.weight / found.r_squared)
        assert driver.correlation == pytest.approx(raw(rows)[0, place, -1])
        assert driver.direction == pb.DIRECTION_SAME
    assert found.drivers[0].quadrant in (pb.QUADRANT_FIX_FIRST, pb.QUADRANT_KEEP_UP)
    assert found.p_value < 1e-6
    assert drivers.announced == [(id_of("d1"), "nps")]


async def test_a_filter_a_period_and_a_department_alone_are_what_is_asked_for(
    drivers: Drivers,
) -> None:
    by_mail, by_phone = table(150, seed=4), table(150, seed=5)
    await drivers.record(by_mail, channel="EMAIL")
    await drivers.record(by_phone, channel="PHONE")
    await drivers.record(table(150, seed=6), "shop", channel="EMAIL")
    scope = make_scope(START, END, subtree=False)
    scope.filter.CopyFrom(scores_pb2.Filter(channel="EMAIL"))

    found = await drivers.analysed(scope=scope)

    assert weights_of(found) == pytest.approx(shapley(raw(by_mail))[0], abs=1e-9)
    assert found.scope == scope
    later = await drivers.analysed(scope=make_scope(END, date(2026, 3, 1)))
    assert (later.base, later.status) == (0, pb.WEIGHT_STATUS_INSUFFICIENT_BASE)


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        ("touchpoint", "web"),
        ("stage", "BUY"),
        ("channel", "EMAIL"),
        ("segment", "gold"),
        ("language", "lv"),
    ],
)
async def test_each_filter_counts_the_answers_that_a_scorecard_counts(
    drivers: Drivers, dimension: str, value: str
) -> None:
    touchpoints = [make_touchpoint("web", "d1"), make_touchpoint("desk", "d1")]
    await drivers.metrics.fill(touchpoints=touchpoints, surveys=[service_survey()])
    wanted = table(120, seed=4)
    await drivers.record(wanted, **{dimension: value})
    await drivers.record(table(40, seed=5), **{dimension: "desk"})
    await drivers.record(table(40, seed=6))
    scope = make_scope(START, END)
    scope.filter.CopyFrom(scores_pb2.Filter(**{dimension: value}))

    found = await drivers.analysed(scope=scope)

    assert (found.base, found.scope) == (len(wanted), scope)
    request = scores_pb2.GetScorecardsRequest(department_ids=[id_of("d1")], scope=scope)
    reply = await drivers.metrics.scores.GetScorecards(request, metadata=drivers.metrics.bearer())
    (nps,) = [score for score in reply.scorecards[0].scores if score.metric == "nps"]
    assert nps.base == found.base


async def test_a_filter_by_a_touchpoint_that_does_not_exist_counts_nothing(
    drivers: Drivers,
) -> None:
    await drivers.record(table(120))
    scope = make_scope(START, END)
    scope.filter.CopyFrom(scores_pb2.Filter(touchpoint="none"))

    assert (await drivers.analysed(scope=scope)).base == 0


async def test_the_outcome_may_be_a_question_and_the_same_seed_gives_the_same(
    drivers: Drivers,
) -> None:
    rows = table(150)
    await drivers.record(rows)
    asked = {"question": "competent", "drivers": ["available", "fast"]}

    found = await drivers.analysed(**asked)

    expected = shapley(raw([[row[0], row[2], row[1]] for row in rows]))[0]
    assert weights_of(found) == pytest.approx(expected, abs=1e-9)
    assert (found.metric, found.outcome) == ("", "competent")
    assert drivers.announced == [(id_of("d1"), "")]


CONSTANT = [[3, 3, 3, score % 11] for score in range(120)]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (table(99), pb.WEIGHT_STATUS_INSUFFICIENT_BASE),
        ([[*row[:-1], 7] for row in table(120)], pb.WEIGHT_STATUS_OUTCOME_CONSTANT),
        (CONSTANT, pb.WEIGHT_STATUS_DRIVERS_CONSTANT),
        (
            [[a, b, c, (7 * at) % 11] for at, (a, b, c, _) in enumerate(table(120))],
            pb.WEIGHT_STATUS_NOTHING_EXPLAINED,
        ),
    ],
)
async def test_where_there_are_no_weights_the_status_says_why_and_satisfied_is_told(
    drivers: Drivers, rows: list[list[int]], status: Any
) -> None:
    await drivers.record(rows)

    found = await drivers.analysed()

    assert (found.state, found.status) == (pb.ANALYSIS_STATE_DONE, status)
    assert not any(driver.HasField("weight") or driver.quadrant for driver in found.drivers)
    assert all(driver.HasField("satisfied") for driver in found.drivers)


async def test_a_driver_that_does_not_vary_has_no_weight_and_the_others_have(
    drivers: Drivers,
) -> None:
    rows = [[a, 4, c, out] for a, _, c, out in table(150)]
    await drivers.record(rows)

    found = await drivers.analysed()

    without = shapley(raw([[a, c, out] for a, _, c, out in rows]))[0]
    assert found.status == pb.WEIGHT_STATUS_OK
    assert not found.drivers[1].HasField("weight")
    assert [found.drivers[0].weight, found.drivers[2].weight] == pytest.approx(without)


async def test_a_driver_of_which_more_is_worse_goes_the_other_way_and_is_not_to_be_fixed(
    drivers: Drivers,
) -> None:
    """Pain, 5 the worst: few have the best answers to it, and it goes with recommending strongly, but downwards."""
    rows = [[6 - a, b, c, out] for a, b, c, out in table(300)]
    await drivers.record(rows)

    found = await drivers.analysed()

    pain, other = found.drivers[:2]
    assert pain.share > 1 / 3
    assert pain.direction == pb.DIRECTION_OPPOSITE
    assert pain.correlation_interval.low < pain.correlation < pain.correlation_interval.high < 0
    assert pain.quadrant == pb.QUADRANT_UNSPECIFIED
    assert other.quadrant != pb.QUADRANT_UNSPECIFIED


@pytest.mark.parametrize(
    ("fields", "reason", "path"),
    [
        ({"survey": "none"}, "UNKNOWN_SURVEY", ("survey",)),
        ({"metric": None}, "OUTCOME_MISSING", ("metric",)),
        ({"drivers": []}, "DRIVERS_MISSING", ("drivers",)),
        ({"drivers": ["fast"]}, "BAD_NUMBER_OF_DRIVERS", ("drivers",)),
        ({"drivers": ["fast", "words"]}, "NOT_A_SCALE", ("drivers", "1")),
        ({"drivers": ["fast", "way"]}, "NOT_A_SCALE", ("drivers", "1")),
        ({"drivers": ["slow", "fast"]}, "UNKNOWN_QUESTION", ("drivers", "0")),
        ({"drivers": ["fast", "competent", "fast"]}, "DRIVER_REPEATED", ("drivers", "2")),
        ({"drivers": ["fast", "nps"]}, "DRIVER_REPEATED", ("drivers", "1")),
        ({"metric": "csat"}, "METRIC_NOT_ASKED", ("metric",)),
        ({"metric": "enps"}, "METRIC_NOT_ASKED", ("metric",)),
        ({"metric": "none"}, "UNKNOWN_METRIC", ("metric",)),
        ({"question": "words"}, "NOT_A_SCALE", ("question",)),
        ({"question": ""}, "UNKNOWN_QUESTION", ("question",)),
        ({"id": "7"}, "BAD_ID", ("id",)),
        ({"scope": make_scope(START, START)}, "PERIOD_EMPTY", ("period",)),
        ({"department": "none"}, "NOT_FOUND", ("department",)),
    ],
)
async def test_what_cannot_be_analysed_is_refused(
    drivers: Drivers, fields: dict[str, Any], reason: str, path: tuple[str, ...]
) -> None:
    failure = await refused(drivers.start(**fields))

    assert (failure.reason, failure.field) == (reason, path)
    assert await drivers.listed() == []


async def test_drivers_that_nobody_names_are_the_standard_items_of_service_quality(
    drivers: Drivers,
) -> None:
    for revision, items in ((2, ["fast"]), (3, ["fast", "competent"])):
        survey = service_survey(items=items)
        survey.revision = revision
        await drivers.metrics.fill(surveys=[survey])
        if len(items) == 1:
            assert (await refused(drivers.start(drivers=[]))).reason == "DRIVERS_MISSING"

    started = await drivers.start(drivers=[])

    assert [driver.question for driver in started.drivers] == ["competent", "fast"]


async def test_thirteen_drivers_are_too_many_for_all_subsets(drivers: Drivers) -> None:
    keys = [f"q{number}" for number in range(13)]
    survey = service_survey(keys)
    survey.revision = 2
    await drivers.metrics.fill(surveys=[survey])

    failure = await refused(drivers.start(drivers=keys, method=pb.DRIVER_METHOD_SHAPLEY))
    started = await drivers.start(drivers=keys)

    assert (failure.reason, failure.field) == ("TOO_MANY_FOR_SHAPLEY", ("method",))
    assert started.method == pb.DRIVER_METHOD_JOHNSON


async def test_heads_analyse_their_own_subtree_and_others_only_read(drivers: Drivers) -> None:
    head, other, integration = (
        drivers.metrics.bearer("department_head", "d1"),
        drivers.metrics.bearer("department_head", "d2"),
        drivers.metrics.bearer("integration"),
    )
    started = await drivers.start(head)

    for call in (
        drivers.start(other),
        drivers.cancel(started.id, other),
        drivers.read(started.id, other),
        drivers.listed(other),
    ):
        assert (await refused(call)).reason == "NOT_FOUND"
    for call in (drivers.start(integration), drivers.listed(integration)):
        assert (await refused(call)).reason == "FORBIDDEN"
    assert (await drivers.cancel(started.id, head)).state == pb.ANALYSIS_STATE_CANCELLED
    entries = list(map(told, await deeds(drivers.metrics.replica.database)))
    assert [(role, deed, names) for _, role, deed, names in entries] == [
        ("department_head", "drivers_started", ("d1",)),
        ("department_head", "drivers_cancelled", ("d1",)),
    ]


async def test_an_id_says_nothing_to_who_may_not_use_it(drivers: Drivers) -> None:
    """What is there is refused in the words in which what is not there is."""
    sent = new_id()
    started = await drivers.start(id=sent)
    integration, other = (
        drivers.metrics.bearer("integration"),
        drivers.metrics.bearer("department_head", "d2"),
    )

    for bearer in (integration, other):
        for call in (drivers.cancel, drivers.read):
            there, absent = [await refused(call(id_, bearer)) for id_ in (started.id, new_id())]
            assert there.reason == "NOT_FOUND"
            assert (str(there), there.field) == (str(absent), absent.field)
    of_another = await drivers.start(other, id=sent, department="d2")
    assert of_another.id != started.id
    assert (await drivers.read(started.id)).state == pb.ANALYSIS_STATE_WAITING


async def test_the_same_id_again_changes_nothing_and_a_subject_has_one_at_a_time(
    drivers: Drivers,
) -> None:
    sent = new_id()
    first = await drivers.start(id=sent)

    assert await drivers.start(id=sent) == first
    assert (await refused(drivers.start(id=sent, drivers=DRIVERS[:2]))).reason == "ID_TAKEN"
    assert (await refused(drivers.start())).reason == "ANALYSES_BUSY"
    analyst = await drivers.start(drivers.metrics.bearer("analyst"))
    await drivers.runner.work()
    assert await drivers.listed() == [analyst.id, first.id]
    assert await drivers.listed(only_done=True, survey="service", metric="nps", limit=1) == [
        analyst.id
    ]
    assert await drivers.listed(survey="none") == await drivers.listed(metric="csat") == []


async def test_an_analysis_that_tells_nothing_hides_none_that_does(drivers: Drivers) -> None:
    await drivers.record(table(150))
    told = await drivers.analysed()
    empty = await drivers.analysed(scope=make_scope(START - timedelta(30), START))

    assert empty.status == pb.WEIGHT_STATUS_INSUFFICIENT_BASE
    assert await drivers.listed(only_done=True, limit=2) == [told.id, empty.id]
    assert await drivers.listed(limit=2) == [empty.id, told.id]


async def test_bad_numbers_and_letters_are_the_askers(drivers: Drivers) -> None:
    assert (await refused(drivers.listed(limit=-1))).reason == "PAGE_SIZE"
    assert (await refused(drivers.listed(metric="\0"))).reason == "NUL_IN_TEXT"
    assert (await refused(drivers.read("\0"))).reason == "NUL_IN_TEXT"


async def test_a_cancelled_analysis_ends_its_process(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The module that would weigh reads on for ever."""
    monkeypatch.setattr(running, "MODULE", "tests.service.metrics.support.endless")
    monkeypatch.setattr(running, "SHOW_SECONDS", 0.01)
    started = await drivers.start()
    work = asyncio.create_task(drivers.runner.work())
    await drivers.until(started.id, lambda analysis: analysis.progress == 0.5)

    cancelled = await drivers.cancel(started.id)
    async with asyncio.timeout(60):
        await work

    assert cancelled.state == pb.ANALYSIS_STATE_CANCELLED
    assert await drivers.cancel(started.id) == cancelled
    assert await drivers.read(started.id) == cancelled
    entries = await deeds(drivers.metrics.replica.database)
    assert [entry.deed for entry in entries] == ["drivers_started", "drivers_cancelled"]


async def test_what_a_replica_left_is_taken_up_by_another(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = table(150)
    await drivers.record(rows)
    started = await drivers.start()
    with monkeypatch.context() as patch:
        patch.setattr(running, "MODULE", "tests.service.metrics.support.endless")
        work = asyncio.create_task(drivers.runner.work())
        await drivers.until(started.id, lambda each: each.state == pb.ANALYSIS_STATE_RUNNING)
        replica = await drivers.metrics.new_replica()
        other = DriverRunner(
            replica.database, replica.cube, replica.directory, drivers.runner.announce
        )
        await other.work()  # the first holds the lock
        assert (await drivers.read(started.id)).state == pb.ANALYSIS_STATE_RUNNING
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    await other.work()

    found = await drivers.read(started.id)
    assert weights_of(found) == pytest.approx(shapley(raw(rows))[0], abs=1e-9)


async def test_an_analysis_whose_process_fails_says_so_and_the_next_is_worked_on(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(running, "MODULE", "tests.unit.kit.support.dying")  # ends with 3
        failed = await drivers.analysed()
    following = await drivers.analysed()

    assert failed.state == pb.ANALYSIS_STATE_FAILED
    assert failed.failure == "it could not be analysed: see the log of metrics"
    assert following.state == pb.ANALYSIS_STATE_DONE


async def test_an_analysis_that_needs_too_long_says_so_and_the_next_is_worked_on(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real process, with drivers that are weighed for ever and a second for it."""
    with monkeypatch.context() as patch:
        patch.setattr(running, "MODULE", "tests.service.metrics.support.weighs_for_ever")
        patch.setattr(running, "CPU_SECONDS", 1)
        async with asyncio.timeout(60):
            failed = await drivers.analysed()
    following = await drivers.analysed()

    assert (failed.state, failed.failure) == (pb.ANALYSIS_STATE_FAILED, running.TOO_LONG)
    assert following.state == pb.ANALYSIS_STATE_DONE


async def test_an_analysis_that_meets_a_defect_says_so_and_the_next_is_worked_on(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(running, "write_joint", broken)
        failed = await drivers.analysed()
    following = await drivers.analysed()

    assert (failed.state, failed.failure) == (pb.ANALYSIS_STATE_FAILED, running.FAILED)
    assert following.state == pb.ANALYSIS_STATE_DONE


async def test_an_analysis_that_took_its_replicas_down_is_given_up(drivers: Drivers) -> None:
    started = await drivers.start()
    await drivers.metrics.replica.database.pool.execute(
        "UPDATE metrics_driver_analysis SET state = 'RUNNING', tries = $1", running.MOST_TRIES
    )

    await drivers.runner.work()

    found = await drivers.read(started.id)
    assert (found.state, found.failure) == (pb.ANALYSIS_STATE_FAILED, running.GIVEN_UP)
