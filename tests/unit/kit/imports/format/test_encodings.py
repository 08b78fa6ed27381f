"""Encodings are known by looking, or asked for with the words of the file."""

from pathlib import Path

import pytest

from services.kit.imports.format.records import FileUnreadable
from tests.unit.kit.imports.support.tables import read_file, rows

TEXT = "id,vārds\r\n1,Ģirts Āboliņš\r\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_every_form_of_unicode_is_known_by_looking(tmp_path: Path, encoding: str) -> None:
    file = read_file(tmp_path, TEXT.encode(encoding))

    assert (file.header, rows(file)) == (("id", "vārds"), [(2, ["1", "Ģirts Āboliņš"])])


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("windows-1257", 'as windows-1257 "Ģirts"'),
        ("windows-1251", 'as windows-1251 "Љубица"'),
        ("windows-1250", 'as windows-1250 "Žibertová"'),
        ("windows-1252", 'as windows-1252 "Æblegrød"'),
    ],
)
def test_the_word_is_shown_as_each_encoding_would_read_it(
    tmp_path: Path, encoding: str, words: str
) -> None:
    word = words.split('"')[1]
    with pytest.raises(FileUnreadable) as caught:
        read_file(tmp_path, f"id,who\n1,plain\n2,– {word}; x\n".encode(encoding))

    assert words in str(caught.value)
    assert str(caught.value).startswith("file, row 3: the byte 0x96")
    assert '[format] encoding = "windows-125' in str(caught.value)


def test_what_no_encoding_reads_as_letters_is_not_advised(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="is this a text file in utf-8"):
        read_file(tmp_path, b"id\n\x95\n")
