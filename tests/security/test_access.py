"""A sample of the matrix of access, and two mutants that it must find; `make security` runs all of it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.schema import schema
from tests.security.support.doors import reading
from tests.security.support.matrix import Matrix, environment
from tests.security.support.mutants import BY_NAME, QUICK, QUICK_VIEWERS
from tests.security.support.small_world import sample
from tests.support.identity_provider import provider_beside
from tests.support.platform import START_SECONDS, eventually, up

SAMPLED, SEED = 3, 20_261_128


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """The small world in a platform whose processes take mutants."""
    folder = tmp_path_factory.mktemp("security")
    with pytest.MonkeyPatch.context() as patch, provider_beside() as provider:
        for name, value in environment(folder, provider).items():
            patch.setenv(name, value)
        with up(folder / "data", folder / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            yield Matrix(platform, folder, provider)


def test_the_platform_does_what_the_model_says(matrix: Matrix) -> None:
    cells = matrix.run(sample(matrix.everybody, SAMPLED, SEED))

    assert [str(mismatch) for mismatch in cells.mismatches] == []
    assert cells.total > 700
    assert len(cells.count) > 15  # doors


@pytest.mark.parametrize("name", QUICK)
def test_a_fault_that_is_planted_is_found(matrix: Matrix, name: str) -> None:
    cells = matrix.run_with(BY_NAME[name], matrix.named(QUICK_VIEWERS), reading.DOORS)

    assert cells.mismatches


def test_every_field_of_the_root_is_tried() -> None:
    """A new one needs a door in tests/security/support/doors."""
    doors = (Path(__file__).parent / "support" / "doors").glob("*.py")
    tried = "".join(door.read_text() for door in doors)
    roots = (
        schema._schema.query_type,
        schema._schema.mutation_type,
        schema._schema.subscription_type,
    )
    fields = [name for root in roots if root for name in root.fields]

    assert "department" in fields
    assert [name for name in fields if not re.search(rf"\b{name}\b\W", tried)] == []


def test_only_what_is_there_once_is_changed(tmp_path: Path) -> None:
    """A mutant whose line is gone would be no mutant."""
    root = Path(__file__).parents[2]
    for mutant in BY_NAME.values():
        for module, changes in mutant.changes.items():
            source = (root / f"{module.replace('.', os.sep)}.py").read_text()
            assert [old for old, _ in changes if source.count(old) != 1] == [], mutant.name
