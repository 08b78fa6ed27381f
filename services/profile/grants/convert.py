"""Between the contract's messages and grants."""

from cxm.profile.v1 import grants_pb2 as pb
from services.kit.clock import day_date, day_number
from services.kit.errors import Invalid
from services.profile.grants.domain import GrantItem, GrantName, StoredGrant


def grant_item(message: pb.GrantItem) -> GrantItem:
    """A grant as it is asked for; Invalid for a day that no calendar has."""
    name = GrantName(message.subject, message.role, message.department)
    try:
        return GrantItem(
            name,
            day_date(message.from_day) if message.HasField("from_day") else None,
            day_date(message.to_day) if message.HasField("to_day") else None,
        )
    except OverflowError as error:
        raise Invalid("a day lies between the years 1 and 9999", reason="INVALID_DAY") from error


def grant_message(item: GrantItem) -> pb.GrantItem:
    """A grant as the contract has it."""
    return pb.GrantItem(
        **item.name._asdict(),
        from_day=None if item.from_on is None else day_number(item.from_on),
        to_day=None if item.to_on is None else day_number(item.to_on),
    )


def stored_message(stored: StoredGrant) -> pb.StoredGrant:
    """A grant with its id."""
    return pb.StoredGrant(key=stored.id, grant=grant_message(stored.item))
