"""Erasures of a replica of profile: its RPCs, its runner, and a survey that answers as the test says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cxm.profile.v1 import customers_pb2, events_pb2
from cxm.profile.v1 import privacy_pb2 as pb
from cxm.survey.v1.events_pb2 import ErasureCounted, ErasureReported
from services.kit.clock import new_id
from services.kit.events.consumer import Delivery, in_session
from services.kit.events.streams import (
    ERASURE_ASKED,
    ERASURE_COUNTED,
    ERASURE_LIFTED,
    ERASURE_ORDERED,
    ERASURE_REPORTED,
)
from services.kit.rights.access import Grant, Role
from services.kit.rpc.servicing import Metadata
from services.kit.sealing.receipts import ErasedTable, ErasureReceipt, sign_receipt
from services.profile.privacy.convert import receipt_message
from services.profile.privacy.events import handlers
from services.profile.privacy.running import ErasureRunner
from tests.conftest import Identities
from tests.service.profile.support.customers import KEYS
from tests.service.profile.support.profile import SettableClock
from tests.support.database import WholeDatabase

if TYPE_CHECKING:
    from cxm.profile.v1.privacy_pb2_grpc import PrivacyServiceAsyncStub

OFFICER: Final = "officer"
FACTS: Final[dict[str, Any]] = {
    ERASURE_ASKED: events_pb2.ErasureAsked,
    ERASURE_ORDERED: events_pb2.ErasureOrdered,
    ERASURE_LIFTED: events_pb2.ErasureLifted,
}


@dataclass
class Erasures:
    """Asked for by an admin, decided by a privacy officer, unless the test says otherwise."""

    stub: "PrivacyServiceAsyncStub"
    database: WholeDatabase
    runner: ErasureRunner
    watch: SettableClock
    identities: Identities

    def officer(self, subject: str = OFFICER) -> Metadata:
        return self.identities.granted("profile", subject, Grant(Role.PRIVACY_OFFICER, None))

    def admin(self) -> Metadata:
        return self.identities.bearer("profile", Role.ADMIN)

    async def request(
        self,
        identifier: str | int,
        who: Metadata | None = None,
        reason: str = "by letter",
        answers: Mapping[str, str] | None = None,
    ) -> pb.StoredErasure:
        """An identifier is written `KIND:value`; "" for none. Answers: receipts by id of the response."""
        shown = [
            pb.AnswerReceipt(response_id=id_, receipt=receipt)
            for id_, receipt in (answers or {}).items()
        ]
        request = pb.RequestErasureRequest(reason=reason, answers=shown)
        if isinstance(identifier, int):
            request.number = identifier
        elif identifier:
            request.identifier.CopyFrom(_identifier(identifier))
        return (await self.stub.RequestErasure(request, metadata=who or self.admin())).erasure

    async def get(self, id_: str) -> pb.StoredErasure:
        reply = await self.stub.GetErasure(pb.GetErasureRequest(id=id_), metadata=self.officer())
        return reply.erasure

    async def decide(
        self, id_: str, *, approve: bool = True, reason: str = "", who: Metadata | None = None
    ) -> pb.StoredErasure:
        request = pb.DecideErasureRequest(id=id_, approve=approve, reason=reason)
        return (await self.stub.DecideErasure(request, metadata=who or self.officer())).erasure

    async def allow(self, identifier: str, reason: str = "came back") -> bool:
        request = pb.AllowAgainRequest(identifier=_identifier(identifier), reason=reason)
        return (await self.stub.AllowAgain(request, metadata=self.officer())).changed

    async def announced(self, subject: str) -> list[Any]:
        """Facts of a subject that wait to be published, in order."""
        rows = await self.database.pool.fetch(
            "SELECT payload FROM outbox WHERE subject = $1 ORDER BY id", subject
        )
        return [FACTS[subject].FromString(row["payload"]) for row in rows]

    async def survey_counts(self, id_: str, round_: int = 1, responses: int = 3) -> None:
        """Survey has counted so many responses."""
        tables = (ErasedTable("survey_response", blanked=responses),)
        count = ErasureReceipt(id_, "survey", self.watch(), tables)
        fact = ErasureCounted(round=round_, count=receipt_message(count))
        await self._hear(ERASURE_COUNTED, fact)

    async def survey_reports(
        self, id_: str, previous: bytes = b"", key: bytes = KEYS.refs
    ) -> ErasureReceipt:
        """Survey has erased."""
        tables = (ErasedTable("survey_response", blanked=3, why="without answers"),)
        receipt = sign_receipt(key, ErasureReceipt(id_, "survey", self.watch(), tables, previous))
        await self._hear(ERASURE_REPORTED, ErasureReported(receipt=receipt_message(receipt)))
        return receipt

    async def counted(self, identifier: str | int, **more: Any) -> str:
        """A request that can be decided; its id."""
        erasure = await self.request(identifier, **more)
        await self.survey_counts(erasure.id)
        return erasure.id

    async def erase(self, identifier: str | int) -> pb.StoredErasure:
        """A request from its beginning to its end."""
        id_ = await self.counted(identifier)
        await self.decide(id_)
        await self.runner.look()
        await self.survey_reports(id_)
        await self.runner.look()
        return await self.get(id_)

    async def deeds(self) -> list[tuple[str, str]]:
        """What the audit log says of erasures, in order, and who did it."""
        rows = await self.database.pool.fetch(
            "SELECT deed, subject FROM audit_entry WHERE deed ~ 'erasure|allowed' ORDER BY id"
        )
        return [(row["deed"], row["subject"]) for row in rows]

    async def _hear(self, subject: str, fact: Any) -> None:
        apply = in_session(self.database.write, handlers(KEYS.refs))
        await apply([Delivery(new_id(), subject, fact.SerializeToString(), None)])


def _identifier(text: str) -> customers_pb2.Identifier:
    kind, _, value = text.partition(":")
    return customers_pb2.Identifier(kind=kind, value=value)


def figures(receipts: Sequence[pb.ErasureReceipt], service: str) -> dict[str, tuple[int, int, int]]:
    """Erased, blanked and kept rows by table, of one service."""
    (receipt,) = [each for each in receipts if each.service == service]
    return {each.table: (each.erased, each.blanked, each.kept) for each in receipt.tables}
