"""Releases announced: in parts, each of whole departments; anew when the broker lost them."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.releases import convert, storage
from services.employee_exp.releases.results import ReleasedWave, find_released
from services.employee_exp.waves.domain.wave import Wave, WaveState
from services.employee_exp.waves.storage import find_in_state
from services.kit.events.outbox import Outbox
from services.kit.events.streams import RELEASE_PUBLISHED

LARGEST_PART_BYTES = 200_000


class ReleaseAnnouncer:
    """Announces through the outbox what is stored. `zone`: of the organisation, in which days are told."""

    def __init__(self, outbox: Outbox, zone: Callable[[], ZoneInfo]) -> None:
        self.outbox = outbox
        self.zone = zone

    async def announce(self, session: AsyncSession, wave: Wave) -> None:
        """Announce a released wave as it is stored, in the session's transaction."""
        released = await find_released(session, wave)
        cells = await storage.find_cells(session, wave.id)
        facts = list(self._parts(released, cells))
        await self.outbox.announce(session, RELEASE_PUBLISHED, *facts)

    async def announce_all(self, session: AsyncSession) -> None:
        """Announce every released wave anew."""
        for wave in await find_in_state(session, WaveState.RELEASED):
            await self.announce(session, wave)

    def _parts(
        self, released: ReleasedWave, cells: list[convert.Cell]
    ) -> Iterator[convert.ReleasePublished]:
        part = convert.release_published(released.wave, self.zone())
        size = part.ByteSize()
        for department in convert.released_departments(released, cells):
            if part.departments and size + department.ByteSize() > LARGEST_PART_BYTES:
                yield part
                part = convert.release_published(released.wave, self.zone())
                size = part.ByteSize()
            part.departments.append(department)
            size += department.ByteSize() + convert.FIELD_BYTES
        yield part
