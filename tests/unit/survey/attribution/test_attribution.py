from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from services.kit.rights.access import ANONYMOUS, Grant, Role, Viewer
from services.survey.attribution.domain import Attribution, attribute
from services.survey.attribution.submitters import submit_scope
from services.survey.domain.refusal import Refusal
from tests.unit.survey.support.surveys import NOW, make_submission
from tests.unit.survey.support.tree import MARCH, make_tree


def viewer(role: Role, department: str | None = None) -> Viewer:
    return Viewer("somebody", (Grant(role, department),))


def attributed(
    at: datetime = NOW,
    default: str | None = None,
    who: Viewer = ANONYMOUS,
    zone: str = "UTC",
    **named: str | None,
) -> Attribution | Refusal:
    sent = make_submission(**({"department": None} | named))
    return attribute(sent, default, at, submit_scope(who, make_tree(zone)))


def test_the_owner_on_the_day_of_the_response_counts() -> None:
    before = attributed(datetime(2026, 2, 28, 23, 59, tzinfo=UTC), touchpoint="invoice")
    after = attributed(datetime(2026, 3, 1, 0, 0, tzinfo=UTC), touchpoint="invoice")

    assert before == Attribution("sales", MARCH - 1, "t1", "purchase", "EMAIL", None, None)
    assert after == Attribution("care", MARCH, "t1", "loyalty", "EMAIL", None, None)


def test_the_day_is_the_local_one() -> None:
    late_in_utc = datetime(2026, 2, 28, 22, 30, tzinfo=UTC)

    riga = attributed(late_in_utc, zone="Europe/Riga", touchpoint="invoice")
    new_york = attributed(
        datetime(2026, 3, 1, 2, tzinfo=UTC), zone="America/New_York", touchpoint="invoice"
    )

    assert isinstance(riga, Attribution)
    assert isinstance(new_york, Attribution)
    assert (riga.local_day, riga.department_id) == (MARCH, "care")
    assert (new_york.local_day, new_york.department_id) == (MARCH - 1, "sales")


def test_the_department_sent_wins_and_the_touchpoint_still_gives_stage_and_channel() -> None:
    found = attributed(department="shop", touchpoint="invoice", default="root")

    assert found == Attribution("shop", MARCH, "t1", "loyalty", "EMAIL", None, None)


def test_the_touchpoint_wins_over_the_survey() -> None:
    found = attributed(touchpoint="till", default="care")

    assert found == Attribution("shop", MARCH, "t2", None, None, None, None)


def test_the_survey_has_the_last_word() -> None:
    assert attributed(default="care") == Attribution("care", MARCH, None, None, None, None, None)


def test_the_channel_sent_wins() -> None:
    found = attributed(touchpoint="invoice", channel="PHONE")

    assert isinstance(found, Attribution)
    assert found.channel == "PHONE"


Refused = tuple[tuple[str, ...], str]


@pytest.mark.parametrize(
    ("refuse", "expected"),
    [
        (lambda: attributed(), (("department",), "DEPARTMENT_REQUIRED")),
        (lambda: attributed(department="no"), (("department",), "UNKNOWN_DEPARTMENT")),
        (lambda: attributed(department=""), (("department",), "UNKNOWN_DEPARTMENT")),
        (lambda: attributed(touchpoint="no"), (("touchpoint",), "UNKNOWN_TOUCHPOINT")),
        (
            lambda: attributed(touchpoint="no", department="shop"),
            (("touchpoint",), "UNKNOWN_TOUCHPOINT"),
        ),
    ],
)
def test_what_does_not_exist_is_refused(
    refuse: Callable[[], Attribution | Refusal], expected: Refused
) -> None:
    refusal = refuse()

    assert isinstance(refusal, Refusal)
    assert (refusal.field, refusal.reason) == expected


def test_out_of_scope_looks_absent() -> None:
    care = viewer(Role.ANALYST, "care")

    assert attributed(who=care, department="shop") == attributed(who=care, department="no")
    assert attributed(who=care, touchpoint="till") == attributed(who=care, touchpoint="no")
    assert isinstance(attributed(who=care, department="care"), Attribution)


def test_a_subtree_is_in_scope() -> None:
    assert isinstance(
        attributed(who=viewer(Role.INTEGRATION, "sales"), department="shop"), Attribution
    )


def test_an_earlier_owner_out_of_scope_does_not_take_the_response() -> None:
    february = datetime(2026, 2, 1, tzinfo=UTC)

    refusal = attributed(february, who=viewer(Role.ANALYST, "care"), touchpoint="invoice")

    assert isinstance(refusal, Refusal)
    assert (refusal.field, refusal.reason) == (("touchpoint",), "UNKNOWN_DEPARTMENT")


def test_a_department_head_sees_but_does_not_submit() -> None:
    refusal = attributed(who=viewer(Role.DEPARTMENT_HEAD, "sales"), department="shop")

    assert isinstance(refusal, Refusal)
    assert (refusal.field, refusal.reason) == (("department",), "FORBIDDEN")


def test_a_token_without_grants_reaches_nothing() -> None:
    refusal = attributed(who=Viewer("somebody"), department="shop")

    assert isinstance(refusal, Refusal)
    assert refusal.reason == "UNKNOWN_DEPARTMENT"
