"""Analyses of drivers: asked for by whom they are for, listed, kept, cancelled; what cannot be analysed is refused."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cxm.metrics.v1 import drivers_pb2 as pb
from services.kit.clock import new_id
from tests.service.metrics.conftest import make_scope
from tests.service.metrics.support.asking import refused
from tests.support.audit import deeds, told

if TYPE_CHECKING:
    pass

from tests.service.metrics.drivers.support.driving import (
    DRIVERS,
    START,
    Drivers,
    service_survey,
    table,
)


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
