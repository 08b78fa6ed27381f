"""Who works here on the day a wave opens, with what is known of them."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.domain.details import NO_DETAILS
from services.employee_exp.employment.storage import Working, find_invited, find_working
from services.employee_exp.waves.domain.snapshot import Addressee, Person
from services.kit.clock import day_date


class PeopleFinder:
    """Opens what employees are known by; what cannot be opened counts as nothing known."""

    def __init__(self, sealed: SealedDetails) -> None:
        self.sealed = sealed

    async def find(self, session: AsyncSession, day: int) -> list[Person]:
        """Everybody with a stint on a day (number)."""
        working = await find_working(session, day_date(day))
        return await asyncio.to_thread(self._open_all, working)

    def _open_all(self, working: Sequence[Working]) -> list[Person]:
        """A second or so for tens of thousands."""
        found = []
        opened = self.sealed.open_all((employee_id, details) for employee_id, _, details in working)
        for employee_id, department_id, _ in working:
            known = opened.get(employee_id, NO_DETAILS)
            attributes = dict(known.attributes)
            found.append(Person(employee_id, department_id, known.subject, attributes, known.email))
        return found

    async def find_addressees(
        self, session: AsyncSession, employee_ids: Collection[str]
    ) -> dict[str, Addressee]:
        """Where employees get mails, of those who do."""
        invited = await find_invited(session, employee_ids)
        return {
            employee_id: Addressee(known.email, known.language)
            for employee_id, known in self.sealed.open_all(invited.items()).items()
            if known.email
        }

    async def find_language(self, session: AsyncSession, employee_id: str) -> str:
        """In which language an employee likes to read; empty: not known."""
        invited = await find_invited(session, [employee_id])
        return self.sealed.open_all(invited.items()).get(employee_id, NO_DETAILS).language
