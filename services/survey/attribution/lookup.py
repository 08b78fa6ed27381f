"""The departments and touchpoints that responses name: known, or asked of profile before they are refused."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from services.kit.directory.copy import DirectoryCopy
from services.kit.groups.group_commit import GroupCommit
from services.kit.rights.tree import Tree
from services.survey.attribution.domain import SubmitScope
from services.survey.attribution.submission import Submission
from services.survey.domain.text import can_be_a_key

MOST_NAMES_AT_ONCE = 1_000


class Name(NamedTuple):
    """What is to be asked of profile: a department or touchpoint by key, or a department by id.

    Missing in the copy, or hidden: there, and not the sender's to see.
    """

    kind: str
    value: str


class DirectoryLookup:
    """Asks profile in one question at a time, whoever waits. If it is away, only the callers that asked fail."""

    def __init__(self, directory: DirectoryCopy) -> None:
        self.directory = directory
        self.questions = GroupCommit(self._ask, largest=MOST_NAMES_AT_ONCE)

    async def know(self, submissions: Sequence[Submission], scope: SubmitScope) -> Tree:
        """The tree in which whatever submissions name is found if it exists; Unavailable if that is unknown.

        What the sender may not see is asked for like what is absent, so that the time tells neither.
        """
        missing = _missing_keys(submissions, scope)
        if missing:
            await self.questions.submit(missing)
        owners = _missing_owners(submissions, self.directory.tree)
        if owners:
            await self.questions.submit(owners)
        return self.directory.tree

    async def know_department(self, key: str) -> str | None:
        """The id of a department key, None if there is none; Unavailable if that is unknown."""
        if self.directory.tree.id_of(key) is None and can_be_a_key(key):
            await self.questions.submit([Name("department", key)])
        return self.directory.tree.id_of(key)

    async def unknown_keys(
        self, departments: Collection[str], touchpoints: Collection[str]
    ) -> list[str]:
        """Which of the two names what is not there, "departments" or "touchpoints"; Unavailable if that is unknown."""
        tree = self.directory.tree
        missing = [Name("department", key) for key in departments if tree.id_of(key) is None]
        missing += [Name("touchpoint", key) for key in touchpoints if tree.touchpoint(key) is None]
        if missing:
            await self.questions.submit(missing)
        tree, unknown = self.directory.tree, []
        if any(tree.id_of(key) is None for key in departments):
            unknown.append("departments")
        if any(tree.touchpoint(key) is None for key in touchpoints):
            unknown.append("touchpoints")
        return unknown

    async def _ask(self, names: Sequence[Name]) -> Sequence[None]:
        departments = {name.value for name in names if name.kind == "department"}
        touchpoints = {name.value for name in names if name.kind == "touchpoint"}
        owners = {name.value for name in names if name.kind == "owner"}
        await self.directory.ask_departments(sorted(departments))
        await self.directory.ask_touchpoints(sorted(touchpoints))
        await self.directory.know_department_ids(owners)
        return [None] * len(names)


def _missing_keys(submissions: Iterable[Submission], scope: SubmitScope) -> list[Name]:
    departments = {s.department for s in submissions if s.department is not None}
    touchpoints = {s.touchpoint for s in submissions if s.touchpoint is not None}
    return [
        Name("department", key)
        for key in departments
        if not scope.sees_key(key) and can_be_a_key(key)
    ] + [
        Name("touchpoint", key)
        for key in touchpoints
        if scope.touchpoint(key) is None and can_be_a_key(key)
    ]


def _missing_owners(submissions: Iterable[Submission], tree: Tree) -> list[Name]:
    """A touchpoint may be copied before its owner: facts arrive in any order."""
    keys = {s.touchpoint for s in submissions if s.touchpoint is not None}
    owners = {
        term.department_id
        for key in keys
        if (touchpoint := tree.touchpoint(key))
        for term in touchpoint.terms.ranges
    }
    return [Name("owner", owner) for owner in owners if owner not in tree.departments]
