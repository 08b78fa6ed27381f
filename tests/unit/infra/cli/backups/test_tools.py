"""Whose pg_dump makes a backup."""

from pathlib import Path

import pytest

from infra.cli.backups.databases import ToolFailed, run_tool

PLACE = "postgresql://reader@database.example/cxm_survey"


def put_tool(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pg_dump of the system, which writes down what it is called with."""
    said, tool = folder / "said", folder / "pg_dump"
    tool.write_text(f'#!/bin/sh\necho "$@" > {said}\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return said


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_where_tls_is_demanded_the_client_of_the_system_is_asked(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = put_tool(tmp_path, monkeypatch)

    run_tool("pg_dump", f"{PLACE}?sslmode={mode}", look=lambda: None)

    assert f"sslmode={mode}" in said.read_text()


def test_elsewhere_it_is_the_one_that_comes_with_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = put_tool(tmp_path, monkeypatch)

    with pytest.raises(ToolFailed, match="pg_dump failed"):
        run_tool("pg_dump", f"{PLACE}?host={tmp_path}", look=lambda: None)

    assert not said.exists()


def test_without_a_client_that_speaks_tls_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PGSSLMODE", "verify-full")

    with pytest.raises(ToolFailed, match="pg_dump with TLS is not there"):
        run_tool("pg_dump", PLACE, look=lambda: None)
