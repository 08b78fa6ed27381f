"""The command `cxm export`: a file of responses or scores from the public API; status 0 whole, 1 nothing written."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.options import DEFAULT_URL, Token, Url, day
from infra.client.api import Api
from infra.client.exports import download, mapping_query
from infra.client.problem import Problem
from services.kit.exports.csv import LOCALES, PLAIN


class Kind(StrEnum):
    """What can be exported."""

    responses = "responses"
    scores = "scores"


class Format(StrEnum):
    """How the file is written."""

    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"


class Interval(StrEnum):
    """Calendar intervals of scores."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"


class OptionsRefused(Problem):
    """The options do not go together."""


class OutRefused(Problem):
    """The file cannot be written."""


KindArgument = Annotated[Kind, typer.Argument(help="What the rows are.")]
Department = Annotated[str, typer.Option(help="Key: the department and all under it.")]
From = Annotated[
    str, typer.Option("--from", parser=day, metavar="DAY", help="First day, e.g. 2026-12-01.")
]
To = Annotated[str, typer.Option(parser=day, metavar="DAY", help="Last day, excluded.")]
Out = Annotated[Path, typer.Option(help="The file to write.", dir_okay=False)]
MappingOut = Annotated[
    Path | None,
    typer.Option(
        help="Of responses: write the mapping too, by which cxm import takes the file back in.",
        show_default=False,
        dir_okay=False,
    ),
]
Survey = Annotated[
    str | None,
    typer.Option(
        help="Key of the survey; responses need one, scores take none.", show_default=False
    ),
]
IntervalOption = Annotated[
    Interval | None,
    typer.Option(help="A row for each; of scores. Else one for the whole period."),
]
Metrics = Annotated[
    str | None,
    typer.Option(help="Keys, with commas between; of scores. Else all.", show_default=False),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="Of the file; else by the end of its name, else CSV."),
]
Locale = Annotated[
    str | None,
    typer.Option(
        help="Of CSV: the language of the spreadsheet that opens it, e.g. lv.",
        show_default=False,
    ),
]


def export_file(
    kind: KindArgument,
    department: Department,
    from_: From,
    to: To,
    out: Out,
    survey: Survey = None,
    interval: IntervalOption = None,
    metrics: Metrics = None,
    file_format: FormatOption = None,
    locale: Locale = None,
    mapping_out: MappingOut = None,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Write responses or scores to a file. The file is there when it is whole, and not before.

    For a token of analyst, department_head or admin. Responses need --survey. A file of responses comes back in with
    cxm import responses FILE --mapping ours.
    """
    _check_options(kind, survey, interval, metrics)
    if kind is Kind.scores and mapping_out:
        raise OptionsRefused("--mapping-out is for responses: scores are counted, not imported")
    if file_format is None:
        _check_name(out)
    query = {
        "department": department,
        "from": from_,
        "to": to,
        "format": (file_format or format_of(out)).value,
        "locale": locale,
        "survey": survey,
        "interval": interval.value.upper() if interval else None,
        "metrics": metrics,
    }
    with Api(url, token, on_away=lambda why: typer.echo(why, err=True)) as api:
        size = export(api, kind.value, {name: v for name, v in query.items() if v is not None}, out)
        if survey and mapping_out:
            export(api, "mapping", mapping_query(survey, delimiter_of(locale)), mapping_out)
    print(f"{out}: {size:,} bytes")


def format_of(out: Path) -> Format:
    """By the end of a file's name; CSV where it says none."""
    ending = out.suffix.lower().removeprefix(".")
    return Format(ending) if ending in Format.__members__ else Format.csv


def _check_name(out: Path) -> None:
    """Refuse a name that ends like a file of another format."""
    if out.suffix and out.suffix.lower().removeprefix(".") not in Format.__members__:
        raise OptionsRefused(
            f"{out.name} ends in none of .csv, .parquet and .xlsx: name it so, or give --format"
        )


def _check_options(
    kind: Kind, survey: str | None, interval: Interval | None, metrics: str | None
) -> None:
    """Refuse, before anything is called, what this kind of rows cannot be asked with."""
    if kind is Kind.responses and not survey:
        raise OptionsRefused("responses are of one survey: name it with --survey KEY")
    if kind is Kind.responses and (interval or metrics):
        raise OptionsRefused("--interval and --metrics are for scores, not for responses")
    if kind is Kind.scores and survey:
        raise OptionsRefused("--survey is for responses: scores count the answers of all surveys")


def export(api: Api, kind: str, query: dict[str, str], out: Path) -> int:
    """Write the file beside its name, then name it; returns its size. What breaks off begins anew."""
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            size = api.patiently(lambda: download(api, kind, query, file))
        part.replace(out)
    except OSError as error:
        raise OutRefused(f"{out} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return size


def delimiter_of(locale: str | None) -> str:
    """Of CSV for spreadsheets of a language."""
    return LOCALES.get(locale or "", PLAIN).delimiter
