"""cxm.profile.v1.DirectoryService."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from operator import attrgetter

from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceServicer,
    add_DirectoryServiceServicer_to_server,
)
from services.kit import clock
from services.kit.errors import Invalid
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import (
    Action,
    Viewer,
    authorize,
    service_name,
    visible_departments,
    visible_roots,
)
from services.kit.rights.tree import Department, Tree
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.directory import convert
from services.profile.directory.domain.departments import DepartmentItem
from services.profile.directory.domain.touchpoints import TouchpointItem
from services.profile.directory.domain.upserts import KeyedT
from services.profile.directory.editing import DirectoryEditor
from services.profile.directory.founding import announce_all, ensure_organization
from services.profile.directory.importing import (
    DEPARTMENTS,
    TOUCHPOINTS,
    Editor,
    plan_departments,
    plan_touchpoints,
)
from services.profile.directory.rehearsal import Rehearsal
from services.profile.directory.tree_cache import Directory, TreeCache, page

COPIES = ("survey", "metrics", "employee_exp")  # who keeps a copy of the directory
IMPORTS = ("survey", "employee_exp")  # whose imports create departments on the way
LARGEST_CALL = 1_000
LARGEST_PART = 1_000
LONGEST_SEARCH = 200


class DirectoryRpc(DirectoryServiceServicer):
    """Reads come from memory, writes wait for one another."""

    def __init__(self, editor: DirectoryEditor, imports: Imports | None = None) -> None:
        self.editor = editor
        self.directory = editor.cache
        self.imports = imports or Imports()

    @needs(Action.ADD_DEPARTMENTS, Scope.ANY_DEPARTMENT, callers=IMPORTS)
    async def UpsertDepartments(
        self, request: pb.UpsertDepartmentsRequest, context: Context
    ) -> pb.UpsertDepartmentsResponse:
        """Rights are asked for each item: the department's, where it exists, and its parent's."""
        check_count(len(request.items), largest=LARGEST_CALL, what="departments")
        items = [convert.department_item(item) for item in request.items]
        who = viewer(context)
        if request.for_subject and service_name(who):
            who = replace(who, subject=request.for_subject)
        outcomes = await self.editor.upsert_departments(who, items)
        return pb.UpsertDepartmentsResponse(results=item_results(outcomes))

    @needs(Action.ADD_DEPARTMENTS, Scope.ANY_DEPARTMENT)
    async def ImportDepartments(
        self, request: AsyncIterator[pb.ImportDepartmentsRequest], context: Context
    ) -> AsyncIterator[pb.ImportDepartmentsResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)

        async def prepare(job: Job) -> Plan[DepartmentItem]:
            tree = await self.directory.read_tree()
            return await plan_departments(job, who, tree, self._editor(job, tree))

        parts = (message.part async for message in request)
        async for progress in self.imports.run(DEPARTMENTS, parts, prepare, who.subject):
            yield pb.ImportDepartmentsResponse(progress=progress)

    @needs(Action.MOVE_DEPARTMENT, Scope.ANY_DEPARTMENT)
    async def MoveDepartment(
        self, request: pb.MoveDepartmentRequest, context: Context
    ) -> pb.MoveDepartmentResponse:
        """From a day on; a repeated move changes nothing and announces nothing."""
        stored = await self.editor.move_department(
            viewer(context), request.department, request.parent, request.from_day
        )
        return pb.MoveDepartmentResponse(department=convert.department(stored))

    @needs(Action.MOVE_DEPARTMENT, Scope.ANY_DEPARTMENT)
    async def CloseDepartment(
        self, request: pb.CloseDepartmentRequest, context: Context
    ) -> pb.CloseDepartmentResponse:
        """A repeated closing changes nothing and announces nothing."""
        change = await self.editor.close_department(viewer(context), convert.closing(request))
        if change is not None:
            return convert.closed(change)
        tree = await self.directory.read_tree()
        known = tree.departments[str(tree.id_of(request.department))]
        return pb.CloseDepartmentResponse(department=convert.department(known))

    @needs(Action.ADD_TOUCHPOINTS, Scope.ANY_DEPARTMENT)
    async def UpsertTouchpoints(
        self, request: pb.UpsertTouchpointsRequest, context: Context
    ) -> pb.UpsertTouchpointsResponse:
        """Rights are asked for each item: on the owner, and on the owner it takes the touchpoint from."""
        check_count(len(request.items), largest=LARGEST_CALL, what="touchpoints")
        items = [convert.touchpoint_item(item) for item in request.items]
        outcomes = await self.editor.upsert_touchpoints(viewer(context), items)
        return pb.UpsertTouchpointsResponse(results=item_results(outcomes))

    @needs(Action.ADD_TOUCHPOINTS, Scope.ANY_DEPARTMENT)
    async def ImportTouchpoints(
        self, request: AsyncIterator[pb.ImportTouchpointsRequest], context: Context
    ) -> AsyncIterator[pb.ImportTouchpointsResponse]:
        """As ImportDepartments."""
        who = viewer(context)

        async def prepare(job: Job) -> Plan[TouchpointItem]:
            tree = await self.directory.read_tree()
            return plan_touchpoints(job, who, tree, self._editor(job, tree))

        parts = (message.part async for message in request)
        async for progress in self.imports.run(TOUCHPOINTS, parts, prepare, who.subject):
            yield pb.ImportTouchpointsResponse(progress=progress)

    @needs(Action.READ_DIRECTORY, Scope.VISIBLE)
    async def ListDepartments(
        self, request: pb.ListDepartmentsRequest, context: Context
    ) -> pb.ListDepartmentsResponse:
        who = viewer(context)
        check_page(request.first)
        matches = _matcher(request.search)
        directory = await self.directory.read()
        candidates = _visible(who, directory)
        if request.HasField("parent_id"):
            authorize(who, Action.READ_DIRECTORY, request.parent_id, directory.tree)
            children = directory.tree.children(request.parent_id)
            candidates = [directory.tree.departments[child] for child in children]
        if request.HasField("closed"):
            today = directory.tree.today_number
            candidates = [d for d in candidates if _is_closed(d, today) is request.closed]
        found = list(islice(filter(matches, page(candidates, request.after)), request.first + 1))
        total = sum(map(matches, candidates)) if request.count else None
        listed = found[: request.first]
        parents = _parents(listed, who, directory.tree) if request.with_parents else []
        return pb.ListDepartmentsResponse(
            departments=map(convert.department, listed),
            more=len(found) > request.first,
            total=total,
            parents=map(convert.department, {d.id: d for d in parents if d is not None}.values()),
            parent_ids=[d.id if d is not None else "" for d in parents],
        )

    @needs(Action.READ_DIRECTORY, Scope.VISIBLE, callers=COPIES)
    async def BatchGetDepartments(
        self, request: pb.BatchGetDepartmentsRequest, context: Context
    ) -> pb.BatchGetDepartmentsResponse:
        who = viewer(context)
        _check_asked(request.ids, request.keys)
        tree = await self.directory.read_tree()
        sees = _sight(who, tree)
        asked = {*request.ids, *map(tree.id_of, request.keys)}
        asked |= {tree.root_id} if request.root else set()
        ids = [i for i in asked if i is not None and i in tree.departments and sees(i)]
        found = [convert.department(tree.departments[i]) for i in ids]
        return pb.BatchGetDepartmentsResponse(departments=found)

    @needs(Action.READ_DIRECTORY, Scope.NAMED_DEPARTMENT)
    async def ListTouchpoints(
        self, request: pb.ListTouchpointsRequest, context: Context
    ) -> pb.ListTouchpointsResponse:
        who = viewer(context)
        check_page(request.first)
        directory = await self.directory.read()
        tree, today = directory.tree, directory.tree.today_number
        authorize(who, Action.READ_DIRECTORY, request.department_id, tree)
        owned = [
            touchpoint
            for touchpoint in directory.touchpoints
            if touchpoint.terms.on(today).department_id == request.department_id
        ]
        found = list(islice(page(owned, request.after), request.first + 1))
        return pb.ListTouchpointsResponse(
            touchpoints=map(convert.touchpoint, found[: request.first]),
            more=len(found) > request.first,
            total=len(owned) if request.count else None,
        )

    @needs(Action.READ_DIRECTORY, Scope.VISIBLE, callers=COPIES)
    async def BatchGetTouchpoints(
        self, request: pb.BatchGetTouchpointsRequest, context: Context
    ) -> pb.BatchGetTouchpointsResponse:
        """A touchpoint is seen by who sees the department that owns it today."""
        who = viewer(context)
        _check_asked(request.ids, request.keys)
        tree = await self.directory.read_tree()
        sees, today = _sight(who, tree), tree.today_number
        asked = [*map(tree.touchpoints.get, request.ids), *map(tree.touchpoint, request.keys)]
        found = {
            touchpoint.id: convert.touchpoint(touchpoint)
            for touchpoint in asked
            if touchpoint is not None and sees(touchpoint.terms.on(today).department_id)
        }
        return pb.BatchGetTouchpointsResponse(touchpoints=found.values())

    @needs(None, Scope.ANY_TOKEN)
    async def GetOrganization(
        self, request: pb.GetOrganizationRequest, context: Context
    ) -> pb.GetOrganizationResponse:
        directory = await self.directory.read()
        return pb.GetOrganizationResponse(organization=convert.organization(directory.tree))

    @needs(Action.COPY, Scope.ORGANISATION, callers=COPIES)
    async def ReadDirectory(
        self, request: pb.ReadDirectoryRequest, context: Context
    ) -> AsyncIterator[pb.ReadDirectoryResponse]:
        """All parts tell of one version, however much is changed while they are read."""
        directory = await self.directory.read()
        yield pb.ReadDirectoryResponse(
            organization=convert.organization(directory.tree),
            stages=map(convert.stage, directory.stages),
        )
        for part in _parts(directory.departments):
            yield pb.ReadDirectoryResponse(departments=map(convert.department, part))
        for some in _parts(directory.touchpoints):
            yield pb.ReadDirectoryResponse(touchpoints=map(convert.touchpoint, some))

    def _editor(self, job: Job, tree: Tree) -> Editor:
        """What takes the rows of an import: in a dry run a rehearsal."""
        return Rehearsal(tree) if job.dry_run else self.editor


def _sight(who: Viewer, tree: Tree) -> Callable[[str], bool]:
    """Whether the viewer sees a department, by id."""
    roots, today = visible_roots(who, Action.READ_DIRECTORY, tree), tree.today_number
    if tree.root_id in roots:
        return lambda department_id: True
    return lambda department_id: not roots.isdisjoint(tree.line(department_id, today))


def _visible(who: Viewer, directory: Directory) -> Sequence[Department]:
    """The departments the viewer sees, by key."""
    tree = directory.tree
    if tree.root_id in visible_roots(who, Action.READ_DIRECTORY, tree):
        return directory.departments
    ids = visible_departments(who, Action.READ_DIRECTORY, tree)
    return sorted((tree.departments[i] for i in ids), key=attrgetter("key"))


def _parents(listed: Sequence[Department], who: Viewer, tree: Tree) -> list[Department | None]:
    """What each department hangs under today; None for the root and above what the viewer sees."""
    sees, today = _sight(who, tree), tree.today_number
    above = (department.placements.on(today).parent_id for department in listed)
    return [tree.departments[i] if i is not None and sees(i) else None for i in above]


def _is_closed(department: Department, today: int) -> bool:
    return department.closing is not None and department.closing.from_day <= today


def _matcher(search: str) -> Callable[[Department], bool]:
    """Whether key or name of a department contains the text, in any case; no sign has a special meaning."""
    if len(search) > LONGEST_SEARCH:
        message = f"search for at most {LONGEST_SEARCH} characters"
        raise Invalid(message, reason="SEARCH_TOO_LONG", field=["search"])
    wanted = search.casefold()
    return lambda d: wanted in d.key.casefold() or wanted in d.name.casefold()


def _check_asked(ids: Collection[str], keys: Collection[str]) -> None:
    if len(ids) + len(keys) > LARGEST_CALL:
        check_count(len(ids) + len(keys), largest=LARGEST_CALL, what="ids and keys")


def _parts(states: Sequence[KeyedT]) -> Iterable[Sequence[KeyedT]]:
    return (states[start : start + LARGEST_PART] for start in range(0, len(states), LARGEST_PART))


async def wire(
    process: Process, shared: SharedStores, *, time_zone: str, imports: Imports | None = None
) -> TreeCache:
    """Answer cxm.profile.v1.DirectoryService, once there is an organisation; returns the directory as it is read."""
    await ensure_organization(shared.database, shared.outbox, time_zone)
    shared.restore(partial(announce_all, shared.outbox))
    cache = TreeCache(shared.database, clock.now)
    await cache.read()
    process.serve(
        "cxm.profile.v1.DirectoryService",
        add_DirectoryServiceServicer_to_server,
        DirectoryRpc(DirectoryEditor(shared.database, shared.outbox, cache), imports),
    )
    return cache
