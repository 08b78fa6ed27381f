"""Standard items and an index of them through the public API: a file of answers comes in, scores with alpha go out."""

import csv
import statistics
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from tests.support.import_client import ImportClient
from tests.support.platform import Running, eventually

MONTH = ("2019-02-01", "2019-03-01")
FOUR_DECIMALS: Final = 5.1e-5
ITEMS = ("expectation", "competent", "fast", "personal")
MAPPING = """
[defaults]
survey = "standard-items"
occurred_at = 2019-02-01
[columns]
id = "id"
department = "department"
[create]
survey = true
departments = true
""" + "".join(f'[answers.{item}]\ncolumn = "{item}"\nitem = "{item}"\n' for item in ITEMS)
EXPECTATION = (5, 15, 40, 25, 15)
PEOPLE = ((1, 2, 1), (2, 2, 3), (3, 4, 3), (4, 4, 5))
"""4 and 5 count 1, others 0: variances 1/4, 1/3 and 1/4, of sums 2: alpha 1.5 x (1 - 5/12), however often."""
TIMES: Final = 3
T_11: Final = 2.200985  # the 0.975 quantile of Student's t with 11 degrees of freedom
REGISTER = """mutation ($input: RegisterMetricInput!) { registerMetric(input: $input) {
    metric { key } userErrors { code field message } } }"""
ASKED = '{ survey(key: "standard-items") { questions { key item kind text scale { low high } } } }'
INDEX_ITEMS = [{"standardItem": item} for item in ITEMS[1:]]


def write(folder: Path) -> tuple[Path, Path]:
    mapping, file = folder / "mapping.toml", folder / "answers.csv"
    mapping.write_text(MAPPING)
    rows: list[tuple[str, ...]] = [
        ("expecting", str(answer), "", "", "")
        for answer, many in enumerate(EXPECTATION, 1)
        for _ in range(many)
    ]
    rows += [("served", "", *map(str, person)) for person in PEOPLE * TIMES]
    rows += [("served", "", "5", "", "")] * 10  # one of three items: no two thirds
    with file.open("w", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(["id", "department", *ITEMS])
        writer.writerows((number, *row) for number, row in enumerate(rows))
    return file, mapping


def registered(platform: Running, admin: str, given: dict[str, Any]) -> bool:
    """Whether it was taken; a survey that metrics has not heard of yet is the only reason why not."""
    found = platform.ask(REGISTER, {"input": {"name": given["key"], **given}}, admin)
    errors = found["registerMetric"]["userErrors"]
    assert {error["code"] for error in errors} <= {"UNKNOWN_ITEM"}
    return not errors


def test_items_of_a_file_are_counted_over_surveys_and_as_an_index(
    platform: Running, tmp_path: Path
) -> None:
    client, admin = ImportClient.at(platform, tmp_path), platform.token("admin")
    assert client.load("responses", *write(tmp_path)).status == 0
    expectation = {"standardItem": "expectation"}
    net = {"statistic": "NET", "answers": ["4", "5"], "against": ["1", "2"]}
    index = {"items": INDEX_ITEMS, "statistic": "TOP_BOX", "top": 2}
    for given in (
        {"key": "expectation", "item": expectation, **net},
        {"key": "delight", "item": expectation, "statistic": "SHARE", "answers": ["5"]},
        {"key": "quality", **index},
    ):
        eventually(partial(registered, platform, admin, given), seconds=30)

    check_survey(platform, client)
    check_expectation(client)
    check_index(client)
    check_refusals(platform, admin, index)


def check_survey(platform: Running, client: ImportClient) -> None:
    questions = platform.ask(ASKED, {}, client.reader)["survey"]["questions"]
    assert [question["item"] for question in questions] == list(ITEMS)
    assert questions[2] == {
        "key": "fast",
        "item": "fast",
        "kind": "RATING",
        "text": "I was served fast.",
        "scale": {"low": 1, "high": 5},
    }


def check_expectation(client: ImportClient) -> None:
    for metric, expected in (
        ("expectation", (20, 4.9736, 33.8614)),
        ("delight", (0.15, 0.0931, 0.2328)),
    ):
        found = client.score("expecting", f'score(metric: "{metric}")', MONTH, base=100)
        interval = found["interval"]
        figures = (found["value"], interval["low"], interval["high"])
        assert figures == pytest.approx(expected, abs=FOUR_DECIMALS)


def check_index(client: ImportClient) -> None:
    fields = 'score(metric: "quality") { base value interval { low high method }'
    fields += " index { items complete alpha note } }"
    eventually(lambda: client.card("served", fields, MONTH)["score"]["base"] == 12, seconds=30)
    found = client.card("served", fields, MONTH)["score"]

    shares = [0, 0, 1 / 3, 1] * TIMES
    half = T_11 * statistics.stdev(shares) / 12**0.5
    assert found["value"] == pytest.approx(1 / 3)
    assert found["interval"]["method"] == "t"
    assert found["interval"]["low"] == pytest.approx(1 / 3 - half, abs=FOUR_DECIMALS)
    assert found["interval"]["high"] == pytest.approx(1 / 3 + half, abs=FOUR_DECIMALS)
    assert found["index"].pop("alpha") == pytest.approx(1.5 * (1 - 5 / 12))
    assert found["index"] == {"items": 3, "complete": 12, "note": None}


def check_refusals(platform: Running, admin: str, index: dict[str, Any]) -> None:
    for changes, field, code in (
        ({"items": INDEX_ITEMS[:1]}, ["items"], "INDEX_OF_ONE"),
        ({"items": [*INDEX_ITEMS, {"standardItem": "no"}]}, ["items", "3", "standardItem"], "UNKNOWN_ITEM"),
        ({"item": {"kind": "NPS"}}, ["items"], "ITEM_AND_ITEMS"),
    ):  # fmt: skip
        given = {"key": "other", "name": "Other", **index, **changes}
        reply = platform.ask(REGISTER, {"input": given}, admin)["registerMetric"]
        assert reply["metric"] is None
        assert [(e["field"], e["code"]) for e in reply["userErrors"]] == [(field, code)]
