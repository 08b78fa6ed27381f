"""A suggested mapping is one that the import takes: files that nobody prepared come in without a refused row."""

import time
import tomllib
from pathlib import Path

import pytest

from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.mapping import read_mapping
from services.kit.imports.sections import MappingInvalid
from services.kit.imports.suggesting.suggestion import KINDS as SUGGESTED
from services.kit.imports.suggesting.suggestion import suggest
from services.kit.imports.suggesting.words import FIELDS
from tests.contract.support.found_files import Found
from tests.contract.support.made_files import made
from tests.contract.support.mapping_examples import KINDS, Example, outcome
from tests.contract.support.prepared_by_nobody import FILES as PREPARED
from tests.contract.support.staff_files import STAFF_FILES
from tests.contract.support.walked_files import WALKED
from tests.support.processor import allowed

FILES = (*PREPARED, *WALKED, *STAFF_FILES)


async def suggested(found: Found, tmp_path: Path, kind: str | None = None) -> str:
    name, data = made(found.text, found.words)
    path = tmp_path / name
    path.write_bytes(data)
    with path.open("rb") as file:
        return await suggest(file, name, kind)


@pytest.mark.parametrize("found", FILES, ids=lambda found: found.name)
async def test_a_file_that_nobody_prepared_comes_in(found: Found, tmp_path: Path) -> None:
    text = await suggested(found, tmp_path)

    assert [
        line for line in found.lines if line not in text and line not in text.replace("\n# ", " ")
    ] == [], text
    assert f"cxm import {found.kind} " in text
    wanted = text  # as a person would settle it
    for line in ("departments = true", "observed_on = 2026-01-31"):
        wanted = wanted.replace(f"# {line}", line)
    rows = await outcome(Example(found.kind, wanted, found.words, found.text, []))
    told = ("row", "created", "joined", "note")
    assert [row for row in rows if "refused" in row or not row.startswith(told)] == []
    assert len([row for row in rows if row.startswith("row")]) == found.rows


@pytest.mark.parametrize("kind", SUGGESTED)
@pytest.mark.parametrize("found", FILES, ids=lambda found: found.name)
async def test_whatever_is_suggested_is_toml_and_has_only_keys_that_there_are(
    found: Found, kind: str, tmp_path: Path
) -> None:
    """Also where the rows are said to be what they are not: then something needed is missing, and nothing else."""
    text = await suggested(found, tmp_path, kind)

    tomllib.loads(text)
    why = flaw(text, kind)
    assert not why or ("missing" in why and "# ? " in text)


def flaw(text: str, kind: str) -> str:
    try:
        read_mapping(text, KINDS[kind])
    except MappingInvalid as error:
        return str(error)
    return ""


def test_fields_that_are_suggested_are_fields_of_the_kind() -> None:
    assert set(FIELDS) == set(KINDS)
    unknown = {kind: set(FIELDS[kind]) - set(KINDS[kind].columns) for kind in FIELDS}
    assert unknown == {kind: set() for kind in FIELDS}


@pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04no", b"%PDF-1.7 no table"])
async def test_what_is_no_table_is_said_to_be_none(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with path.open("rb") as file, pytest.raises(FileUnreadable):
        await suggest(file, "file", None)


async def test_a_file_with_many_columns_and_long_titles_gets_a_mapping_that_is_taken(
    tmp_path: Path,
) -> None:
    titles = [f"Question {n}: " + "how did you find what we did for you, " * 8 for n in range(300)]
    rows = [",".join(str((row + n) % 10) for n in range(300)) for row in range(30)]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join([",".join(f'"{title}"' for title in titles), *rows]))
    with path.open("rb") as file:
        text = await suggest(file, "wide.csv")

    assert flaw(text, "responses") == ""
    assert "columns more" in text


@pytest.mark.parametrize("length", [1_000, 100_000])
@pytest.mark.parametrize("piece", ["a[b] ", "a [", "a[", "a: ", "a -", "a_", "Ab"])
async def test_a_title_as_long_as_can_be_costs_no_time(
    piece: str, length: int, tmp_path: Path
) -> None:
    """Of many pieces, or of one and blanks. A thread does not help the others: the search for a pattern holds it."""
    room = length - len(piece) - 2
    titles = [(piece * length)[:room] + "/c", piece + " " * room + "/c"]
    path = tmp_path / "long.csv"
    path.write_text(f"id,{','.join(titles)},b\n" + "".join(f"{n},1,1,9\n" for n in range(9)))
    begun = time.thread_time()
    with path.open("rb") as file:
        text = await suggest(file, "long.csv")

    assert time.thread_time() - begun < allowed(1)
    assert "answers" in text


