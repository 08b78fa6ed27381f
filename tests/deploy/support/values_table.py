"""The table of values in the chart's README, made of the comments in values.yaml."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import yaml

from tests.deploy.support.helm import CHART

KEY: Final = re.compile(r"^( *)([A-Za-z-]+):")
BEGIN: Final = "<!-- made of values.yaml by `make chart` -->\n"


class Value(NamedTuple):
    """A key with what stands above it, and what it is by default."""

    path: str
    meaning: str
    default: Any


def documented(text: str) -> Iterator[Value]:
    """Every key that has a comment."""
    path: list[str] = []
    comment: list[str] = []
    values = yaml.safe_load(text)
    for line in text.splitlines():
        if line.lstrip().startswith("# "):
            comment.append(line.strip()[2:])
        elif match := KEY.match(line):
            path[len(match[1]) // 2 :] = [match[2]]
            if comment:
                yield Value(".".join(path), " ".join(comment), at(values, path))
            comment = []
        else:
            comment = []


def at(values: Any, path: list[str]) -> Any:
    """What stands at a path."""
    for key in path:
        values = values[key]
    return values


def undocumented(text: str) -> list[str]:
    """Keys without a comment, neither their own nor that of a key above."""
    known = {value.path for value in documented(text)}
    return [
        path
        for path in leaves(yaml.safe_load(text))
        if not any(is_below(path, above) for above in known)
    ]


def is_below(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")


def leaves(values: dict[str, Any], before: str = "") -> Iterator[str]:
    """Paths of keys that hold no more keys."""
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"


def table() -> str:
    """Key, default, meaning; of a group whose keys stand below, no default."""
    rows = ["| value | default | what it does |", "|---|---|---|"]
    for value in documented((CHART / "values.yaml").read_text()):
        default = json.dumps(value.default, ensure_ascii=False).replace("|", "\\|")
        rows.append(f"| `{value.path}` | `{default}` | {value.meaning} |")
    return "\n".join(rows) + "\n"


def with_table(readme: str) -> str:
    """The README with the table of today at its end."""
    return readme.partition(BEGIN)[0] + BEGIN + table()
