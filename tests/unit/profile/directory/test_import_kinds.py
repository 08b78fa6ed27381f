"""Files of departments and touchpoints have fields of their own."""

from pathlib import Path

import pytest

from services.kit.imports.mapping import ImportKind, read_mapping
from services.kit.imports.sections import MappingInvalid
from services.profile.directory.importing import DEPARTMENTS, TOUCHPOINTS


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (DEPARTMENTS, '[columns]\nkey = "k"', '[columns]: "name" is missing'),
        (
            DEPARTMENTS,
            '[answers.q]\ncolumn = "rating"\n',
            'unknown table "answers" for departments; allowed: defaults, columns, format, only, create',
        ),
        (
            DEPARTMENTS,
            "[create]\ndepartments = true",
            'unknown key "departments"; allowed: nothing',
        ),
        (TOUCHPOINTS, '[columns]\nname = "n"', '[columns]: "department" is missing'),
    ],
)
def test_each_kind_has_its_own_fields(kind: ImportKind, text: str, message: str) -> None:
    with pytest.raises(MappingInvalid) as caught:
        read_mapping(text, kind)

    assert message in str(caught.value)


def test_the_example_mapping_is_good() -> None:
    assert read_mapping(Path("infra/mappings/departments.toml").read_text(), DEPARTMENTS).columns
