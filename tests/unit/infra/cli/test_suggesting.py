"""`cxm import --suggest FILE`: a first mapping, without a platform and without a token."""

from pathlib import Path

import pytest

from infra.cli.importing.command import Kind, import_file
from infra.cli.importing.suggesting import suggested
from infra.client.problem import Problem


def test_a_mapping_is_printed_and_nothing_is_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "visit cards.csv"
    file.write_text("id,at,score\n1,2026-03-01,9\n")

    import_file(suggest=file, url="http://nowhere", token="")

    printed = capsys.readouterr().out
    assert 'survey = "visit-cards"' in printed
    assert 'kind = "NPS"' in printed


def test_the_kind_that_is_named_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,name\n1,North\n")

    assert "cxm import departments" in suggested(file, "departments")


def test_results_of_waves_are_known_by_their_titles(tmp_path: Path) -> None:
    file = tmp_path / "pulse.csv"
    file.write_text(
        "wave,name,opened_on,closed_on,department,item,n,value,low,high\n"
        'pulse-2023-03,"Pulse, March 2023",2023-03-06,2023-03-17,root,enps,212,11.5,,\n'
    )

    mapping = suggested(file, None)

    assert "cxm import wave FILE" in mapping
    assert 'item = "item"' in mapping
    assert "is missing" not in mapping


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot be read"), (b"", "is empty"), (b"%PDF-1.7", "is PDF")]
)
def test_a_file_that_is_no_table_is_named(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "a.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(Problem, match=words) as refused:
        suggested(file, None)

    assert "a.csv" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "file", "words"),
    [
        (None, None, "--suggest FILE"),
        (Kind.responses, None, "name what the rows are"),
        (Kind.responses, Path("a.csv"), "cxm import responses --suggest a.csv"),
    ],
)
def test_what_was_left_out_is_asked_for(kind: Kind | None, file: Path | None, words: str) -> None:
    with pytest.raises(Problem, match=words):
        import_file(kind, file)
