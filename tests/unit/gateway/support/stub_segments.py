"""Segments as profile would answer for them."""

from typing import Any

from cxm.profile.v1 import segments_pb2 as pb
from cxm.profile.v1 import segments_pb2_grpc
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


class Segments(segments_pb2_grpc.SegmentServiceServicer):
    """Those that a test put in; each holds of the persons with the numbers 3 to 9, and a rule `wrong` of nobody."""

    def __init__(self, services: StubServices) -> None:
        self.services = services
        self.members = [
            pb.SegmentMember(number=number, first_day=20_000) for number in range(3, 10)
        ]

    async def UpsertSegment(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertSegment", request, context)
        place = request.place if request.HasField("place") else None
        stored = pb.StoredSegment(
            key=request.key, name=request.name, rule=request.rule, place=place
        )
        return pb.UpsertSegmentResponse(segment=stored)

    async def RemoveSegment(self, request: Any, context: Context) -> Any:
        self.services.note("RemoveSegment", request, context)
        return pb.RemoveSegmentResponse(removed=True)

    async def ListSegments(self, request: Any, context: Context) -> Any:
        self.services.note("ListSegments", request, context)
        return pb.ListSegmentsResponse(segments=self.services.segments)

    async def CountSegments(self, request: Any, context: Context) -> Any:
        self.services.note("CountSegments", request, context)
        return pb.CountSegmentsResponse(counts=[len(self.members)] * len(request.keys))

    async def ListMembers(self, request: Any, context: Context) -> Any:
        self.services.note("ListMembers", request, context)
        found = [member for member in self.members if member.number > request.after]
        more = len(found) > request.first
        return pb.ListMembersResponse(members=found[: request.first], more=more)

    async def PreviewSegment(self, request: Any, context: Context) -> Any:
        self.services.note("PreviewSegment", request, context)
        if request.rule == "wrong":
            issue = pb.RuleIssue(code="UNKNOWN_NAME", message="there is no wrong", start=0, end=5)
            return pb.PreviewSegmentResponse(issue=issue)
        return pb.PreviewSegmentResponse(count=len(self.members), members=self.members)

    async def FindSegments(self, request: Any, context: Context) -> Any:
        self.services.note("FindSegments", request, context)
        key = self.services.segments[0].key
        keys = [key if 3 <= number <= 9 else "" for number in request.numbers]
        return pb.FindSegmentsResponse(keys=keys)

    async def ListRuleNames(self, request: Any, context: Context) -> Any:
        self.services.note("ListRuleNames", request, context)
        names = [
            pb.RuleName(name="first_day", kind=pb.RULE_NAME_KIND_DATE),
            pb.RuleName(name="segment", kind=pb.RULE_NAME_KIND_CONDITION, options=["home"]),
        ]
        return pb.ListRuleNamesResponse(names=names)
