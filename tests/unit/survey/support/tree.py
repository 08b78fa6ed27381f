"""A small tree of departments."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.kit.clock import day_number
from services.kit.rights.tree import Department, History, Placement, Term, Touchpoint, Tree
from tests.unit.survey.support.surveys import NOW

MARCH = day_number(datetime(2026, 3, 1, tzinfo=UTC).date())


def make_tree(zone: str = "UTC") -> Tree:
    """root > sales > shop, root > care; the invoice passed from sales to care on the first of March."""
    parents = {"root": None, "sales": "root", "shop": "sales", "care": "root"}
    departments = {
        key: Department(key, key, key, 1, History((Placement(parent),)))
        for key, parent in parents.items()
    }
    terms = History(
        (
            Term("sales", "purchase", None, MARCH),
            Term("care", "loyalty", MARCH, None),
        )
    )
    touchpoints = {
        "t1": Touchpoint("t1", "invoice", "Invoice", 1, "EMAIL", terms),
        "t2": Touchpoint("t2", "till", "Till", 1, "", History((Term("shop"),))),
    }
    return Tree(ZoneInfo(zone), "root", departments, touchpoints, lambda: NOW)
