"""Who works here on the day a wave opens, with what is known of them."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.storage import Working, find_invited, find_working
from services.employee_exp.waves.domain.snapshot import Addressee, Person
from services.kit.clock import day_date


class PeopleFinder:
    """Opens what employees are known by; raises Unopened where another key sealed it."""

    def __init__(self, sealed: SealedDetails) -> None:
        self.sealed = sealed

    async def find(self, session: AsyncSession, day: int) -> list[Person]:
        """Everybody with a stint on a day (number)."""
        working = await find_working(session, day_date(day))
        return await asyncio.to_thread(self._open_all, working)

    def _open_all(self, working: Sequence[Working]) -> list[Person]:
        """A second or so for tens of thousands."""
        found = []
        for employee_id, department_id, details in working:
            known = self.sealed.open(employee_id, details)
            attributes, is_reachable = dict(known.attributes), bool(known.email)
            found.append(
                Person(employee_id, department_id, known.subject, attributes, is_reachable)
            )
        return found

    async def find_addressees(
        self, session: AsyncSession, employee_ids: Collection[str]
    ) -> dict[str, Addressee]:
        """Where employees get mails, of those who do."""
        found = {}
        for employee_id, details in (await find_invited(session, employee_ids)).items():
            known = self.sealed.open(employee_id, details)
            if known.email:
                found[employee_id] = Addressee(known.email, known.language)
        return found

    async def find_language(self, session: AsyncSession, employee_id: str) -> str:
        """In which language an employee likes to read; empty: not known."""
        details = (await find_invited(session, [employee_id])).get(employee_id)
        return self.sealed.open(employee_id, details).language
