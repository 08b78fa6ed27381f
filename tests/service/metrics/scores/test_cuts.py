"""Every cut of every kind of metric against a plain recount, over random organisations."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.asking import register
from tests.service.metrics.support.chance import random_asked
from tests.service.metrics.support.recount import (
    DIMENSIONS,
    PER_ANSWER,
    SCORES,
    SECONDARY,
    Asked,
    Found,
    Organisation,
    Row,
    adjusted,
    by_headcount,
    next_border,
    of_no_wave,
    turnover,
)
from tests.service.metrics.support.settling import OWN, settle
from tests.support.builders import id_of

SURVEYED = ("enps", "engagement", "participationRate", "burnout")
STAFF = {
    "turnoverRate": turnover,
    "turnoverRateHeadcount": by_headcount,
    **dict.fromkeys(SURVEYED, of_no_wave),
}
"""Metrics of employment, and of employee surveys."""
INTERVALS = ("DAY", "WEEK", "MONTH", "QUARTER")


def scope(asked: Asked) -> pb.Scope:
    return pb.Scope(
        from_day=asked.start,
        to_day=asked.end,
        include_subtree=asked.subtree,
        tree=pb.TREE_READING_AS_IT_WAS if asked.as_it_was else pb.TREE_READING_TODAY,
        filter=pb.Filter(**asked.kept),
    )


def found_in(score: pb.Score) -> Found:
    status = pb.ScoreStatus.Name(score.status).removeprefix("SCORE_STATUS_")
    return status, score.base, score.value if score.HasField("value") else None


def same(found: Found, expected: Found) -> None:
    assert found[:2] == expected[:2]
    assert found[2] == pytest.approx(expected[2], abs=1e-9)


async def check_scorecard(metrics: Metrics, organisation: Organisation, asked: Asked) -> None:
    request = pb.GetScorecardsRequest(department_ids=[id_of(asked.department)], scope=scope(asked))
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
    scores = {score.metric: score for score in reply.scorecards[0].scores}
    rows = asked.rows(organisation)
    bought = {score.metric for score in scores.values() if score.basis}  # recounted by customers
    assert scores.keys() == {*SCORES, *STAFF, *bought}
    for metric, count in SCORES.items():
        same(found_in(scores[metric]), count(rows))
    for metric, recount in STAFF.items():
        same(found_in(scores[metric]), recount(organisation, asked))
    for metric, count in SECONDARY.items():
        found, expected = scores[metric], count(rows)[2]
        assert (found.secondary if found.HasField("secondary") else None) == pytest.approx(expected)
    for metric, answers in PER_ANSWER.items():
        counted = {b.label: b.count for b in scores[metric].distribution if b.count}
        given = Counter(str(answer) for answer in answers(rows))
        assert counted == (given if scores[metric].HasField("value") else {})


def other_period(dice: random.Random, asked: Asked) -> Asked:
    """Days of any length before or after those asked, and apart from them."""
    gap, length = dice.randrange(30), dice.randrange(1, 400)
    if dice.random() < 0.8:
        return replace(asked, start=asked.start - gap - length, end=asked.start - gap)
    return replace(asked, start=asked.end + gap, end=asked.end + gap + length)


async def check_changes(
    metrics: Metrics, organisation: Organisation, asked: Asked, other: Asked
) -> int:
    """Returns how many metrics could be compared."""
    request = pb.GetScorecardsRequest(
        department_ids=[id_of(asked.department)],
        scope=scope(asked),
        compare_to=pb.Days(from_day=other.start, to_day=other.end),
    )
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
    found = {s.metric: s.change for s in reply.scorecards[0].scores if s.HasField("change")}
    sides = [
        {key: count(each.rows(organisation)) for key, count in SCORES.items()}
        | {"turnoverRate": turnover(organisation, each)}
        for each in (asked, other)
    ]
    deltas = {
        key: this[2] - that[2]
        for key in sides[0]
        if (this := sides[0][key])[2] is not None and (that := sides[1][key])[2] is not None
    }
    assert found.keys() == deltas.keys()
    judged = adjusted({key: change.p_value for key, change in found.items()})
    for key, change in found.items():
        assert change.delta == pytest.approx(deltas[key], abs=1e-9)
        assert change.interval.low <= change.delta <= change.interval.high
        assert change.adjusted_p_value == pytest.approx(judged[key])
        clear, weak = judged[key] < 0.05, judged[key] <= 0.2
        verdict = pb.VERDICT_CLEAR if clear else pb.VERDICT_WEAK if weak else pb.VERDICT_NONE
        assert change.verdict == verdict
    return len(found)


async def check_trend(
    metrics: Metrics, organisation: Organisation, asked: Asked, metric: str, interval: str
) -> None:
    request = pb.GetTrendRequest(
        department_id=id_of(asked.department),
        scope=scope(asked),
        metric=metric,
        interval=pb.CalendarInterval.Value(f"CALENDAR_INTERVAL_{interval}"),
    )
    reply = await metrics.scores.GetTrend(request, metadata=metrics.bearer())
    day = asked.start
    for point in reply.points:
        border = min(next_border(day, interval), asked.end)
        assert (point.from_day, point.to_day) == (day, border)
        part = replace(asked, start=day, end=border)
        if metric in STAFF:
            same(found_in(point.score), STAFF[metric](organisation, part))
        else:
            same(found_in(point.score), SCORES[metric](part.rows(organisation)))
        day = border
    assert day == asked.end


async def check_breakdown(
    metrics: Metrics, organisation: Organisation, asked: Asked, metric: str, by: str
) -> int:
    """Returns how many groups could be compared with the rest."""
    request = pb.GetBreakdownRequest(
        department_id=id_of(asked.department),
        scope=scope(asked),
        metric=metric,
        dimension=pb.Dimension.Value(f"DIMENSION_{by}"),
    )
    reply = await metrics.scores.GetBreakdown(request, metadata=metrics.bearer())
    found = {group.key: found_in(group.score) for group in reply.groups}
    if metric in STAFF:
        expected = staff_groups(organisation, asked, metric, by)
    else:
        expected = groups(organisation, asked, metric, by)
    assert found.keys() == expected.keys()
    for key, score in expected.items():
        same(found[key], score)
    if metric not in STAFF:
        whole = SCORES[metric](asked.rows(organisation))
        assert sum(base for _, base, _ in found.values()) == whole[1]
    assert [group.key for group in reply.groups if not group.key] == list(found)[-1:] * (
        "" in found
    )
    if metric in STAFF:
        return 0
    shown = {group.key: group.score for group in reply.groups}
    return check_rests(organisation, asked, metric, by, shown)


def groups(organisation: Organisation, asked: Asked, metric: str, by: str) -> dict[str, Found]:
    split: dict[str, list[Row]] = defaultdict(list)
    for row in asked.rows(organisation):
        split[group_of(organisation, asked, row, by)].append(row)
    scores = {key: SCORES[metric](rows) for key, rows in split.items()}
    return {key: score for key, score in scores.items() if score[0] != "NO_DATA"}


def group_of(organisation: Organisation, asked: Asked, row: Row, by: str) -> str:
    if by == "CHILD_DEPARTMENT":
        return asked.group(organisation, row.department, row.day) or ""
    return row.dimensions.get(by.lower(), "")


def check_rests(
    organisation: Organisation,
    asked: Asked,
    metric: str,
    by: str,
    shown: Mapping[str, pb.Score],
) -> int:
    """The rows of all other groups are the rest; how many groups could be compared with it."""
    rests = {
        key: SCORES[metric](
            [
                row
                for row in asked.rows(organisation)
                if group_of(organisation, asked, row, by) != key
            ]
        )
        for key in shown
    }
    found = {key: score.rest for key, score in shown.items() if score.HasField("rest")}
    both = [key for key in shown if found_in(shown[key])[0] == rests[key][0] == "OK"]
    assert sorted(found) == sorted(both)
    judged = adjusted({key: rest.change.p_value for key, rest in found.items()})
    for key, rest in found.items():
        same((rests[key][0], rest.base, rest.value), rests[key])
        assert rest.change.delta == pytest.approx(shown[key].value - rest.value, abs=1e-9)
        assert rest.change.adjusted_p_value == pytest.approx(judged[key])
    return len(found)


def staff_groups(
    organisation: Organisation, asked: Asked, metric: str, by: str
) -> dict[str, Found]:
    is_part = metric in SURVEYED and not asked.subtree
    if by != "CHILD_DEPARTMENT" or asked.kept or is_part:
        return {"": ("NOT_APPLICABLE", 0, None)}
    names = ["", *organisation.parents]
    scores = {name: STAFF[metric](organisation, asked, name) for name in names}
    return {name: score for name, score in scores.items() if score[0] != "NO_DATA"}


@pytest.mark.parametrize("seed", range(4))
async def test_every_cut_equals_a_plain_recount(metrics: Metrics, seed: int) -> None:
    dice, which = random.Random(seed), random.Random(seed)  # so that a new metric asks nothing else
    organisation = await settle(metrics, dice, rows=900)
    keys: Sequence[str] = [*SCORES, *STAFF]
    compared = beside = 0

    for number in range(24):
        asked = random_asked(dice, organisation)
        await check_scorecard(metrics, organisation, asked)
        interval = INTERVALS[number % len(INTERVALS)]
        near = (
            replace(asked, start=max(asked.start, asked.end - 40)) if interval == "DAY" else asked
        )
        await check_trend(metrics, organisation, near, which.choice(keys), interval)
        by = ("CHILD_DEPARTMENT", *(name.upper() for name in DIMENSIONS))[number % 7]
        beside += await check_breakdown(metrics, organisation, asked, which.choice(keys), by)
        compared += await check_changes(metrics, organisation, asked, other_period(dice, asked))
    everything = Asked("root", organisation.today - 450, organisation.today + 1)
    for by in ("CHILD_DEPARTMENT", *(name.upper() for name in DIMENSIONS)):
        beside += await check_breakdown(metrics, organisation, everything, "csat", by)
    assert compared > 12
    assert beside > 12


@pytest.mark.parametrize("by", ["CHILD_DEPARTMENT", *(name.upper() for name in DIMENSIONS)])
async def test_the_recount_notices_one_row_in_the_wrong_group(metrics: Metrics, by: str) -> None:
    """The check itself is checked: in a model with one row elsewhere, the same numbers are wrong."""
    dice = random.Random(7)
    organisation = await settle(metrics, dice, rows=240)
    asked = Asked("root", organisation.today - 500, organisation.today + 1)
    index, row = next(
        (index, row)
        for index, row in enumerate(organisation.rows)
        if "nps" in row.answers and row.dimensions["survey"] == "relationship"
    )

    await check_breakdown(metrics, organisation, asked, "nps", by)
    organisation.rows[index] = elsewhere(organisation, asked, row, by)

    with pytest.raises(AssertionError):
        await check_breakdown(metrics, organisation, asked, "nps", by)


def elsewhere(organisation: Organisation, asked: Asked, row: Row, by: str) -> Row:
    """The same answers in another group of a breakdown."""
    if by == "CHILD_DEPARTMENT":
        own = asked.group(organisation, row.department, row.day)
        names = ["root", *organisation.parents]
        others = (n for n in names if asked.group(organisation, n, row.day) != own)
        return replace(row, department=next(others))
    value = "visit" if by == "SURVEY" else "elsewhere"
    return replace(row, dimensions={**row.dimensions, by.lower(): value})


async def test_a_new_version_leaves_every_old_score_as_it_was(metrics: Metrics) -> None:
    dice = random.Random(5)
    organisation = await settle(metrics, dice, rows=240)
    asked = [random_asked(dice, organisation) for _ in range(12)]
    names = [draft.key for draft in OWN]
    before = [await read(metrics, each, names) for each in asked]

    for draft in OWN:
        changed = definitions_pb2.MetricDraft()
        changed.CopyFrom(draft)
        changed.name, changed.minimum_base = "Another", 30
        assert (await register(metrics, changed)).version == 2
    olds = [f"{name}@1" for name in names]
    after = [await read(metrics, each, olds) for each in asked]
    newest = [await read(metrics, each, names) for each in asked]

    assert after == before
    assert {score.version for score in after[0]} == {1}
    assert {score.version for score in newest[0]} == {2}
    assert newest != before


async def read(metrics: Metrics, asked: Asked, names: Sequence[str]) -> list[pb.Score]:
    request = pb.GetScorecardsRequest(
        department_ids=[id_of(asked.department)], scope=scope(asked), metrics=names
    )
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
    return list(reply.scorecards[0].scores)


async def test_many_filters_are_read_from_few_series(metrics: Metrics) -> None:
    """Series that found no room are made again, and read the same."""
    dice = random.Random(11)
    organisation = await settle(metrics, dice, rows=480)
    metrics.replica.cube.series.most_bytes = 20_000

    for _ in range(20):
        await check_scorecard(metrics, organisation, random_asked(dice, organisation))

    store = metrics.replica.cube.series
    assert 0 < store.bytes == sum(series.bytes for series in store.kept.values()) <= 20_000
