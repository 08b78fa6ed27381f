"""Shapes that files have: each kind of fault has one that comes out right, here or in the test that the table names."""

import re
from pathlib import Path

import pytest

from tests.contract.support.mapping_examples import Example, examples, outcome

SHAPES = Path(__file__).parent / "support" / "shapes.md"
TEXT = SHAPES.read_text()
EXAMPLES = list(examples(TEXT))
ELSEWHERE = re.compile(r"^\|[^|]+\|[^|]+\| `(tests/[^`:]+)::(\w+)` \|$", re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.file[:30] for example in EXAMPLES])
async def test_a_shape_comes_out_as_it_says(example: Example) -> None:
    assert await outcome(example) == example.result


def test_the_tests_that_the_table_names_are_there() -> None:
    named = ELSEWHERE.findall(TEXT)
    root = SHAPES.parents[3]

    assert len(named) == TEXT.count("::")
    assert [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^\s*(?:async )?def {name}\(", (root / path).read_text(), re.MULTILINE)
    ] == []
