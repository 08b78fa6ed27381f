"""Real survey exports become the scores a statistician gets from the same files."""

import csv
from pathlib import Path

import pytest

from tests.support.import_client import MAPPINGS, ImportClient, is_near
from tests.support.platform import Running

SURGERIES = MAPPINGS / "gp_friends_family.toml"
CLOTHES = MAPPINGS / "womens_clothing_reviews.toml"
FRIENDS = 'score(metric: "friendsAndFamily")'
ALL_MONTHS = ("2023-07-01", "2024-05-01")
MAY_DAY = ("2021-05-01", "2021-05-02")
UNKNOWN_RATING_ROW = 4


def test_real_files_give_the_published_figures(
    platform: Running, data: Path, tmp_path: Path
) -> None:
    client = ImportClient.at(platform, tmp_path)

    check_that_a_bad_row_is_reported_and_a_second_run_stores_nothing(client, data)
    check_shares_of_surgeries(client)
    check_that_months_add_up(client)
    check_satisfaction_by_department(client, data)


def check_that_a_bad_row_is_reported_and_a_second_run_stores_nothing(
    client: ImportClient, data: Path
) -> None:
    broken = client.load("responses", with_an_unknown_rating(data, client.folder), SURGERIES)
    mended = client.load("responses", data / "gp_friends_family.csv", SURGERIES)
    again = client.load("responses", data / "gp_friends_family.csv", SURGERIES)

    assert (broken.status, broken.stored, broken.refused) == (2, 3_881, 1)
    _, line = csv.reader(broken.report.splitlines())
    assert line[:3] == [str(UNKNOWN_RATING_ROW), "rating", "UNKNOWN_LABEL"]
    assert line[3].startswith('"Perhaps" is none of the mapped labels: "Extremely likely", "Like')
    assert (mended.status, mended.stored, mended.already) == (0, 1, 3_881)
    assert (again.status, again.stored, again.already, again.refused) == (0, 0, 3_882, 0)


def check_shares_of_surgeries(client: ImportClient) -> None:
    friends = client.score(None, FRIENDS, ALL_MONTHS, base=3_882)
    assert friends["status"] == "OK"
    assert is_near(friends["value"], 0.9060)
    assert friends["value"] == pytest.approx(3_517 / 3_882, abs=1e-9)
    assert is_near(friends["interval"]["low"], 0.89639)
    assert is_near(friends["interval"]["high"], 0.91476)

    csat = client.score(None, "csat", ALL_MONTHS, base=3_863)
    assert csat["value"] == pytest.approx(3_517 / 3_863, abs=1e-9)
    assert is_near(csat["interval"]["low"], 0.90102)
    assert is_near(csat["interval"]["high"], 0.91903)

    for key, positive, base in (
        ("health-partners-violet-melchett", 537, 658),
        ("earls-court-surgery", 1_193, 1_270),
    ):
        score = client.score(key, FRIENDS, ALL_MONTHS, base=base)
        assert score["value"] == pytest.approx(positive / base, abs=1e-9)


def check_that_months_add_up(client: ImportClient) -> None:
    fields = f"score: {FRIENDS} {{ trend(interval: MONTH) {{ from value base }} }}"
    months = client.card(None, fields, ALL_MONTHS)["score"]["trend"]

    assert [month["from"] for month in months] == [
        *(f"2023-{month:02}-01" for month in range(7, 13)),
        *(f"2024-{month:02}-01" for month in range(1, 5)),
    ]
    assert [month["base"] for month in months] == [102, 99, 109, 99, 42, 152, 76, 1_876, 1_263, 64]
    assert sum(round(month["value"] * month["base"]) for month in months) == 3_517


def check_satisfaction_by_department(client: ImportClient, data: Path) -> None:
    mapping = on_a_day_of_their_own(client.folder)
    outcome = client.load("responses", data / "womens_clothing_reviews_1000.csv", mapping)
    assert (outcome.status, outcome.stored) == (0, 1_000)

    whole = client.score(None, "csat", MAY_DAY, base=1_000)
    assert whole["value"] == pytest.approx(0.7740, abs=1e-9)
    assert is_near(whole["interval"]["low"], 0.7471)
    assert is_near(whole["interval"]["high"], 0.7988)

    tops = client.score("tops", "csat", MAY_DAY, base=489)
    assert tops["value"] == pytest.approx(375 / 489, abs=1e-9)
    trend = client.score("trend", "csat", MAY_DAY, base=10)
    assert (trend["value"], trend["status"]) == (0.8, "LOW_BASE")


def with_an_unknown_rating(data: Path, folder: Path) -> Path:
    """The file with one label nobody mapped, in a row whose mapped cells are no other's."""
    with (data / "gp_friends_family.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    rows[UNKNOWN_RATING_ROW - 1][rows[0].index("rating")] = "Perhaps"
    broken = folder / "broken.csv"
    with broken.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return broken


def on_a_day_of_their_own(folder: Path) -> Path:
    """The example mapping of a file without dates, for one day on which nothing else happened."""
    dated = folder / "clothes.toml"
    head = f"[defaults]\noccurred_at = {MAY_DAY[0]}\n"
    dated.write_text(CLOTHES.read_text().replace("[defaults]\n", head))
    return dated
