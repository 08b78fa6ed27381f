"""What customers are known by as it is stored: keyed hashes to look for, and sealed values to be read with a reason."""

from dataclasses import dataclass
from typing import Final

from services.kit.sealing.answer_receipts import is_answer_receipt
from services.kit.sealing.customer_refs import identifier_ref, word_of
from services.kit.sealing.seal import Seal, length_class
from services.profile.customers.domain.identifiers import NormalIdentifier
from services.profile.customers.domain.kinds import CUSTOMER

LEAST_BYTES: Final = 32
"""What is sealed is padded to this, or to twice or four times as much and so on."""


@dataclass(frozen=True, slots=True)
class CustomerKeys:
    """`refs` hashes identifiers, and is that of survey; `seal` seals them. 32 bytes each."""

    refs: bytes
    seal: bytes


class SealedNames:
    """Hashes and seals under the keys of the deployment; what is sealed about one thing is not opened about another."""

    def __init__(self, keys: CustomerKeys) -> None:
        self._key = keys.refs
        self._seal = Seal(keys.seal)

    def ref(self, identifier: NormalIdentifier) -> bytes:
        """By what an identifier is looked for; that of a customer is survey's."""
        return identifier_ref(self._key, identifier.kind.key, identifier.value)

    def ref_as_sent(self, customer: str) -> bytes:
        """Of a customer's id as survey hashes it: not normalised."""
        return identifier_ref(self._key, CUSTOMER.key, customer)

    def is_receipt(self, response_id: str, receipt: str) -> bool:
        """Whether it is the receipt that survey gave for a response."""
        return is_answer_receipt(self._key, response_id, receipt)

    def seal_identifier(self, ref: bytes, value: str) -> bytes:
        return self._sealed(value, b"alias " + ref)

    def open_identifier(self, ref: bytes, sealed: bytes) -> str:
        """Unopened where another key sealed it."""
        return self._seal.open(sealed, b"alias " + ref).decode()

    def seal_attribute(self, alias: int, key: str, value: str) -> bytes | None:
        """None of "", which takes the attribute away."""
        return self._sealed(value, _about(alias, key)) if value else None

    def open_attribute(self, alias: int, key: str, sealed: bytes | None) -> str:
        """Unopened where another key sealed it."""
        return "" if sealed is None else self._seal.open(sealed, _about(alias, key)).decode()

    def word(self, value: str) -> str | None:
        """By what rules look for a value of an attribute, whichever it is; None of ""."""
        return word_of(self._key, value) if value else None

    def seal_reason(self, entry: str, reason: str) -> bytes:
        return self._sealed(reason, b"reason " + entry.encode())

    def open_reason(self, entry: str, sealed: bytes) -> str:
        """Unopened where another key sealed it."""
        return self._seal.open(sealed, b"reason " + entry.encode()).decode()

    def _sealed(self, said: str, about: bytes) -> bytes:
        content = said.encode()
        return self._seal.seal(content, length_class(len(content), LEAST_BYTES), about)


def _about(alias: int, key: str) -> bytes:
    return f"attribute {alias} {key}".encode()
