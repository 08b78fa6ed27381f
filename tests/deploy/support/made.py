"""`python -m tests.deploy.support.made`: write the schema, the zones, the table of values and the golden renders."""

import json
from importlib.resources import files
from typing import Final

from tests.deploy.support.helm import CHART, EXAMPLES, golden_of, render
from tests.deploy.support.values_schema import values_schema
from tests.deploy.support.values_table import with_table

ZONES: Final = CHART / "files" / "zones"


def schema_text() -> str:
    """values.schema.json, a line for each value."""
    schema = values_schema()
    properties = schema.pop("properties")
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(properties[key])}" for key in properties)
    return f'{json.dumps(schema)[:-1]}, "properties": {{\n{lines}\n}}}}\n'


def zones_text() -> str:
    """files/zones: the names of zones that the processes know, a line each."""
    return "\n".join(sorted((files("tzdata") / "zones").read_text().split())) + "\n"


def write_all() -> None:
    """Into the chart's folder."""
    (CHART / "values.schema.json").write_text(schema_text())
    ZONES.write_text(zones_text())
    readme = CHART / "README.md"
    readme.write_text(with_table(readme.read_text()))
    for example in EXAMPLES:
        golden_of(example).parent.mkdir(exist_ok=True)
        golden_of(example).write_text(render(example))


if __name__ == "__main__":
    write_all()
