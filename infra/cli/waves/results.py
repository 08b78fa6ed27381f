"""Results of waves: `cxm waves results`, of one department in a table, of many as lines for other programs."""

import csv
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from typing import Annotated, Final

import orjson
import typer

from infra.cli.options import DEFAULT_URL, Token, Url, add_row, make_table, show
from infra.cli.waves import numbers
from infra.cli.waves.reading import DepartmentResults, WaveReader, find_released
from infra.client.api import Api, Json
from infra.client.problem import Problem
from services.kit.errors import printable
from services.kit.exports.csv import Value, cell

COLUMNS: Final = (
    *("wave", "department", "dimension", "category", "item", "status", "counted_in"),
    *("value", "low", "high", "method", "n", "bands", "change", "change_low", "change_high"),
    "verdict",
)
"""Of results as CSV; numbers as in the API: shares are 0 to 1."""
COMMENT_COLUMNS: Final = ("wave", "department", "question", "status", "counted_in", "text")


class Format(StrEnum):
    """How results are written."""

    table = "table"
    csv = "csv"
    json = "json"


Key = Annotated[str, typer.Argument(help="Of the wave.")]
Department = Annotated[
    str | None,
    typer.Option(
        help="Key of the department; with --format csv or json all that you may see unless named.",
        show_default=False,
    ),
]
CompareTo = Annotated[
    str | None, typer.Option(help="Key of another released wave.", show_default=False)
]
By = Annotated[
    str | None,
    typer.Option(
        metavar="DIMENSION",
        help="Also by a dimension that the wave declared: each of its categories.",
        show_default=False,
    ),
]
Comments = Annotated[bool, typer.Option("--comments", help="What was written, instead of numbers.")]
FormatOption = Annotated[
    Format, typer.Option("--format", help="csv: a line for each number; json: for each department.")
]


