"""Cards of paper that came with deliveries, as somebody typed them: a file, imported as a person imports one."""

import csv
import io
import random
from datetime import date, timedelta
from typing import Final

import httpx
import orjson

from infra.client.api import PASSING_HTTP, Api, Away
from infra.client.problem import Problem
from infra.local.demo import languages, words

SURVEY: Final = "delivery-cards"
COUNT: Final = 120
NAME: Final = "delivery cards.csv"
MAPPING: Final = """
[defaults]
survey = "Delivery cards"
touchpoint = "delivery"
channel = "PAPER"

[columns]
id = "Card"
occurred_at = "Day"
language = "Language"

[answers.satisfaction]
column = "How satisfied are you with the delivery?"
kind = "CSAT"

[answers.comment]
column = "What could be better?"
kind = "TEXT"

[format]
dates = ["%d.%m.%Y"]

[create]
survey = true
"""
HEADER: Final = (
    "Card",
    "Day",
    "Language",
    "How satisfied are you with the delivery?",
    "What could be better?",
)
MISTYPED: Final = {31: (3, "6"), 88: (1, "31.02.2026")}
"""Numbers of cards that are refused: the cell, and what stands in it."""


def written(seed: int, today: date) -> str:
    """The file; the same seed and day give the same."""
    source = random.Random(f"cards {seed}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for number in range(1, COUNT + 1):
        language = languages.language(source)
        satisfied = min(max(round(source.gauss(4.1, 0.9)), 1), 5)
        said = words.VISITS if satisfied <= 2 else words.FINE if satisfied == 3 else words.PRAISE
        remark = source.choice(said[language]) if source.random() < 0.3 else ""
        day = today - timedelta(days=source.randrange(150, 210))
        row = [f"D-{number:04}", f"{day:%d.%m.%Y}", language, str(satisfied), remark]
        if number in MISTYPED:
            cell, wrong = MISTYPED[number]
            row[cell] = wrong
        writer.writerow(row)
    return text.getvalue()


def send(api: Api, text: str) -> None:
    """Import the file; Problem where it was not taken to its end."""
    last = api.patiently(lambda: _attempt(api, text))
    if "done" not in last:
        raise Problem(f"the demo's file was not imported: {last}; start with another --data-dir")


def _attempt(api: Api, text: str) -> dict[str, object]:
    url = f"{api.url.removesuffix('/graphql')}/imports/responses"
    parts = {
        "mapping": ("mapping.toml", MAPPING.encode(), "application/toml"),
        "file": ("file", text.encode(), "application/octet-stream"),
    }
    try:
        answer = api.http.post(url, params={"name": NAME}, files=parts, headers={"Accept": "*/*"})
    except httpx.TransportError as error:
        raise api.failure(error) from error
    if answer.status_code in PASSING_HTTP:
        raise Away(f"HTTP {answer.status_code}")
    last: dict[str, object] = orjson.loads(answer.content.splitlines()[-1])
    return last
