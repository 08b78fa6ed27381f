"""Imports as messages."""

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.survey.v1 import import_pb2 as pb
from services.survey.importing.answers.answer_columns import RESPONSES
from services.survey.importing.records.domain import ImportRecord, TakenBack


def import_message(record: ImportRecord) -> pb.Import:
    """An import for its list."""
    started_at = Timestamp()
    started_at.FromDatetime(record.started_at)
    return pb.Import(
        id=record.id,
        kind=RESPONSES.name,
        file_name=record.file_name,
        survey=record.survey,
        subject=record.subject,
        started_at=started_at,
        state=pb.ImportState.Value(f"IMPORT_STATE_{record.state.name}"),
        **record.counts._asdict(),
    )


def taken_back(result: TakenBack) -> pb.TakeBackImportResponse:
    """What became of an import that is taken back."""
    return pb.TakeBackImportResponse(
        taken_back=import_message(result.record),
        withdrawn=result.withdrawn,
        remaining=result.remaining,
        stays=[pb.StayingResponses(**each._asdict()) for each in result.stays],
    )
