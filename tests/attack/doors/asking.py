"""One reader with a token: every door of the public API, and the numbers of staff surveys that come out."""

import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.attack.doors.truth import Cell, Shown

SCORE = "status value base countedIn interval { low high }"
WAVE_SCORE = "statistic status value base countedIn interval { low high } bands { name share }"
STAFF = ("enps", "engagement", "burnout", "participationRate")
Withheld = tuple[str, str]
"""A department and a statistic, "" for all of it."""


@dataclass
class Heard:
    """Numbers by what they are of, the withheld with the department they are counted in, and all else as it came."""

    cells: dict[Cell, Shown] = field(default_factory=dict)
    withheld: dict[Withheld, str | None] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def add(self, door: str, cell: Cell, score: dict[str, Any]) -> None:
        """A number by one door; two doors must not say two."""
        interval = score["interval"] or {"low": None, "high": None}
        shown = (score["base"], score["value"], interval["low"], interval["high"])
        if score["status"] == "WITHHELD":
            self.withheld[cell[0], cell[3]] = score["countedIn"]
            if shown != (None, None, None, None):
                self.contradictions.append(f"{door}: {cell} is withheld and shows {shown}")
            return
        if score["status"] in ("NO_DATA", "NOT_APPLICABLE"):
            if score["value"] is not None or score["base"]:
                self.contradictions.append(f"{door}: {cell} has no data and shows {shown}")
            return
        if self.cells.setdefault(cell, shown) != shown:
            self.contradictions.append(f"{door}: {cell} shows {shown}, and {self.cells[cell]}")


@dataclass(frozen=True)
class Reader:
    """Asks over one connection."""

    http: httpx.Client
    token: str

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole reply, errors and all, once the reader is not too fast any more."""
        while True:
            reply = self.http.post(
                "/graphql",
                json={"query": query, "variables": variables},
                headers={"Authorization": f"Bearer {self.token}"},
            )
            if reply.status_code != httpx.codes.TOO_MANY_REQUESTS:
                body: dict[str, Any] = reply.json()
                return body
            time.sleep(float(reply.headers["retry-after"]))

    def get(self, path: str, **parameters: str) -> httpx.Response:
        return self.http.get(
            path, params=parameters, headers={"Authorization": f"Bearer {self.token}"}
        )
