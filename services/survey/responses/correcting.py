"""Corrections and withdrawals: signed changes of a response that was stored, in one envelope each."""

import hmac
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from services.kit import clock, telemetry
from services.kit.db.database import Connection, Database, reaching
from services.kit.db.row_security import transaction_about
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Conflict, Denied, NotFound, Unauthenticated
from services.kit.events.outbox import Outbox
from services.kit.rights.access import (
    ANONYMOUS,
    Action,
    Viewer,
    authorize,
    authorize_somewhere,
)
from services.kit.rights.audit import storage as audit_storage
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed, actor_of
from services.kit.sealing.answer_receipts import is_answer_receipt
from services.survey.attribution.submission import Answer
from services.survey.domain.refusal import failure_of
from services.survey.responses import storage
from services.survey.responses.domain.ids import is_import_id, read_id, row_id, shown_id
from services.survey.responses.domain.receipts import secret_hash
from services.survey.responses.domain.responses import check_correction
from services.survey.responses.events import fact
from services.survey.responses.storage import StoredResponse
from services.survey.responses.withdrawal import withdraw_locked
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey


class ResponseClaim(NamedTuple):
    """The response a caller wants to change, and by what right: its receipt or its secret, or neither for who has
    a role that may.

    These may name it by the row id that an export shows.
    """

    id: str
    receipt: str | None = None
    secret: str | None = None


class Correcting:
    """Changes one response at a time under its row's lock; what it counts for stays as it was frozen."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        directory: DirectoryCopy,
        key: bytes,
        now: clock.Clock,
    ) -> None:
        self.database = database
        self.outbox = outbox
        self.directory = directory
        self.key = key
        self.now = now

    async def asked(self, claim: ResponseClaim) -> Survey:
        """The version that a response answers, for who holds its secret; what was withdrawn is as absent."""
        with reaching("responses"):
            response, survey, _ = await self._find(ANONYMOUS, claim, Action.CORRECT_RESPONSES)
        if response.withdrawn:
            raise _absent()
        return survey

    async def correct(
        self, viewer: Viewer, claim: ResponseClaim, answers: tuple[Answer, ...]
    ) -> bool:
        """Replace the answers; False if they are what is stored."""
        with reaching("responses"):
            response, survey, actor = await self._find(viewer, claim, Action.CORRECT_RESPONSES)
            kept = check_correction(answers, survey)
            if isinstance(kept, list):
                raise failure_of(kept[0])
            async with (
                self.database.pool.acquire() as connection,
                transaction_about(connection, responses=[response.id]),
            ):
                stored = await storage.lock_response(connection, response.id)
                if stored.withdrawn:
                    raise Conflict(
                        "this response was withdrawn: submit another one under another id",
                        reason="RESPONSE_WITHDRAWN",
                        field=["id"],
                    )
                codes, words = kept
                changed = await storage.replace_words(connection, response.id, words)
                if stored.answers != codes:
                    await storage.replace_answers(connection, response.id, codes)
                    images = [_fact(stored, survey, -1), _fact(stored, survey, 1, codes)]
                    await _announce(connection, images)
                    changed = True
                if changed:
                    await storage.mark_corrected(connection, [response.id])
                    entry = self._entry(actor, Deed.RESPONSE_CORRECTED, response, survey)
                    await audit_storage.write_on_driver(connection, entry)
        self.outbox.filled.set()
        return changed

    async def withdraw(self, viewer: Viewer, claim: ResponseClaim) -> bool:
        """Erase what a response said; False if it was withdrawn before."""
        with reaching("responses"):
            response, survey, actor = await self._find(viewer, claim, Action.WITHDRAW_RESPONSES)
            async with (
                self.database.pool.acquire() as connection,
                transaction_about(connection, responses=[response.id]),
            ):
                stored = await storage.lock_response(connection, response.id)
                if stored.withdrawn:
                    return False
                await withdraw_locked(connection, [stored], {stored.version_id: survey})
                entry = self._entry(actor, Deed.RESPONSE_WITHDRAWN, response, survey)
                await audit_storage.write_on_driver(connection, entry)
        self.outbox.filled.set()
        return True

    async def _find(
        self, viewer: Viewer, claim: ResponseClaim, action: Action
    ) -> tuple[StoredResponse, Survey, Actor]:
        """The response, the version it answers, and who changes it by what right; who may not finds nothing."""
        is_own = claim.receipt is not None or claim.secret is not None
        response_id = read_id(claim.id)
        if not is_own:
            self._check_right(viewer, action)
            response_id = response_id or shown_id(self.key, claim.id)
        if not response_id or (is_own and not await self._is_proven(response_id, claim)):
            raise _absent()
        async with (
            self.database.pool.acquire() as connection,
            transaction_about(connection, responses=[response_id]),
        ):
            response = await storage.find_response(connection, response_id)
        if response is None:
            raise _absent()
        actor = Actor(viewer.subject) if is_own else await self._authorize(viewer, action, response)
        async with self.database.read() as session:
            survey = await survey_storage.version(session, UUID(response.version_id))
        return response, survey, actor

    async def _is_proven(self, response_id: str, claim: ResponseClaim) -> bool:
        """Whether a claim has the receipt, or the secret that is kept as a hash."""
        if claim.receipt is not None:
            return is_receipt(self.key, response_id, claim.receipt)
        async with self.database.pool.acquire() as connection:
            bodies = await storage.stored_bodies(connection, [response_id], self.key)
        kept = bodies[response_id].secret_hash if response_id in bodies else None
        given = secret_hash(self.key, response_id, claim.secret or "")
        return kept is not None and hmac.compare_digest(kept, given)

    def _check_right(self, viewer: Viewer, action: Action) -> None:
        """Before anything is looked up: who may do this nowhere hears the same of every id."""
        if viewer is ANONYMOUS:
            raise Unauthenticated("this needs the response's receipt, or a bearer token")
        authorize_somewhere(viewer, action, self.directory.tree)

    async def _authorize(self, viewer: Viewer, action: Action, response: StoredResponse) -> Actor:
        await self.directory.know_department_ids([response.attribution.department_id])
        tree, department_id = self.directory.tree, response.attribution.department_id
        try:
            authorize(viewer, action, department_id, tree)
        except (NotFound, Denied) as error:
            raise _absent() from error
        return actor_of(viewer, action, tree, department_id)

    def _entry(
        self, actor: Actor, deed: Deed, response: StoredResponse, survey: Survey
    ) -> AuditEntry:
        """Names the response as exports do, so that who reads the log is given no id that unlocks it."""
        return AuditEntry(
            self.now(), actor, deed, ids=(row_id(self.key, response.id),), keys=(survey.key,)
        )


async def _announce(connection: Connection, images: Sequence[bytes]) -> None:
    await storage.announce_envelope(connection, images, telemetry.current_traceparent())


def _fact(stored: StoredResponse, survey: Survey, sign: int, answers: bytes | None = None) -> bytes:
    codes = stored.answers if answers is None else answers
    return fact(stored.id, survey, stored.attribution, codes, sign=sign)


def is_receipt(key: bytes, response_id: str, given: str) -> bool:
    """Whether a receipt is the one of a response. A row of a file has none: nobody sent it."""
    return not is_import_id(response_id) and is_answer_receipt(key, response_id, given)


def _absent() -> NotFound:
    message = "there is no such response, or this is not its receipt"
    return NotFound(message, reason="UNKNOWN_RESPONSE", field=["id"])
