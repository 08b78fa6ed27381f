"""People of the identity provider, and what each may do: one right ends soon, one has ended, one begins later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

HEAD = "DEPARTMENT_HEAD"


@dataclass(frozen=True)
class Right:
    """Somebody, and a role over a department; days from today, None for the whole organisation, since ever and open."""

    subject: str
    name: str
    language: str
    role: str
    department: str | None
    begins: int | None
    ends: int | None = None


RIGHTS = (
    Right("oidc:a-1041", "Rūta Petrauskaitė", "lt", HEAD, "billing", -410),
    Right("oidc:a-1077", "Matej Kranjc", "sl", HEAD, "shops", -730),
    Right("oidc:a-1102", "Elena Stojanovska", "mk", HEAD, "network", -250),
    Right("oidc:a-1215", "Mārtiņš Ozols", "lv", HEAD, "invoicing", -25, 5),
    Right("oidc:a-1230", "Dragan Iliev", "mk", HEAD, "care", 14),
    Right("oidc:a-1008", "Helen Marsh", "en", "ANALYST", None, -300),
    Right("oidc:a-1160", "Vesna Zupan", "sl", "ANALYST", "digital", -120),
    Right("oidc:a-1003", "Ilze Kalniņa", "lv", "PRIVACY_OFFICER", None, None),
    Right("oidc:a-1019", "Oliver Reed", "en", "OPERATOR", None, -95),
    Right("oidc:a-1001", "Tomas Jankauskas", "lt", "ADMIN", None, -700, -30),
)


def users() -> list[dict[str, Any]]:
    """The inputs of upsertUsers."""
    return [
        {
            "subject": right.subject,
            "name": right.name,
            "email": f"{right.subject.removeprefix('oidc:')}@aurora.example",
            "language": right.language,
        }
        for right in RIGHTS
    ]


def heads(stints: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Which employees sign in as heads: the first who works in each one's department."""
    leading = {right.department: right.subject for right in RIGHTS if right.role == HEAD}
    found: dict[str, str] = {}
    for stint in stints:
        if subject := leading.pop(stint["department"], None):
            found[stint["id"]] = subject
    return found


def grants(today: date) -> list[dict[str, Any]]:
    """The inputs of upsertGrants."""
    return [
        {
            "subject": right.subject,
            "role": right.role,
            "department": right.department,
            "from": _day(today, right.begins),
            "to": _day(today, right.ends),
        }
        for right in RIGHTS
    ]


def _day(today: date, days: int | None) -> str | None:
    return None if days is None else (today + timedelta(days=days)).isoformat()
