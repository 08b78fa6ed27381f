"""A real staff list becomes the turnover a statistician gets from the same file, beside what its employees said."""

from dataclasses import replace
from pathlib import Path

from tests.support.import_client import MAPPINGS, ImportClient, is_near
from tests.support.platform import Running

DEPARTMENTS = (
    "key,name,parent\nretail,Retail,industry\nindustry,All industries,\nshops,Shops,retail\n"
)
EMPLOYED = ("2000-01-01", "2016-01-01")  # up to the day of observation
WAVE = """wave,name,opened_on,closed_on,department,item,n,value,low,high
autumn-2015,Autumn 2015,2015-11-02,2015-11-20,industry,enps,412,11.5,,
autumn-2015,Autumn 2015,2015-11-02,2015-11-20,retail,enps,41,-7.5,,
"""


def test_a_staff_list_gives_the_published_turnover(
    platform: Running, data: Path, tmp_path: Path
) -> None:
    client = ImportClient.at(platform, tmp_path)
    admin = replace(client, importer=platform.token("admin"))  # the root is named by one

    check_that_departments_come_in_any_order(admin)
    check_turnover(client, data / "employee_turnover.csv")
    check_a_wave_beside_it(replace(client, importer=platform.token("analyst")))


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


def check_a_wave_beside_it(client: ImportClient) -> None:
    """Each with its own base and rules: turnover is an HR record, what people said is withheld where they are few."""
    file = client.folder / "wave.csv"
    file.write_text(WAVE)

    assert client.load("wave", file, MAPPINGS / "staff_waves.toml").stored == 2

    client.score("retail", "enps", EMPLOYED, base=41)
    fields = "enps { status value base countedIn } turnoverRate { status base }"
    assert client.card("retail", fields, EMPLOYED) == {
        "enps": {"status": "OK", "value": -7.5, "base": 41, "countedIn": None},
        "turnoverRate": {"status": "OK", "base": 289},
    }
    horeca = client.card("horeca", fields, EMPLOYED)
    assert horeca["turnoverRate"] == {"status": "LOW_BASE", "base": 11}
    assert horeca["enps"] == {
        "status": "WITHHELD",
        "value": None,
        "base": None,
        "countedIn": "All industries",
    }
