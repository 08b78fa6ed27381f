"""Every query about customers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.profile.customers.domain.kinds import IdentifierKind, Kinds
from services.profile.customers.domain.merging import Conflict, Link, Settlement
from services.profile.customers.domain.persons import (
    Alias,
    Cause,
    ConflictReason,
    LinkReason,
    Move,
    Pair,
)
from services.profile.customers.person_tables import (
    MINE,
    NAMED,
    OF_BOTH,
    OF_BOTH_BY_END,
    PersonTable,
)

WRITERS_LOCK: Final = 0x63757374  # whoever changes links holds it until commit
LARGEST_NUMBER: Final = 2**31 - 1

FIND_KINDS: Final = text(
    "SELECT number, key, is_unique, name FROM profile_identifier_kind ORDER BY number"
)
PUT_KIND: Final = text("""
INSERT INTO profile_identifier_kind (number, key, is_unique, name) VALUES (:number, :key, :is_unique, :name)
ON CONFLICT (number) DO UPDATE SET name = excluded.name""")

ALIAS: Final = "id, kind, person, first_seen"
FIND_REFS: Final = text(
    f"SELECT ref, {ALIAS} FROM profile_customer_alias WHERE ref = ANY(CAST(:refs AS bytea[]))"
)
FIND_ERASED: Final = text("""
SELECT customer_ref, kind FROM profile_customer_erased
WHERE customer_ref = ANY(CAST(:refs AS bytea[])) AND allowed_at IS NULL""")
FIND_NUMBERS: Final = text(
    f"SELECT {ALIAS} FROM profile_customer_alias WHERE id = ANY(CAST(:numbers AS int[])) ORDER BY id"
)
FIND_MEMBERS: Final = text(
    f"SELECT {ALIAS} FROM profile_customer_alias WHERE person = ANY(CAST(:persons AS int[])) ORDER BY id"
)
FIND_SEALED: Final = text(
    "SELECT id, kind, ref, sealed FROM profile_customer_alias WHERE person = :person ORDER BY id"
)
NEW_NUMBERS: Final = text("""
SELECT nextval(pg_get_serial_sequence('profile_customer_alias', 'id')) FROM generate_series(1, :count)""")
ADD_ALIASES: Final = text("""
INSERT INTO profile_customer_alias (id, kind, ref, sealed, person, first_seen)
SELECT * FROM unnest(CAST(:ids AS int[]), CAST(:kinds AS smallint[]), CAST(:refs AS bytea[]), CAST(:sealed AS bytea[]),
    CAST(:persons AS int[]), CAST(:first_seen AS timestamptz[]))""")
SEE_EARLIER: Final = text("""
UPDATE profile_customer_alias AS alias SET first_seen = seen.at
FROM unnest(CAST(:ids AS int[]), CAST(:at AS timestamptz[])) AS seen (id, at) WHERE alias.id = seen.id""")

LINK: Final = "a, b, reason, source, made_by, made_at"
FIND_LINKS: Final = text(f"""
SELECT {LINK} FROM profile_customer_link WHERE ended_at IS NULL AND a = ANY(CAST(:numbers AS int[])) ORDER BY a, b""")
ADD_LINKS: Final = text(f"""
INSERT INTO profile_customer_link ({LINK})
SELECT a, b, reason, source, :made_by, :made_at
FROM unnest(CAST(:a AS int[]), CAST(:b AS int[]), CAST(:reasons AS smallint[]), CAST(:sources AS text[]))
    AS made (a, b, reason, source)""")
END_LINK: Final = text("""
WITH ended AS (
    UPDATE profile_customer_link SET ended_at = :at, ended_by = :by WHERE a = :a AND b = :b AND ended_at IS NULL
    RETURNING id
), apart AS (
    INSERT INTO profile_customer_not_same (a, b, made_by, made_at) SELECT :a, :b, :by, :at FROM ended
    ON CONFLICT (a, b) WHERE ended_at IS NULL DO NOTHING
)
SELECT id FROM ended""")
WAS_LINKED: Final = text(
    "SELECT EXISTS (SELECT FROM profile_customer_link WHERE a = :a AND b = :b)"
)

FIND_APART: Final = text("""
SELECT a, b FROM profile_customer_not_same WHERE ended_at IS NULL AND a = ANY(CAST(:numbers AS int[]))
UNION SELECT a, b FROM profile_customer_not_same WHERE ended_at IS NULL AND b = ANY(CAST(:numbers AS int[]))""")
SET_APART: Final = text("""
INSERT INTO profile_customer_not_same (a, b, made_by, made_at) VALUES (:a, :b, :by, :at)
ON CONFLICT (a, b) WHERE ended_at IS NULL DO NOTHING""")
END_APART: Final = text("""
UPDATE profile_customer_not_same SET ended_at = :at, ended_by = :by WHERE a = :a AND b = :b AND ended_at IS NULL""")

CONFLICT: Final = "id, a, b, reason, kind, source, at, settled"
FIND_CONFLICTS: Final = text(f"""
SELECT {CONFLICT} FROM profile_customer_conflict
WHERE (a = ANY(CAST(:numbers AS int[])) OR b = ANY(CAST(:numbers AS int[])))
    AND (settled IS NULL OR settled = {Settlement.APART}) ORDER BY id""")
FIND_CONFLICT: Final = text(f"SELECT {CONFLICT} FROM profile_customer_conflict WHERE id = :id")
LIST_CONFLICTS: Final = text(f"""
SELECT {CONFLICT} FROM profile_customer_conflict
WHERE settled IS NULL AND (CAST(:after AS uuid) IS NULL OR id > CAST(:after AS uuid)) ORDER BY id LIMIT :first""")
COUNT_CONFLICTS: Final = text(
    "SELECT count(*) FROM profile_customer_conflict WHERE settled IS NULL"
)
ADD_CONFLICTS: Final = text(f"""
INSERT INTO profile_customer_conflict ({CONFLICT})
SELECT *, NULL FROM unnest(CAST(:ids AS uuid[]), CAST(:a AS int[]), CAST(:b AS int[]), CAST(:reasons AS smallint[]),
    CAST(:kinds AS smallint[]), CAST(:sources AS text[]), CAST(:at AS timestamptz[]))""")
SETTLE_CONFLICT: Final = text("""
UPDATE profile_customer_conflict SET settled = :settled, settled_at = :at, settled_by = :by WHERE id = :id""")

MOVE_ALIASES: Final = text("""
WITH move AS (
    SELECT * FROM unnest(CAST(:aliases AS int[]), CAST(:was AS int[]), CAST(:is_now AS int[]),
        CAST(:causes AS smallint[]), CAST(:a AS int[]), CAST(:b AS int[])) AS given (alias, was, is_now, cause, a, b)
), moved AS (
    UPDATE profile_customer_alias AS stored SET person = is_now FROM move WHERE stored.id = alias AND was <> 0
)
INSERT INTO profile_customer_person_change (at, alias, was, is_now, cause, link_a, link_b)
SELECT :at, * FROM move""")
LIST_CHANGES: Final = text(f"""
SELECT seq, at, alias, was, is_now, cause, link_a, link_b FROM profile_customer_person_change
WHERE (alias = ANY(CAST(:numbers AS int[])) OR (cause = {Cause.UNLINKED} AND was = ANY(CAST(:numbers AS int[]))))
    AND (:before = 0 OR seq < :before) ORDER BY seq DESC LIMIT :first""")

FIND_ATTRIBUTES: Final = text("""
SELECT alias, key, sealed FROM profile_customer_attribute WHERE alias = ANY(CAST(:numbers AS int[]))""")
FIND_LATEST: Final = text("""
SELECT DISTINCT ON (known.person, said.key) known.person, said.alias, said.key, said.sealed
FROM profile_customer_attribute AS said JOIN profile_customer_alias AS known ON known.id = said.alias
WHERE known.person = ANY(CAST(:persons AS int[]))
ORDER BY known.person, said.key, said.at DESC, said.alias DESC""")
PUT_ATTRIBUTES: Final = text("""
INSERT INTO profile_customer_attribute (alias, key, sealed, source, word, at)
SELECT alias, key, sealed, source, word, :at
FROM unnest(CAST(:aliases AS int[]), CAST(:keys AS text[]), CAST(:sealed AS bytea[]), CAST(:sources AS text[]),
    CAST(:words AS text[])) AS said (alias, key, sealed, source, word)
