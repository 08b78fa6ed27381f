"""Files that name documents: two formats, and what is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.request.trusted import manifests
from gateway.request.trusted.manifests import MANIFEST_BYTES, Entry, read_manifests
from services.kit.errors import Invalid

QUERY = "query Root { organization { key } }"
OPERATION = {"id": "root", "name": "Root", "type": "query", "body": QUERY}


def apollo(*operations: Any, **more: Any) -> dict[str, Any]:
    head = {"format": "apollo-persisted-query-manifest", "version": 1}
    return {**head, "operations": list(operations), **more}


def written(folder: Path, content: Any, name: str = "app.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_relays_map_and_apollos_list_are_read(tmp_path: Path) -> None:
    relay = written(tmp_path, {"a1": QUERY}, "relay.json")
    listed = written(tmp_path, apollo(OPERATION), "apollo.json")

    assert read_manifests([relay, listed]) == [
        Entry("a1", QUERY, str(relay)),
        Entry("root", QUERY, str(listed), "Root", "query"),
    ]


def test_a_folder_is_all_its_manifests(tmp_path: Path) -> None:
    written(tmp_path, {"b": QUERY}, "b.json")
    written(tmp_path, {"a": QUERY}, "a.json")
    written(tmp_path, "no manifest", "notes.txt")

    assert [entry.id for entry in read_manifests([tmp_path])] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "no JSON"),
        ("[]", "is a JSON object"),
        ({"a": 1}, "document a: its text must be"),
        ({"a": ""}, "document a: its text must be"),
        ({"": QUERY}, "an id has 1 to 256"),
        ({"x" * 257: QUERY}, "an id has 1 to 256"),
        ({"a\n": QUERY}, "an id has 1 to 256"),
        (apollo(OPERATION, format="other"), "the format must be"),
        (apollo(OPERATION, version=2), "the format must be"),
        ({"operations": []}, "the format must be"),
        (apollo(operations=None), "`operations` must be a list"),
        (apollo("x"), "operation 0 is no object"),
        (apollo({**OPERATION, "type": "fragment"}), "operation 0: `name` must"),
        (apollo({**OPERATION, "name": 1}), "operation 0: `name` must"),
        (apollo({**OPERATION, "id": None}), "an id has 1 to 256"),
        (apollo({**OPERATION, "body": None}), "document root (Root): its text"),
    ],
)
def test_what_is_no_manifest_says_which_file_and_why(
    tmp_path: Path, content: Any, why: str
) -> None:
    path = written(tmp_path, content)

    with pytest.raises(Invalid) as refused:
        read_manifests([path])

    assert str(refused.value).startswith(f"{path}: ")
    assert why in str(refused.value)


def test_a_file_that_is_missing_or_too_large_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = written(tmp_path, " " * (MANIFEST_BYTES + 1))
    fitting = written(tmp_path, json.dumps({"a": QUERY}).ljust(MANIFEST_BYTES), "fitting.json")

    with pytest.raises(Invalid, match="cannot be read: No such file"):
        read_manifests([tmp_path / "none.json"])
    with pytest.raises(Invalid, match="larger than 2 MiB"):
        read_manifests([large])
    assert len(read_manifests([fitting])) == 1


def test_all_files_together_hold_no_more_than_there_is_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [written(tmp_path, {name: QUERY}, f"{name}.json") for name in "abc"]
    monkeypatch.setattr(manifests, "MOST_DOCUMENTS", 3)
    monkeypatch.setattr(manifests, "MOST_CHARACTERS", 3 * len(QUERY))
    assert len(read_manifests(paths)) == 3

    monkeypatch.setattr(manifests, "MOST_CHARACTERS", 3 * len(QUERY) - 1)
    with pytest.raises(Invalid, match="characters, of at most"):
        read_manifests(paths)
    monkeypatch.setattr(manifests, "MOST_DOCUMENTS", 2)
    with pytest.raises(Invalid, match="3 documents, of at most 2"):
        read_manifests(paths)
