"""The group that is stored: one transaction, one envelope, and what became of each response."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import asyncpg
import structlog
from asyncpg.exceptions import _base as driver

from services.kit import telemetry
from services.kit.db.database import TROUBLE, Connection, Pool, is_away, reaching
from services.kit.db.row_security import transaction_about
from services.kit.errors import FULL, FULL_REASON, Unavailable, is_full
from services.kit.events.outbox import Outbox
from services.kit.numbers import metering
from services.survey.responses import storage
from services.survey.responses.daily_quotas import DailyQuotas
from services.survey.responses.domain.envelopes import packed
from services.survey.responses.domain.judgement import Accepted
from services.survey.responses.domain.outcome import Fate, StoredBody, fate_of_repeated
from services.survey.responses.domain.quota import Quota
from services.survey.responses.events import fact

log = structlog.get_logger()
_ACKNOWLEDGED = metering.counter(
    "cxm.responses",
    unit="{response}",
    meaning="Responses that came to be stored, by what became of them; stored: acknowledged after the commit.",
    labels=("fate",),
)
_GROUP = metering.histogram(
    "cxm.responses.group",
    unit="{response}",
    meaning="Responses that were stored by one commit.",
    bounds=metering.SIZES,
)
_COMMIT = metering.histogram(
    "cxm.responses.commit", unit="s", meaning="How long a commit took.", bounds=metering.SECONDS
)

# About the data, not about the moment: the same response fails again.
POISON = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, driver.DataError)


class Entry(NamedTuple):
    """A response ready to be stored, and the trace it came with."""

    row: storage.Row
    verbatims: tuple[tuple[str, str], ...]
    traceparent: str | None
    token_hash: bytes | None = None  # of the invitation it spends
    secret_hash: bytes | None = None
    is_told: bool = False  # what else its id stands for, without the secret
    quota: Quota | None = None  # that it counts against
    importer: int | None = None  # whose row of a file it is
    import_number: int | None = None  # of the file


def entry_of(response: Accepted, traceparent: str | None) -> Entry:
    """A response and what is announced of it."""
    attribution, codes = response.attribution, response.codes
    row = storage.Row(
        response.id,
        response.survey.version_id,
        response.body_hash,
        *attribution,
        response.customer_ref,
        response.occurred_at,
        codes,
        fact(response.id, response.survey, attribution, codes, sign=1),
    )
    return Entry(
        row,
        response.verbatims,
        traceparent,
        response.token_hash,
        response.secret_hash,
        response.is_told,
        response.quota,
        response.importer,
        response.import_number,
    )


class ResponseWriter:
    """Stores groups of responses; called by one group commit, so never twice at a time in a process."""

    def __init__(self, pool: Pool, outbox: Outbox, key: bytes) -> None:
        self.pool = pool
        self.key = key
        self.outbox = outbox
        self.quotas = DailyQuotas()

    async def store(self, entries: Sequence[Entry]) -> Sequence[Fate]:
        """What became of each entry. Unavailable if the group could not be stored: the same ids may come again."""
        since = time.perf_counter()
        try:
            fates = await self._store(entries)
            _COMMIT.record(time.perf_counter() - since)
            _GROUP.record(len(entries))
            for fate, count in Counter(fates).items():
                _ACKNOWLEDGED.add(count, fate.name.lower())
            return fates
        except POISON as error:
            failure: Exception = error
        except TROUBLE as error:
            log.error("responses not stored", away=is_away(error), error=type(error).__name__)
            if is_full(error):
                raise Unavailable(FULL, reason=FULL_REASON) from error
            raise Unavailable("responses cannot be stored now: send them again") from error
        if len(entries) == 1:
            # Its text may quote the respondent: only the kind of failure is logged.
            log.error("unstorable", response=entries[0].row.id, error=type(failure).__name__)
            return [Fate.UNSTORABLE]
        half = len(entries) // 2
        return [*await self.store(entries[:half]), *await self.store(entries[half:])]

    async def known(self, ids: Sequence[str], sees: Callable[[str], bool]) -> dict[str, StoredBody]:
        """The bodies of those that are stored, by id, and count for a department that is seen.

        Nothing is stored by asking this: without the departments it would tell, and leave no trace, which rows
        others have imported.
        """
        with reaching("responses"):
            async with (
                self.pool.acquire() as connection,
                transaction_about(connection, responses=ids),
            ):
                departments = await storage.departments_of(connection, ids)
                seen = [id_ for id_, department in departments.items() if sees(department)]
                return await storage.stored_bodies(connection, seen, self.key)

    async def _store(self, entries: Sequence[Entry]) -> list[Fate]:
        firsts: dict[str, Entry] = {}
        for entry in entries:
            firsts.setdefault(entry.row.id, entry)
        callers = list(dict.fromkeys(entry.traceparent for entry in entries))
        with telemetry.event_span("survey.commit", callers):
            async with self.pool.acquire() as connection:
                beyond = await self._beyond_quotas(connection, firsts.values())
                new = await self._add(
                    connection, [e for e in firsts.values() if e.row.id not in beyond]
                )
                old = [response_id for response_id in firsts if response_id not in new]
                stored = await storage.stored_bodies(connection, old, self.key) if old else {}
        self.outbox.filled.set()
        known = Known(firsts, new, stored, beyond)
        return [_fate(entry, known) for entry in entries]

    async def _beyond_quotas(
        self, connection: Connection, entries: Iterable[Entry]
    ) -> frozenset[str]:
        """Ids of those that are one too many today."""
        counted = [(entry.row.id, entry.quota) for entry in entries if entry.quota is not None]
        return await self.quotas.beyond(connection, counted) if counted else frozenset()

    async def _add(self, connection: Connection, entries: Sequence[Entry]) -> set[str]:
        """Store entries of different ids and announce them; returns the ids that were not there before."""
        if not entries:
            return set()
        rows = [entry.row for entry in entries]
        envelopes = [rows[part] for part in packed([len(row.fact) for row in rows])]
        verbatims = [
            storage.Verbatim(entry.row.id, question_id, text)
            for entry in entries
            for question_id, text in entry.verbatims
        ]
        traceparent = telemetry.current_traceparent()
        invited = [(e.token_hash, e.row.id) for e in entries if e.token_hash is not None]
        secrets = [(e.row.id, e.secret_hash) for e in entries if e.secret_hash is not None]
        counted = [(e.row.id, e.quota.key) for e in entries if e.quota is not None]
        origins = {
            e.row.id: (e.importer, e.import_number) for e in entries if e.importer is not None
        }
        added = await storage.add_responses(
            connection, envelopes, verbatims, traceparent, invited, secrets, counted, origins
        )
        self.quotas.learn(added.used)
        return added.ids


class Known(NamedTuple):
    """What became of a group: of the entries of one id the one that could be stored, by id; ids of those that were;
    those that were there before; those beyond their quota."""

    firsts: dict[str, Entry]
    new: set[str]
    stored: dict[str, StoredBody]
    beyond: frozenset[str]


def _fate(entry: Entry, known: Known) -> Fate:
    response_id = entry.row.id
    if response_id in known.new:
        first = known.firsts[response_id]
        if first is entry:
            return Fate.STORED
        return fate_of_repeated(_body(entry), _body(first), is_told=entry.is_told)
    if response_id in known.stored:
        return fate_of_repeated(_body(entry), known.stored[response_id], is_told=entry.is_told)
    if response_id in known.beyond:
        return Fate.BEYOND_QUOTA
    return Fate.INVITATION_SPENT  # by another response of this moment


def _body(entry: Entry) -> StoredBody:
    return StoredBody(entry.row.body_hash, entry.secret_hash)
