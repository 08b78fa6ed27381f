"""Segments: groups of customers by a rule. A rule may name other segments, and never itself through them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.kit.errors import Conflict, Invalid
from services.kit.letters import is_key, plain
from services.kit.logic.checked import Applied, Checked, Fact
from services.kit.logic.checking import check_rule
from services.kit.logic.issues import SELF_REFERENCE, TOO_LARGE, WrongRule
from services.kit.logic.parsing import MOST_OPERATIONS, parse
from services.kit.logic.tree import Call, Literal, Name, Node
from services.profile.customers.domain.kinds import Kinds
from services.profile.segments.domain.vocabulary import SEGMENT, CustomerNames

MOST_SEGMENTS: Final = 100
MOST_PLACES: Final = 32
"""So many segments take part in the segmentation at most."""
LONGEST_KEY: Final = 64
LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Segment:
    """A group. `place`: of the segments with one a customer has the first whose rule holds; None: takes no part."""

    key: str
    name: str
    rule: str
    place: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """A segment as somebody wants it."""

    key: str
    name: str
    rule: str
    place: int | None


class Segments:
    """All segments, with what their rules mean."""

    def __init__(self, stored: Iterable[Segment], kinds: Kinds) -> None:
        self.by_key = {segment.key: segment for segment in stored}
        self.kinds = kinds
        self._rules: dict[str, Checked] = {}

    def __iter__(self) -> Iterator[Segment]:
        """Those of the segmentation by place, then the others by key."""
        return iter(sorted(self.by_key.values(), key=_order))

    @property
    def placed(self) -> list[Segment]:
        """Those that take part in the segmentation, in their order."""
        return [segment for segment in self if segment.place is not None]

    def rule(self, key: str) -> Checked:
        """What a stored rule means, other segments in it as their own rules."""
        if key not in self._rules:
            self._rules[key] = self.mean(self.by_key[key].rule, key)
        return self._rules[key]

    def mean(self, rule: str, key: str = "") -> Checked:
        """What a rule means, of the segment with this key; WrongRule where it means nothing."""
        tree = parse(rule)
        self._check_circle(tree, key)
        names = CustomerNames(self.kinds, {*self.by_key, key} - {""})
        whole = _whole(check_rule(tree, names), self)
        if _operations(whole) > MOST_OPERATIONS:
            message = (
                f"with the segments it names the rule has more than {MOST_OPERATIONS} operations"
            )
            raise WrongRule(message, TOO_LARGE, tree.at)
        return whole

    def _check_circle(self, tree: Node, key: str) -> None:
        for call, named in _named(tree):
            if key in (named, *self._reached(named)):
                through = "itself" if named == key else f"itself through {named}"
                message = f"a segment cannot name {through}"
                raise WrongRule(message, SELF_REFERENCE, call.at)

    def _reached(self, key: str) -> set[str]:
        """All segments that a stored one names, and those that these name."""
        reached: set[str] = set()
        waiting = [key]
        while waiting:
            segment = self.by_key.get(waiting.pop())
            new = {n for _, n in _named(parse(segment.rule))} - reached if segment else set()
            reached |= new
            waiting.extend(new)
        return reached

    def users(self, key: str) -> list[str]:
        """Segments whose rules name this one."""
        return [
            other.key for other in self if key in (named for _, named in _named(parse(other.rule)))
        ]

    def put(self, draft: SegmentDraft, at: datetime) -> Segment | None:
        """The segment as it is to be stored, None where it says nothing new; Invalid or Conflict with the field."""
        segment = Segment(draft.key, plain(draft.name), draft.rule.strip(), draft.place, at)
        _check_words(segment)
        before = self.by_key.get(draft.key)
        if before is not None and replace(before, changed_at=at) == segment:
            return None
        others = [other for other in self.placed if other.key != draft.key]
        if before is None and len(self.by_key) >= MOST_SEGMENTS:
            message = f"there are {MOST_SEGMENTS} segments already: remove one"
            raise Conflict(message, reason="TOO_MANY_SEGMENTS", field=["key"])
        if segment.place is not None and len(others) >= MOST_PLACES:
            message = f"at most {MOST_PLACES} segments have a place: take it from another one"
            raise Conflict(message, reason="TOO_MANY_PLACES", field=["place"])
        self.mean(segment.rule, segment.key)
        self.by_key[draft.key] = segment
        self._rules.clear()
        self._check_users(draft.key)
        return segment

    def _check_users(self, changed: str) -> None:
        """Conflict where the rule of another segment, which names the changed one, is too large now."""
        for other in self:
            try:
                self.rule(other.key)
            except WrongRule as wrong:
                message = f"{other.key} names {changed}, and would be refused: {wrong.message}"
                raise Conflict(message, reason=wrong.reason, field=["rule"]) from wrong

    def check_unused(self, key: str) -> None:
        """Conflict while another segment names it."""
        if users := self.users(key):
            message = f"the rule of {users[0]} names this segment: change it first"
            raise Conflict(message, reason="IN_USE", field=["key"])


def _order(segment: Segment) -> tuple[bool, int, str]:
    return segment.place is None, segment.place or 0, segment.key


def _check_words(segment: Segment) -> None:
    key, name = segment.key, segment.name
    if not is_key(key) or len(key) > LONGEST_KEY:
        message = f"a key has at most {LONGEST_KEY} letters, digits, dots, hyphens and underscores"
        raise Invalid(message, reason="INVALID_KEY", field=["key"])
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        message = f"a name has 1 to {LONGEST_NAME} printable characters"
        raise Invalid(message, reason="INVALID_NAME", field=["name"])
    if segment.place is not None and not 1 <= segment.place <= MOST_PLACES:
        message = f"a place is a number from 1 to {MOST_PLACES}"
        raise Invalid(message, reason="PLACE", field=["place"])


def _named(node: Node) -> Iterator[tuple[Call, str]]:
    """Where a rule names segments."""
    match node:
        case Call(function, (Literal(str(named)),)) if function == SEGMENT:
            yield node, named
        case Literal() | Name():
            return
        case Call(arguments=parts):
            yield from (found for part in parts for found in _named(part))
        case _:
            yield from (found for part in node.parts for found in _named(part))


def _whole(node: Checked, segments: Segments) -> Checked:
    match node:
        case Fact(ref) if ref[0] == SEGMENT:
            return segments.rule(str(ref[1]))
        case Applied(_, parts):
            return replace(node, parts=tuple(_whole(part, segments) for part in parts))
    return node


def _operations(node: Checked) -> int:
    if not isinstance(node, Applied):
        return 0
    return max(1, len(node.parts) - 1) + sum(map(_operations, node.parts))