ON CONFLICT (alias, key) DO UPDATE SET sealed = excluded.sealed, source = excluded.source, word = excluded.word,
    at = excluded.at""")

ADD_REASON: Final = text(
    "INSERT INTO profile_customer_reason (entry, sealed) VALUES (:entry, :sealed)"
)
FIND_REASON: Final = text("SELECT sealed FROM profile_customer_reason WHERE entry = :entry")

CUSTOMER_TABLES: Final = (
    # Reasons are found by the entries that they stand behind; the others by numbers of aliases.
    PersonTable("profile_customer_reason", f"entry IN (SELECT id FROM audit_entry WHERE {NAMED})"),
    PersonTable("profile_customer_person_change", f"alias {MINE}"),
    PersonTable("profile_customer_conflict", OF_BOTH),
    PersonTable("profile_customer_not_same", OF_BOTH_BY_END),
    PersonTable("profile_customer_link", OF_BOTH_BY_END),
    PersonTable("profile_customer_summary", f"person {MINE}"),
    PersonTable("profile_customer_attribute", f"alias {MINE}"),
    PersonTable("profile_customer_alias", f"id {MINE}"),
    PersonTable("audit_entry", NAMED, stays="who did what: a number in it is nobody's any more"),
    PersonTable(
        "profile_customer_person_change",
        "alias <> ALL(CAST(:numbers AS int[])) AND ARRAY[was, is_now, link_a, link_b] && CAST(:numbers AS int[])",
        stays="history of others: a number in it is nobody's any more",
    ),
)
"""Of this noun, in the order in which rows go."""


class Name(NamedTuple):
    """By what an alias is found: the number of its kind, and its keyed hash."""

    kind: int
    ref: bytes


@dataclass(frozen=True, slots=True)
class NewAlias:
    """An alias to be stored; its person is that after the links of its transaction."""

    number: int
    name: Name
    sealed: bytes
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class SealedAlias:
    """An alias with its sealed value."""

    number: int
    kind: int
    ref: bytes
    sealed: bytes


class SealedAttribute(NamedTuple):
    """An attribute that an alias has; None: it was taken away."""

    alias: int
    key: str
    sealed: bytes | None
    source: str = ""
    word: str | None = None
    """Keyed hash of the value, as rules look for it; written only."""


@dataclass(frozen=True, slots=True)
class StoredChange:
    """An entry of the history of persons."""

    sequence: int
    at: datetime
    move: Move


async def lock_customers(session: AsyncSession) -> None:
    """Wait until no other transaction changes links; held to the end of this one.

    A statement of its own: what is read after it is as the transaction before has left it.
    """
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})


async def hold_customers(session: AsyncSession) -> None:
    """Let no alias be linked, parted or erased to the end of this transaction; others that hold them go on meanwhile.

    A statement of its own, as in lock_customers.
    """
    await session.execute(
        text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": WRITERS_LOCK}
    )


async def read_steadily(session: AsyncSession) -> None:
    """Let all that this transaction reads be of one instant."""
    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


async def find_kinds(session: AsyncSession) -> Kinds:
    """All kinds of identifiers."""
    rows = await session.execute(FIND_KINDS)
    return Kinds(IdentifierKind(*row) for row in rows)


async def put_kinds(session: AsyncSession, kinds: Iterable[IdentifierKind]) -> None:
    """Store kinds; of one that is there the name changes."""
    rows = [
        {"number": kind.number, "key": kind.key, "is_unique": kind.is_unique, "name": kind.name}
        for kind in kinds
    ]
    if rows:
        await session.execute(PUT_KIND, rows)


async def find_refs(session: AsyncSession, names: Collection[Name]) -> dict[Name, Alias]:
    """Those aliases of these names that are known."""
    rows = await session.execute(FIND_REFS, {"refs": [name.ref for name in names]})
    found = {Name(alias.kind, ref): alias for ref, *rest in rows if (alias := Alias(*rest))}
    return {name: found[name] for name in names if name in found}


async def find_erased(session: AsyncSession, names: Collection[Name]) -> set[Name]:
    """Those of these names that were erased and are not to be stored again."""
    rows = await session.execute(FIND_ERASED, {"refs": [name.ref for name in names]})
    return {Name(kind, ref) for ref, kind in rows} & set(names)


async def find_numbers(session: AsyncSession, numbers: Iterable[int]) -> dict[int, Alias]:
    """Aliases by their numbers; a number may be none at all."""
    known = [number for number in numbers if 0 < number <= LARGEST_NUMBER]
    rows = await session.execute(FIND_NUMBERS, {"numbers": known})
    return {alias.number: alias for alias in (Alias(*row) for row in rows)}


async def find_members(session: AsyncSession, persons: Iterable[int]) -> list[Alias]:
    """All aliases of some persons, by number."""
    rows = await session.execute(FIND_MEMBERS, {"persons": list(persons)})
    return [Alias(*row) for row in rows]


async def find_sealed(session: AsyncSession, person: int) -> list[SealedAlias]:
    """All aliases of a person with their sealed values, by number."""
    return [SealedAlias(*row) for row in await session.execute(FIND_SEALED, {"person": person})]


async def new_numbers(session: AsyncSession, count: int) -> list[int]:
    """Numbers for so many new aliases, rising."""
    return list(await session.scalars(NEW_NUMBERS, {"count": count})) if count else []


async def add_aliases(
    session: AsyncSession, aliases: Sequence[NewAlias], person_of: Mapping[int, int]
) -> None:
    """Store new aliases."""
    columns: dict[str, Sequence[object]] = {
        "ids": [alias.number for alias in aliases],
        "kinds": [alias.name.kind for alias in aliases],
        "refs": [alias.name.ref for alias in aliases],
        "sealed": [alias.sealed for alias in aliases],
        "persons": [person_of[alias.number] for alias in aliases],
        "first_seen": [alias.first_seen for alias in aliases],
    }
    await _each(session, ADD_ALIASES, columns)


async def move_aliases(session: AsyncSession, moves: Sequence[Move], at: datetime) -> None:
    """Write down which aliases are of another person, and move those that are stored."""
    columns: dict[str, Sequence[object]] = {
        "aliases": [move.alias for move in moves],
        "was": [move.was for move in moves],
        "is_now": [move.is_now for move in moves],
        "causes": [move.cause for move in moves],
        "a": [move.link and move.link.a for move in moves],
        "b": [move.link and move.link.b for move in moves],
    }
    await _each(session, MOVE_ALIASES, columns, at=at)


async def see_earlier(session: AsyncSession, seen: Mapping[int, datetime]) -> None:
    """Aliases were seen before what is stored."""
    await _each(session, SEE_EARLIER, {"ids": list(seen), "at": list(seen.values())})


async def find_links(session: AsyncSession, numbers: Iterable[int]) -> list[Link]:
    """Live links whose lesser alias is one of these; of whole persons all links."""
    rows = await session.execute(FIND_LINKS, {"numbers": list(numbers)})
    return [Link(Pair(a, b), LinkReason(reason), *rest) for a, b, reason, *rest in rows]


async def add_links(session: AsyncSession, links: Sequence[Link]) -> None:
    """Store links of one transaction: of one subject and instant."""
    columns: dict[str, Sequence[object]] = {
        "a": [link.pair.a for link in links],
        "b": [link.pair.b for link in links],
        "reasons": [link.reason for link in links],
        "sources": [link.source for link in links],
    }
    if links:
        await _each(session, ADD_LINKS, columns, made_by=links[0].made_by, made_at=links[0].made_at)


async def end_link(session: AsyncSession, pair: Pair, by: str, at: datetime) -> bool:
    """End a live link, and keep its aliases apart from now on; whether there was one."""
    values = {**pair._asdict(), "by": by, "at": at}
    return await session.scalar(END_LINK, values) is not None


async def was_linked(session: AsyncSession, pair: Pair) -> bool:
    """Whether two aliases were linked at any time."""
    return bool(await session.scalar(WAS_LINKED, pair._asdict()))


async def find_apart(session: AsyncSession, numbers: Iterable[int]) -> set[Pair]:
    """Pairs with one of these aliases of which somebody said that they are two."""
    rows = await session.execute(FIND_APART, {"numbers": list(numbers)})
    return {Pair(a, b) for a, b in rows}


async def set_apart(session: AsyncSession, pair: Pair, by: str, at: datetime) -> None:
    """Two aliases are of two persons from now on."""
    await session.execute(SET_APART, {**pair._asdict(), "by": by, "at": at})


async def end_apart(session: AsyncSession, pairs: Collection[Pair], by: str, at: datetime) -> None:
    """Nothing is said of these pairs any more."""
    if pairs:
        rows = [{**pair._asdict(), "by": by, "at": at} for pair in pairs]
        await session.execute(END_APART, rows)


async def find_conflicts(session: AsyncSession, numbers: Iterable[int]) -> list[Conflict]:
    """Conflicts about one of these aliases that are open, or were settled as apart; the oldest first."""
    return [
        _conflict(row) for row in await session.execute(FIND_CONFLICTS, {"numbers": list(numbers)})
    ]


async def find_conflict(session: AsyncSession, id_: UUID) -> Conflict | None:
    """A conflict, whatever became of it."""
    row = (await session.execute(FIND_CONFLICT, {"id": id_})).first()
    return None if row is None else _conflict(row)


async def list_conflicts(session: AsyncSession, first: int, after: UUID | None) -> list[Conflict]:
    """The first open ones after one, the oldest first."""
    rows = await session.execute(LIST_CONFLICTS, {"first": first, "after": after})
    return [_conflict(row) for row in rows]


async def count_conflicts(session: AsyncSession) -> int:
    """How many are open."""
    return await session.scalar(COUNT_CONFLICTS) or 0


async def add_conflicts(session: AsyncSession, conflicts: Sequence[Conflict]) -> None:
    """Store conflicts that are new."""
    columns: dict[str, Sequence[object]] = {
        "ids": [UUID(conflict.id) for conflict in conflicts],
        "a": [conflict.pair.a for conflict in conflicts],
        "b": [conflict.pair.b for conflict in conflicts],
        "reasons": [conflict.reason for conflict in conflicts],
        "kinds": [conflict.kind for conflict in conflicts],
        "sources": [conflict.source for conflict in conflicts],
        "at": [conflict.at for conflict in conflicts],
    }
    await _each(session, ADD_CONFLICTS, columns)


async def settle_conflict(
    session: AsyncSession, id_: str, settlement: Settlement, by: str, at: datetime
) -> None:
    """Write down what became of a conflict."""
    values = {"id": UUID(id_), "settled": settlement, "by": by, "at": at}
    await session.execute(SETTLE_CONFLICT, values)


async def list_changes(
    session: AsyncSession, numbers: Iterable[int], first: int, before: int
) -> list[StoredChange]:
    """The newest entries about these aliases, and about those that left them; before one, 0: from the newest."""
    values = {"numbers": list(numbers), "first": first, "before": before}
    return [_change(row) for row in await session.execute(LIST_CHANGES, values)]


async def find_attributes(session: AsyncSession, numbers: Iterable[int]) -> list[SealedAttribute]:
    """What these aliases have each, also what was taken away."""
    rows = await session.execute(FIND_ATTRIBUTES, {"numbers": list(numbers)})
    return [SealedAttribute(*row) for row in rows]


async def find_latest(
    session: AsyncSession, persons: Iterable[int]
) -> dict[int, list[SealedAttribute]]:
    """What persons have, of each key the latest that any of their aliases has, by key."""
    found: dict[int, list[SealedAttribute]] = defaultdict(list)
    for person, *attribute in await session.execute(FIND_LATEST, {"persons": list(persons)}):
        latest = SealedAttribute(*attribute)
        if latest.sealed is not None:
            found[person].append(latest)
    return found


async def put_attributes(
    session: AsyncSession, attributes: Sequence[SealedAttribute], at: datetime
) -> None:
    """Store attributes in the place of what was there."""
    columns: dict[str, Sequence[object]] = {
        "aliases": [attribute.alias for attribute in attributes],
        "keys": [attribute.key for attribute in attributes],
        "sealed": [attribute.sealed for attribute in attributes],
        "sources": [attribute.source for attribute in attributes],
        "words": [attribute.word for attribute in attributes],
    }
    await _each(session, PUT_ATTRIBUTES, columns, at=at)


async def add_reason(session: AsyncSession, entry: str, sealed: bytes) -> None:
    """Store the reason of an entry of the audit log."""
    await session.execute(ADD_REASON, {"entry": UUID(entry), "sealed": sealed})


async def find_reason(session: AsyncSession, entry: UUID) -> bytes | None:
    """The sealed reason of an entry of the audit log."""
    sealed: bytes | None = await session.scalar(FIND_REASON, {"entry": entry})
    return sealed


async def _each(
    session: AsyncSession,
    statement: TextClause,
    columns: Mapping[str, Sequence[object]],
    **common: Any,
) -> None:
    """Execute a statement over columns of equal length; not at all where they are empty."""
    if any(columns.values()):
        await session.execute(statement, {**columns, **common})


def _conflict(row: Any) -> Conflict:
    return Conflict(
        str(row.id),
        Pair(row.a, row.b),
        ConflictReason(row.reason),
        row.at,
        row.source,
        row.kind,
        None if row.settled is None else Settlement(row.settled),
    )


def _change(row: Any) -> StoredChange:
    link = None if row.link_a is None else Pair(row.link_a, row.link_b)
    move = Move(row.alias, row.was, row.is_now, Cause(row.cause), link)
    return StoredChange(row.seq, row.at, move)
