"""Files that services take: the service of each kind, and the stream to it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import grpc

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart, ImportProgress
from cxm.employee_exp.v1.employee_exp_pb2 import ImportEmployeesRequest
from cxm.employee_exp.v1.releases_pb2 import ImportWaveRequest
from cxm.profile.v1.consents_pb2 import ImportConsentsRequest
from cxm.profile.v1.customers_pb2 import ImportCustomersRequest, ImportIdentitiesRequest
from cxm.profile.v1.interactions_pb2 import ImportInteractionsRequest
from cxm.profile.v1.points_pb2 import ImportPointsRequest
from cxm.profile.v1.profile_pb2 import ImportDepartmentsRequest, ImportTouchpointsRequest
from cxm.profile.v1.purchases_pb2 import ImportPurchasesRequest
from cxm.profile.v1.subscriptions_pb2 import ImportSubscriptionsRequest
from cxm.survey.v1.import_pb2 import ImportResponsesRequest
from gateway.calls.clients import Clients
from gateway.errors import failure_of
from services.kit.errors import Unavailable
from services.kit.rights.access import Viewer


@dataclass(frozen=True, slots=True)
class Owner:
    """The service that takes a kind of file, and its RPC."""

    service: str
    method: Callable[[Clients], Any]
    request: Callable[..., Any]


OWNERS: Final = {
    "departments": Owner(
        "profile", lambda clients: clients.directory.ImportDepartments, ImportDepartmentsRequest
    ),
    "touchpoints": Owner(
        "profile", lambda clients: clients.directory.ImportTouchpoints, ImportTouchpointsRequest
    ),
    "customers": Owner(
        "profile", lambda clients: clients.customers.ImportCustomers, ImportCustomersRequest
    ),
    "identities": Owner(
        "profile", lambda clients: clients.customers.ImportIdentities, ImportIdentitiesRequest
    ),
    "consents": Owner(
        "profile", lambda clients: clients.consents.ImportConsents, ImportConsentsRequest
    ),
    "purchases": Owner(
        "profile", lambda clients: clients.purchases.ImportPurchases, ImportPurchasesRequest
    ),
    "points": Owner("profile", lambda clients: clients.points.ImportPoints, ImportPointsRequest),
    "interactions": Owner(
        "profile",
        lambda clients: clients.interactions.ImportInteractions,
        ImportInteractionsRequest,
    ),
    "subscriptions": Owner(
        "profile",
        lambda clients: clients.subscriptions.ImportSubscriptions,
        ImportSubscriptionsRequest,
    ),
    "responses": Owner(
        "survey", lambda clients: clients.response_import.ImportResponses, ImportResponsesRequest
    ),
    "employees": Owner(
        "employee_exp", lambda clients: clients.employment.ImportEmployees, ImportEmployeesRequest
    ),
    "wave": Owner("employee_exp", lambda clients: clients.releases.ImportWave, ImportWaveRequest),
}


class ImportCall:
    """The stream to the service, in the viewer's name."""

    def __init__(self, clients: Clients, viewer: Viewer, owner: Owner) -> None:
        self.owner = owner
        self.stream = owner.method(clients)(metadata=clients.metadata(viewer, owner.service))

    async def send(
        self,
        mapping: str,
        pieces: AsyncIterator[bytes],
        *,
        file_name: str,
        dry_run: bool,
        update: bool = False,
        replace: bool = False,
    ) -> None:
        """The header and, once the service has taken it, the file: no faster than the service writes it down."""
        header = ImportHeader(
            mapping=mapping, file_name=file_name, dry_run=dry_run, update=update, replace=replace
        )
        try:
            await self._write(ImportPart(header=header))
            await self._read()
            async for piece in pieces:
                await self._write(ImportPart(data=piece))
            await self.stream.done_writing()
        except grpc.aio.AioRpcError as error:
            # A write that meets a broken connection is all that grpcio knows of it.
            if error.code() is grpc.StatusCode.INTERNAL and not error.trailing_metadata():
                raise Unavailable(f"the {self.owner.service} service went away") from error
            raise failure_of(error, self.owner.service) from error
        except asyncio.InvalidStateError as ended:  # between two pieces: why is known to who reads
            await self._read_end()
            raise Unavailable(f"the {self.owner.service} service went away") from ended

    async def lines(self) -> AsyncIterator[list[dict[str, Any]]]:
        """What each message of the service says, until the last one; raises the Failure it reported."""
        try:
            while (progress := await self._read()) is not None:
                yield list(lines_of(progress))
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, self.owner.service) from error

    def cancel(self) -> None:
        """End the call, if it still runs."""
        self.stream.cancel()

    async def _read_end(self) -> None:
        """What is left; raises the Failure that ended the call."""
        async for _ in self.lines():
            pass

    async def _write(self, part: ImportPart) -> None:
        await self.stream.write(self.owner.request(part=part))

    async def _read(self) -> ImportProgress | None:
        reply = await self.stream.read()
        if reply is grpc.aio.EOF:
            return None
        progress: ImportProgress = reply.progress
        return progress


def lines_of(progress: ImportProgress) -> Iterator[dict[str, Any]]:
    """What one message says, refused rows and differences first."""
    for refused in progress.refusals:
        why = {"reason": refused.reason, "message": refused.message}
        yield {"refused": {"row": refused.row, "column": refused.column or None} | why}
    for change in progress.differences:
        stints = {"before": list(change.before), "after": list(change.after)}
        yield {"difference": {"id": change.id} | stints}
    if progress.done:
        yield {"done": _counts(progress) | _result(progress)}
    else:
        yield {"progress": _counts(progress)}


def _counts(progress: ImportProgress) -> dict[str, Any]:
    return {
        "rows": progress.rows,
        "stored": progress.stored,
        "corrected": progress.corrected,
        "alreadyStored": progress.already_stored,
        "refused": progress.refused,
        "leftOut": progress.left_out,
        "joined": progress.joined,
    }


def _result(progress: ImportProgress) -> dict[str, Any]:
    """What is known once all rows are stored."""
    names = list(progress.created_department_names)
    created = {
        "survey": progress.created_survey or None,
        "departments": {"count": progress.created_departments, "names": names},
    }
    remarks = [
        {"reason": remark.reason, "count": remark.count, "message": remark.message}
        for remark in progress.remarks
    ]
    known = {"import": progress.import_id} if progress.import_id else {}
    return known | {"created": created, "remarks": remarks}
