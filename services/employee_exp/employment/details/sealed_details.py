"""Details of employees as they are stored: sealed, and about one employee."""

import json
from collections.abc import Iterable
from typing import Any, Final

import structlog

from services.employee_exp.employment.domain.details import NO_DETAILS, Details
from services.kit.sealing.seal import Seal, Unopened, length_class

LEAST_BYTES: Final = 512
"""What is sealed is padded to this, or to twice or four times as much and so on: nearly all are alike."""

log = structlog.get_logger()


class SealedDetails:
    """Seals under the key of the deployment, about the employee's own id: so one employee's are not another's."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key)

    def seal(self, employee_id: str, details: Details) -> bytes | None:
        """None where nothing is known."""
        if details == NO_DETAILS:
            return None
        written = [details.email, details.language, details.subject, dict(details.attributes)]
        content = json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()
        length = length_class(len(content), LEAST_BYTES)
        return self._seal.seal(content, length, _about(employee_id))

    def open(self, employee_id: str, sealed: bytes | None) -> Details:
        """Unopened where another key sealed them."""
        if sealed is None:
            return NO_DETAILS
        read: Any = json.loads(self._seal.open(sealed, _about(employee_id)))
        email, language, subject, attributes = read
        return Details(email, language, subject, tuple(sorted(attributes.items())))

    def open_all(self, sealed: Iterable[tuple[str, bytes | None]]) -> dict[str, Details]:
        """Details by our own id, without those that cannot be opened; that there are such is said in one line."""
        opened, is_whole = {}, True
        for employee_id, details in sealed:
            try:
                opened[employee_id] = self.open(employee_id, details)
            except Unopened:
                is_whole = False
        if not is_whole:
            log.error("details cannot be opened: another key sealed them, or they were changed")
        return opened


def _about(employee_id: str) -> bytes:
    return b"employee " + employee_id.encode()
