"""Departments that an import of another service creates: asked of profile in that service's own name.

The audit log of profile names whose import it is, which only a service may say.
"""

from collections.abc import Mapping

import grpc

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_REFUSED
from cxm.profile.v1.profile_pb2 import DepartmentItem, UpsertDepartmentsRequest
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Denied, NotFound
from services.kit.imports.batches import BATCH_ROWS
from services.kit.imports.departments.cells import Create, NotMade
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rpc.servicing import WRITE_SECONDS
from services.kit.rpc.status import from_rpc


def creator(directory: DirectoryCopy, viewer: Viewer) -> Create:
    """Creates departments for a viewer, whose right to it is checked here: profile hears only from the service."""

    async def create(new: Mapping[str, str]) -> Mapping[str, NotMade]:
        check_creator(directory, viewer)
        root = directory.tree.departments[directory.tree.root_id].key
        items = [DepartmentItem(key=key, name=name, parent=root) for key, name in new.items()]
        failed: dict[str, NotMade] = {}
        for start in range(0, len(items), BATCH_ROWS):
            failed |= await _upsert(directory, viewer.subject, items[start : start + BATCH_ROWS])
        await directory.know_departments(new.keys() - failed.keys())
        return failed

    return create


def check_creator(directory: DirectoryCopy, viewer: Viewer) -> None:
    """Denied unless the viewer may add departments under the root."""
    tree = directory.tree
    try:
        authorize(viewer, Action.ADD_DEPARTMENTS, tree.root_id, tree)
    except NotFound as failure:
        raise Denied(
            "the token may not see the root department, so it cannot create others"
        ) from failure


async def _upsert(
    directory: DirectoryCopy, for_subject: str, items: list[DepartmentItem]
) -> dict[str, NotMade]:
    try:
        reply = await directory.profile.UpsertDepartments(
            UpsertDepartmentsRequest(items=items, for_subject=for_subject),
            timeout=WRITE_SECONDS,
            metadata=directory.identity.metadata("profile"),
        )
    except grpc.aio.AioRpcError as error:
        raise from_rpc(error) from error
    return {
        item.key: NotMade(result.refusals[0].reason, result.refusals[0].message)
        for item, result in zip(items, reply.results, strict=True)
        if result.status == ITEM_STATUS_REFUSED
    }
