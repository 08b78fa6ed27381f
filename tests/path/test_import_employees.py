"""A real staff list becomes the turnover a statistician gets from the same file."""

from dataclasses import replace
from pathlib import Path

from tests.path.support.import_client import MAPPINGS, ImportClient, is_near
from tests.support.platform import Running

DEPARTMENTS = (
    "key,name,parent\nretail,Retail,industry\nindustry,All industries,\nshops,Shops,retail\n"
)
EMPLOYED = ("2000-01-01", "2016-01-01")  # up to the day of observation


def test_a_staff_list_gives_the_published_turnover(
    platform: Running, data: Path, tmp_path: Path
) -> None:
    client = ImportClient.at(platform, tmp_path)
    admin = replace(client, importer=platform.token("admin"))  # the root is named by one

    check_that_departments_come_in_any_order(admin)
    check_turnover(client, data / "employee_turnover.csv")


def check_that_departments_come_in_any_order(client: ImportClient) -> None:
    file, mapping = client.folder / "departments.csv", MAPPINGS / "departments.toml"
    file.write_text(DEPARTMENTS)

    first = client.load("departments", file, mapping)
    again = client.load("departments", file, mapping)

    assert (first.status, first.stored) == (0, 3)
    assert (again.status, again.stored, again.already) == (0, 0, 3)
    answer = client.platform.ask(
        '{ organization { key } department(key: "shops") { parent { key } } }', None, client.reader
    )
    assert answer == {
        "organization": {"key": "industry"},
        "department": {"parent": {"key": "retail"}},
    }


def check_turnover(client: ImportClient, file: Path) -> None:
    mapping = MAPPINGS / "employee_turnover.toml"

    first = client.load("employees", file, mapping)
    again = client.load("employees", file, mapping)

    assert (first.status, first.stored, first.refused) == (0, 1_129, 0)
    assert (again.status, again.stored, again.already) == (0, 0, 1_129)
    rate = client.score(None, "turnoverRate", EMPLOYED, base=1_129)
    assert rate["status"] == "OK"
    assert is_near(rate["value"], 571 / (41_352.48 / 12))  # 0.1657 a year
    assert is_near(rate["interval"]["low"], 0.15238)
    assert is_near(rate["interval"]["high"], 0.17986)
    client.score("retail", "turnoverRate", EMPLOYED, base=289)
    client.score("horeca", "turnoverRate", EMPLOYED, base=11)
