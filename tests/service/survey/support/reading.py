"""Responses and texts of a survey service, page by page."""

from collections.abc import AsyncIterator
from typing import Any

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from services.kit.clock import day_number, now
from services.kit.rights.access import Role
from tests.service.survey.support.running import SurveyService
from tests.support.builders import id_of

TODAY = day_number(now().date())
NPS = pb.CountedBy(kind=surveys_pb2.QUESTION_KIND_NPS)
CSAT = pb.CountedBy(kind=surveys_pb2.QUESTION_KIND_CSAT)


def scope(department: str = "root", **changes: Any) -> pb.ReadingScope:
    """Of the last days, with all under it; or another."""
    state = {"from_day": TODAY - 3, "to_day": TODAY + 2, "include_subtree": True}
    return pb.ReadingScope(department_id=id_of(department), **(state | changes))


class Reading:
    """The lists of a survey service, as somebody reads them."""

    def __init__(
        self, survey: SurveyService, role: Role = Role.ADMIN, granted: str | None = None
    ) -> None:
        self.survey = survey
        self.metadata = survey.bearer(role, granted)

    async def responses(
        self,
        within: pb.ReadingScope | None = None,
        counted_by: pb.CountedBy = NPS,
        first: int = 50,
        **more: Any,
    ) -> pb.ListResponsesResponse:
        request = pb.ListResponsesRequest(
            scope=within or scope(), counted_by=counted_by, first=first, **more
        )
        return await self.survey.response_reading.ListResponses(request, metadata=self.metadata)

    async def verbatims(
        self, within: pb.ReadingScope | None = None, first: int = 50, **more: Any
    ) -> pb.ListVerbatimsResponse:
        request = pb.ListVerbatimsRequest(scope=within or scope(), first=first, **more)
        return await self.survey.response_reading.ListVerbatims(request, metadata=self.metadata)

    async def texts(self, within: pb.ReadingScope | None = None, **more: Any) -> list[str]:
        """Only what was written."""
        return [found.text for found in (await self.verbatims(within, **more)).verbatims]

    async def pages(self, first: int, **more: Any) -> AsyncIterator[list[str]]:
        """The texts of every page."""
        after = None
        while True:
            page = await self.verbatims(first=first, after=after, **more)
            yield [found.text for found in page.verbatims]
            if not page.HasField("next"):
                return
            after = page.next
