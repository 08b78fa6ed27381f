"""Persons as they are now, how they came to be, and in plain text for who has a reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Database, reaching
from services.kit.errors import NotFound
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import Deed
from services.kit.rights.tree import Tree
from services.profile.customers import storage
from services.profile.customers.auditing import CustomerAudit, customer_key
from services.profile.customers.domain.identifiers import Identifier, normalised
from services.profile.customers.domain.kinds import Kinds
from services.profile.customers.domain.merging import Link
from services.profile.customers.domain.persons import Alias
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.storage import Name, StoredChange


@dataclass(frozen=True, slots=True)
class Customer:
    """A person as it is stored; `attributes` are keys that have a value, in order."""

    number: int
    first_seen: datetime
    aliases: Sequence[Alias]
    links: Sequence[Link]
    attributes: Sequence[str]
    kinds: Kinds


@dataclass(frozen=True, slots=True, repr=False)
class RevealedCustomer:
    """A person in plain text. `aliases`: number, key of the kind, value."""

    number: int
    aliases: Sequence[tuple[int, str, str]]
    attributes: Mapping[str, str]


def no_customer(*field: str) -> NotFound:
    """Absent, whatever was looked for."""
    return NotFound("there is no such customer", field=field)


async def read_customer(session: AsyncSession, number: int, *field: str) -> Customer:
    """The person of an alias, as the transaction sees it; NotFound, of a field of the request, where there is none."""
    found = await storage.find_numbers(session, [number])
    if number not in found:
        raise no_customer(*field)
    return (await read_customers(session, found.values()))[number]


async def read_customers(session: AsyncSession, aliases: Collection[Alias]) -> dict[int, Customer]:
    """The persons of some aliases, by the number of each alias that they have."""
    members = await storage.find_members(session, {alias.person for alias in aliases})
    links = await storage.find_links(session, [member.number for member in members])
    return await compose_customers(session, members, links)


async def compose_customers(
    session: AsyncSession, members: Sequence[Alias], links: Sequence[Link]
) -> dict[int, Customer]:
    """Whole persons by the number of each of their aliases; `links`: all live ones between these."""
    person_of = {member.number: member.person for member in members}
    persons = set(person_of.values())
    latest = await storage.find_latest(session, persons)
    kinds = await storage.find_kinds(session)
    read = {
        person: _customer(
            person,
            [member for member in members if member.person == person],
            [link for link in links if person_of[link.pair.a] == person],
            [attribute.key for attribute in latest.get(person, ())],
            kinds,
        )
        for person in persons
    }
    return {number: read[person] for number, person in person_of.items()}


def _customer(
    person: int,
    aliases: Sequence[Alias],
    links: Sequence[Link],
    attributes: Sequence[str],
    kinds: Kinds,
) -> Customer:
    first_seen = min(alias.first_seen for alias in aliases)
    return Customer(person, first_seen, aliases, links, attributes, kinds)


class CustomerReader:
    """`country` as for CustomerWriter. Unavailable without PostgreSQL."""

    def __init__(self, database: Database, sealed: SealedNames, country: str) -> None:
        self.database = database
        self.sealed = sealed
        self.country = country
        self.audit = CustomerAudit(sealed)

    async def get(self, number: int) -> Customer:
        """The person of an alias."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.read_steadily(session)
                return await read_customer(session, number, "number")

    async def find(self, identifier: Identifier) -> Customer:
        """The person who is known by an identifier; Invalid where it is none."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.read_steadily(session)
                kinds = await storage.find_kinds(session)
                sought = normalised(identifier, kinds, self.country)
                name = Name(sought.kind.number, self.sealed.ref(sought))
                known = (await storage.find_refs(session, [name])).get(name)
                if known is None:
                    raise no_customer("identifier")
                return await read_customer(session, known.number)

    async def history(self, number: int, first: int, before: int) -> list[StoredChange]:
        """The newest entries of a person, before one (0: from the newest)."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.read_steadily(session)
                customer = await read_customer(session, number, "number")
                members = [alias.number for alias in customer.aliases]
                return await storage.list_changes(session, members, first, before)

    async def reveal(self, who: Viewer, tree: Tree, number: int, reason: str) -> RevealedCustomer:
        """Identifiers and attributes of a person; that it was read is in the audit log before anybody sees them.

        Unopened where another key sealed them.
        """
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.lock_customers(session)  # who is erased meanwhile leaves no reason
                customer = await read_customer(session, number, "number")
                sealed = await storage.find_sealed(session, customer.number)
                person = customer.number
                latest = (await storage.find_latest(session, [person])).get(person, ())
                await self.audit.write(
                    session,
                    who,
                    tree,
                    Action.REVEAL_CUSTOMERS,
                    Deed.CUSTOMER_REVEALED,
                    customer_key(customer.number),
                    reason=reason,
                )
                opened = [
                    (
                        a.number,
                        customer.kinds.key_of(a.kind),
                        self.sealed.open_identifier(a.ref, a.sealed),
                    )
                    for a in sealed
                ]
                attributes = {
                    key: self.sealed.open_attribute(alias, key, content)
                    for alias, key, content, *_ in latest
                }
        return RevealedCustomer(customer.number, opened, attributes)

    async def reason(self, entry: UUID) -> str:
        """Why somebody did what an entry of the audit log says; NotFound where no reason was given."""
        with reaching("customers"):
            async with self.database.write() as session:
                sealed = await storage.find_reason(session, entry)
        if sealed is None:
            raise NotFound("there is no reason behind this entry", field=["entry"])
        return self.sealed.open_reason(str(entry), sealed)

    async def kinds(self) -> Kinds:
        """All kinds of identifiers."""
        with reaching("customers"):
            async with self.database.write() as session:
                return await storage.find_kinds(session)
