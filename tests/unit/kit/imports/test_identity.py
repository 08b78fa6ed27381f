"""Ids of rows are the same in every run; keys are made from names."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from services.kit.imports.cells import CellRefused, SheetColumns
from services.kit.imports.files import open_text
from services.kit.imports.identity import (
    NAMESPACE,
    FirstSeen,
    Identities,
    LastSaid,
    key_of,
    row_name,
)
from services.kit.imports.mapping import ImportKind, read_mapping
from services.kit.imports.sections import Section


@dataclass(frozen=True)
class Question:
    name: str
    column: str

    @property
    def columns(self) -> dict[str, str | int]:
        return {"column": self.column}


def read_questions(section: Section) -> tuple[Question, ...]:
    named = {str(key): value for key, value in section.values.items() if isinstance(value, dict)}
    return tuple(Question(name, value["column"]) for name, value in named.items())


KIND = ImportKind(
    name="responses",
    columns=("id", "customer"),
    defaults=(),
    create=(),
    check=lambda _: None,
    subtables="answers",
    read_subtables=read_questions,
)


def identities(folder: Path, mapping: str, content: str) -> list[str]:
    path = folder / "file.csv"
    path.write_text(content)
    file = open_text(path.open("rb"), "file.csv", encoding="utf-8", delimiter=",")
    found = Identities(SheetColumns(read_mapping(mapping, KIND), file))
    return [found.of(row) for row in file]


def test_the_name_of_a_row_never_changes() -> None:
    """Fixed for ever: another id would store every imported file a second time."""
    assert row_name("relationship", "17") == "77ade322-1590-5cc6-9d49-924d6aad7201"
    assert UUID(row_name("relationship", "17")).version == 5
    assert row_name("other", "17") != row_name("relationship", "17")
    for number in range(500):
        assert row_name("s", f"ā{number}") == str(uuid5(NAMESPACE, f"s\nā{number}"))


def test_the_hash_of_a_row_never_changes(tmp_path: Path) -> None:
    (identity,) = identities(tmp_path, '[answers.q]\ncolumn = "a"', "a\n5\n")

    assert row_name("s", identity) == "79fd3d2a-baa7-5b28-9a9e-2f2e54dd8dad"


def test_the_id_cell_is_the_identity(tmp_path: Path) -> None:
    mapping = '[columns]\nid = "id"\n[answers.q]\ncolumn = "a"'

    assert identities(tmp_path, mapping, "id,a\n x1 ,5\nx2,5\n") == ["x1", "x2"]


def test_an_empty_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CellRefused, match="id is empty"):
        identities(tmp_path, '[columns]\nid = "id"\n[answers.q]\ncolumn = "a"', "id,a\n,5\n")


def test_equal_rows_are_told_apart_by_their_ordinal(tmp_path: Path) -> None:
    mapping = '[answers.q]\ncolumn = "a"\n[answers.r]\ncolumn = "b"'

    first, other, second, third = identities(tmp_path, mapping, "a,b\n5,x\n4,x\n5,x\n5,x\n")

    assert first.removesuffix(":0") == second.removesuffix(":1") == third.removesuffix(":2")
    assert other.endswith(":0")
    assert other != first


def test_only_mapped_cells_count_and_their_order_does_not(tmp_path: Path) -> None:
    one = '[answers.q]\ncolumn = "a"\n[answers.r]\ncolumn = "b"'
    turned = '[answers.r]\ncolumn = "b"\n[answers.q]\ncolumn = "a"'
    swapped = '[answers.q]\ncolumn = "b"\n[answers.r]\ncolumn = "a"'

    known = identities(tmp_path, one, "a,b,c\n5,x,1\n")

    assert identities(tmp_path, turned, "c,b,a\n2,x,5\n") == known
    assert identities(tmp_path, swapped, "a,b,c\n5,x,1\n") != known


def test_cells_cannot_run_into_each_other(tmp_path: Path) -> None:
    mapping = '[answers.q]\ncolumn = "a"\n[answers.r]\ncolumn = "b"'

    first, second = identities(tmp_path, mapping, 'a,b\n"x"",""y",z\nx,"y"",""z"\n')

    assert first != second


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tops", "tops"),
        ("Health Partners @ Violet Melchett", "health-partners-violet-melchett"),
        ("  Emperor's  Gate ", "emperor-s-gate"),
        ("Klientu apkalpošana", "klientu-apkalpošana"),
        ("Straße 7", "strasse-7"),
        ("Маркетинг/Продажба", "маркетинг-продажба"),
        ("Š", "š"),
        ("S\u030c", "š"),
        ("--", ""),
    ],
)
def test_keys_are_made_from_names(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize("most_in_memory", [1, 1_000])
def test_what_came_first_with_a_key_is_remembered_in_memory_and_on_disk(
    most_in_memory: int,
) -> None:
    seen = FirstSeen(most_in_memory)
    keys = [bytes([number]) for number in range(5)]

    assert [seen.of(key, b"first" + key) for key in keys] == [None] * 5
    assert [seen.of(key, b"again") for key in keys] == [b"first" + key for key in keys]


@pytest.mark.parametrize("most_in_memory", [0, 2, 100])
def test_the_last_value_of_a_key_is_kept(most_in_memory: int) -> None:
    said = LastSaid(most_in_memory)
    keys = [bytes([number]) for number in range(5)]

    assert [said.of(key) for key in keys] == [None] * 5
    for value in (b"first", b"last"):
        for key in keys:
            said.say(key, value + key)
    assert [said.of(key) for key in keys] == [b"last" + key for key in keys]
