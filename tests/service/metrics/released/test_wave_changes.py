"""What differs between two waves, for all questions at once, and who may ask."""

from datetime import date

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.rights.access import Role
from services.metrics.formulas.differences.comparison import changes, difference
from services.metrics.formulas.samples import Published
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.releases import (
    SPRING,
    TREE,
    YEAR,
    Releases,
    enps,
    release,
    released,
    share,
    withheld,
)
from tests.support.builders import id_of

AUTUMN = release(
    "autumn",
    released("root", enps(560, 280, 160), share("heard", 850, 0.56), share("new", 850, 0.5)),
    released("sales", enps(20, 8, 2)),
    withheld("north", "Sales"),
)


async def wave_changes(
    metrics: Metrics, *keys: str, role: Role = Role.ADMIN, department: str | None = None
) -> dict[str, dict[str, pb.Change]]:
    """Of autumn against spring, by id of the department and statistic."""
    request = pb.GetWaveChangesRequest(
        department_ids=[id_of(key) for key in keys],
        wave=id_of("autumn"),
        compare_to=id_of("spring"),
    )
    reply = await metrics.scores.GetWaveChanges(request, metadata=metrics.bearer(role, department))
    return {each.department_id: dict(each.by_statistic) for each in reply.changes}


@pytest.fixture
async def metrics_of_two_waves(metrics: Metrics) -> Metrics:
    await metrics.fill(TREE)
    await Releases(metrics).hear(SPRING, AUTUMN)
    return metrics


async def test_all_statistics_of_a_department_are_one_family(
    metrics_of_two_waves: Metrics,
) -> None:
    found = await wave_changes(metrics_of_two_waves, "root", "sales", "north")

    heard = difference(Published(850, 0.56, 0.4, 1.0), Published(900, 0.5, 0.4, 1.0))
    now, before = (
        Published(1000, s.value, s.sd, 200.0) for s in (enps(560, 280, 160), enps(500, 300, 200))
    )
    expected = changes({"enps": difference(now, before), "heard": heard})
    root = found[id_of("root")]
    assert root.keys() == expected.keys()  # engagement and new stand in one wave only
    for statistic, change in expected.items():
        assert root[statistic].delta == pytest.approx(change.difference.delta)
        assert root[statistic].p_value == pytest.approx(change.difference.p_value)
        assert root[statistic].adjusted_p_value == pytest.approx(change.adjusted_p_value)
        assert root[statistic].interval.high == pytest.approx(change.difference.interval.high)
    assert root["enps"].p_value == pytest.approx(0.003461, abs=5e-5)
    assert found[id_of("sales")].keys() == {"enps"}
    assert found[id_of("north")] == {}


@pytest.mark.parametrize(
    ("before", "now", "is_compared"),
    [
        (("heard", "tools"), ("heard", "tools"), True),
        (("heard", "tools"), ("heard",), False),
        ((), ("heard",), True),  # of one that was measured elsewhere the questions are not known
    ],
)
async def test_means_of_other_questions_are_not_compared(
    metrics: Metrics, before: tuple[str, ...], now: tuple[str, ...], *, is_compared: bool
) -> None:
    await metrics.fill(TREE)
    releases = Releases(metrics)
    await releases.hear(
        release("spring", released("root", share("engagement", 900, 0.6, items=before))),
        release("autumn", released("root", share("engagement", 900, 0.7, items=now))),
    )
    summer = date(2026, 7, 1)
    scores = await releases.scores("root", (summer, YEAR[1]), compare_to=(YEAR[0], summer))

    assert ("engagement" in (await wave_changes(metrics, "root"))[id_of("root")]) is is_compared
    assert scores["engagement"].value == 0.7
    assert scores["engagement"].HasField("change") is is_compared


async def test_a_head_is_told_of_the_own_departments_only(metrics_of_two_waves: Metrics) -> None:
    role = Role.DEPARTMENT_HEAD

    found = await wave_changes(
        metrics_of_two_waves, "root", "sales", "north", "hr", role=role, department="sales"
    )

    assert found.keys() == {id_of("sales"), id_of("north")}


async def test_who_may_see_departments_but_no_scores_is_told_nothing(
    metrics_of_two_waves: Metrics,
) -> None:
    assert await wave_changes(metrics_of_two_waves, "root", role=Role.INTEGRATION) == {}
