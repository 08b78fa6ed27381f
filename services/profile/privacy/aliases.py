"""The aliases of a person that is to be erased, as they are now."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.profile.customers.storage import SealedAlias, find_numbers, find_sealed


async def find_aliases(session: AsyncSession, number: int) -> tuple[int, list[SealedAlias]]:
    """The number of the person of an alias, and its aliases; none where another request erased it meanwhile."""
    found = (await find_numbers(session, [number])).get(number)
    if found is None:
        return number, []
    return found.person, await find_sealed(session, found.person)
