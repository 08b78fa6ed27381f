"""Every door through which numbers of staff surveys could come, tried for every department."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.attack.doors.asking import SCORE, STAFF, WAVE_SCORE, Heard, Reader
from tests.attack.doors.world import ASKED, DIMENSIONS, UNDECLARED, WAVE

CHUNK = 8
"""Departments of one query: a document has at most 15 aliases."""
INTERVALS = ("DAY", "WEEK", "MONTH", "QUARTER", "WAVE")
CUTS = ("CHILD_DEPARTMENT", "TOUCHPOINT", "STAGE", "CHANNEL", "SEGMENT", "SURVEY", "LANGUAGE")
TEXTS = tuple(str(question["key"]) for question in ASKED if question["kind"] == "TEXT")
RESULTS = f"{{ status countedIn dimensions scores {{ {WAVE_SCORE} }} }}"
CATEGORIES = f"{{ status categories {{ name scores {{ {WAVE_SCORE} }} }} }}"
READINGS = (
    "",
    ", tree: AS_IT_WAS",
    ", includeSubtree: false",
    ', filter: {survey: "anything"}',
    ', filter: {segment: "young"}',
)


def walk(reader: Reader, keys: Sequence[str]) -> Heard:
    """All doors, one after the other."""
    heard = Heard()
    for door in (results, breakdowns, comments, scorecards, trends, cuts, exports):
        door(reader, keys, heard)
    return heard


def results(reader: Reader, keys: Sequence[str], heard: Heard) -> None:
    """Wave.results of every department."""
    for key, found in _of_wave(reader, keys, heard, f"results(department: KEY) {RESULTS}"):
        _hear_results(heard, key, found)


def _hear_results(heard: Heard, key: str, found: dict[str, Any] | None) -> None:
    if found is None:
        return
    if found["status"] == "WITHHELD":
        heard.withheld[key, ""] = found["countedIn"]
        if found["scores"] or found["dimensions"]:
            heard.contradictions.append(f"results: {key} is withheld and shows {found}")
    for score in found["scores"]:
        heard.add("results", (key, "", "", score["statistic"]), score)


def breakdowns(reader: Reader, keys: Sequence[str], heard: Heard) -> None:
    """Every department by every dimension, also one that nobody declared."""
    for dimension in (*DIMENSIONS, UNDECLARED):
        field = f'breakdown(department: KEY, dimension: "{dimension}") {CATEGORIES}'
        for key, found in _of_wave(reader, keys, heard, field, size=1):
            for category in (found or {"categories": []})["categories"]:
                for score in category["scores"]:
                    cell = (key, dimension, category["name"] or "", score["statistic"])
                    heard.add("breakdown", cell, score)


def comments(reader: Reader, keys: Sequence[str], heard: Heard) -> None:
    """What was written, page by page."""
    for key in keys:
        for question in TEXTS:
            texts, after = 0, None
            while True:
                page = _comments(reader, key, question, after, heard)
                if page is None:
                    break
                texts += len(page["edges"])
                after = page["pageInfo"]["endCursor"]
                if not page["pageInfo"]["hasNextPage"]:
                    break
            if texts:
                score = {"status": "OK", "base": texts, "value": None, "interval": None}
                heard.add("comments", (key, "", "", question), score)


def _comments(
    reader: Reader, key: str, question: str, after: str | None, heard: Heard
) -> dict[str, Any] | None:
    query = (
        f'query ($after: String) {{ wave(key: "{WAVE}") {{ results(department: "{key}") {{ '
        f'verbatims(question: "{question}", first: 100, after: $after) '
        "{ edges { cursor } pageInfo { hasNextPage endCursor } } } } }"
    )
    wave = _data(reader, query, heard, after=after).get("wave") or {}
    found: dict[str, Any] | None = (wave.get("results") or {}).get("verbatims")
    return found


def scorecards(reader: Reader, keys: Sequence[str], heard: Heard) -> None:
    """The staff half of scorecards over periods that hold the close, touch it and miss it, read in every way."""
    scores = " ".join(f"{name} {{ {SCORE} }}" for name in STAFF)
    others = " ".join(
        f'{question["key"]}: score(metric: "{question["key"]}") {{ {SCORE} }}' for question in ASKED
    )
    for period in _periods():
        for reading in READINGS:
            field = f"scorecard(period: {period}{reading}) {{ {scores} {others} }}"
            for key, card in _of_departments(reader, keys, heard, field):
                _hear_card(heard, key, card)


def _hear_card(heard: Heard, key: str, card: dict[str, Any] | None) -> None:
    for statistic, score in (card or {}).items():
        if score is not None:
            heard.add("scorecard", (key, "", "", statistic), score)


def trends(reader: Reader, keys: Sequence[str], heard: Heard) -> None:
    """Each staff metric by every interval."""
    points = "value base status countedIn interval { low high }"
    for interval in INTERVALS:
        asked = _each_metric(f"trend(interval: {interval}) {{ {points} }}")
        for key, card in _of_departments(reader, keys, heard, asked):
            for name, score in (card or {}).items():
                for point in (score or {}).get("trend") or ():
                    heard.add(f"trend by {interval}", (key, "", "", name), point)


def cuts(reader: Reader, keys: Sequence[str], heard: Heard) -> None:
    """Each staff metric by everything that customers' metrics are broken down by, and the rows behind it."""
    for cut in CUTS:
        asked = _each_metric(
            f"breakdown(by: {cut}) {{ key label score {{ {SCORE} }} }} responses {{ totalCount }}"
        )
        for key, card in _of_departments(reader, keys, heard, asked):
            for name, score in (card or {}).items():
                _hear_cut(heard, key, cut, name, score or {})


