"""Whose connection or request it is: an address, also behind proxies."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

LONGEST_ADDRESS = 45


def forwarded_address(
    headers: Iterable[tuple[bytes, bytes]], header: bytes, trusted_proxies: int
) -> str | None:
    """The address that the outermost trusted proxy saw; None where the header does not hold one.

    Each proxy appends whom it was called by, so what stands further left was written by the client itself.
    """
    values = b",".join(value for name, value in headers if name.lower() == header).split(b",")
    if len(values) < trusted_proxies:
        return None
    value = values[-trusted_proxies].strip().decode("latin-1")
    if len(value) > LONGEST_ADDRESS:
        return None
    try:
        return str(ip_address(value))
    except ValueError:
        return None


@lru_cache(maxsize=4_096)
def counted_as(address: str) -> str:
    """What an address is counted as: of IPv6 the /64, for that is what one customer of a provider gets."""
    if ":" not in address:
        return address
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return parsed.exploded[:19]
