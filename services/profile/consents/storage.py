"""Every query about consents; nothing here commits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.profile.consents.domain.statements import (
    CheckedConsent,
    ConsentProof,
    ConsentStatus,
)
from services.profile.consents.domain.verdicts import Said
from services.profile.customers.person_tables import MINE, PersonTable

CONSENT_TABLES: Final = (PersonTable("profile_customer_consent", f"alias {MINE}", is_locked=True),)
"""What an erasure does with them."""

PUT_WORDINGS: Final = text("""
INSERT INTO profile_consent_wording (digest, wording, first_used_at)
SELECT digest, wording, :at FROM unnest(CAST(:digests AS bytea[]), CAST(:wordings AS text[])) AS n (digest, wording)
ON CONFLICT (digest) DO NOTHING""")
FIND_WORDINGS: Final = text(
    "SELECT digest FROM profile_consent_wording WHERE digest = ANY(CAST(:digests AS bytea[]))"
)
FIND_STORED: Final = text("""
SELECT alias, purpose, at, mark FROM profile_customer_consent
JOIN unnest(CAST(:aliases AS int[]), CAST(:purposes AS text[]), CAST(:at AS timestamptz[]), CAST(:marks AS bigint[]))
    AS sought (alias, purpose, at, mark) USING (alias, purpose, at, mark)""")
ADD: Final = text("""
INSERT INTO profile_customer_consent (alias, purpose, at, mark, status, channel, digest, given_for, proof, until,
    source, recorded_by, recorded_at)
SELECT given.*, :recorded_by, :recorded_at FROM unnest(CAST(:aliases AS int[]), CAST(:purposes AS text[]),
    CAST(:at AS timestamptz[]), CAST(:marks AS bigint[]), CAST(:statuses AS smallint[]), CAST(:channels AS text[]),
    CAST(:digests AS bytea[]), CAST(:given_for AS text[]), CAST(:proofs AS smallint[]),
    CAST(:until AS timestamptz[]), CAST(:sources AS text[])) AS given (alias)
WHERE EXISTS (SELECT FROM profile_customer_alias a WHERE a.id = given.alias)
ON CONFLICT (alias, purpose, at, mark) DO NOTHING RETURNING alias, purpose, at, mark""")
LIST: Final = text("""
SELECT alias, purpose, at, mark, status, channel, digest, wording, given_for, proof, until, source, recorded_by,
    recorded_at
FROM profile_customer_consent LEFT JOIN profile_consent_wording USING (digest)
WHERE alias = ANY(CAST(:aliases AS int[])) AND (CAST(:at AS timestamptz) IS NULL
    OR (at, alias, purpose, mark) < (CAST(:at AS timestamptz), :alias, :purpose, :mark))
ORDER BY at DESC, alias DESC, purpose DESC, mark DESC LIMIT :first""")
FIND_SAID: Final = text("""
SELECT alias, purpose, status, at, recorded_at, until FROM profile_customer_consent
WHERE alias = ANY(CAST(:aliases AS int[]))""")
FIND_MOVES: Final = text("""
SELECT alias, at, is_now FROM profile_customer_person_change WHERE alias = ANY(CAST(:aliases AS int[])) ORDER BY seq""")


class ConsentKey(NamedTuple):
    """By what a statement is known."""

    alias: int
    purpose: str
    at: datetime
    mark: int


@dataclass(frozen=True, slots=True)
class StoredConsent:
    """A statement as it is stored; `wording` with its hash, both empty where there is none."""

    key: ConsentKey
    status: ConsentStatus
    channel: str
    digest: bytes
    wording: str
    given_for: str
    proof: ConsentProof | None
    until: datetime | None
    source: str
    recorded_by: str
    recorded_at: datetime


async def put_wordings(session: AsyncSession, wordings: Mapping[bytes, str], at: datetime) -> None:
    """Store words by their hash; those that are there stay."""
    if wordings:
        ordered = sorted(
            wordings.items()
        )  # two calls with the same words do not wait for each other in a circle
        columns = {"digests": [d for d, _ in ordered], "wordings": [w for _, w in ordered]}
        await session.execute(PUT_WORDINGS, {**columns, "at": at})


async def find_wordings(session: AsyncSession, digests: Collection[bytes]) -> set[bytes]:
    """Those of these hashes of which the words are stored."""
    if not digests:
        return set()
    return set(await session.scalars(FIND_WORDINGS, {"digests": list(digests)}))


async def find_stored(session: AsyncSession, keys: Collection[ConsentKey]) -> set[ConsentKey]:
    """Those of these statements that are stored."""
    if not keys:
        return set()
    rows = await session.execute(FIND_STORED, _columns(keys))
    return {ConsentKey(*row) for row in rows}


async def add_consents(
    session: AsyncSession,
    consents: Mapping[ConsentKey, CheckedConsent],
    recorded_by: str,
    recorded_at: datetime,
) -> set[ConsentKey]:
    """Store statements of aliases that are there; those that were not there before."""
    if not consents:
        return set()
    ordered = dict(sorted(consents.items()))
    said = ordered.values()
    values = {
        **_columns(ordered),
        "statuses": [each.status for each in said],
        "channels": [each.channel for each in said],
        "digests": [each.digest for each in said],
        "given_for": [each.given_for for each in said],
        "proofs": [each.proof for each in said],
        "until": [each.until for each in said],
        "sources": [each.source for each in said],
        "recorded_by": recorded_by,
        "recorded_at": recorded_at,
    }
    return {ConsentKey(*row) for row in await session.execute(ADD, values)}


async def list_consents(
    session: AsyncSession, aliases: Sequence[int], first: int, after: ConsentKey | None
) -> list[StoredConsent]:
    """The first statements of these aliases after one, the newest first."""
    nothing = {"alias": 0, "purpose": "", "at": None, "mark": 0}
    start = after._asdict() if after else nothing
    values = {"aliases": list(aliases), "first": first, **start}
    return [_stored(row) for row in await session.execute(LIST, values)]


async def find_said(session: AsyncSession, aliases: Sequence[int]) -> list[Said]:
    """Of all statements of these aliases what counts."""
    return [
        Said(row.alias, row.purpose, ConsentStatus(row.status), row.at, row.recorded_at, row.until)
        for row in await session.execute(FIND_SAID, {"aliases": list(aliases)})
    ]


async def find_moves(
    session: AsyncSession, aliases: Sequence[int]
) -> list[tuple[int, datetime, int]]:
    """Of which person these aliases were from when, in order."""
    rows = await session.execute(FIND_MOVES, {"aliases": list(aliases)})
    return [(alias, at, is_now) for alias, at, is_now in rows]


def _columns(keys: Iterable[ConsentKey]) -> dict[str, Sequence[Any]]:
    listed = list(keys)
    return {
        "aliases": [key.alias for key in listed],
        "purposes": [key.purpose for key in listed],
        "at": [key.at for key in listed],
        "marks": [key.mark for key in listed],
    }


def _stored(row: Any) -> StoredConsent:
    return StoredConsent(
        ConsentKey(row.alias, row.purpose, row.at, row.mark),
        ConsentStatus(row.status),
        row.channel,
        row.digest or b"",
        row.wording or "",
        row.given_for,
        None if row.proof is None else ConsentProof(row.proof),
        row.until,
        row.source,
        row.recorded_by,
        row.recorded_at,
    )
