"""Requests to erase a customer: asked for, counted, decided; and identifiers that may be stored again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock, new_id
from services.kit.db.database import Database, reaching
from services.kit.errors import Conflict, Invalid, NotFound
from services.kit.rights.access import Action, Role, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.kit.sealing.receipts import ErasureReceipt
from services.profile.customers import storage as customer_storage
from services.profile.customers.domain.identifiers import Identifier, normalised
from services.profile.customers.domain.kinds import CUSTOMER
from services.profile.customers.domain.persons import Alias
from services.profile.customers.reading import no_customer
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.storage import Name
from services.profile.grants.storage import find_role
from services.profile.privacy import storage
from services.profile.privacy.announcing import ErasureEvents
from services.profile.privacy.counting import count_anew
from services.profile.privacy.domain import (
    MOST_ANSWERS,
    Erasure,
    ErasureState,
    check_approver,
    check_room,
    check_said,
    check_undecided,
    is_decided_so,
)
from services.profile.privacy.journal import EntryKind, Journal, JournalEntry


@dataclass(frozen=True, slots=True)
class ShownErasure:
    """A request with its counts and receipts, and what was said of it in plain text."""

    erasure: Erasure
    counts: Sequence[ErasureReceipt]
    receipts: Sequence[ErasureReceipt]
    reason: str
    decision: str


class ErasureDesk:
    """`country`: of phone numbers without a prefix (ISO 3166), or "". Unavailable without PostgreSQL."""

    def __init__(
        self,
        database: Database,
        events: ErasureEvents,
        sealed: SealedNames,
        journal: Journal,
        country: str,
        clock: Clock,
    ) -> None:
        self.database = database
        self.events = events
        self.journal = journal
        self.sealed = sealed
        self.country = country
        self.clock = clock

    async def request(
        self,
        who: Viewer,
        tree: Tree,
        customer: Identifier | int | None,
        answers: Mapping[str, str],
        reason: str,
    ) -> ShownErasure:
        """Ask for the erasure of a person, of answers by their receipts (response id: receipt), or of both.

        For a person alone a request that is open already is answered as it is; Conflict (ALREADY_OPEN) with answers.
        """
        said = check_said(reason, is_needed=True)
        responses = self._proven(answers)
        with reaching("erasures"):
            async with self.database.write.begin() as session:
                await customer_storage.lock_customers(session)
                asked, refs = await self._asked(session, customer)
                persons = [] if asked is None else [asked.person]
                members = await customer_storage.find_members(session, persons)
                numbers = [alias.number for alias in members]
                erasure = await storage.find_open_of(session, numbers, refs)
                if erasure is None:
                    check_room(await storage.count_open(session))
                    erasure = replace(self._new(who, asked, refs, said), responses=tuple(responses))
                    await storage.add_erasure(session, erasure)
                    erasure = await count_anew(session, self.events, erasure, self.clock())
                    await self._write(session, who, tree, Deed.ERASURE_REQUESTED, erasure.id)
                elif set(responses) - set(erasure.responses):
                    message = (
                        "a request for this customer is open: decide it, then ask for the answers"
                    )
                    raise Conflict(message, reason="ALREADY_OPEN", field=["answers"])
                return await self._shown(session, erasure)

    async def count(self, id_: UUID) -> ShownErasure:
        """Count anew what would be erased; Conflict once it was decided."""
        with reaching("erasures"):
            async with self.database.write.begin() as session:
                await customer_storage.lock_customers(session)
                erasure = await self._lock(session, id_)
                check_undecided(erasure)
                counted = await count_anew(session, self.events, erasure, self.clock())
                return await self._shown(session, counted)

    async def decide(
        self, who: Viewer, tree: Tree, id_: UUID, reason: str, *, approve: bool
    ) -> ShownErasure:
        """Approve or refuse; the same again changes nothing. Conflict where the contrary was decided."""
        said = check_said(reason, is_needed=not approve)
        with reaching("erasures"):
            async with self.database.write.begin() as session:
                if not approve:  # so nobody else writes the journal meanwhile
                    await customer_storage.lock_customers(session)
                erasure = await self._lock(session, id_)
                if not is_decided_so(erasure, approve=approve):
                    is_sole = approve and check_approver(
                        erasure, who.subject, await self._approvers(session, tree)
                    )
                    erasure = replace(
                        erasure,
                        state=ErasureState.APPROVED if approve else ErasureState.REFUSED,
                        decided_by=who.subject,
                        decided_at=self.clock(),
                        sealed_decision=self._seal(f"{erasure.id} decision", said),
                        is_sole=is_sole,
                    )
                    if not approve:
                        self.journal.void(erasure.id, self.clock())
                    await storage.put_erasure(session, erasure)
                    deed = Deed.ERASURE_APPROVED if approve else Deed.ERASURE_REFUSED
                    await self._write(session, who, tree, deed, erasure.id)
                return await self._shown(session, erasure)

    async def get(self, id_: UUID) -> ShownErasure:
        """One request."""
        with reaching("erasures"):
            async with self.database.write() as session:
                erasure = await storage.find_erasure(session, id_)
                if erasure is None:
                    raise _no_request()
                return await self._shown(session, erasure)

    async def page(self, state: str, first: int, after: UUID | None) -> list[ShownErasure]:
        """The first requests after one, the newest first; of one state, or of all where it is empty."""
        with reaching("erasures"):
            async with self.database.write() as session:
                found = await storage.list_erasures(session, state, first, after)
                return await self._all_shown(session, found)

    async def count_all(self, state: str) -> int:
        """How many requests there are; of one state, or of all where it is empty."""
        with reaching("erasures"):
            async with self.database.write() as session:
                return await storage.count_erasures(session, state)

    async def allow_again(
        self, who: Viewer, tree: Tree, identifier: Identifier, reason: str
    ) -> bool:
        """Let an erased identifier be stored again; False if it may be already."""
        said = check_said(reason, is_needed=True)
        with reaching("erasures"):
            async with self.database.write.begin() as session:
                await customer_storage.lock_customers(session)
                name = await self._name(session, identifier)
                blocked = await storage.lock_block(session, name)
                if blocked is None:
                    message = "this identifier was not erased"
                    raise NotFound(message, reason="NOT_ERASED", field=["identifier"])
                request, is_allowed = blocked
                if is_allowed:
                    return False
                erasure = await storage.find_erasure(session, UUID(request))
                if erasure is not None and erasure.state is not ErasureState.DONE:
                    message = "it is being erased: allow it when that is done"
                    raise Conflict(message, reason="STILL_RUNNING", field=["identifier"])
                entry = await self._write(session, who, tree, Deed.CUSTOMER_ALLOWED_AGAIN, request)
                sealed = self.sealed.seal_reason(entry, said)
                await customer_storage.add_reason(session, entry, sealed)
                revision, now = await storage.next_revision(session), self.clock()
                self.journal.append(JournalEntry(EntryKind.ALLOWED, request, now, revision, [name]))
                await storage.allow(session, name, now, entry, revision)
                if name.kind == CUSTOMER.number:
                    await self.events.lifted(session, revision, [name.ref])
                return True

    def _proven(self, answers: Mapping[str, str]) -> list[str]:
        """Ids of responses; Invalid where a receipt is not that of its response (RECEIPT), or there are too many."""
        if len(answers) > MOST_ANSWERS:
            message = f"ask for at most {MOST_ANSWERS} answers at once"
            raise Invalid(message, reason="TOO_MANY", field=["answers"])
        for place, (response, receipt) in enumerate(answers.items()):
            if not self.sealed.is_receipt(response, receipt):
                message = "this is not the receipt of such a response"
                raise Invalid(message, reason="RECEIPT", field=["answers", str(place)])
        return sorted(answers)

    async def _asked(
        self, session: AsyncSession, customer: Identifier | int | None
    ) -> tuple[Alias | None, tuple[bytes, ...]]:
        """The alias that is asked for, and of a customer's id the keyed hashes of the forms that survey may have.

        None where profile does not know the id: survey may, of responses that came before the customer did. NotFound
        for nobody, and for an id that is not stored any more anywhere.
        """
        if customer is None:
            return None, ()
        if isinstance(customer, int):
            found = (await customer_storage.find_numbers(session, [customer])).get(customer)
            if found is None:
                raise no_customer("number")
            return found, ()
        name = await self._name(session, customer)
        found = (await customer_storage.find_refs(session, [name])).get(name)
        if name.kind != CUSTOMER.number:
            if found is None:
                raise no_customer("identifier")
            return found, ()
        refs = tuple(dict.fromkeys((name.ref, self.sealed.ref_as_sent(customer.value))))
        forms = [Name(CUSTOMER.number, ref) for ref in refs]
        if found is None and set(forms) == await customer_storage.find_erased(session, forms):
            raise no_customer("identifier")
        return found, refs

    async def _name(self, session: AsyncSession, identifier: Identifier) -> Name:
        kinds = await customer_storage.find_kinds(session)
        sought = normalised(identifier, kinds, self.country)
        return Name(sought.kind.number, self.sealed.ref(sought))

    def _new(
        self, who: Viewer, asked: Alias | None, refs: tuple[bytes, ...], reason: str
    ) -> Erasure:
        id_, now = new_id(), self.clock()
        return Erasure(
            id_,
            ErasureState.REQUESTED,
            asked.person if asked else 0,
            asked.number if asked else 0,
            numbers=(),
            refs=(),
            formerly=(),
            round=0,
            revision=0,
            requested_by=who.subject,
            requested_at=now,
            sealed_reason=self._seal(id_, reason),
            announced_at=now,
            asked_refs=refs,
        )

    async def _lock(self, session: AsyncSession, id_: UUID) -> Erasure:
        erasure = await storage.find_erasure(session, id_, lock=True)
        if erasure is None:
            raise _no_request()
        return erasure

    async def _approvers(self, session: AsyncSession, tree: Tree) -> set[str]:
        """Subjects who may approve today, as profile knows them."""
        found = await find_role(session, Role.PRIVACY_OFFICER, tree.today)
        return {name.subject for name in found if not name.department}

    async def _shown(self, session: AsyncSession, erasure: Erasure) -> ShownErasure:
        (shown,) = await self._all_shown(session, [erasure])
        return shown

    async def _all_shown(
        self, session: AsyncSession, erasures: Sequence[Erasure]
    ) -> list[ShownErasure]:
        receipts = await storage.list_receipts(session, [each.id for each in erasures])
        return [
            ShownErasure(
                each,
                [r for r in receipts if r.request == each.id and not r.digest],
                [r for r in receipts if r.request == each.id and r.digest],
                self._open(each.id, each.sealed_reason),
                self._open(f"{each.id} decision", each.sealed_decision),
            )
            for each in erasures
        ]

    def _seal(self, about: str, said: str) -> bytes | None:
        return self.sealed.seal_reason(about, said) if said else None

    def _open(self, about: str, sealed: bytes | None) -> str:
        return "" if sealed is None else self.sealed.open_reason(about, sealed)

    async def _write(
        self, session: AsyncSession, who: Viewer, tree: Tree, deed: Deed, request: str
    ) -> str:
        """An entry of the audit log, which names the request and nobody; its id."""
        asking = {Deed.ERASURE_REQUESTED: Action.REQUEST_ERASURE}
        actor = actor_of(who, asking.get(deed, Action.APPROVE_ERASURE), tree, tree.root_id)
        entry = AuditEntry(tree.clock(), actor, deed, (request,))
        await write_entries(session, [entry])
        return entry.id


def _no_request() -> NotFound:
    return NotFound("there is no such request", field=["id"])
