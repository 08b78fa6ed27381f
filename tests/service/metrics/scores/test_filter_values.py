"""What scores of a department can be filtered by: what its responses have, and no others."""

from typing import Any

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.errors import NotFound
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.asking import FEBRUARY, JANUARY, refused
from tests.support.builders import id_of, make_department, make_response, make_survey


@pytest.fixture
async def organisation(metrics: Metrics) -> Metrics:
    """North with a street under it, and south."""
    await metrics.fill(
        [make_department("north"), make_department("street", "north"), make_department("south")],
        surveys=[make_survey("relationship")],
    )
    await metrics.record(
        make_response("north", on=JANUARY, nps=9, channel="EMAIL", language="lv"),
        make_response("street", on=FEBRUARY, nps=9, channel="SHOP", stage="purchase"),
        make_response("south", on=FEBRUARY, nps=9, channel="CALL", segment="business"),
    )
    return metrics


async def values(metrics: Metrics, department: str, bearer: Any = None) -> dict[str, list[str]]:
    request = pb.ListFilterValuesRequest(department_id=id_of(department))
    reply = await metrics.scores.ListFilterValues(request, metadata=bearer or metrics.bearer())
    return {field.name: list(found) for field, found in reply.ListFields()}


async def test_a_department_has_its_own_values_and_those_under_it(organisation: Metrics) -> None:
    assert await values(organisation, "north") == {
        "stages": ["purchase"],
        "channels": ["EMAIL", "SHOP"],
        "languages": ["lv"],
    }
    assert await values(organisation, "street") == {"stages": ["purchase"], "channels": ["SHOP"]}
    assert (await values(organisation, "root"))["channels"] == ["CALL", "EMAIL", "SHOP"]


async def test_what_was_taken_back_is_no_value_any_more(organisation: Metrics) -> None:
    given = make_response("street", on=FEBRUARY, nps=2, channel="CHAT")
    await organisation.record(given)
    before = (await values(organisation, "street"))["channels"]
    back = RecordedResponse()
    back.CopyFrom(given)
    back.sign = -1

    await organisation.record(back)

    assert before == ["CHAT", "SHOP"]
    assert (await values(organisation, "street"))["channels"] == ["SHOP"]


async def test_values_are_for_those_who_may_read_the_scores(organisation: Metrics) -> None:
    head = organisation.bearer("department_head", "north")
    assert (await values(organisation, "street", head))["channels"] == ["SHOP"]

    assert isinstance(await refused(values(organisation, "south", head)), NotFound)
    assert isinstance(await refused(values(organisation, "root", head)), NotFound)
