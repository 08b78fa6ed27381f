"""Rows of files as responses, and by what a row without an id is known: what its cells mean, not how they are spelt."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from services.kit.imports.batches import Batch, Draft
from services.kit.imports.cells import CellRefused
from services.kit.imports.identity import Ordinals, row_name
from services.kit.letters import plain
from services.survey.attribution.submission import Answer, Submission

FIELDS: Final = (
    "department",
    "touchpoint",
    "customer",
    "channel",
    "segment",
    "language",
    "occurred_at",
    "invitation",
)
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ImportedRow(NamedTuple):
    """A row as a response, with its name in the place of the id.

    `former`: its name when rows were known by how they are spelt; empty where nothing was imported then. `times`: how
    many responses it stands for; `rest`: how many of them answered as `sent`, and what the others answered. `refused`:
    why it is none, of a row that is joined with others. `shown`: what an export shows in the place of its id.
    """

    sent: Submission
    former: str = ""
    times: int = 1
    rest: tuple[int, tuple[Answer, ...]] | None = None
    refused: CellRefused | None = None
    shown: str = ""

    @property
    def name(self) -> str:
        """What stands in the place of the id; empty until it is named."""
        return self.sent.id or ""

    @property
    def department(self) -> str | None:
        return self.sent.department

    def one(self, number: int) -> "ImportedRow":
        """One of the responses it stands for; the same number is the same response in every run."""
        name = str(uuid5(UUID(self.name), str(number)))
        return ImportedRow(self.sent._replace(id=name))

    def placed(self, department: str) -> "ImportedRow":
        """The row with the key of its department."""
        return self._replace(sent=self.sent._replace(department=department))


class RowNames:
    """Names rows without ids: by a hash of what their cells mean, and their number among equal ones.

    `constants`: what the mapping says for every row, which tells no row from another.
    """

    def __init__(self, survey: str, constants: Mapping[str, str | None]) -> None:
        self.survey = survey
        self.constants = [constants.get(name) for name in FIELDS]
        self.ordinals = Ordinals()

    async def name(
        self, batches: AsyncIterator[Batch[ImportedRow]]
    ) -> AsyncIterator[Batch[ImportedRow]]:
        """In the order of the file, since equal rows are told apart by counting."""
        async for batch in batches:
            drafts = [Draft(each.row, self._named(each.item), each.made) for each in batch.drafts]
            yield Batch(drafts, batch.refusals, batch.joined)
            await asyncio.sleep(0)

    def _named(self, row: ImportedRow) -> ImportedRow:
        key = sha256(meaning(row.sent, self.constants)).digest()
        name = row_name(self.survey, f"means:{key.hex()}:{self.ordinals.of(key)}")
        return row._replace(sent=row.sent._replace(id=name))


def meaning(sent: Submission, constants: list[str | None]) -> bytes:
    """Keys, labels and instants that are not the same for all, and answers by question; unambiguous."""
    said = [
        None if (value := getattr(sent, name)) == constant else value
        for name, constant in zip(FIELDS, constants, strict=True)
    ]
    answers = sorted(map(_said, sent.answers))
    return as_json([said, answers]).encode("utf-8", "surrogatepass")


def _said(answer: Answer) -> tuple[str, str, object]:
    """The orders of answers and of choices do not count, nor do line breaks of another system."""
    value = answer.value
    if isinstance(value, str):
        return answer.question, "text", plain(value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, tuple):
        return answer.question, "choices", sorted(value)
    return answer.question, "score", value
