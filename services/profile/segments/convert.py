"""Between the contract's messages and segments."""

from collections.abc import Iterator
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import segments_pb2 as pb
from services.kit.logic.printing import print_rule
from services.kit.logic.tree import Name
from services.kit.logic.vocabulary import AnyText, Argument, Kind, OneOf, Whole
from services.profile.segments.asking import Preview, RuleIssue
from services.profile.segments.domain.segments import Segment, SegmentDraft
from services.profile.segments.domain.vocabulary import CustomerNames
from services.profile.segments.storage import SegmentMember

EPOCH: Final = 719_163
"""Ordinal of 1970-01-01."""
KINDS: Final = {
    Kind.DATE: pb.RULE_NAME_KIND_DATE,
    Kind.OPTION: pb.RULE_NAME_KIND_OPTION,
    Kind.OPTIONS: pb.RULE_NAME_KIND_OPTIONS,
}


def draft(request: pb.UpsertSegmentRequest) -> SegmentDraft:
    """A segment as it was sent."""
    place = request.place if request.HasField("place") else None
    return SegmentDraft(request.key, request.name, request.rule, place)


def segment_message(segment: Segment) -> pb.StoredSegment:
    at = Timestamp()
    at.FromDatetime(segment.changed_at)
    return pb.StoredSegment(
        key=segment.key, name=segment.name, rule=segment.rule, place=segment.place, changed_at=at
    )


def member_message(member: SegmentMember) -> pb.SegmentMember:
    day = member.first_day.toordinal() - EPOCH
    return pb.SegmentMember(number=member.number, first_day=day)


def preview_message(preview: Preview) -> pb.PreviewSegmentResponse:
    """Whom a rule holds of, or what is wrong with it."""
    if preview.issue is not None:
        return pb.PreviewSegmentResponse(issue=_issue_message(preview.issue))
    members = map(member_message, preview.members)
    return pb.PreviewSegmentResponse(count=preview.count, members=members)


def _issue_message(issue: RuleIssue) -> pb.RuleIssue:
    start, end = issue.span
    return pb.RuleIssue(code=issue.code, message=issue.message, start=start, end=end)


def name_messages(names: CustomerNames, attributes: list[str]) -> Iterator[pb.RuleName]:
    """What rules may speak of: names, attributes, functions."""
    for name, type_ in names.types.items():
        options = sorted(type_.options or ())
        yield pb.RuleName(name=name, kind=KINDS[type_.kind], options=options)
    for name in attributes:
        written = print_rule(Name(name))
        yield pb.RuleName(name=written, kind=pb.RULE_NAME_KIND_OPTION)
    for name, function in names.functions.items():
        first = function.arguments[0]
        keys = sorted(first.keys) if isinstance(first, OneOf) else ()
        yield pb.RuleName(name=name, kind=_kind_of(first), options=keys)


def _kind_of(argument: Argument) -> pb.RuleNameKind.ValueType:
    match argument:
        case OneOf():
            return pb.RULE_NAME_KIND_CONDITION
        case Whole():
            return pb.RULE_NAME_KIND_WINDOW
        case AnyText():
            return pb.RULE_NAME_KIND_BOUGHT
