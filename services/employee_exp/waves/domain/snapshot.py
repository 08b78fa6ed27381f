"""What is frozen when a wave opens: departments, who is asked, where each one's answers count, and categories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.kit.errors import Conflict
from services.kit.rights.tree import Tree

MOST_CATEGORIES: Final = 100
"""Of a dimension: names are stored with the wave, and what nearly everybody has alone says who somebody is."""
NOT_GIVEN: Final = ""
"""The category of who has no value in a dimension."""


@dataclass(frozen=True, slots=True)
class WavePlace:
    """A department as it is in a snapshot; its place is its position there. No parent: nothing above it is asked."""

    department_id: str
    key: str
    name: str
    parent_place: int | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The departments that a wave asks by place, in the order of ids, and its categories by dimension and number.

    A department above those that are asked is not in it: results of a part say nothing of the whole.
    """

    places: tuple[WavePlace, ...]
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here on the day a wave opens; empty: not known. `repr` tells nothing personal."""

    employee_id: str
    department_id: str
    subject: str = field(default="", repr=False)
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where an employee gets mails; `language`: as the employee wants it, empty: not known."""

    email: str = field(repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who is asked: where the answers count, and the category in each dimension, by number."""

    employee_id: str
    place: int
    categories: tuple[int, ...]
    email: str = field(default="", repr=False)
    """Empty: gets no mails."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A wave as it opens, or would."""

    snapshot: Snapshot
    invitees: tuple[Invitee, ...]


Heads = Mapping[str, Iterable[str]]
"""Ids of the departments that somebody heads on the day, by the subject who signs in."""


def open_up(
    tree: Tree,
    people: Iterable[Person],
    heads: Heads,
    departments: Iterable[str],
    dimensions: Sequence[str],
) -> Opening:
    """Freeze what a wave is about; `departments`: ids, with all under them, none for the whole organisation.

    Whoever heads all that is asked is not: their answers count above (R9), where nobody is.
    """
    places = places_of(tree, tree.today_number, departments)
    place_of = {place.department_id: number for number, place in enumerate(places)}
    counting = (
        (person, place_of.get(_counting_at(tree, person, heads)))
        for person in people
        if person.department_id in place_of
    )
    asked = [(person, place) for person, place in counting if place is not None]
    categories = {name: _categories((each for each, _ in asked), name) for name in dimensions}
    numbers = {
        name: {category: number for number, category in enumerate(found)}
        for name, found in categories.items()
    }
    invitees = tuple(
        Invitee(
            person.employee_id,
            place,
            tuple(numbers[name][_category(person, name)] for name in dimensions),
            person.email,
        )
        for person, place in asked
    )
    return Opening(Snapshot(places, categories), invitees)


def places_of(tree: Tree, day: int, departments: Iterable[str] = ()) -> tuple[WavePlace, ...]:
    """Departments as they are on a day, with all under them, by place; `departments`: ids, none for all there are."""
    tops = list(departments) or [tree.root_id]
    ids = sorted(frozenset().union(*(tree.subtree(id_, day) for id_ in tops)))
    place_of = {id_: number for number, id_ in enumerate(ids)}
    found = []
    for id_ in ids:
        department, parent_id = tree.departments[id_], tree.parent_on(id_, day)
        parent = None if parent_id is None else place_of.get(parent_id)
        found.append(WavePlace(id_, department.key, department.name, parent))
    return tuple(found)


def _counting_at(tree: Tree, person: Person, heads: Heads) -> str:
    """The department where somebody's answers count: a head's at the parent (R9), or one could be subtracted.

    Who heads several on the way up counts above the topmost; at the root there is nothing above.
    """
    headed = set(heads.get(person.subject, ())) if person.subject else set()
    line = tree.line(person.department_id)
    tops = [place for place, id_ in enumerate(line) if id_ in headed]
    if not tops:
        return person.department_id
    return line[min(tops[-1] + 1, len(line) - 1)]


def _categories(people: Iterable[Person], dimension: str) -> tuple[str, ...]:
    """Those that occur, by name; who has none are the last one."""
    names = {_category(person, dimension) for person in people}
    return tuple(sorted(names, key=lambda name: (name == NOT_GIVEN, name)))


def _category(person: Person, dimension: str) -> str:
    return person.attributes.get(dimension, NOT_GIVEN)


def heads_of(tree: Tree, grants: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Heads from grants (subject, key of the department, empty for the organisation); what is not there is left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, key in grants:
        department_id = tree.id_of(key) if key else tree.root_id
        if department_id is not None:
            found[subject].add(department_id)
    return dict(found)


def check_categories(snapshot: Snapshot) -> None:
    """Conflict where a dimension has too many categories to cut anything by."""
    for dimension, names in snapshot.categories.items():
        if len(names) > MOST_CATEGORIES:
            message = (
                f"{dimension} has {len(names)} categories among the people asked, and results are cut by at most"
                f" {MOST_CATEGORIES}: plan the wave without it, or record wider ones"
            )
            raise Conflict(message, reason="TOO_MANY_CATEGORIES", field=["key"])
