"""Scores of employee surveys are looked up: the latest wave of a period, with its own numbers or none."""

from datetime import date

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.errors import Failure
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.asking import refused
from tests.service.metrics.support.releases import (
    PARTICIPATION,
    SPRING,
    SURVEYED,
    TREE,
    YEAR,
    Releases,
    enps,
    release,
    released,
    withheld,
)
from tests.support.builders import id_of

FIRST_HALF, SECOND_HALF = (YEAR[0], date(2026, 7, 1)), (date(2026, 7, 1), YEAR[1])


def shown(score: pb.Score) -> tuple[str, int | None, float | None, str, str]:
    """Status as a gateway reads it, base, value, wave, and where it is counted."""
    status = pb.ScoreStatus.Name(score.status).removeprefix("SCORE_STATUS_")
    return (
        "WITHHELD" if score.is_withheld else status,
        score.base if score.HasField("base") else None,
        round(score.value, 4) if score.HasField("value") else None,
        score.wave,
        score.counted_in,
    )


@pytest.fixture
async def releases(metrics: Metrics) -> Releases:
    await metrics.fill(TREE)
    return Releases(metrics)


async def test_a_scorecard_shows_what_was_released_and_why_the_rest_is_not(
    releases: Releases,
) -> None:
    await releases.hear(SPRING)

    root, sales, north = [await releases.scores(key) for key in ("root", "sales", "north")]

    assert tuple(root) == SURVEYED
    assert shown(root["enps"]) == ("OK", 1000, 30.0, "spring", "")
    interval = root["enps"].interval
    assert (interval.low, interval.high, interval.method) == (25.0, 35.0, "adjusted Wald")
    assert shown(root["engagement"]) == ("OK", 900, 0.66, "spring", "")
    assert shown(sales["enps"]) == ("OK", 30, 26.6667, "spring", "")
    assert shown(sales["engagement"]) == ("LOW_BASE", 29, 0.6, "spring", "")
    assert shown(sales["burnout"]) == ("WITHHELD", None, None, "spring", "Root")
    assert shown(root["burnout"]) == ("NO_DATA", 0, None, "spring", "")
    assert shown(north["enps"]) == ("INSUFFICIENT_BASE", 8, None, "spring", "")
    assert shown(root["participationRate"]) == ("NO_DATA", 0, None, "", "")


async def test_what_is_withheld_says_where_it_is_counted_and_nothing_else(
    releases: Releases,
) -> None:
    await releases.hear(SPRING)

    for key, counted_in in (("south", "Sales"), ("hr", "Root")):
        scores = await releases.scores(key)
        for metric in ("enps", "engagement", "burnout"):
            assert shown(scores[metric]) == ("WITHHELD", None, None, "spring", counted_in)
            assert scores[metric].status == pb.SCORE_STATUS_NO_DATA  # to gateways before this one
            assert not scores[metric].HasField("interval")


async def test_a_department_outside_the_snapshot_has_no_data(releases: Releases) -> None:
    await releases.hear(SPRING)

    assert shown((await releases.scores("new"))["enps"]) == ("NO_DATA", 0, None, "", "")


async def test_a_wave_of_a_part_says_nothing_of_the_rest(releases: Releases) -> None:
    of_hr = release("summer", released("hr", enps(9, 1, 0), burnout="Root"))
    await releases.hear(SPRING, of_hr)
    wave = pb.CALENDAR_INTERVAL_WAVE

    groups = await releases.groups("root", "enps", pb.DIMENSION_CHILD_DEPARTMENT)

    assert shown((await releases.scores("root"))["enps"]) == ("OK", 1000, 30.0, "spring", "")
    assert {key: shown(score)[3] for key, score in groups.items()} == {
        "sales": "spring",
        "hr": "summer",
    }
    waves = {key: await releases.trend(key, "enps", wave) for key in ("root", "hr")}
    assert {key: [point.score.wave for point in points] for key, points in waves.items()} == {
        "root": ["spring"],
        "hr": ["spring", "summer"],
    }


async def test_a_rate_may_be_shown_without_its_base(releases: Releases) -> None:
    await releases.hear(release("spring", released("root", PARTICIPATION)))

    score = (await releases.scores("root"))["participationRate"]

    assert shown(score) == ("LOW_BASE", None, 0.85, "spring", "")
    assert not score.HasField("interval")


