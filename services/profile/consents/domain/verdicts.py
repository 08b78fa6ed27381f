"""What holds of a person: a merge never widens what its aliases allowed."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.profile.consents.domain.statements import ConsentStatus


@dataclass(frozen=True, slots=True)
class Said:
    """Of a statement what counts."""

    alias: int
    purpose: str
    status: ConsentStatus
    at: datetime
    recorded_at: datetime
    until: datetime | None = None

    @property
    def since(self) -> datetime:
        """From when it counts: a time ahead does not put it after what is said until then."""
        return min(self.at, self.recorded_at)

    def allows(self, now: datetime) -> bool:
        """Whether it is consent, and has not ended."""
        return self.status is ConsentStatus.GIVEN and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds for a purpose. `divided`: what aliases said before they were joined is not the same."""

    purpose: str
    is_allowed: bool
    latest: Said
    is_divided: bool


class Membership:
    """Of which person aliases were, by their history: (alias, when it came there, person), in order."""

    def __init__(self, moves: Iterable[tuple[int, datetime, int]]) -> None:
        self._times: Mapping[int, list[datetime]] = defaultdict(list)
        self._persons: Mapping[int, list[int]] = defaultdict(list)
        for alias, at, person in moves:
            self._times[alias].append(at)
            self._persons[alias].append(person)

    def person_of(self, alias: int, at: datetime) -> int | None:
        """The person that an alias was of; None before it was known."""
        place = bisect_right(self._times[alias], at)
        return self._persons[alias][place - 1] if place else None

    def together(self, one: int, other: int, at: datetime) -> bool:
        """Whether two aliases were of one person."""
        if one == other:
            return True
        person = self.person_of(one, at)
        return person is not None and person == self.person_of(other, at)


def judge(statements: Iterable[Said], membership: Membership, now: datetime) -> list[Verdict]:
    """What holds for each purpose of which the aliases of a person said something, by purpose.

    What is said counts for the alias it is said under, and for those of this person that were one with it then. Of each
    alias the last counts; allowed is what all aliases allow that have one. Of two at one instant the one that does not
    allow is the later.
    """
    said: dict[str, list[Said]] = defaultdict(list)
    for each in statements:
        said[each.purpose].append(each)
    return [_judge(purpose, said[purpose], membership, now) for purpose in sorted(said)]


def _judge(
    purpose: str, statements: Sequence[Said], membership: Membership, now: datetime
) -> Verdict:
    newest_first = sorted(
        statements, key=lambda each: (each.since, not each.allows(now)), reverse=True
    )
    open_aliases = {each.alias for each in statements}
    lasts: list[Said] = []
    for each in newest_first:
        counted = {
            alias for alias in open_aliases if membership.together(alias, each.alias, each.since)
        }
        if counted:
            lasts.append(each)
            open_aliases -= counted
        if not open_aliases:
            break
    allowing = [each.allows(now) for each in lasts]
    return Verdict(purpose, all(allowing), newest_first[0], any(allowing) and not all(allowing))