def results(
    key: Key,
    department: Department = None,
    compare_to: CompareTo = None,
    by: By = None,
    comments: Comments = False,
    file_format: FormatOption = Format.table,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Print what a wave says of a department, or of all. Also for heads of departments.

    Intervals are of 95 %. In csv and json shares are 0 to 1. `> FILE` keeps what is printed.
    """
    if comments and (by or compare_to):
        raise Problem(
            "comments are neither cut nor compared: give --comments without --by and --compare-to"
        )
    if department is None and file_format is Format.table:
        raise Problem("name a department with --department KEY; --format csv or json prints all")
    with Api(url, token, on_away=lambda why: typer.echo(why, err=True)) as api:
        reader = find_released(api, key, compare_to, by)
        found = [reader.department(department)] if department else _all_asked(reader)
        if file_format is Format.table:
            for each in found:
                _print_comments(reader, each) if comments else _print_results(reader, each)
        elif comments:
            _write(file_format, COMMENT_COLUMNS, _comment_rows(reader, found))
        elif file_format is Format.csv:
            _write(file_format, COLUMNS, _score_rows(reader, found))
        else:
            for each in found:
                print(_line(reader, each))


def _all_asked(reader: WaveReader) -> Iterable[DepartmentResults]:
    """All that the viewer sees and the wave asked; Problem where there is none, before anything is printed."""
    found = reader.departments()
    first = next(found, None)
    if first is None:
        raise Problem(f"the wave {reader.key} asked none of the departments that you may see")
    return chain([first], found)


def _print_results(reader: WaveReader, results: DepartmentResults) -> None:
    found = results.found
    print(printable(f"{reader.wave['name']} ({reader.key}): {results.name} ({results.key})"))
    if found["status"] == "WITHHELD":
        print(printable(f"{reader.withheld}{numbers.counted_in(found)}"))
        return
    _print_scores(reader, [("", score) for score in found["scores"]], "")
    for score in found["scores"]:
        if score["alpha"] is not None:
            print(f"Cronbach's alpha of {score['statistic']}: {score['alpha']}")
    if reader.compare_to and any(map(_is_not_compared, found["scores"])):
        print(
            printable(
                f"not compared: what {reader.compare_to} does not tell here, and engagement and burnout of "
                "other questions"
            )
        )
    if reader.texts:
        counts = {each["question"]: str(each["count"]) for each in found["verbatimCounts"]}
        told = (f"{name} {counts.get(name, 'not shown here')}" for name in reader.texts)
        print(printable(f"comments, printed with --comments: {', '.join(told)}"))
    if results.breakdown is not None:
        _print_breakdown(reader, results)
    elif found["dimensions"]:
        print(printable(f"also shown by {', '.join(found['dimensions'])}: --by"))


def _is_not_compared(score: Json) -> bool:
    return score["value"] is not None and score["change"] is None


def _print_breakdown(reader: WaveReader, results: DepartmentResults) -> None:
    breakdown = results.breakdown or {}
    if breakdown["status"] == "WITHHELD":
        print(printable(f"by {reader.by} nothing is shown here, to protect people"))
        return
    rows = [
        (each["name"] or "not given", score)
        for each in breakdown["categories"]
        for score in each["scores"]
    ]
    _print_scores(reader, rows, str(reader.by))


def _print_scores(reader: WaveReader, rows: Iterable[tuple[str, Json]], dimension: str) -> None:
    """With the category where there is a dimension."""
    names = ("what", "value", "95 % interval", "unit", "base", "of them", "change", "")
    table = make_table(*((dimension,) if dimension else ()), *names)
    for category, score in rows:
        add_row(
            table,
            *((category,) if dimension else ()),
            score["statistic"],
            numbers.value_text(score),
            numbers.interval_text(score),
            numbers.unit_of(score),
            "" if score["base"] is None else str(score["base"]),
            numbers.bands_text(score),
            numbers.change_text(score),
            numbers.remark_text(score, is_imported=reader.wave["imported"]),
        )
    show(table)


def _print_comments(reader: WaveReader, results: DepartmentResults) -> None:
    """In an order that says nothing."""
    asked = {each["key"]: each["text"] for each in reader.wave["questions"]}
    if not reader.texts:
        print(f"{reader.key} asked for no comments")
    for question in reader.texts:
        print(printable(f"{question}: {asked[question]}"))
        for page in reader.comments(results.key, question):
            if page["status"] == "WITHHELD":
                print(printable(f"  withheld to protect people{numbers.counted_in(page)}"))
            for edge in page["edges"]:
                print(printable(f"  - {' '.join(edge['node']['text'].split())}"))


def _write(
    file_format: Format, columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]
) -> None:
    """CSV that no spreadsheet runs, or a line of JSON each."""
    if file_format is Format.json:
        for row in rows:
            print(orjson.dumps(dict(zip(columns, row, strict=True))).decode())
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(map(cell, row))


def _score_rows(
    reader: WaveReader, found: Iterable[DepartmentResults]
) -> Iterator[tuple[Value, ...]]:
    for results in found:
        start = (reader.key, results.key)
        if results.found["status"] == "WITHHELD":
            status = ("WITHHELD", results.found["countedIn"])
            yield (*start, None, None, None, *status, *[None] * (len(COLUMNS) - 7))
        for score in results.found["scores"]:
            yield (*start, None, None, *_cells(score))
        for category in (results.breakdown or {}).get("categories", ()):
            for score in category["scores"]:
                yield (*start, reader.by, category["name"], *_cells(score))


def _cells(score: Json) -> tuple[Value, ...]:
    interval, change = score["interval"] or {}, score.get("change") or {}
    changed = change.get("interval") or {}
    return (
        *(score["statistic"], score["status"], score["countedIn"], score["value"]),
        *(interval.get("low"), interval.get("high"), interval.get("method"), score["base"]),
        *(numbers.bands_for_programs(score), change.get("delta")),
        *(changed.get("low"), changed.get("high"), change.get("verdict")),
    )


def _comment_rows(
    reader: WaveReader, found: Iterable[DepartmentResults]
) -> Iterator[tuple[Value, ...]]:
    for results in found:
        for question in reader.texts:
            for page in reader.comments(results.key, question):
                start = (reader.key, results.key, question, page["status"], page["countedIn"])
                if page["status"] == "WITHHELD":
                    yield (*start, None)
                for edge in page["edges"]:
                    yield (*start, edge["node"]["text"])


def _line(reader: WaveReader, results: DepartmentResults) -> str:
    """A department as the API tells it, in a line."""
    line = {"wave": reader.key, "department": results.key, "name": results.name, **results.found}
    if results.breakdown is not None:
        line["breakdown"] = {"dimension": reader.by, **results.breakdown}
    return orjson.dumps(line).decode()