async def test_the_latest_wave_that_asked_is_shown_and_never_several(releases: Releases) -> None:
    summer = release("summer", released("root", enps(10, 0, 30)), released("new", enps(20, 0, 0)))
    await releases.hear(SPRING, summer)

    scores = await releases.scores("root")

    assert shown(scores["enps"]) == ("OK", 40, -50.0, "summer", "")
    assert shown(scores["engagement"]) == ("OK", 900, 0.66, "spring", "")  # summer did not ask
    assert (
        shown((await releases.scores("sales"))["enps"])[3] == "spring"
    )  # summer did not ask Sales
    before = await releases.scores("root", (YEAR[0], date(2026, 6, 30)))
    assert shown(before["enps"])[3] == "spring"  # the day it closed is not in the period
    within = await releases.scores("root", (date(2026, 6, 30), date(2026, 7, 1)))
    assert shown(within["enps"])[3] == "summer"
    assert shown(within["engagement"]) == ("NO_DATA", 0, None, "", "")


async def test_of_waves_that_closed_on_one_day_the_one_that_opened_last_is_shown(
    releases: Releases,
) -> None:
    closed = release("spring").closed_day
    short = release("summer", released("root", enps(9, 0, 1)), opened_day=closed, closed_day=closed)
    await releases.hear(SPRING, short)

    assert shown((await releases.scores("root"))["enps"])[3] == "summer"
    points = await releases.trend("root", "enps", pb.CALENDAR_INTERVAL_WAVE)
    assert [(point.score.wave, round(point.score.value, 9)) for point in points] == [
        ("spring", 30.0),
        ("summer", 80.0),
    ]


async def test_a_change_is_between_the_latest_waves_of_both_periods(releases: Releases) -> None:
    autumn = release("autumn", released("root", enps(560, 280, 160)), withheld("sales", "Root"))
    await releases.hear(SPRING, autumn)

    scores = await releases.scores("root", SECOND_HALF, compare_to=FIRST_HALF)

    change = scores["enps"].change
    assert change.delta == pytest.approx(10)
    assert change.p_value == pytest.approx(0.003461, abs=5e-5)  # metrics.md 2
    assert change.adjusted_p_value == pytest.approx(change.p_value)
    assert change.verdict == pb.VERDICT_CLEAR
    assert change.interval.method == "Welch t"
    assert not scores["engagement"].HasField("change")
    sales = await releases.scores("sales", SECOND_HALF, compare_to=FIRST_HALF)
    assert not sales["enps"].HasField("change")


async def test_there_is_no_cut_but_whole_departments(releases: Releases) -> None:
    await releases.hear(SPRING)
    child, wave = pb.DIMENSION_CHILD_DEPARTMENT, pb.CALENDAR_INTERVAL_WAVE

    cut = await releases.scores("root", filter=pb.Filter(channel="EMAIL"))
    alone = await releases.scores("root", subtree=False)
    groups = [
        await releases.groups("root", "enps", pb.DIMENSION_CHANNEL),
        await releases.groups("root", "enps", child, subtree=False),
    ]
    points = await releases.trend("root", "enps", wave, subtree=False)

    found = [*cut.values(), *alone.values(), *(each[""] for each in groups)]
    assert len(found) == 10
    assert not points
    assert {shown(score) for score in found} == {("NOT_APPLICABLE", None, None, "", "")}


async def test_children_have_their_own_scores_or_are_withheld(releases: Releases) -> None:
    await releases.hear(SPRING)

    groups = await releases.groups("root", "enps", pb.DIMENSION_CHILD_DEPARTMENT)
    below = await releases.groups("sales", "enps", pb.DIMENSION_CHILD_DEPARTMENT)

    # Nobody stands there as directly in the department, and nothing has to sum to the whole.
    assert {key: shown(score) for key, score in groups.items()} == {
        "hr": ("WITHHELD", None, None, "spring", "Root"),
        "sales": ("OK", 30, 26.6667, "spring", ""),
    }
    assert {key: shown(score)[0] for key, score in below.items()} == {
        "north": "INSUFFICIENT_BASE",
        "south": "WITHHELD",
    }


