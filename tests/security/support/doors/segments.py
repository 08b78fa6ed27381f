"""Segments behind the gateway and by the public API: for who reads all customers, or nobody."""

import grpc

from cxm.profile.v1 import segments_pb2 as pb
from cxm.profile.v1.segments_pb2_grpc import SegmentServiceStub
from tests.security.support.doors.customers import NOBODY, Calls, try_calls, try_documents
from tests.security.support.doors.reading import Door, Look
from tests.security.support.model import ABSENT, SEEN

KEY = "of-nobody"
NO_RULE = str(grpc.StatusCode.INVALID_ARGUMENT)
"""What is answered to who may write a segment that has none."""


def _calls(stub: SegmentServiceStub) -> Calls:
    """By name: the right, the RPC, a request that changes nothing, and what is answered to who may."""
    unknown = pb.UpsertSegmentRequest(key=KEY, name="x", rule="true or")
    members = pb.ListMembersRequest(key=KEY, first=1)
    return {
        "upsert": ("segments+", stub.UpsertSegment, unknown, NO_RULE),
        "remove": ("segments+", stub.RemoveSegment, pb.RemoveSegmentRequest(key=KEY), SEEN),
        "list": ("segments", stub.ListSegments, pb.ListSegmentsRequest(), SEEN),
        "count": ("segments", stub.CountSegments, pb.CountSegmentsRequest(keys=[KEY]), ABSENT),
        "members": ("segments", stub.ListMembers, members, ABSENT),
        "preview": (
            "segments",
            stub.PreviewSegment,
            pb.PreviewSegmentRequest(rule="true"),
            SEEN,
        ),
        "find": ("segments", stub.FindSegments, pb.FindSegmentsRequest(numbers=[NOBODY]), SEEN),
        "names": ("segments", stub.ListRuleNames, pb.ListRuleNamesRequest(), SEEN),
    }


def _asked() -> dict[str, tuple[str, str]]:
    codes = "userErrors { code }"
    wrong = f'key: "{KEY}", name: "x", rule: "true or"'
    return {
        "segments": (
            "segments",
            "{ w: segments { key count members(first: 1) { members { number } } } }",
        ),
        "segment": ("segments", f'{{ w: segment(key: "{KEY}") {{ key }} }}'),
        "names": ("segments", "{ w: ruleNames { name } }"),
        "upsert": (
            "segments+",
            f"mutation {{ w: upsertSegment(input: {{{wrong}}}) {{ {codes} }} }}",
        ),
        "remove": (
            "segments+",
            f'mutation {{ w: removeSegment(input: {{key: "{KEY}"}}) {{ {codes} }} }}',
        ),
        "preview": (
            "segments",
            f'mutation {{ w: previewSegment(input: {{rule: "true"}}) {{ count {codes} }} }}',
        ),
    }


async def segments(look: Look) -> None:
    """Past the gateway."""
    channel = look.asking.channel("profile")
    await try_calls(look, "segments", _calls(SegmentServiceStub(channel)))


async def public(look: Look) -> None:
    """The same by the public API."""
    await try_documents(look, "segments", _asked())


DOORS: tuple[Door, ...] = (segments, public)
