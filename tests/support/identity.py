"""What must hold of all persons, whoever wrote last: counted again from what is stored, in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

UNIQUE = {1: "CUSTOMER", 5: "ACCOUNT"}
FORCED = 4

ALIASES = "SELECT id, kind, person FROM profile_customer_alias"
LINKS = "SELECT a, b, reason FROM profile_customer_link WHERE ended_at IS NULL"
FORCED_EVER = f"SELECT a, b FROM profile_customer_link WHERE reason = {FORCED}"
HISTORY = "SELECT alias, was, is_now FROM profile_customer_person_change ORDER BY seq"


def recount(aliases: Iterable[int], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Of each alias the least one that links join it with; by a rule that the product does not use."""
    person = {alias: alias for alias in aliases}
    links = list(links)
    is_moving = True
    while is_moving:
        is_moving = False
        for a, b in links:
            least = min(person[a], person[b])
            is_moving |= person[a] != least or person[b] != least
            person[a] = person[b] = least
    return person


async def flaws(connection: Any) -> list[str]:
    """What is wrong with the persons of a database; empty: nothing."""
    rows = await connection.fetch(ALIASES)
    stored = {row["id"]: row["person"] for row in rows}
    kinds = {row["id"]: row["kind"] for row in rows}
    links = [(row["a"], row["b"]) for row in await connection.fetch(LINKS)]
    right = recount(stored, links)
    forced = {alias for row in await connection.fetch(FORCED_EVER) for alias in row.values()}
    history = [tuple(row.values()) for row in await connection.fetch(HISTORY)]
    found = [
        f"alias {alias} is of {stored[alias]} and by its links of {right[alias]}"
        for alias in stored
        if stored[alias] != right[alias]
    ]
    return [*found, *_replayed(history, stored), *_met(stored, kinds, forced)]


def _replayed(history: Iterable[tuple[int, int, int]], stored: Mapping[int, int]) -> list[str]:
    """Where the history, told from its beginning, does not lead to what there is."""
    person: dict[int, int] = {}
    wrong = []
    for alias, was, is_now in history:
        if person.get(alias, 0) != was:
            wrong.append(f"alias {alias} moved from {was} and was of {person.get(alias, 0)}")
        person[alias] = is_now
    if person != stored:
        strange = sorted(person.items() ^ stored.items())
        wrong.append(f"the history leads elsewhere: {strange[:5]}")
    return wrong


def _met(stored: Mapping[int, int], kinds: Mapping[int, int], forced: set[int]) -> list[str]:
    """Persons with several values of a unique kind, in which nobody ever forced a link."""
    members: dict[int, list[int]] = defaultdict(list)
    for alias, person in stored.items():
        members[person].append(alias)
    return [
        f"person {person} has {count} of {UNIQUE[kind]}"
        for person, each in members.items()
        if forced.isdisjoint(each)
        for kind, count in Counter(kinds[alias] for alias in each).items()
        if kind in UNIQUE and count > 1
    ]
