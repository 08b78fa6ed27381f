"""Opening a wave: what it is about is frozen, everybody is invited and the next one is planned, in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment.storage import lock_employments
from services.employee_exp.sealing.wave_keys import Purpose, WaveKeys
from services.employee_exp.waves import storage
from services.employee_exp.waves.domain.overlaps import (
    TIME_APART,
    is_part,
    name_of_item,
    names_asked,
    names_told,
    overlaps,
    shares_question,
    too_soon,
)
from services.employee_exp.waves.domain.preview import ForeseeRelease, Preview
from services.employee_exp.waves.domain.repeats import next_in_time, next_wave
from services.employee_exp.waves.domain.snapshot import (
    Invitee,
    Opening,
    Person,
    check_categories,
    heads_of,
    open_up,
    places_of,
)
from services.employee_exp.waves.domain.wave import (
    Wave,
    WaveDraft,
    WaveState,
    check_openable,
    check_people,
    is_missed,
    unknown_wave,
)
from services.employee_exp.waves.editing import departments_of, lock_by_key
from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries

FindHeads = Callable[[], Awaitable[list[tuple[str, str]]]]
"""Subject and department (key, empty for the organisation) of who heads one today."""
FindPeople = Callable[[AsyncSession, int], Awaitable[list[Person]]]
"""Who works here on a day (number), as it stays until the transaction ends."""


class Invitations(Protocol):
    """What opening needs of invitations."""

    async def invite(self, session: AsyncSession, wave: Wave, invitees: Sequence[Invitee]) -> None:
        """Store invitations to a wave, and the mails that bring them."""

    async def find_asked(
        self, session: AsyncSession, waves: Sequence[Wave], invitees: Sequence[Invitee]
    ) -> list[Wave]:
        """Those of some waves that ask one of these people."""


class WaveOpener:
    """Unavailable without PostgreSQL, profile or the directory of keys; then nothing was opened."""

    def __init__(
        self,
        database: Database,
        directory: DirectoryCopy,
        keys: WaveKeys,
        find_heads: FindHeads,
        find_people: FindPeople,
        invitations: Invitations,
    ) -> None:
        self.database = database
        self.directory = directory
        self.keys = keys
        self.find_heads = find_heads
        self.find_people = find_people
        self.invitations = invitations

    async def open(self, key: str, actor: Actor) -> Wave:
        """Open a draft now; an open wave stays as it is. NotFound; Conflict where it cannot be opened."""
        wave = await self._find(key)
        if wave.state is WaveState.OPEN:
            return wave
        check_openable(wave, self.directory.now())
        await self.directory.catch_up()
        grants = await self.find_heads()
        with reaching("waves"):
            async with self.database.write.begin() as session:
                await storage.lock_waves(session)
                wave = await storage.lock_wave(session, wave.id)
                if wave.state is not WaveState.OPEN:
                    check_openable(wave, self.directory.now())
                    await self._open(session, wave, grants, actor)
                return await storage.lock_wave(session, wave.id)

    async def pass_over(self, key: str, actor: Actor) -> None:
        """Where a draft was missed plan the next one in its place: the draft stays and repeats no more. NotFound."""
        with reaching("waves"):
            async with self.database.write.begin() as session:
                await storage.lock_waves(session)
                wave, now = await lock_by_key(session, key), self.directory.now()
                if not is_missed(wave, now):
                    return
                following = next_in_time(key, wave.draft, now, self.directory.tree.zone)
                await storage.change_draft(session, wave.id, replace(wave.draft, repeat_months=0))
                entry = AuditEntry(now, actor, Deed.WAVE_CHANGED, (wave.id,), (key,))
                await write_entries(session, [entry])
                await self._plan(session, *following, actor)

    async def foresee(self, key: str, foresee_release: ForeseeRelease) -> Preview:
        """What a wave would come to if it opened today. NotFound; nothing is stored."""
        wave = await self._find(key)
        await self.directory.catch_up()
        grants = await self.find_heads()
        with reaching("waves"):
            async with self.database.write.begin() as session:
                opening = await self._look(session, wave.draft, grants)
        return await foresee_release(opening, wave.draft.k, wave.draft.dimensions)

    async def _find(self, key: str) -> Wave:
        with reaching("waves"):
            async with self.database.write() as session:
                wave = await storage.find_wave(session, key)
        if wave is None:
            raise unknown_wave()
        return wave

    async def _look(
        self, session: AsyncSession, draft: WaveDraft, grants: list[tuple[str, str]]
    ) -> Opening:
        tree = self.directory.tree
        people = await self.find_people(session, tree.today_number)
        departments = departments_of(tree, draft)
        return await asyncio.to_thread(
            open_up, tree, people, heads_of(tree, grants), departments, draft.dimensions
        )

    async def _open(
        self, session: AsyncSession, wave: Wave, grants: list[tuple[str, str]], actor: Actor
    ) -> None:
        # Before people are looked up, for a draft may be tried every minute for a month.
        await self._check_apart(session, wave.draft)
        await lock_employments(session)  # whoever is invited is not erased meanwhile
        opening = await self._look(session, wave.draft, grants)
        invited = len(opening.invitees)
        check_people(invited, wave.draft.k)
        check_categories(opening.snapshot)
        await self._check_alone(session, wave.draft, opening.invitees)
        await self._check_apart(session, wave.draft)  # again: a wave may have closed meanwhile
        for purpose in Purpose:
            self.keys.make(wave.id, purpose)
        tree, now = self.directory.tree, self.directory.now()
        await storage.put_snapshot(session, wave.id, opening.snapshot)
        await storage.set_open(session, wave.id, now, invited, tree.today_number)
        await self.invitations.invite(session, wave, opening.invitees)
        await write_entries(
            session, [AuditEntry(now, actor, Deed.WAVE_OPENED, (wave.id,), (wave.key,))]
        )
        if wave.draft.repeat_months:
            await self._plan(session, *next_wave(wave.key, wave.draft, now, tree.zone), actor)

    async def _check_alone(
        self, session: AsyncSession, draft: WaveDraft, invitees: Sequence[Invitee]
    ) -> None:
        """Conflict while another open wave asks one of these people the same; no other wave opens meanwhile."""
        opened = await storage.find_in_state(session, WaveState.OPEN)
        sharing = [wave for wave in opened if shares_question(draft, wave.draft)]
        if sharing and (asked := await self.invitations.find_asked(session, sharing, invitees)):
            raise overlaps(asked[0].key)

    async def _check_apart(self, session: AsyncSession, draft: WaveDraft) -> None:
        """Conflict while a wave closed lately that asked the same of another part of these departments.

        Departments are compared and not people: invitations of a closed wave forget whom they were for.
        """
        tree, now = self.directory.tree, self.directory.now()
        sharing = [
            wave
            for wave in await storage.find_closed_since(session, now - TIME_APART)
            if await self._shares(session, draft, wave)
        ]
        if not sharing:
            return
        places = places_of(tree, tree.today_number, departments_of(tree, draft))
        asked = {place.department_id for place in places}
        others = await storage.find_department_ids(session, [wave.id for wave in sharing])
        near = [
            (wave.key, wave.closed_at)
            for wave in sharing
            if wave.closed_at is not None and is_part(asked, others[wave.id])
        ]
        if near:
            raise too_soon(*max(near, key=itemgetter(1)), tree.zone)

    async def _shares(self, session: AsyncSession, draft: WaveDraft, wave: Wave) -> bool:
        """Of a wave that was measured elsewhere results tell more than its questions."""
        if not wave.imported:
            return shares_question(draft, wave.draft)
        items = map(name_of_item, await storage.find_items(session, wave.id))
        return not names_told(draft).isdisjoint(names_asked(wave.draft).union(*items))

    async def _plan(self, session: AsyncSession, key: str, draft: WaveDraft, actor: Actor) -> None:
        """Unless a wave of that key is there: somebody planned it already."""
        if await storage.find_wave(session, key) is None:
            wave_id = new_id()
            await storage.add_draft(session, wave_id, key, draft)
            entry = AuditEntry(self.directory.now(), actor, Deed.WAVE_CREATED, (wave_id,), (key,))
            await write_entries(session, [entry])
