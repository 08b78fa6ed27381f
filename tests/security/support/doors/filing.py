"""Doors that take and give files: exports and imports."""

import csv
import io
import json
from collections import Counter
from typing import Any

from tests.security.support.asking import Answer
from tests.security.support.building import PRIVATE
from tests.security.support.doors.reading import Door, Look
from tests.security.support.model import ABSENT, FORBIDDEN, SEEN
from tests.security.support.small_world import ABSENT_KEY, ASKED, KEYS

DAYS = "from=2025-01-01&to=2120-01-01"
STATUS = {200: SEEN, 403: FORBIDDEN, 404: ABSENT}
TOUCHPOINTS = '[columns]\nkey = "key"\nname = "name"\ndepartment = "department"\n'
EMPLOYEES = '[columns]\nid = "key"\ndepartment = "department"\nstarted_on = "day"\n'
DEPARTMENTS = '[columns]\nkey = "key"\nname = "name"\nparent = "department"\n'
RESPONSES = f"""[defaults]
survey = "{PRIVATE}"
[columns]
id = "key"
occurred_at = "day"
department = "department"
[answers.recommend]
column = "score"
[format]
dates = ["%Y-%m-%d"]
"""
IMPORTS = {
    "departments": (DEPARTMENTS, "departments+"),
    "touchpoints": (TOUCHPOINTS, "touchpoints+"),
    "employees": (EMPLOYEES, "employees"),
    "responses": (RESPONSES, "submit"),
}


async def exports(look: Look) -> None:
    """Of each department: whose rows are in the file; and a refusal says no more than that of an absent one."""
    absent: dict[str, Any] = {}
    for kind, right, more in (
        ("responses", "responses", f"&survey={PRIVATE}"),
        ("scores", "scores", "&metrics=nps"),
    ):
        for key in (ABSENT_KEY, *KEYS):
            path = f"/exports/{kind}?department={key}&{DAYS}{more}"
            answer = await look.asking.send("GET", path, look.token)
            expected = look.model.on(right, key)
            look.check("export", f"{kind} of {key}", expected, STATUS.get(answer.status))
            if key == ABSENT_KEY:
                absent[kind] = answer.without(key)
            elif expected == ABSENT:
                look.check(
                    "export", f"{kind} of {key} as {ABSENT_KEY}", absent[kind], answer.without(key)
                )
            elif expected == SEEN:
                look.check("export", f"rows of {kind} of {key}", *_rows(look, kind, key, answer))


def _rows(look: Look, kind: str, key: str, answer: Answer) -> tuple[Any, Any]:
    """What the model says is in a file, and what is."""
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    if kind == "responses":
        words = {row["answer.why"] for row in rows}
        expected = look.model.exported(key)
        found = dict(Counter(row["department"] for row in rows))
        return (expected, {f"words of {k}" for k in expected}), (found, words)
    members = look.model.world.subtree(key, look.model.world.today)
    expected = {member: look.model.counted(member) for member in members}
    return expected, {row["department"]: int(row["base"] or 0) for row in rows}


async def imports(look: Look) -> None:
    """One dry run of each kind with a row for every department: which rows would be stored."""
    for kind, (mapping, right) in IMPORTS.items():
        lines = [f"new-{key},New {key},{key},9,2026-01-01" for key in ASKED]
        file = "\n".join(["key,name,department,score,day", *lines]) + "\n"
        parts = {
            "mapping": (None, mapping.encode()),
            "file": ("rows.csv", file.encode(), "text/csv"),
        }
        path = f"/imports/{kind}?name=rows.csv&dryRun=true"
        answer = await look.asking.send("POST", path, look.token, files=parts)
        if look.model.anywhere(right) != SEEN:
            look.check("import", kind, 403, answer.status)
            continue
        look.check("import", kind, 200, answer.status)
        refused, messages = _refusals(answer)
        for number, key in enumerate(ASKED):
            expected = look.model.on(right, key)
            observed = refused.get(number + 2, SEEN)
            look.check("import", f"{kind} under {key}", expected, observed)
            if expected == ABSENT:
                absent = messages[len(ASKED) + 1].replace(ABSENT_KEY, "?")
                message = messages.get(number + 2, "").replace(key, "?")
                look.check("import", f"{kind} under {key} as {ABSENT_KEY}", absent, message)


async def results(look: Look) -> None:
    """A dry run of the results of an earlier wave: of who may plan waves, and of nobody else."""
    columns = ("wave", "name", "opened_on", "closed_on", "department", "item", "n", "value")
    mapping = "[columns]\n" + "".join(f'{name} = "{name}"\n' for name in columns)
    row = f"early,Early,2024-03-04,2024-03-15,{look.model.world.root()},enps,44,12.5"
    parts = {
        "mapping": (None, mapping.encode()),
        "file": ("rows.csv", f"{','.join(columns)}\n{row}\n".encode(), "text/csv"),
    }
    path = "/imports/wave?name=rows.csv&dryRun=true"
    answer = await look.asking.send("POST", path, look.token, files=parts)
    expected = 200 if look.model.whole("waves") == SEEN else 403
    look.check("import", "wave", expected, answer.status)
    if expected == 200:
        look.check("import", "wave: refused", {}, _refusals(answer)[0])


def _refusals(answer: Answer) -> tuple[dict[int, str], dict[int, str]]:
    """What became of the refused rows, by row; and what was said of them."""
    refused, messages = {}, {}
    for line in answer.text.splitlines():
        found = json.loads(line).get("refused")
        if found:
            refused[found["row"]] = FORBIDDEN if found["reason"] == "FORBIDDEN" else ABSENT
            messages[found["row"]] = f"{found['reason']} {found['column']} {found['message']}"
    return refused, messages


DOORS: tuple[Door, ...] = (exports, imports, results)
