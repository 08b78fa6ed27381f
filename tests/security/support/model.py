"""Who sees and does what, written from the documents and not from the code. It imports nothing of ours.

A grant is a role over a department and all under it today, from one day to before another. What no grant lets a viewer
see is absent; what one lets see and none lets do is forbidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

SEEN, FORBIDDEN, ABSENT = "seen", "forbidden", "absent"

READS = {"directory", "surveys", "scores", "responses", "timelines"}
ADDS = {
    "submit",
    "departments+",
    "touchpoints+",
    "surveys+",
    "employees",
    "customers+",
    "consents+",
    "facts+",
}
CHANGES = {
    "departments",
    "touchpoints",
    "surveys!",
    "correct",
    "waves",
    "targets",
    "drivers",
    "facts!",
}
CUSTOMERS = {
    "customers",
    "customers?",
    "link",
    "unlink",
    "consents",
    "facts-",
    "segments",
    "segments+",
}
ADMINS = {
    "alerts",
    "move",
    "metrics",
    "replay",
    "reconcile",
    "withdraw",
    "grants",
    "users",
    "sites",
    "audit",
    "erase",
    "reveal",
    "erasures",
}
MAY: Mapping[str, frozenset[str]] = {
    "admin": frozenset(READS | ADDS | CHANGES | CUSTOMERS | ADMINS),
    "analyst": frozenset(READS | ADDS | CHANGES | CUSTOMERS),
    "department_head": frozenset(READS | {"drivers", "alerts", "consents+"}),
    "integration": frozenset(ADDS | {"directory", "surveys"}),
    "operator": frozenset({"replay", "reconcile"}),
    "privacy_officer": frozenset(
        {
            *("audit", "erase", "customers?", "unlink", "reveal", "erasures", "erasures!"),
            *("consents", "consents+"),
        }
    ),
}
"""`departments+` adds without changing, `departments` changes; the same of touchpoints, and surveys! of surveys.
`customers` by number, `customers?` by an identifier; `facts+` records what they did, `facts-` takes it back;
`facts!` makes kinds of it, `timelines` reads it, of own departments; `erasures` asks for one, `erasures!` decides."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Department None: the whole organisation; `to` is excluded."""

    role: str
    department: str | None
    since: date | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody with grants; `name` says which case of the matrix it is."""

    name: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """Its parents over time: the first since ever, each other from a day on."""

    key: str
    parents: tuple[tuple[date | None, str | None], ...]

    def parent_on(self, day: date) -> str | None:
        return next(p for since, p in reversed(self.parents) if since is None or since <= day)


@dataclass(frozen=True, slots=True)
class Given:
    """A response: of which department, on which day, with which score."""

    department: str
    day: date
    score: int


@dataclass(frozen=True)
class World:
    """All there is, on one day. Every department owns one touchpoint."""

    today: date
    departments: Mapping[str, Department]
    responses: Sequence[Given] = field(default_factory=tuple)

    def line(self, key: str, day: date) -> list[str]:
        """The department and what is above it, up to the root; empty for what is absent."""
        found: list[str] = []
        current: str | None = key if key in self.departments else None
        while current is not None:
            found.append(current)
            current = self.departments[current].parent_on(day)
        return found

    def subtree(self, key: str, day: date) -> set[str]:
        return {member for member in self.departments if key in self.line(member, day)}

    def children(self, key: str) -> list[str]:
        return sorted(
            k for k, found in self.departments.items() if found.parent_on(self.today) == key
        )

    def root(self) -> str:
        return next(k for k, d in self.departments.items() if d.parent_on(self.today) is None)


@dataclass(frozen=True)
class Model:
    """What one viewer gets in a world."""

    world: World
    viewer: Viewer

    def reach(self, right: str) -> set[str]:
        """The departments in which the viewer may do something, today."""
        found: set[str] = set()
        for grant in self._holding(right):
            found |= self.world.subtree(grant.department or self.world.root(), self.world.today)
        return found

    def on(self, right: str, key: str) -> str:
        """What is answered to who asks for something of one department."""
        if key in self.reach(right):
            return SEEN
        return FORBIDDEN if key in self.reach("directory") else ABSENT

    def anywhere(self, right: str) -> str:
        """What is answered where one department is enough."""
        return SEEN if self.reach(right) else FORBIDDEN

    def whole(self, right: str) -> str:
        """What is answered where the organisation as a whole is asked about."""
        return SEEN if self.world.root() in self.reach(right) else FORBIDDEN

    def visible(self, keys: Iterable[str]) -> list[str]:
        """Those of these departments that may be seen, in their order."""
        seen = self.reach("directory")
        return [key for key in keys if key in seen]

    def counted(self, key: str, *, as_it_was: bool = False, only: str | None = None) -> int:
        """Responses behind the score of a department and all under it; `only` those of one department's touchpoint."""
        return sum(
            (only is None or given.department == only)
            and key
            in self.world.line(given.department, given.day if as_it_was else self.world.today)
            for given in self.world.responses
        )

    def exported(self, key: str) -> dict[str, int]:
        """Rows of an export of responses, by department."""
        members = self.world.subtree(key, self.world.today) & self.reach("responses")
        found = dict.fromkeys(members, 0)
        for given in self.world.responses:
            if given.department in members:
                found[given.department] += 1
        return {member: rows for member, rows in found.items() if rows}

    def _holding(self, right: str) -> list[Grant]:
        """Grants of today that give a right."""
        today = self.world.today
        return [
            grant
            for grant in self.viewer.grants
            if right in MAY[grant.role]
            and (grant.since is None or grant.since <= today)
            and (grant.to is None or today < grant.to)
            and (grant.department is None or grant.department in self.world.departments)
        ]
