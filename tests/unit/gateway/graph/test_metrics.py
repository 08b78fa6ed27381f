"""Metrics of the organisation's own are registered and listed."""

from typing import Any

import pytest

from cxm.metrics.v1 import definitions_pb2
from tests.unit.gateway.support.running import Platform

REGISTER = """mutation ($input: RegisterMetricInput!) { registerMetric(input: $input) {
    metric { key version } userErrors { field code } } }"""


def draft(**fields: Any) -> dict[str, Any]:
    given = {
        "key": "easy",
        "name": "Easy",
        "item": {"kind": "CES"},
        "statistic": "TOP_BOX",
        "top": 2,
    }
    return {**given, **fields}


async def test_a_metric_is_registered_by_kind_or_by_question(platform: Platform) -> None:
    by_question = {"survey": "s", "question": "q", "option": "price"}
    for given in (
        draft(),
        draft(item=by_question, statistic="SHARE", answers=["1"], top=None, denominator="ALL"),
        draft(item={"standardItem": "fast"}),
        draft(item=None, items=[{"standardItem": "fast"}, by_question]),
    ):
        reply = await platform.data(REGISTER, input=given)
        assert reply["registerMetric"] == {
            "metric": {"key": "easy", "version": 2},
            "userErrors": [],
        }

    kind, question, standard, index = (
        request.draft for request in platform.services.asked["RegisterMetric"]
    )
    assert standard.standard_item == "fast"
    named = definitions_pb2.QuestionRef(survey="s", question="q", option="price")
    assert list(index.items) == [
        definitions_pb2.ItemName(standard_item="fast"),
        definitions_pb2.ItemName(question=named),
    ]
    assert (kind.kind, kind.top, kind.statistic) == ("CES", 2, definitions_pb2.STATISTIC_TOP_BOX)
    assert (kind.denominator, kind.minimum_base) == (definitions_pb2.DENOMINATOR_VALID, 10)
    assert question.question == definitions_pb2.QuestionRef(
        survey="s", question="q", option="price"
    )
    assert (list(question.answers), question.denominator) == (
        ["1"],
        definitions_pb2.DENOMINATOR_ALL,
    )


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        (draft(key="nps"), ["key"], "METRIC_IS_BUILT_IN"),
        (draft(item={}), ["item"], "ITEM_MISSING"),
        (draft(item={"kind": "CES", "survey": "s"}), ["item"], "ITEM_MISSING"),
        (draft(item={"survey": "s"}), ["item"], "ITEM_MISSING"),
        (draft(item={"kind": "CES", "standardItem": "fast"}), ["item"], "ITEM_MISSING"),
        (draft(item=None), ["item"], "ITEM_MISSING"),
        (draft(item=None, items=[]), ["item"], "ITEM_MISSING"),
        (draft(item=None, items=[{"survey": "s"}]), ["items", "0"], "ITEM_MISSING"),
    ],
)
async def test_a_refused_metric_says_why(
    platform: Platform, given: dict[str, Any], field: list[str], code: str
) -> None:
    reply = await platform.data(REGISTER, input=given)

    assert reply["registerMetric"] == {
        "metric": None,
        "userErrors": [{"field": field, "code": code}],
    }


async def test_older_versions_are_listed_on_demand(platform: Platform) -> None:
    await platform.data("{ metricDefinitions(allVersions: true) { key builtIn secondary } }")

    assert platform.services.asked["ListDefinitions"][0].all_versions
