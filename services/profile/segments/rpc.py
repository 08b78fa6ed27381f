"""cxm.profile.v1.SegmentService."""

from typing import Final

from cxm.profile.v1 import segments_pb2 as pb
from cxm.profile.v1.segments_pb2_grpc import (
    SegmentServiceServicer,
    add_SegmentServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.errors import Invalid
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.customers.sealed_names import CustomerKeys, SealedNames
from services.profile.customers.storage import LARGEST_NUMBER
from services.profile.directory.tree_cache import TreeCache
from services.profile.segments import convert
from services.profile.segments.asking import SegmentReader
from services.profile.segments.domain.segments import MOST_SEGMENTS
from services.profile.segments.editing import SegmentEditor
from services.profile.segments.filling import SummaryFiller

MOST_PERSONS: Final = 1_000


class SegmentRpc(SegmentServiceServicer):
    """Groups of customers, for who reads all customers."""

    def __init__(self, database: Database, directory: TreeCache, keys: CustomerKeys) -> None:
        sealed = SealedNames(keys)
        self.directory = directory
        self.editor = SegmentEditor(database, sealed, directory.now)
        self.reader = SegmentReader(database, sealed)

    @needs(Action.WRITE_SEGMENTS, Scope.ORGANISATION)
    async def UpsertSegment(
        self, request: pb.UpsertSegmentRequest, context: Context
    ) -> pb.UpsertSegmentResponse:
        """Make a segment, or change it."""
        tree = await self.directory.read_tree()
        segment = await self.editor.upsert(viewer(context), tree, convert.draft(request))
        return pb.UpsertSegmentResponse(segment=convert.segment_message(segment))

    @needs(Action.WRITE_SEGMENTS, Scope.ORGANISATION)
    async def RemoveSegment(
        self, request: pb.RemoveSegmentRequest, context: Context
    ) -> pb.RemoveSegmentResponse:
        """What is not there is no error."""
        tree = await self.directory.read_tree()
        removed = await self.editor.remove(viewer(context), tree, request.key)
        return pb.RemoveSegmentResponse(removed=removed)

    @needs(Action.READ_SEGMENTS, Scope.ORGANISATION)
    async def ListSegments(
        self, request: pb.ListSegmentsRequest, context: Context
    ) -> pb.ListSegmentsResponse:
        """All segments."""
        segments = map(convert.segment_message, await self.reader.list_all())
        return pb.ListSegmentsResponse(segments=segments)

    @needs(Action.READ_SEGMENTS, Scope.ORGANISATION)
    async def CountSegments(
        self, request: pb.CountSegmentsRequest, context: Context
    ) -> pb.CountSegmentsResponse:
        """Counted now."""
        check_count(len(request.keys), largest=MOST_SEGMENTS, what="segments")
        return pb.CountSegmentsResponse(
            counts=await self.reader.count(await self._today(), request.keys)
        )

    @needs(Action.READ_SEGMENTS, Scope.ORGANISATION)
    async def ListMembers(
        self, request: pb.ListMembersRequest, context: Context
    ) -> pb.ListMembersResponse:
        """A page of the persons of a segment."""
        check_page(request.first)
        if not 0 <= request.after <= LARGEST_NUMBER:
            raise Invalid("after is the number of the last person you saw", field=["after"])
        today = await self._today()
        found = await self.reader.members(today, request.key, request.first + 1, request.after)
        members = map(convert.member_message, found[: request.first])
        return pb.ListMembersResponse(members=members, more=len(found) > request.first)

    @needs(Action.READ_SEGMENTS, Scope.ORGANISATION)
    async def PreviewSegment(
        self, request: pb.PreviewSegmentRequest, context: Context
    ) -> pb.PreviewSegmentResponse:
        """Whom a rule would hold of."""
        preview = await self.reader.preview(await self._today(), request.rule, request.key)
        return convert.preview_message(preview)

    @needs(Action.READ_SEGMENTS, Scope.ORGANISATION)
    async def FindSegments(
        self, request: pb.FindSegmentsRequest, context: Context
    ) -> pb.FindSegmentsResponse:
        """In which segment persons are."""
        check_count(len(request.numbers), largest=MOST_PERSONS, what="customers")
        known = [number if number <= LARGEST_NUMBER else 0 for number in request.numbers]
        return pb.FindSegmentsResponse(keys=await self.reader.find(await self._today(), known))

    @needs(Action.READ_SEGMENTS, Scope.ORGANISATION)
    async def ListRuleNames(
        self, request: pb.ListRuleNamesRequest, context: Context
    ) -> pb.ListRuleNamesResponse:
        """What rules may speak of."""
        names = convert.name_messages(*await self.reader.names())
        return pb.ListRuleNamesResponse(names=names)

    async def _today(self) -> int:
        return (await self.directory.read_tree()).today_number


async def wire(
    process: Process, shared: SharedStores, directory: TreeCache, keys: CustomerKeys
) -> None:
    """Answer cxm.profile.v1.SegmentService, and fill in rows of persons that came before there were any."""
    process.serve(
        "cxm.profile.v1.SegmentService",
        add_SegmentServiceServicer_to_server,
        SegmentRpc(shared.database, directory, keys),
    )
    process.background(SummaryFiller(shared.database, SealedNames(keys)).run)
