"""Rows of a touchpoint list into items of `upsertTouchpoints`."""

from infra.local.api import Json
from services.kit.cells import Columns
from services.kit.files import Row
from services.kit.identity import needed_key


class TouchpointReader:
    """Reads one row into one touchpoint; without a key column the key is made from the name."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def read(self, row: Row) -> Json:
        self.columns.check_width(row)
        name = self.columns.needed(row, "name")
        if "key" in self.columns.fields:
            key = self.columns.needed(row, "key")
        else:
            key = needed_key(name, self.columns.label("name"))
        item: Json = {"key": key, "name": name}
        item["department"] = self.columns.needed(row, "department")
        for field in ("stage", "channel"):
            value = self.columns.cell(row, field)
            if value is not None:
                item[field] = value
        return item

    def column_of(self, field: list[str], _: Json) -> str:
        return self.columns.label(field[0]) if field else ""
