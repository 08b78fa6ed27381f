"""Responses in, scores out."""

from datetime import date

import grpc
import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from tests.service.metrics.conftest import Metrics, make_scope
from tests.support.builders import (
    id_of,
    make_department,
    make_response,
    make_survey,
    make_touchpoint,
)

JANUARY, FEBRUARY, JUNE = date(2026, 1, 1), date(2026, 2, 1), date(2026, 6, 1)
MONTHS = [date(2026, month, 10) for month in range(1, 6)]


async def test_a_reorganisation_is_read_as_of_today_or_as_it_was(metrics: Metrics) -> None:
    move = (date(2026, 3, 1), "b")
    await metrics.fill(
        [make_department("a"), make_department("b"), make_department("t", "a", moves=[move])]
    )
    for day in MONTHS:
        own = {"a": 50, "b": 50, "t": 100}
        await metrics.record(
            *[make_response(d, on=day, nps=9) for d, many in own.items() for _ in range(many)]
        )

    assert await metrics.bases("a", JANUARY, JUNE) == [50] * 5
    assert await metrics.bases("b", JANUARY, JUNE) == [150] * 5
    assert await metrics.bases("a", JANUARY, JUNE, as_it_was=True) == [150, 150, 50, 50, 50]
    assert await metrics.bases("b", JANUARY, JUNE, as_it_was=True) == [50, 50, 150, 150, 150]
    for reading in (False, True):
        assert await metrics.bases("t", JANUARY, JUNE, as_it_was=reading) == [100] * 5
        assert await metrics.bases("root", JANUARY, JUNE, as_it_was=reading) == [200] * 5


async def test_moves_in_the_period_are_counted(metrics: Metrics) -> None:
    move = (date(2026, 3, 1), "b")
    await metrics.fill(
        [make_department("a"), make_department("b"), make_department("t", "a", moves=[move])]
    )

    async def moves(department: str, start: date, *, subtree: bool = True) -> int:
        scope = make_scope(start, JUNE, subtree=subtree)
        request = pb.GetScorecardsRequest(department_ids=[id_of(department)], scope=scope)
        reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
        return int(reply.scorecards[0].moves_in_period)

    assert [await moves(d, JANUARY) for d in ("root", "a", "b", "t")] == [1, 1, 1, 0]
    assert await moves("root", date(2026, 3, 1)) == 0
    assert await moves("root", JANUARY, subtree=False) == 0


async def test_children_and_directly_here_sum_to_the_whole(metrics: Metrics) -> None:
    await metrics.fill(
        [make_department("a"), make_department("a1", "a"), make_department("a2", "a1")]
    )
    own = {"a": 11, "a1": 12, "a2": 13}
    await metrics.record(
        *[make_response(d, on=MONTHS[0], nps=9) for d, many in own.items() for _ in range(many)]
    )

    reply = await metrics.scores.GetBreakdown(
        pb.GetBreakdownRequest(
            department_id=id_of("a"),
            scope=make_scope(JANUARY, JUNE),
            metric="nps",
            dimension=pb.DIMENSION_CHILD_DEPARTMENT,
        ),
        metadata=metrics.bearer(),
    )

    assert [(group.key, group.score.base) for group in reply.groups] == [("a1", 25), ("", 11)]


async def test_breakdown_by_touchpoint_has_a_group_for_none(metrics: Metrics) -> None:
    await metrics.fill([make_department("a")], [make_touchpoint("desk", "a")])
    await metrics.record(
        *[make_response("a", on=MONTHS[0], nps=9, touchpoint="desk") for _ in range(12)],
        *[make_response("a", on=MONTHS[0], nps=0) for _ in range(3)],
    )

    reply = await metrics.scores.GetBreakdown(
        pb.GetBreakdownRequest(
            department_id=id_of("root"),
            scope=make_scope(JANUARY, JUNE),
            metric="nps",
            dimension=pb.DIMENSION_TOUCHPOINT,
        ),
        metadata=metrics.bearer(),
    )

    found = [(group.key, group.label, group.score.base) for group in reply.groups]
    assert found == [("desk", "Desk", 12), ("", "", 3)]
    assert not reply.groups[1].score.HasField("value")


