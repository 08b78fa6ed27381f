"""Departments as the platform knows them: cells matched by key, then by name, else created."""

from dataclasses import dataclass, field
from typing import Final

from infra.local.api import Api, ApiRefused, Json
from infra.local.importing.batches import Batch, refusal
from services.kit.cells import CellRefused, quoted
from services.kit.identity import needed_key

PAGE: Final = """query Departments($after: String) { departments(first: 100, after: $after) {
  edges { node { key name } } pageInfo { hasNextPage endCursor } } }"""
CREATE: Final = """mutation Departments($input: UpsertDepartmentsInput!) { upsertDepartments(input: $input) {
  results { index status userErrors { field message code } } userErrors { field message code } } }"""

NEW_AT_ONCE: Final = 100  # departments with the longest names then stay below 1 MiB


@dataclass(slots=True)
class Departments:
    """All departments of the organisation, read once; `created` counts those this import added or would add."""

    names: dict[str, str] = field(default_factory=dict)  # key -> name
    keys: dict[str, list[str]] = field(default_factory=dict)  # name -> keys
    created: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, api: Api) -> "Departments":
        found = cls()
        after: str | None = None
        while True:
            page = api.query(PAGE, {"after": after})["departments"]
            for edge in page["edges"]:
                found.add(edge["node"]["key"], edge["node"]["name"])
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]

    def add(self, key: str, name: str) -> None:
        self.names[key] = name
        self.keys.setdefault(name, []).append(key)

    def find(self, cell: str, column: str) -> str | None:
        """The key of the department a trimmed cell means; a name that several share is refused."""
        if cell in self.names:
            return cell
        keys = self.keys.get(cell, [])
        if len(keys) > 1:
            raise CellRefused(
                column,
                "DEPARTMENT_AMBIGUOUS",
                f"{quoted(cell)} is the name of several departments; use a key: {', '.join(keys)}",
            )
        return keys[0] if keys else None


class Resolver:
    """Turns the department cells of a batch into keys; creates unmatched ones under the root where that is allowed."""

    def __init__(
        self,
        api: Api,
        departments: Departments,
        *,
        root: str | None,
        column: str,
        create: bool,
        rehearsal: bool,
    ) -> None:
        self.api = api
        self.departments = departments
        self.root = root
        self.column = column
        self.create = create
        self.rehearsal = rehearsal
        self.refused: dict[str, CellRefused] = {}

    def resolve(self, batch: Batch) -> Batch:
        """The batch with keys for cells; rows whose department cannot be found or made are refused."""
        self._learn(batch)
        resolved = Batch([], batch.refusals)
        for draft in batch.drafts:
            cell = draft.item.get("department")
            if cell is None:
                resolved.drafts.append(draft)
                continue
            try:
                draft.item["department"] = self._key(cell)
                resolved.drafts.append(draft)
            except CellRefused as error:
                resolved.refusals.append(refusal(draft.row, error))
        return resolved

    def _key(self, cell: str) -> str:
        if cell in self.refused:
            raise self.refused[cell]
        key = self.departments.find(cell, self.column)
        if key is None:
            raise CellRefused(
                self.column,
                "UNKNOWN_DEPARTMENT",
                f"no department has the key or name {quoted(cell)};"
                " import it first, or set [create] departments = true",
            )
        return key

    def _learn(self, batch: Batch) -> None:
        """Create what a batch names for the first time, in one call."""
        if not self.create:
            return
        new: dict[str, str] = {}
        for cell in dict.fromkeys(draft.item.get("department") for draft in batch.drafts):
            if cell is None or cell in self.refused:
                continue
            try:
                if self.departments.find(cell, self.column) is None:
                    new[self._new_key(cell, new)] = cell
            except CellRefused as error:
                self.refused[cell] = error
        if new:
            self._store(new)

    def _new_key(self, name: str, new: dict[str, str]) -> str:
        key = needed_key(name, self.column)
        other = self.departments.names.get(key, new.get(key))
        if other is not None:
            raise CellRefused(
                self.column,
                "KEY_COLLISION",
                f'{quoted(name)} would get the key "{key}", which {quoted(other)} has',
            )
        return key

    def _store(self, new: dict[str, str]) -> None:
        if self.root is None:
            raise ApiRefused(
                "the token may not see the root department, so it cannot create others"
            )
        results = [{"status": "STORED"} for _ in new] if self.rehearsal else self._upsert(new)
        for (key, name), result in zip(new.items(), results, strict=True):
            if result["status"] == "REFUSED":
                error = result["userErrors"][0]
                self.refused[name] = CellRefused(self.column, error["code"], error["message"])
            else:
                self.departments.add(key, name)
                self.departments.created.append(name)

    def _upsert(self, new: dict[str, str]) -> list[Json]:
        items = [{"key": key, "name": name, "parent": self.root} for key, name in new.items()]
        results: list[Json] = []
        for start in range(0, len(items), NEW_AT_ONCE):
            variables = {"input": {"departments": items[start : start + NEW_AT_ONCE]}}
            results += self.api.mutate("upsertDepartments", CREATE, variables)["results"]
        return results
