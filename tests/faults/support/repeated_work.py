"""A wave that opens by itself and writes to people: what replicas that do not know of each other would do twice."""

import email
import email.policy
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from infra.client.api import Api
from services.kit.clock import instant_text, now
from services.kit.rights.audit.entries import Deed
from tests.support.database import fetch
from tests.support.platform import Running, eventually

EMPLOYEES = """mutation ($i: UpsertEmployeesInput!) { upsertEmployees(input: $i) {
  results { status userErrors { message } } userErrors { message } } }"""
PLAN = (
    """mutation ($i: UpsertWaveInput!) { upsertWave(input: $i) { userErrors { message code } } }"""
)
OPENED = "SELECT deed FROM audit_entry WHERE '{key}' = ANY(keys) AND deed = '{deed}'"
WAITING = "SELECT round::text FROM employee_exp_mailing"
PEOPLE = 60
OPENS_SECONDS = 3.0
MAILS_SECONDS = 60.0
# Who takes a mail from what waits finds it there once more, and then no more.
REPEAT_MAILS = """
CREATE FUNCTION repeat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN
    INSERT INTO employee_exp_mailing (invitation_id, round, wave_id, attempts, due_at)
        VALUES (OLD.invitation_id, OLD.round, OLD.wave_id, 1, OLD.due_at); RETURN NULL; END';
CREATE TRIGGER repeat AFTER DELETE ON employee_exp_mailing FOR EACH ROW WHEN (OLD.attempts = 0)
    EXECUTE FUNCTION repeat()"""


@dataclass(frozen=True)
class MailsResult:
    """People who are invited, mails that came, and those of them that came to somebody before; openings of the wave."""

    invited: int
    mails: int
    again: int
    openings: int

    @property
    def is_exact(self) -> bool:
        return self.mails == self.invited and self.again == 0 and self.openings == 1

    def __str__(self) -> str:
        return (
            f"invited={self.invited} mails={self.mails} again={self.again} openings={self.openings}"
        )


class Staff:
    """Employees of some departments, each with an address."""

    def __init__(self, platform: Running, departments: Sequence[str]) -> None:
        self.platform = platform
        self.departments = departments
        self.people = [
            f"{department}-{number}" for department in departments for number in range(PEOPLE // 3)
        ]

    def plan(self, key: str) -> None:
        """Employ them, and plan a wave of this key that opens in some seconds."""
        stints = [
            {
                "id": name,
                "department": name.partition("-")[0],
                "startedOn": "2025-01-01",
                "email": f"{name}@example.org",
            }
            for name in self.people
        ]
        opens_at = now() + timedelta(seconds=OPENS_SECONDS)
        wave = {
            "key": key,
            "kind": "PULSE",
            "name": key,
            "language": "en",
            "departments": list(self.departments),
            "questions": [{"key": f"{key}-recommend", "kind": "ENPS", "text": f"{key}?"}],
            "opensAt": instant_text(opens_at),
            "closesAt": instant_text(opens_at + timedelta(days=14)),
        }
        with Api(self.platform.url, self.platform.token("admin")) as api:
            for mutation, given in (
                (EMPLOYEES, {"employees": stints}),
                (PLAN, wave),
            ):
                (answer,) = api.query(mutation, {"i": given}).values()
                assert answer["userErrors"] == [], answer

    def wait_for_mails(self, key: str) -> MailsResult:
        """Count once every mail of the wave is handed over."""
        eventually(lambda: bool(self._openings(key)) and not self._waiting(), seconds=MAILS_SECONDS)
        mails = Counter(
            to
            for path in (self.platform.data_dir / "mail").glob("*.eml")
            if (to := self._addressee(path.read_bytes())) in self.people
        )
        again = mails.total() - len(mails)
        return MailsResult(len(self.people), mails.total(), again, len(self._openings(key)))

    def _openings(self, key: str) -> list[str]:
        return fetch(
            self.platform.data_dir,
            "cxm_employee_exp",
            OPENED.format(key=key, deed=Deed.WAVE_OPENED),
        )

    def _waiting(self) -> list[str]:
        return fetch(self.platform.data_dir, "cxm_employee_exp", WAITING)

    @staticmethod
    def _addressee(content: bytes) -> str:
        message = email.message_from_bytes(content, policy=email.policy.default)
        return str(message["To"]).partition("@")[0]