@pytest.mark.parametrize(
    ("title", "cells", "values"),
    [
        ("again", ("1.0", "0.0", "1.0"), {"1.0": "yes", "0.0": "no"}),
        ("again", ("-0", "1", "1"), {"-0": "no", "1": "yes"}),
        ("again", ("\uff11", "\uff10", "0"), {"\uff11": "yes", "\uff10": "no", "0": "no"}),
        ("again", ("01", "00", "01"), {"01": "yes", "00": "no"}),
    ],
)
async def test_zero_and_one_are_no_and_yes_however_they_are_written(
    title: str, cells: tuple[str, ...], values: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "flags.csv"
    path.write_text(f"date,{title}\n" + "".join(f"2026-03-01,{cell}\n" for cell in cells))
    with path.open("rb") as file:
        text = await suggest(file, "flags.csv", "responses")

    assert tomllib.loads(text)["answers"]["again"]["values"] == values


async def test_thin_blanks_between_thousands_are_no_share(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(
        "date,n,sum\n" + "".join(f"2026-03-0{n},{n}7,1\u202f23{n}.5\n" for n in (1, 3, 2))
    )
    with path.open("rb") as file:
        text = await suggest(file, "counts.csv", "responses")

    assert "share" not in tomllib.loads(text).get("answers", {}).get("sum", {})


async def test_titles_cannot_write_into_the_mapping(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b'id,"x""]\n[format]\nmissing = 1\n#",\x7f"\n1,9,2\n')
    with path.open("rb") as file:
        text = await suggest(file, "a\n[create]\ndepartments = true.csv", "responses")

    assert tomllib.loads(text).keys() <= {"defaults", "columns", "answers", "create"}
    assert tomllib.loads(text)["create"] == {"survey": True}


@pytest.mark.parametrize(
    "total", ["Total;;17;28;", "Вкупно;;12;28;", "Kopā;;17;28;\nVidēji;;8,5;4,5;"]
)
async def test_a_total_under_the_table_says_nothing_of_its_columns(
    total: str, tmp_path: Path
) -> None:
    """Else a score out of 10 became one out of 100."""
    rows = "o1;2026-03-01;9;5;quick\no2;2026-03-02;8;4;\no3;2026-03-04;10;4;slow parcel\n"
    path = tmp_path / "shop.csv"
    suggestions = []
    for text in (rows, rows + total + "\n"):
        path.write_text(
            "Order;Date;Would you recommend us (0-10)?;How satisfied (1-5)?;Words\n" + text
        )
        with path.open("rb") as file:
            suggestions.append(await suggest(file, "shop.csv", "responses"))

    without, with_total = suggestions
    assert 'kind = "NPS"' in without
    assert 'kind = "CSAT"' in without
    assert with_total == without


@pytest.mark.parametrize(
    ("strays", "is_mapped"),
    [(("31.02.2026",), True), (("31.02.2026", "soon"), True), (("soon",) * 10, False)],
)
async def test_days_are_known_though_some_cells_are_none(
    strays: tuple[str, ...], is_mapped: bool, tmp_path: Path
) -> None:
    """With the doubt. The control is a column in which every fourth cell is none."""
    days = [f"{n % 28 + 1:02}.03.2026" for n in range(40 - len(strays))]
    rows = [f"{n};{day};{n % 11}" for n, day in enumerate([*days[:5], *strays, *days[5:]])]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(["id;Datums;score", *rows]) + "\n")
    with path.open("rb") as file:
        text = await suggest(file, "answers.csv", "responses")

    found = tomllib.loads(text)
    told = " ".join(line.removeprefix("# ") for line in text.splitlines())
    assert (found["columns"].get("occurred_at") == "Datums") is is_mapped
    assert (found.get("format", {}).get("dates") == ["%d.%m.%Y"]) is is_mapped
    assert (f'"{strays[0]}" is no such day' in told) is is_mapped


@pytest.mark.parametrize(
    "title", ["Left", "Leave date", "Date of leaving", "Atlaists", "Aiziešanas datums"]
)
async def test_a_day_of_leaving_is_known_by_more_titles(title: str, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(
        f"Employee No,Department,Hire date,{title}\n1,Care,2024-01-01,\n2,Care,2024-01-01,2025-03-01\n"
    )
    with path.open("rb") as file:
        text = await suggest(file, "staff.csv")

    assert f'left_on = "{title}"' in text
    assert "no column says who left" not in text


SCALES = (
    "Extremely satisfied|Somewhat satisfied|Neither satisfied nor dissatisfied|Somewhat dissatisfied",
    "Excellent|Good|Fair|Poor|Very poor",
    "Ļoti apmierināts|Drīzāk apmierināts|Grūti pateikt|Drīzāk neapmierināts|Ļoti neapmierināts",
    "Pilnīgi piekrītu|Piekrītu|Neitrāli|Nepiekrītu|Pilnīgi nepiekrītu",
    "Labai patenkintas|Patenkintas|Nei patenkintas, nei nepatenkintas|Nepatenkintas",
    "Zelo zadovoljen|Zadovoljen|Niti zadovoljen niti nezadovoljen|Nezadovoljen",
    "Многу задоволен|Задоволен|Неутрално|Незадоволен|Многу незадоволен",
)


async def suggested_words(words: str, tmp_path: Path) -> str:
    cells = words.split("|")
    rows = [f'2026-03-{n + 1:02},A,"{cells[n % len(cells)]}"\n' for n in range(20)]
    path = tmp_path / "words.csv"
    path.write_text("date,Department,How was it\n" + "".join(rows))
    with path.open("rb") as file:
        return await suggest(file, "words.csv")


@pytest.mark.parametrize("words", SCALES)
async def test_words_of_usual_scales_are_scores(words: str, tmp_path: Path) -> None:
    text = await suggested_words(words, tmp_path)

    assert 'kind = "CSAT"' in text
    assert f'"{words.split("|")[0]}" = 5' in text


@pytest.mark.parametrize(
    "words", ["Very easy|Easy|Difficult|Very difficult", "Sehr zufrieden|Zufrieden|Teils/teils"]
)
async def test_words_that_look_like_a_scale_are_doubted_and_others_are_not(
    words: str, tmp_path: Path
) -> None:
    assert "look like a scale" in await suggested_words(words, tmp_path)
    assert "look like a scale" not in await suggested_words("Phone|Shop|Every week", tmp_path)
