"""What a grant must be to be given, and what giving it again changes."""

from datetime import date

import pytest

from services.kit.rights.access import Role
from services.profile.grants.domain import (
    GRANTABLE,
    GrantItem,
    GrantName,
    StoredGrant,
    upsert_grants,
)
from tests.unit.support.trees import make_chain

TREE = make_chain({"root": None, "care": "root"})
ANN = GrantItem(GrantName("oidc:ann", "analyst", ""), None, None)
HEAD = GrantItem(GrantName("oidc:eva", "department_head", "care"), date(2026, 1, 1), None)


def refusals(*items: GrantItem) -> list[str]:
    upserted = upsert_grants({}, items, TREE, lambda: "new")
    return [o.refusal.reason if o.refusal else "" for o in upserted.outcomes]


def test_a_grant_is_given_once_and_changed_in_its_days() -> None:
    tree = TREE
    first = upsert_grants({}, [ANN, HEAD, ANN], tree, iter(("1", "2")).__next__)
    known = {grant.item.name: grant for grant in first.changed}
    shorter = HEAD._replace(to_on=date(2026, 6, 1))

    again = upsert_grants(known, [ANN, shorter], tree, lambda: "never")

    assert first.changed == (StoredGrant("1", ANN), StoredGrant("2", HEAD))
    assert [o.is_changed for o in first.outcomes] == [True, True, False]
    assert again.changed == (StoredGrant("2", shorter),)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (ANN._replace(name=ANN.name._replace(subject=" ")), "INVALID_SUBJECT"),
        (ANN._replace(name=ANN.name._replace(subject="x" * 257)), "INVALID_SUBJECT"),
        (ANN._replace(name=ANN.name._replace(subject="a\nb")), "INVALID_SUBJECT"),
        (ANN._replace(name=ANN.name._replace(role="service")), "UNKNOWN_ROLE"),
        (ANN._replace(name=ANN.name._replace(role="emperor")), "UNKNOWN_ROLE"),
        (HEAD._replace(name=HEAD.name._replace(department="")), "DEPARTMENT_REQUIRED"),
        (HEAD._replace(name=HEAD.name._replace(department="none")), "NOT_FOUND"),
        (HEAD._replace(to_on=date(2026, 1, 1)), "INVALID_RANGE"),
    ],
)
def test_what_cannot_be_given_is_refused(item: GrantItem, reason: str) -> None:
    assert refusals(ANN, item) == ["", reason]


def test_one_name_with_two_days_is_refused() -> None:
    assert refusals(HEAD, HEAD._replace(from_on=None)) == ["", "REPEATED"]


def test_every_role_of_a_person_can_be_given() -> None:
    assert set(GRANTABLE) == set(Role) - {Role.SERVICE}
