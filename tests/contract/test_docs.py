"""What READMEs name is there: files, links and tasks of make."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = sorted(
    path.relative_to(ROOT)
    for path in (*ROOT.glob("*.md"), *ROOT.glob("[a-z]*/**/README.md"))
    if "node_modules" not in path.parts and path.name != "CHANGELOG.md"
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
FILE = re.compile(r"(?<![\w/.-])((?:gateway|services|infra|proto|tests|docs)/[\w/.-]*\w)")
TASK = re.compile(r"`make ([a-z-]+)")


@pytest.mark.parametrize("readme", READMES, ids=str)
def test_what_a_readme_names_is_there(readme: Path) -> None:
    text = (ROOT / readme).read_text()
    links = {ROOT / readme.parent / target for target in LINK.findall(text)}
    files = {ROOT / name for name in FILE.findall(text)}
    missing = [str(path.relative_to(ROOT)) for path in links | files if not path.exists()]
    tasks = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert missing == []
    assert set(TASK.findall(text)) <= tasks
