"""The export of a survey service over gRPC, and a survey of choices."""

import csv
import io
from typing import Any

import polars as pl

from cxm.survey.v1 import export_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from services.kit.clock import day_number, now
from services.kit.rights.access import Role
from tests.service.survey.support.running import SurveyService

TODAY = day_number(now().date())
CHOICES = [
    surveys_pb2.Question(
        key="colour",
        kind=surveys_pb2.QUESTION_KIND_SINGLE_CHOICE,
        text="?",
        options=[surveys_pb2.Option(key=k, text=k) for k in ("red", "blue")],
    ),
    surveys_pb2.Question(
        key="used",
        kind=surveys_pb2.QUESTION_KIND_MULTIPLE_CHOICE,
        text="?",
        options=[surveys_pb2.Option(key=k, text=k) for k in ("web", "app", "shop")],
    ),
]


class Exports:
    """The export of a survey service over gRPC."""

    def __init__(self, survey: SurveyService, stub: Any) -> None:
        self.survey = survey
        self.stub = stub

    async def read(
        self,
        department: str = "root",
        *,
        key: str = "relationship",
        role: Role = Role.ADMIN,
        granted: str | None = None,
        days: tuple[int, int] = (TODAY - 1, TODAY + 2),
    ) -> list[dict[str, str]]:
        """The rows of the file."""
        request = pb.ExportResponsesRequest(
            survey=key, department=department, from_day=days[0], to_day=days[1]
        )
        call = self.stub.ExportResponses(request, metadata=self.survey.bearer(role, granted))
        content = b"".join([piece.data async for piece in call]).decode()
        return list(csv.DictReader(io.StringIO(content, newline="")))

    async def table(self, *, key: str = "relationship", role: Role = Role.ADMIN) -> pl.DataFrame:
        """The same rows as Parquet."""
        file = await self.file(key=key, role=role, format=pb.FILE_FORMAT_PARQUET)
        return pl.read_parquet(io.BytesIO(file))

    async def file(
        self, *, key: str = "relationship", role: Role = Role.ADMIN, **options: Any
    ) -> bytes:
        """The file of the last days, or of others, in a format."""
        asked: dict[str, Any] = {"from_day": TODAY - 1, "to_day": TODAY + 2} | options
        request = pb.ExportResponsesRequest(survey=key, department="root", **asked)
        call = self.stub.ExportResponses(request, metadata=self.survey.bearer(role))
        return b"".join([piece.data async for piece in call])
