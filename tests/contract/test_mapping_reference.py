"""docs/mapping.md: every example comes out as it says, and every key that a mapping may have is in one."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.imports.mapping import ImportKind, read_mapping
from services.kit.imports.sections import MappingInvalid
from tests.contract.support.mapping_examples import FENCED, KINDS, Example, examples, outcome

DOCUMENT = Path(__file__).parents[2] / "docs" / "mapping.md"
EXAMPLES = list(examples(DOCUMENT.read_text()))
ALLOWED = re.compile(r'unknown (?:key|table) "nonsense"[^;]*; allowed: (.*)')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
REASON = re.compile(r"[A-Z][A-Z_]{3,}")
QUOTED = re.compile(r"`([^`\n]+)`")


@pytest.mark.parametrize(
    "example",
    EXAMPLES,
    ids=[f"{number}-{example.kind}" for number, example in enumerate(EXAMPLES, 1)],
)
async def test_an_example_comes_out_as_it_says(example: Example) -> None:
    assert await outcome(example) == example.result


def allowed(text: str, kind: ImportKind) -> list[str] | None:
    """What may stand in the place of `nonsense`, as the refusal says; None: it is not refused as unknown."""
    try:
        read_mapping(text, kind)
    except MappingInvalid as error:
        found = ALLOWED.search(str(error))
        if found is not None:
            return [] if found.group(1) == "nothing" else found.group(1).split(", ")
    return None


def keys(kind: ImportKind) -> Iterator[tuple[str, str]]:
    """Every table of a kind of mapping with every key that it may have; no key where the file names them."""
    needed = f"[{kind.subtables}.q]\ncolumn = 1\n" if kind.subtables else ""
    for table in allowed("[nonsense]", kind) or ():
        is_own = table == kind.subtables
        text = f"[{table}.q]\n" if is_own else f"{needed}[{table}]\n"
        names = allowed(f"{text}nonsense = 1\n", kind)
        for name in [""] if names is None else names:
            yield table, name


def shown(kind: ImportKind) -> set[tuple[str, str]]:
    """Tables and keys that an example of the kind has; those of [format] and [only] are alike for all kinds."""
    found = set()
    for example in EXAMPLES:
        for table, inside in tomllib.loads(example.mapping).items():
            if example.kind != kind.name and table not in ("format", "only"):
                continue
            found.add((table, ""))
            tables = inside.values() if table == kind.subtables else [inside]
            found |= {(table, key) for one in tables for key in one}
    return found


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_key_of_a_mapping_has_an_example(kind: ImportKind) -> None:
    assert [f"[{t}] {key}" for t, key in keys(kind) if (t, key) not in shown(kind)] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_key_of_a_mapping_is_named_in_the_prose(kind: ImportKind) -> None:
    prose = FENCED.sub("", DOCUMENT.read_text())
    named = set(re.findall(r"\w+", " ".join(HEADING.findall(prose) + QUOTED.findall(prose))))
    assert [key for _, key in keys(kind) if key and key not in named] == []


async def test_an_example_that_comes_out_otherwise_is_found() -> None:
    text = DOCUMENT.read_text().replace("row 2: recommend 9", "row 2: recommend 10", 1)
    wrong = [example for example in examples(text) if await outcome(example) != example.result]
    assert len(wrong) == 1


def test_what_no_example_shows_is_found() -> None:
    assert ("format", "nonsense") not in shown(KINDS["responses"])
    assert ("format", "sheet") in set(keys(KINDS["responses"]))
    assert ("answers", "scale") in set(keys(KINDS["responses"]))


def reasons(tree: ast.AST) -> set[str]:
    """Reasons for which rows are refused, where they stand as such in a call."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    texts = (
        argument for call in calls for argument in (*call.args, *(k.value for k in call.keywords))
    )
    return {
        text.value
        for text in texts
        if isinstance(text, ast.Constant)
        and isinstance(text.value, str)
        and REASON.fullmatch(text.value)
    }


def test_reasons_of_refused_rows_in_the_document_are_such() -> None:
    trees = [
        ast.parse(file.read_text()) for file in (DOCUMENT.parents[1] / "services").rglob("*.py")
    ]
    raised = set().union(*map(reasons, trees)) | {
        node.value.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    table = DOCUMENT.read_text().partition("## Refused rows")[2].partition("```")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {reason for row in rows for reason in QUOTED.findall(row)}

    assert len(named) > 20
    assert named - raised == set()
