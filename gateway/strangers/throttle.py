"""The throttle: how many values who asks may have read, a stranger by the address, others by their subject.

A value is what cost.py counts, about 7 us of CPU; what is done before a document has a cost is counted in values too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from gateway.strangers.addresses import counted_as
from gateway.strangers.buckets import Buckets
from services.kit.clock import Clock
from services.kit.errors import RateLimited, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Viewer

REQUEST_VALUES = 20
"""Of any request, before it is parsed."""
PROOF_VALUES = 60
"""Of a token, cookie or link that is not known yet: a signature is checked, or profile is asked."""
BYTES_OF_A_VALUE = 64
"""Of a body, for its JSON."""
ENTRIES_OF_A_VALUE = 2
"""Of variables, to coerce them and to do what they ask for."""
_PROOFS = "proofs"


class Throttle:
    """Takes values from the bucket of an address or a subject."""

    def __init__(self, addresses: Buckets, subjects: Buckets, now: Clock) -> None:
        self.addresses = addresses
        self.subjects = subjects
        self.now = now

    def spend(self, viewer: Viewer, address: str, values: int) -> None:
        """Take so many, the whole bucket for more than it holds; RateLimited where they are not there."""
        is_stranger, whose = counted_for(viewer, address)
        buckets = self.addresses if is_stranger else self.subjects
        taken, now = min(values, buckets.burst), self.now().timestamp()
        seconds = buckets.seconds_until(whose, taken, now)
        if seconds > 0:
            raise too_much(ceil(seconds), is_stranger=is_stranger)
        buckets.take(whose, taken, now)

    def spend_proof(self, address: str) -> None:
        """Take what looking at a token, cookie or link costs; RateLimited before it is looked at.

        From a bucket of the address beside that of its values, so that strangers who ask for much keep nobody out.
        """
        whose, now = (_PROOFS, counted_as(address)), self.now().timestamp()
        seconds = self.addresses.seconds_until(whose, PROOF_VALUES, now)
        if seconds > 0:
            raise _too_many_proofs(ceil(seconds))
        self.addresses.take(whose, PROOF_VALUES, now)

    @contextmanager
    def proving(self, address: str) -> Iterator[None]:
        """Have something looked at: the address pays for what does not hold (Unauthenticated), and for nothing else."""
        self.spend_proof(address)
        try:
            yield
        except Unauthenticated:
            raise
        except BaseException:
            self._give_back(address)
            raise
        self._give_back(address)

    def _give_back(self, address: str) -> None:
        whose = (_PROOFS, counted_as(address))
        self.addresses.give_back(whose, PROOF_VALUES, self.now().timestamp())


def counted_for(viewer: Viewer, address: str) -> tuple[bool, str]:
    """Whom a request counts for: a stranger's address, or a subject."""
    is_stranger = viewer is ANONYMOUS
    return is_stranger, counted_as(address) if is_stranger else viewer.subject


def values_of(size: int) -> int:
    """What a request with so many bytes counts before it is parsed."""
    return REQUEST_VALUES + size // BYTES_OF_A_VALUE


def _too_many_proofs(seconds: int) -> RateLimited:
    message = f"too many tokens that do not hold came from your address: wait {seconds} s, then send the same again"
    return RateLimited(message, retry_after=seconds)


def too_much(seconds: int, *, is_stranger: bool) -> RateLimited:
    """The refusal of who asks for more than is answered."""
    who = "your address asks for more than is answered without a token"
    if not is_stranger:
        who = "you ask for more than is answered to one subject"
    return RateLimited(f"{who}: wait {seconds} s, then send the same again", retry_after=seconds)
