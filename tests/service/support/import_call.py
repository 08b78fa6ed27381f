"""One import of a small file over gRPC."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import grpc

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart
from services.kit.errors import Failure
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc

PATIENCE_SECONDS = 300  # of a busy machine


@dataclass(frozen=True)
class Outcome:
    """The counts, the refused rows as the report has them, and what was created."""

    stored: int
    already: int
    refused: int
    report: list[list[str]]
    survey: str
    departments: list[str]
    left_out: int = 0
    remarks: dict[str, int] = field(default_factory=dict)
    corrected: int = 0
    joined: int = 0


async def load(
    method: Any,
    request: Callable[..., Any],
    metadata: Metadata | None,
    mapping: str,
    content: str | bytes,
    *,
    dry_run: bool = False,
    update: bool = False,
) -> Outcome:
    """Upload in pieces of 100,000 bytes; raises the Failure that stopped the import."""
    data = content if isinstance(content, bytes) else content.encode()

    header = ImportHeader(mapping=mapping, file_name="file.csv", dry_run=dry_run, update=update)
    report: list[list[str]] = []
    last = None
    try:
        call = method(metadata=metadata, timeout=PATIENCE_SECONDS)
        await call.write(request(part=ImportPart(header=header)))
        assert await call.read() != grpc.aio.EOF
        for start in range(0, len(data), 100_000):
            await call.write(request(part=ImportPart(data=data[start : start + 100_000])))
        await call.done_writing()
        while (reply := await call.read()) != grpc.aio.EOF:
            last = reply.progress
            report += [[str(r.row), r.column, r.reason, r.message] for r in last.refusals]
            assert len(last.refusals) <= 100
    except grpc.aio.AioRpcError as error:
        raise from_rpc(error) from error
    assert last is not None
    assert last.done
    stored = last.stored + last.corrected + last.already_stored
    assert last.rows == stored + last.refused + last.left_out + last.joined
    names = list(last.created_department_names)
    remarks = {remark.reason: remark.count for remark in last.remarks}
    return Outcome(
        last.stored,
        last.already_stored,
        last.refused,
        report,
        last.created_survey,
        names,
        last.left_out,
        remarks,
        last.corrected,
        last.joined,
    )


async def failure(loading: Any) -> Failure:
    """What stopped an import."""
    try:
        await loading
    except Failure as stopped:
        return stopped
    raise AssertionError("the import was not stopped")
