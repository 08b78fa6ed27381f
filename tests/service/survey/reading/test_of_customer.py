"""Responses of one customer: page by page, and of departments that the reader may read."""

from datetime import UTC, datetime, timedelta

from cxm.survey.v1 import reading_pb2 as pb
from services.kit.errors import Denied
from services.kit.rights.access import Role
from services.kit.rights.audit.entries import Deed
from services.kit.sealing.customer_refs import customer_ref
from tests.service.survey.conftest import KEY
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.running import SurveyService, make_submission, score
from tests.support.audit import deeds

ILZE = customer_ref(KEY, "C-1")


async def given(
    survey: SurveyService, *hours: int, customer: str = "C-1", department: str = "shop"
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    for each in hours:
        at = (now - timedelta(hours=each)).isoformat()
        sent = make_submission(score(9), customer=customer, department=department, occurred_at=at)
        await survey.submit(sent, metadata=survey.bearer(Role.ADMIN))


async def page(
    survey: SurveyService,
    first: int = 100,
    after: pb.ReadingPlace | None = None,
    role: Role = Role.ADMIN,
    granted: str | None = None,
) -> pb.ListCustomerResponsesResponse:
    request = pb.ListCustomerResponsesRequest(customer_refs=[ILZE or b""], first=first, after=after)
    method = survey.response_reading.ListCustomerResponses
    return await method(request, metadata=survey.bearer(role, granted))


async def test_pages_are_one_list_of_that_customer_alone(survey: SurveyService) -> None:
    await given(survey, 5, 1, 3, 3, 7)
    await given(survey, 2, customer="C-2")

    whole = (await page(survey)).responses

    assert len(whole) == 5
    places = [(each.place.at, each.row) for each in whole]
    assert [at for at, _ in places] == sorted((at for at, _ in places), reverse=True)
    for first in (1, 2, 3):
        found, after = [], None
        while True:
            got = await page(survey, first, after)
            found += [each.row for each in got.responses]
            if not got.more:
                break
            after = got.responses[-1].place
        assert found == [row for _, row in places]
    behind = pb.ReadingPlace(at=places[0][0])
    assert [each.row for each in (await page(survey, after=behind)).responses] == [
        row for _, row in places[1:]
    ]
    assert Deed.RESPONSES_READ in [entry.deed for entry in await deeds(survey.database)]


async def test_heads_read_those_of_their_own_departments(survey: SurveyService) -> None:
    await given(survey, 1, department="shop")

    own = await page(survey, role=Role.DEPARTMENT_HEAD, granted="shop")
    other = await page(survey, role=Role.DEPARTMENT_HEAD, granted="care")
    refused = await failure_of(page(survey, role=Role.INTEGRATION))

    assert (len(own.responses), len(other.responses)) == (1, 0)
    assert isinstance(refused, Denied)
