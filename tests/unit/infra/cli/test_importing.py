"""`cxm import`: uploads, sends again what was lost, and reports what became of every row."""

import csv
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.cli.importing.running import Options, run
from infra.client import api
from infra.client.problem import Problem
from tests.unit.infra.support.fake_platform import TOKEN, FakePlatform, Trouble, failed, lost

CREATED = {"survey": None, "departments": {"count": 0, "names": []}}


def progress(rows: int, stored: int, already: int = 0, refused: int = 0) -> dict[str, Any]:
    counts = {"rows": rows, "stored": stored, "alreadyStored": already, "refused": refused}
    return {"progress": counts}


def done(rows: int, stored: int, already: int = 0, refused: int = 0) -> dict[str, Any]:
    counts = progress(rows, stored, already, refused)["progress"]
    return {"done": counts | {"created": CREATED}}


def bad(row: int) -> dict[str, Any]:
    return {"refused": {"row": row, "column": None, "reason": "WHY", "message": "so, and so"}}


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a hundredth of the time between attempts."""
    monkeypatch.setattr(api, "FIRST_DELAY_SECONDS", 0.001)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    (tmp_path / "mapping.toml").write_text('[columns]\nname = "a"\n')
    mapping = tmp_path / "mapping.toml"
    url = "http://platform"
    return Options("touchpoints", tmp_path / "rows.csv", mapping, False, None, url, TOKEN)


def load(options: Options, platform: FakePlatform, **changes: Any) -> tuple[int, int, int]:
    tally = run(Options(**(_fields(options) | {"transport": platform} | changes)))
    return tally.stored, tally.already, tally.refused


def _fields(options: Options) -> dict[str, Any]:
    return {name: getattr(options, name) for name in Options.__slots__}


def report(options: Options) -> list[list[str]]:
    return list(csv.reader(options.report.open(newline="")))


def test_a_file_is_uploaded_whole_and_summed_up(
    options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    platform = FakePlatform([progress(3, 0), bad(3), progress(3, 1, 0, 1), done(3, 1, 1, 1)])

    assert load(options, platform) == (1, 1, 1)
    assert report(options) == [
        ["row", "column", "reason", "message"],
        ["3", "", "WHY", "so, and so"],
    ]
    assert platform.urls == ["http://platform/imports/touchpoints?name=rows.csv&dryRun=false"]
    assert platform.bodies[0].index(b'name = "a"') < platform.bodies[0].index(b"a,b\n1,2\n")
    assert "stored 1, already stored 1, refused 1" in capsys.readouterr().out


def test_rows_left_out_and_remarks_are_summed_up(
    options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    remark = {"reason": "CONTROL_CHARACTERS", "count": 7, "message": "control characters dropped"}
    last = done(3, 1)
    last["done"] |= {"leftOut": 2, "remarks": [remark]}

    load(options, FakePlatform([last]))

    said = capsys.readouterr().out
    assert "stored 1, already stored 0, refused 0, left out 2" in said
    assert "note: 7 control characters dropped" in said


def test_what_a_file_replaces_is_listed(
    options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    first = {"id": "w1", "before": ["b, from 2020-01-01"], "after": ["b, from 2019-12-01"]}
    more = [{"id": f"w{i}", "before": ["b, from 2020-01-01"], "after": []} for i in range(2, 24)]
    told = [{"difference": each} for each in (first, *more)]
    platform = FakePlatform([*told, done(3, 1)])

    load(options, platform, replace=True, dry_run=True)

    said = capsys.readouterr().out
    listed = "would change\n  w1\n    - b, from 2020-01-01\n    + b, from 2019-12-01\n  w2\n"
    assert listed in said
    assert "  and 3 more\n" in said
    assert "w21" not in said
    assert platform.urls[0].endswith("dryRun=true&replace=true")


def test_a_report_that_was_not_asked_for_exists_only_when_needed(options: Options) -> None:
    load(options, FakePlatform([bad(2), done(1, 0, 0, 1)]))
    assert options.report.exists()
    load(options, FakePlatform([done(1, 1)]))
    assert not options.report.exists()

    asked = options.file.with_name("asked.csv")
    load(options, FakePlatform([done(1, 1)]), errors=asked)
    assert asked.read_text().splitlines() == ["row,column,reason,message"]


@pytest.mark.parametrize(
    "trouble",
    [
        lost,
        lambda: httpx.Response(503, text="later"),
        lambda: httpx.Response(503, content=failed("UNAVAILABLE").content),
    ],
)
def test_what_passes_is_waited_out(options: Options, trouble: Trouble) -> None:
    platform = FakePlatform([done(2, 2)])
    platform.troubles.extend([trouble] * 5)

    assert load(options, platform) == (2, 0, 0)
    assert len(set(map(len, platform.bodies))) == 1, "every attempt sends the whole file"


def test_who_waits_for_a_place_is_told_so(
    options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "2 imports of yours are under way: try again when one of them is done"
    entry = {"message": words, "extensions": {"code": "RATE_LIMITED", "reason": "IMPORTS_BUSY"}}
    platform = FakePlatform([done(2, 2)])
    platform.troubles.append(lambda: httpx.Response(429, json={"errors": [entry]}))

    assert load(options, platform) == (2, 0, 0)
    assert f"is busy ({words}); trying again" in capsys.readouterr().err


def test_a_disk_that_is_full_is_told_once_and_waited_for(
    options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    """An upload that begins anew and comes no further has made no progress."""
    full = {"error": {"message": "the disk is full", "extensions": {"code": "UNAVAILABLE"}}}
    attempts = [[progress(2, 0), progress(2, 1), full]] * 3
    platform = FakePlatform(*attempts, [done(2, 1, 1)])

    assert load(options, platform) == (2, 0, 0)
    assert capsys.readouterr().err.count("(the disk is full); trying again") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_the_report_is_run_by_a_spreadsheet(options: Options, start: str) -> None:
    """Headers and cells come from the file; the positive control is what stands elsewhere in a cell."""
    outside = f"{start}HYPERLINK(1)"
    row = {"row": 2, "column": outside, "reason": outside, "message": outside}

    load(options, FakePlatform([{"refused": row}, done(1, 0, 0, 1)]))
    assert report(options)[1] == ["2", *[f"'{outside}"] * 3]

    load(options, FakePlatform([{"refused": row | {"message": f'"{outside}"'}}, done(1, 0, 0, 1)]))
    assert report(options)[1][3] == f'"{outside}"'

    # Who reads the report by semicolons finds cells elsewhere.
    load(options, FakePlatform([{"refused": row | {"message": f"a; {outside}"}}, done(1, 0, 0, 1)]))
    guarded = f"a; '{outside}" if start.isprintable() else f"a; {outside}"
    assert report(options)[1][3] == guarded


def test_what_a_lost_attempt_stored_counts_as_stored_and_its_report_begins_anew(
    options: Options,
) -> None:
    away = {"error": {"message": "away", "extensions": {"code": "UNAVAILABLE"}}}
    platform = FakePlatform(
        [progress(5, 0), bad(2), progress(5, 2, 0, 1)],
        [progress(5, 0), bad(2), progress(5, 0, 2, 1), away],
        [bad(2), done(5, 1, 3, 1)],
    )

    assert load(options, platform) == (3, 1, 1)
    assert len(report(options)) == 2


def test_a_dry_run_that_begins_anew_counts_anew(options: Options) -> None:
    platform = FakePlatform([progress(5, 0), progress(5, 2, 1, 0)], [done(5, 3, 2)])

    assert load(options, platform, dry_run=True) == (3, 2, 0)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ({"code": "BAD_USER_INPUT", "reason": "MAPPING_INVALID"}, r"mapping\.toml: what"),
        ({"code": "BAD_USER_INPUT", "reason": "FILE_UNREADABLE"}, "^what$"),
        ({"code": "FORBIDDEN"}, "the token's role may not do this: what"),
        ({"code": "UNAUTHENTICATED"}, "the token is not valid or has expired"),
    ],
)
def test_what_does_not_pass_is_one_sentence(
    options: Options, error: dict[str, str], message: str
) -> None:
    refusal = {"message": "what", "extensions": error}
    platform = FakePlatform([progress(3, 0), {"error": refusal}])

    with pytest.raises(Problem, match=message):
        load(options, platform)

    platform.troubles.append(lambda: httpx.Response(400, json={"errors": [refusal]}))
    with pytest.raises(Problem, match=message):
        load(options, platform)


def test_a_cut_import_tells_how_far_it_came(options: Options) -> None:
    no_more = {"error": {"message": "no more", "extensions": {"code": "FORBIDDEN"}}}

    with pytest.raises(Problem, match=r"may not do this: no more; 4 rows are stored, and the same"):
        load(options, FakePlatform([progress(9, 3, 1), no_more]))


@pytest.mark.parametrize("answer", [b"<html>\n", b"1\n"])
def test_another_server_is_not_understood(options: Options, answer: bytes) -> None:
    with pytest.raises(Problem, match="platform does not answer as cxm does"):
        load(options, FakePlatform([answer]))


def test_what_is_wrong_here_is_not_sent(options: Options, tmp_path: Path) -> None:
    platform = FakePlatform()
    large = tmp_path / "large.toml"
    large.write_text("#" * 70_000)

    for changes, message in (
        ({"file": tmp_path / "none.csv"}, r"none\.csv cannot be read: No such file"),
        ({"file": tmp_path}, "cannot be read: Is a directory"),
        ({"mapping": tmp_path / "none.toml"}, "the mapping cannot be read: No such file"),
        ({"mapping": large}, "the mapping is larger than 16 KiB"),
        ({"token": ""}, "no token: give --token"),
        ({"url": "platform"}, "is no address"),
        ({"errors": tmp_path / "none" / "e.csv"}, "cannot take a report of refused rows"),
    ):
        with pytest.raises(Problem, match=message):
            load(options, platform, **changes)
    assert platform.bodies == []