async def test_a_trend_has_a_point_per_wave_or_per_calendar_interval(releases: Releases) -> None:
    summer = release("summer", withheld("sales", "Root"), released("root", enps(1, 0, 9)))
    await releases.hear(summer, SPRING)

    waves = await releases.trend("sales", "enps", pb.CALENDAR_INTERVAL_WAVE)
    quarters = await releases.trend("sales", "enps", pb.CALENDAR_INTERVAL_QUARTER)

    days = [(event.opened_day, event.closed_day + 1) for event in (SPRING, summer)]
    assert [(point.from_day, point.to_day) for point in waves] == days
    expected = [("OK", 30, 26.6667, "spring", ""), ("WITHHELD", None, None, "summer", "Root")]
    assert [shown(point.score) for point in waves] == expected
    nothing = ("NO_DATA", 0, None, "", "")
    assert [shown(point.score) for point in quarters] == [*expected, nothing, nothing]


async def test_only_employee_surveys_have_waves(releases: Releases) -> None:
    for metric in ("nps", "turnoverRate"):
        failure: Failure = await refused(releases.trend("root", metric, pb.CALENDAR_INTERVAL_WAVE))
        assert failure.reason == "INTERVAL_NOT_APPLICABLE"


async def test_both_readings_of_the_tree_show_the_same(releases: Releases) -> None:
    """A wave keeps its own departments, whatever was moved since."""
    await releases.hear(SPRING)

    as_it_was = await releases.scores("sales", as_it_was=True)

    assert as_it_was == await releases.scores("sales")


async def test_an_event_again_in_parts_and_in_any_order_changes_nothing(
    releases: Releases,
) -> None:
    parts = [release("spring", each) for each in SPRING.departments]
    await releases.hear(*reversed(parts[1:]))
    await releases.hear(parts[0], parts[0], parts[1])
    other = release("spring", released("root", enps(1, 1, 98)), withheld("sales", "Root"))
    await releases.hear(other)  # nobody sends such a thing: what was published stays

    found = [shown((await releases.scores(key))["enps"]) for key in ("root", "sales", "south")]

    assert found == [
        ("OK", 1000, 30.0, "spring", ""),
        ("OK", 30, 26.6667, "spring", ""),
        ("WITHHELD", None, None, "spring", "Sales"),
    ]


async def test_what_was_released_is_announced_each_time(releases: Releases) -> None:
    await releases.hear(SPRING)
    await releases.hear(SPRING)

    assert releases.told == [{id_of(key) for key in ("root", "sales", "north", "south", "hr")}] * 2


async def test_customer_metrics_ask_nothing_of_releases(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = releases.metrics.replica.reader
    monkeypatch.setattr(reader, "released", None)

    scores = await releases.metrics.scores.GetScorecards(
        pb.GetScorecardsRequest(
            department_ids=[id_of("root")],
            scope=pb.Scope(from_day=20_000, to_day=20_400, include_subtree=True),
            metrics=["nps", "csat", "turnoverRate"],
        ),
        metadata=releases.metrics.bearer(),
    )

    assert len(scores.scorecards[0].scores) == 3


async def test_many_departments_are_one_statement(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    await releases.hear(SPRING)
    released, opened = releases.metrics.replica.reader.released, 0
    sessions = released.sessions

    def counted() -> object:
        nonlocal opened
        opened += 1
        return sessions()

    monkeypatch.setattr(released, "sessions", counted)
    request = pb.GetScorecardsRequest(
        department_ids=[id_of(key) for key in ("root", "sales", "south", "new")],
        scope=pb.Scope(
            from_day=SPRING.opened_day, to_day=SPRING.closed_day + 1, include_subtree=True
        ),
        metrics=SURVEYED,
    )
    reply = await releases.metrics.scores.GetScorecards(request, metadata=releases.metrics.bearer())

    assert opened == 1
    values = {card.department_id: card.scores[0].value for card in reply.scorecards}
    assert values == {
        id_of("root"): pytest.approx(30),
        id_of("sales"): pytest.approx(26.6667, abs=1e-4),
        id_of("south"): 0,
        id_of("new"): 0,
    }
