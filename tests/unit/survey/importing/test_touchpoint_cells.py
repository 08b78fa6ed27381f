"""Which touchpoint a cell of a survey export means."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tree import Department, History, Placement, Term, Touchpoint, Tree
from services.survey.importing.touchpoint_cells import touchpoint_finder

OWNERS = {
    "till": ("Till 1", "shop"),
    "TILL-1": ("Old till", "shop"),
    "web-form": ("Contact page", "web"),
    "c1": ("Call", "web"),
    "c2": ("Call", "shop"),
}


def tree() -> Tree:
    parents = {"root": None, "shop": "root", "web": "root"}
    departments = {
        key: Department(key, key, key, 1, History((Placement(parent),)))
        for key, parent in parents.items()
    }
    touchpoints = {
        key: Touchpoint(key, key, name, 1, "", History((Term(owner),)))
        for key, (name, owner) in OWNERS.items()
    }
    now = datetime(2026, 6, 1, tzinfo=UTC)
    return Tree(ZoneInfo("UTC"), "root", departments, touchpoints, lambda: now)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("till", "till"),
        ("TILL-1", "TILL-1"),
        ("Web Form", "web-form"),
        ("Contact page", "web-form"),
        ("Till 1", "till"),
        ("Web", "Web"),
        ("Not there", "not-there"),
        ("Call", "Call"),
        ("??", "??"),
    ],
)
def test_a_cell_is_a_key_or_makes_one_or_is_a_name(cell: str, key: str) -> None:
    admin = Viewer("a", (Grant(Role.ADMIN),))

    assert touchpoint_finder(admin, tree())(cell) == key


def test_names_out_of_sight_are_none() -> None:
    shop = Viewer("a", (Grant(Role.INTEGRATION, "shop"),))
    find = touchpoint_finder(shop, tree())

    assert find("Contact page") == "contact-page"
    assert find("Call") == "c2"
    assert (
        touchpoint_finder(shop, with_hidden_key("call"))("Call") == "c2"
    )  # tells not that it is there


def with_hidden_key(key: str) -> Tree:
    hidden = Touchpoint(key, key, "Hidden", 1, "", History((Term("web"),)))
    whole = tree()
    return replace(whole, touchpoints={**whole.touchpoints, key: hidden})