async def test_an_own_score_leaves_the_subtree_out(metrics: Metrics) -> None:
    await metrics.fill([make_department("a"), make_department("a1", "a")])
    await metrics.record(
        *[make_response("a", on=MONTHS[0], csat=5) for _ in range(10)],
        *[make_response("a1", on=MONTHS[0], csat=1) for _ in range(10)],
    )

    own = await metrics.scorecard("a", JANUARY, JUNE, subtree=False)
    pooled = await metrics.scorecard("a", JANUARY, JUNE)

    assert (own["csat"].value, pooled["csat"].value) == (1.0, 0.5)


async def test_csat_and_friends_and_family_read_the_same_answers_with_other_denominators(
    metrics: Metrics,
) -> None:
    await metrics.fill([make_department("a")])
    given: list[int | str] = [5] * 6 + [4] * 3 + [1] * 3 + ["DONT_KNOW"] * 3
    await metrics.record(*[make_response("a", on=MONTHS[0], csat=answer) for answer in given])

    scores = await metrics.scorecard("a", JANUARY, JUNE)

    assert (scores["csat"].value, scores["csat"].base) == (9 / 12, 12)
    assert (scores["friendsAndFamily"].value, scores["friendsAndFamily"].base) == (9 / 15, 15)
    buckets = {b.label: b.count for b in scores["friendsAndFamily"].distribution}
    assert buckets == {"1": 3, "2": 0, "3": 0, "4": 3, "5": 6, "DONT_KNOW": 3}
    assert not scores["friendsAndFamily"].distribution[-1].HasField("value")


async def test_a_survey_outside_the_scorecard_does_not_count(metrics: Metrics) -> None:
    aside = make_survey("aside", in_scorecard=False)
    await metrics.fill([make_department("a")], surveys=[make_survey(), aside])
    await metrics.record(
        *[make_response("a", on=MONTHS[0], nps=9) for _ in range(10)],
        *[make_response("a", on=MONTHS[0], nps=0, survey="aside") for _ in range(10)],
    )

    assert (await metrics.scorecard("a", JANUARY, JUNE))["nps"].value == 100.0


async def test_the_first_day_of_a_period_is_in_and_the_last_is_not(metrics: Metrics) -> None:
    await metrics.fill([make_department("a")])
    days = [date(2025, 12, 31), JANUARY, date(2026, 1, 31), FEBRUARY]
    await metrics.record(*[make_response("a", on=day, nps=9) for day in days])

    assert (await metrics.scorecard("a", JANUARY, FEBRUARY))["nps"].base == 2


@pytest.mark.parametrize(
    ("role", "department", "asked", "outcome"),
    [
        ("admin", None, "b", "seen"),
        ("analyst", None, "b", "seen"),
        ("analyst", "a", "b", "absent"),
        ("department_head", "a", "a1", "seen"),
        ("department_head", "a", "a", "seen"),
        ("department_head", "a", "root", "absent"),
        ("department_head", "a", "b", "absent"),
        ("integration", None, "a", "denied"),
        ("admin", None, "nowhere", "absent"),
    ],
)
async def test_who_sees_which_scorecard(
    metrics: Metrics,
    role: str,
    department: str | None,
    asked: str,
    outcome: str,
) -> None:
    await metrics.fill([make_department("a"), make_department("a1", "a"), make_department("b")])
    request = pb.GetScorecardsRequest(
        department_ids=[id_of(asked)], scope=make_scope(JANUARY, JUNE)
    )
    bearer = metrics.bearer(role, department)

    reply = await metrics.scores.GetScorecards(request, metadata=bearer)

    assert len(reply.scorecards) == (outcome == "seen")
    assert len(reply.denied_ids) == (outcome == "denied")


async def test_nobody_in_particular_sees_nothing(metrics: Metrics) -> None:
    request = pb.GetScorecardsRequest(
        department_ids=[id_of("root")], scope=make_scope(JANUARY, JUNE)
    )

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await metrics.scores.GetScorecards(request)

    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_an_empty_period_is_refused(metrics: Metrics) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await metrics.scorecard("root", JUNE, JUNE)

    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_scores_are_unavailable_while_postgresql_is_away(metrics: Metrics) -> None:
    await metrics.fill([make_department("a")])
    metrics.replica.database.pool.terminate()

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await metrics.scorecard("a", JANUARY, JUNE)

    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE
