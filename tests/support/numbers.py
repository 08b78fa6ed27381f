"""The numbers that the code declares, read from it, and the rows of the table that says what they are."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opentelemetry.exporter.prometheus._mapping import map_unit, sanitize_full_name

ROOT = Path(__file__).parents[2]
DASHBOARDS = ROOT / "infra/helm/cxm/files/dashboards"
TABLE = ROOT / "infra/observability/README.md"
KINDS = ("gauge", "counter", "histogram")


@dataclass(frozen=True, slots=True)
class Number:
    """One declaration."""

    name: str
    kind: str
    unit: str
    labels: tuple[str, ...]
    meaning: str

    @property
    def scraped(self) -> str:
        """Its name in Prometheus; a histogram has `_bucket`, `_count` and `_sum` after it."""
        name, unit = sanitize_full_name(self.name), map_unit(self.unit)
        ended = f"{name}_{unit}" if unit and not name.endswith(f"_{unit}") else name
        return f"{ended}_total" if self.kind == "counter" else ended

    @property
    def row(self) -> str:
        """Of the table."""
        labels = " ".join(f"`{label}`" for label in self.labels)
        return f"| `{self.scraped}` | {self.kind} | {labels} | {self.meaning} |"


def declared() -> list[Number]:
    """All of services and gateway, by their names in Prometheus."""
    files = [*ROOT.glob("services/**/*.py"), *ROOT.glob("gateway/**/*.py")]
    numbers = [each for file in files for each in _numbers_in(file)]
    return sorted(numbers, key=lambda number: number.scraped)


def _numbers_in(file: Path) -> Iterator[Number]:
    text = file.read_text()
    for node in ast.walk(ast.parse(text)) if "metering." in text else ():
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("metering"), attr=kind)) if (
                kind in KINDS
            ):
                options = {word.arg: word.value for word in node.keywords}
                labels = ast.literal_eval(options["labels"]) if "labels" in options else ()
                unit, meaning = (ast.literal_eval(options[name]) for name in ("unit", "meaning"))
                yield Number(ast.literal_eval(node.args[0]), kind, unit, tuple(labels), meaning)


def names_in(expression: str) -> set[str]:
    """Of the numbers of an expression, without what a histogram adds."""
    found = re.findall(r"\b(?:cxm|process|kube|certmanager)_\w+", expression)
    return {re.sub(r"_(bucket|count|sum)$", "", name) for name in found}


def queries() -> list[str]:
    """What dashboards ask for."""
    boards = [json.loads(path.read_text()) for path in DASHBOARDS.glob("*.json")]
    return [
        target["expr"]
        for board in boards
        for panel in board["panels"]
        for target in panel["targets"]
    ]
