"""Published and worked examples through the public API: answers come in, scores and changes go out."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.support.import_client import ImportClient
from tests.support.platform import Running, eventually

BEFORE, THIS = ("2019-01-01", "2019-02-01"), ("2019-02-01", "2019-03-01")
FOUR_DECIMALS: Final = 5.1e-5
MAPPING = """
[defaults]
survey = "check-values"
[columns]
id = "id"
department = "department"
occurred_at = "on"
[answers.recommend]
column = "recommend"
kind = "NPS"
[answers.satisfied]
column = "satisfied"
kind = "CSAT"
[answers.effort]
column = "effort"
kind = "CES"
[create]
survey = true
departments = true
"""
NPS = {  # promoters, passives, detractors: NPS and its adjusted Wald interval
    (50, 30, 20): (30, 14.0511, 44.2013),
    (15, 8, 7): (26.6667, -3.3357, 51.8205),
    (8, 2, 0): (80, 29.2839, 93.7931),
    (10, 0, 0): (100, 47.5036, 100),
    (523, 302, 175): (34.8, 29.9949, 39.3970),
    (300, 120, 80): (44, 37.1562, 50.3189),
}
WILSON = {  # R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872
    (81, 263): (0.2553, 0.3662),
    (15, 148): (0.0624, 0.1605),
    (0, 20): (0, 0.1611),
    (1, 29): (0.0061, 0.1718),
    (20, 30): (0.4878, 0.8077),
}
NEWCOMBE = {  # the same, 873-890; and aspirin against placebo, A. Agresti, Categorical Data Analysis
    ((56, 70), (48, 80)): (0.0524, 0.3339),
    ((9, 10), (3, 10)): (0.1705, 0.8090),
    ((5, 56), (0, 29)): (-0.0381, 0.1926),
    ((189, 11034), (104, 11037)): (0.0047, 0.0108),
}
NPS_CHANGES = {  # this period, the one before: difference and p of the raw z test
    ((500, 300, 200), (560, 280, 160)): (-10, 0.003461),
    ((50, 30, 20), (60, 25, 15)): (-15, 0.1633),
}
QUARTER_POINT: Final = (
    0.005  # of p: the test adds three eighths to both ends, the published one does not
)
EFFORT = {7: 5, 6: 10, 5: 10, 4: 3, 2: 2}  # answer: how many
T_29: Final = 2.045230  # the 0.975 quantile of Student's t with 29 degrees of freedom

Row = tuple[str, str, str, str, str]  # department, day, recommend, satisfied, effort


def recommending(department: str, on: str, counts: tuple[int, int, int]) -> Iterator[Row]:
    for answer, count in zip("980", counts, strict=True):
        yield from [(department, on, answer, "", "")] * count


def satisfied(department: str, on: str, hits: int, base: int) -> Iterator[Row]:
    yield from [(department, on, "", "5", "")] * hits
    yield from [(department, on, "", "1", "")] * (base - hits)


def answers() -> Iterator[Row]:
    """Every example is a department; a change has its second sample in the month before."""
    for place, counts in enumerate(NPS):
        yield from recommending(f"nps-{place}", THIS[0], counts)
    for place, (hits, base) in enumerate(WILSON):
        yield from satisfied(f"wilson-{place}", THIS[0], hits, base)
    for place, (now, then) in enumerate(NEWCOMBE):
        yield from satisfied(f"newcombe-{place}", THIS[0], *now)
        yield from satisfied(f"newcombe-{place}", BEFORE[0], *then)
    for place, (these, before) in enumerate(NPS_CHANGES):
        yield from recommending(f"change-{place}", THIS[0], these)
        yield from recommending(f"change-{place}", BEFORE[0], before)
    for answer, count in EFFORT.items():
        yield from [("effort", THIS[0], "", "", str(answer))] * count


def write(folder: Path, rows: Iterable[Row]) -> tuple[Path, Path]:
    mapping, file = folder / "mapping.toml", folder / "answers.csv"
    mapping.write_text(MAPPING)
    with file.open("w", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(["id", "department", "on", "recommend", "satisfied", "effort"])
        writer.writerows((number, *row) for number, row in enumerate(rows))
    return file, mapping


@pytest.fixture
def imported(platform: Running, tmp_path: Path) -> ImportClient:
    client = ImportClient.at(platform, tmp_path)
    rows = list(answers())
    outcome = client.load("responses", *write(tmp_path, rows))
    assert (outcome.status, outcome.stored) == (0, len(rows))
    recommended = sum(row[2] != "" and row[1] == THIS[0] for row in rows)
    client.score(None, "nps", THIS, base=recommended)
    eventually(lambda: client.card("effort", "ces { base }", THIS)["ces"]["base"] == 30, seconds=30)
    return client


def test_examples_are_what_the_api_says(imported: ImportClient) -> None:
    check_nps(imported)
    check_shares(imported)
    check_differences_of_shares(imported)
    check_differences_of_nps(imported)
    check_effort(imported)


def check_nps(client: ImportClient) -> None:
    for place, (counts, expected) in enumerate(NPS.items()):
        found = client.score(f"nps-{place}", "nps", THIS, base=sum(counts))
        assert figures(found) == pytest.approx(expected, abs=FOUR_DECIMALS)


def check_shares(client: ImportClient) -> None:
    for place, ((hits, base), interval) in enumerate(WILSON.items()):
        found = client.score(f"wilson-{place}", "csat", THIS, base=base)
        assert found["value"] == pytest.approx(hits / base, abs=1e-9)
        assert figures(found)[1:] == pytest.approx(interval, abs=FOUR_DECIMALS)


def check_differences_of_shares(client: ImportClient) -> None:
    for place, ((now, then), expected) in enumerate(NEWCOMBE.items()):
        change = changed(client, f"newcombe-{place}", "csat")
        interval = change["interval"]
        assert change["delta"] == pytest.approx(now[0] / now[1] - then[0] / then[1], abs=1e-9)
        assert (interval["low"], interval["high"]) == pytest.approx(expected, abs=FOUR_DECIMALS)
    assert changed(client, "newcombe-3", "csat")["finding"] == "CLEARLY_UP"


def check_differences_of_nps(client: ImportClient) -> None:
    for place, (delta, p_value) in enumerate(NPS_CHANGES.values()):
        change = changed(client, f"change-{place}", "nps")
        assert change["delta"] == pytest.approx(delta, abs=1e-9)
        assert change["pValue"] == pytest.approx(p_value, abs=QUARTER_POINT)
    assert changed(client, "change-0", "nps")["finding"] == "CLEARLY_DOWN"
    assert changed(client, "change-1", "nps")["finding"] == "PERHAPS_DOWN"


def check_effort(client: ImportClient) -> None:
    """The mean with the t interval, and the share of answers 5 to 7 with Wilson's."""
    sample = [answer for answer, count in EFFORT.items() for _ in range(count)]
    mean = sum(sample) / len(sample)
    deviation = (sum((answer - mean) ** 2 for answer in sample) / (len(sample) - 1)) ** 0.5
    half = T_29 * deviation / len(sample) ** 0.5
    fields = "ces { value interval { low high } secondary secondaryInterval { low high } }"
    found = client.card("effort", fields, THIS)["ces"]

    assert figures(found) == pytest.approx((mean, mean - half, mean + half), abs=FOUR_DECIMALS)
    assert found["secondary"] == pytest.approx(25 / 30, abs=1e-9)
    share = found["secondaryInterval"]
    assert (share["low"], share["high"]) == pytest.approx((0.6644, 0.9266), abs=FOUR_DECIMALS)


def figures(score: Any) -> tuple[float, float, float]:
    return score["value"], score["interval"]["low"], score["interval"]["high"]


def changed(client: ImportClient, department: str, metric: str) -> Any:
    """The change of a score against the month before."""
    document = f"""query ($key: String!, $this: PeriodInput!, $before: PeriodInput!) {{
      department(key: $key) {{ scorecard(period: $this, compareTo: $before) {{
        score: {metric} {{ change {{ delta interval {{ low high }} pValue finding }} }} }} }} }}"""
    days = {
        name: {"from": days[0], "to": days[1]}
        for name, days in (("this", THIS), ("before", BEFORE))
    }
    found = client.platform.ask(document, {"key": department, **days}, client.reader)
    return found["department"]["scorecard"]["score"]["change"]