def _hear_cut(heard: Heard, key: str, cut: str, name: str, score: dict[str, Any]) -> None:
    if score.get("responses") is not None:
        heard.contradictions.append(f"responses behind {name} of {key}")
    for found in score.get("breakdown") or ():
        cell = (found["key"] or f"{key} by {cut}", "", "", name)
        heard.add(f"breakdown by {cut}", cell, found["score"])


def _each_metric(fields: str) -> str:
    asked = " ".join(f"{name} {{ {fields} }}" for name in STAFF)
    return f"scorecard(period: {_periods()[0]}) {{ {asked} }}"


def exports(reader: Reader, keys: Sequence[str], heard: Heard) -> None:
    """Files of scores, which have the same columns for all metrics."""
    today = datetime.now(UTC).date()
    days = {"from": str(today - timedelta(days=30)), "to": str(today + timedelta(days=2))}
    for key in keys:
        reply = reader.get("/exports/scores", department=key, metrics=",".join(STAFF), **days)
        heard.raw.append(reply.text)
        if reply.status_code != 200:
            continue
        for row in csv.DictReader(io.StringIO(reply.text)):
            score = {
                "status": row["status"],
                "base": int(row["base"]) if row["base"] else None,
                "value": float(row["value"]) if row["value"] else None,
                "countedIn": row.get("countedIn") or row.get("counted_in") or None,
                "interval": _interval(row),
            }
            heard.add("export", (row["department"], "", "", row["metric"]), score)


def _interval(row: dict[str, str]) -> dict[str, float] | None:
    return {"low": float(row["low"]), "high": float(row["high"])} if row["low"] else None


def _periods() -> list[str]:
    """Around today, on which the wave closed, and beside it."""
    today = datetime.now(UTC).date()
    spans = ((-30, 2), (0, 1), (-1, 1), (-30, 0), (1, 2))
    return [_period(today, *span) for span in spans]


def _period(today: date, first: int, last: int) -> str:
    begins, ends = today + timedelta(days=first), today + timedelta(days=last)
    return f'{{from: "{begins}", to: "{ends}"}}'


def _data(reader: Reader, query: str, heard: Heard, **variables: Any) -> dict[str, Any]:
    """What came back, with whatever stands in errors kept too."""
    body = reader.ask(query, **variables)
    errors = body.get("errors") or ()
    asked_wrongly = [
        e
        for e in errors
        if e["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        or e["extensions"].get("reason") == "TOO_COSTLY"
    ]
    assert not asked_wrongly, asked_wrongly
    heard.raw += [str(error) for error in errors]
    found: dict[str, Any] = body.get("data") or {}
    return found


def _of_wave(
    reader: Reader, keys: Sequence[str], heard: Heard, field: str, size: int = CHUNK
) -> Iterator[tuple[str, Any]]:
    """A field of the wave for each department, KEY standing for its key; `size` departments in a query."""
    for part in _chunks(keys, size):
        fields = " ".join(
            f"d{place}: {field.replace('KEY', json.dumps(key))}" for place, key in enumerate(part)
        )
        wave = _data(reader, f'{{ wave(key: "{WAVE}") {{ {fields} }} }}', heard).get("wave") or {}
        yield from ((key, wave.get(f"d{place}")) for place, key in enumerate(part))


def _of_departments(
    reader: Reader, keys: Sequence[str], heard: Heard, field: str
) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """The scorecard of each department."""
    for part in _chunks(keys):
        fields = " ".join(
            f"d{place}: department(key: {json.dumps(key)}) {{ {field} }}"
            for place, key in enumerate(part)
        )
        data = _data(reader, f"{{ {fields} }}", heard)
        for place, key in enumerate(part):
            yield key, (data.get(f"d{place}") or {}).get("scorecard")


def _chunks(keys: Sequence[str], size: int = CHUNK) -> Iterator[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
