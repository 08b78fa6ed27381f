"""`cxm import --mapping ours`: the survey and the delimiter are read from the file, the mapping is the platform's."""

import io
from pathlib import Path
from uuid import uuid4

import httpx
import openpyxl
import polars as pl
import pytest

from infra.cli.importing.own_exports import is_ours, own_mapping
from infra.client.api import Api
from infra.client.problem import Problem

ROWS = "response,survey,version\n0b1c2d3e4f5061728394a5b6c7d8e9f0,service,1\n"


def platform(asked: list[dict[str, str]], status: int = 200) -> Api:
    """One that has a mapping for every survey, or none."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/exports/mapping"
        asked.append(dict(request.url.params))
        error = {"message": "no such survey", "extensions": {"code": "NOT_FOUND"}}
        if status != 200:
            return httpx.Response(status, json={"errors": [error]})
        return httpx.Response(200, content=b"[defaults]\n")

    return Api("http://cxm", "token", transport=httpx.MockTransport(answer))


def as_workbook() -> bytes:
    """One that no buffer holds as a whole."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (("response", "survey"), *((uuid4().hex, "service") for _ in range(3_000))):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def as_parquet() -> bytes:
    file = io.BytesIO()
    pl.DataFrame({"response": ["0b"], "survey": ["service"]}).write_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (ROWS.encode(), {"survey": "service"}),
        (
            b"\xef\xbb\xbf" + ROWS.replace(",", ";").encode(),
            {"survey": "service", "delimiter": ";"},
        ),
        (ROWS.replace(",", "\t").encode("utf-16"), {"survey": "service", "delimiter": "\t"}),
        (as_parquet(), {"survey": "service"}),
        (as_workbook(), {"survey": "service"}),
    ],
    ids=("CSV", "CSV with a mark", "UTF-16", "Parquet", "XLSX"),
)
def test_the_file_says_which_survey_and_how_it_is_written(
    tmp_path: Path, content: bytes, asked: dict[str, str]
) -> None:
    heard: list[dict[str, str]] = []
    path = tmp_path / "file"
    path.write_bytes(content)

    with platform(heard) as api, path.open("rb") as file:
        assert own_mapping(api, "responses", path, file) == "[defaults]\n"
        file.seek(0)
        assert file.read() == content  # as it is sent then

    assert heard == [asked]


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        ("id,score\n1,9\n", "responses", "is no export of responses"),
        (ROWS.splitlines()[0], "responses", "has no rows"),
        ("", "responses", "is empty"),
        (ROWS, "departments", "ours is for responses"),
    ],
)
def test_a_file_that_is_no_export_of_responses_is_refused_before_a_call(
    tmp_path: Path, content: str, kind: str, why: str
) -> None:
    heard: list[dict[str, str]] = []
    path = tmp_path / "file"
    path.write_text(content)

    with platform(heard) as api, path.open("rb") as file, pytest.raises(Problem, match=why):
        own_mapping(api, kind, path, file)

    assert heard == []


def test_a_platform_without_the_survey_is_told_of_with_what_helps(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(ROWS)

    with platform([], 404) as api, path.open("rb") as file, pytest.raises(Problem) as told:
        own_mapping(api, "responses", path, file)

    assert 'no mapping of survey "service"' in str(told.value)
    assert "no such survey" in str(told.value)
    assert "cxm export responses --mapping-out FILE" in str(told.value)


def test_a_file_of_that_name_is_meant_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert is_ours(Path("ours"))
    (tmp_path / "ours").write_text("")
    assert not is_ours(Path("ours"))
