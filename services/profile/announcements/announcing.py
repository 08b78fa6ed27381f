"""Announcing purchases and who is who: what is stored is told to metrics, in order, once for each change."""

import asyncio
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.profile.v1 import events_pb2 as pb
from services.kit.db.database import TROUBLE_OF_SESSIONS, Database
from services.kit.events.outbox import Outbox
from services.kit.events.streams import PERSONS_CHANGED, PURCHASES_RECORDED
from services.kit.process import Process
from services.kit.service import SharedStores
from services.profile.announcements import storage
from services.profile.announcements.domain import ImageChange, announced, turned

LOOK_SECONDS: Final = 0.25
MOST_ITEMS: Final = 1_000
ERASED: Final = 0
"""The person of an alias that is no more."""

log = structlog.get_logger()


class Announcer:
    """Several replicas may look; one at a time announces purchases, and one persons."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self.database = database
        self.outbox = outbox

    async def run(self) -> None:
        """Look four times a second, until cancelled."""
        while True:
            try:
                while await self.look():
                    pass
            except TROUBLE_OF_SESSIONS as error:
                log.warning("purchases are announced later", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> bool:
        """Announce some of what waits; whether there was anything."""
        async with self.database.write.begin() as session:
            has_moved = await self._persons(session)
        async with self.database.write.begin() as session:
            return await self._purchases(session) or has_moved

    async def announce_all(self, session: AsyncSession) -> None:
        """Announce everything again: the broker may have lost it. What metrics counted before is void."""
        await storage.announce_all(session)
        await storage.put_seq(session, 0)

    async def _persons(self, session: AsyncSession) -> bool:
        seq = await storage.lock_persons(session)
        if seq is None:
            return False
        moves, gone = await storage.find_moves(session, seq), await storage.take_gone(session)
        last = moves[-1].seq if moves else seq
        # Of an alias the last one holds; who is new and alone needs no word.
        moved = {move.alias: move.is_now for move in moves if move.was or move.is_now != move.alias}
        for persons in (moved, dict.fromkeys(gone, ERASED)):
            if persons:
                items = [pb.PersonOf(alias=each, person=person) for each, person in persons.items()]
                fact = pb.PersonsChanged(revision=last, moved=items)
                await self.outbox.announce(session, PERSONS_CHANGED, fact)
        await storage.put_seq(session, last)
        return bool(moves or gone)

    async def _purchases(self, session: AsyncSession) -> bool:
        generation = await storage.lock_purchases(session)
        if generation is None:
            return False
        changes = await storage.take_changes(session)
        if not changes:
            return False
        marks = {_mark_sold(change) for change in changes}
        before = await storage.find_whole(session, marks)
        whole = set(before)
        told = list(announced(changes, whole))
        told += turned(await storage.find_sold(session, marks), whole)
        await storage.put_whole(session, whole - before, before - whole)
        for start in range(0, len(told), MOST_ITEMS):
            fact = pb.PurchasesRecorded(
                envelope=await storage.next_envelope(session),
                generation=generation,
                purchases=map(_item, told[start : start + MOST_ITEMS]),
            )
            await self.outbox.announce(session, PURCHASES_RECORDED, fact)
        return True


def _mark_sold(change: ImageChange) -> int:
    """The mark of the purchase that a change is about; of a return that names none, its own."""
    image = change.image
    return image.key.mark if image.return_of is None else image.return_of


def _item(change: ImageChange) -> pb.RecordedPurchase:
    image = change.image
    return pb.RecordedPurchase(
        alias=image.key.alias,
        department_id=image.department_id,
        local_day=image.local_day,
        dimensions=pb.PurchaseDimensions(
            touchpoint_id=image.touchpoint_id or "",
            stage=image.stage or "",
            channel=image.channel or "",
        ),
        cents=image.cents,
        sign=change.sign,
        is_return=image.is_return,
        is_returned_whole=image.is_returned_whole,
    )


def wire(process: Process, shared: SharedStores) -> None:
    """Announce from now on, and anew whenever the broker has lost the stream."""
    announcer = Announcer(shared.database, shared.outbox)
    shared.restore(announcer.announce_all)
    process.background(announcer.run)
