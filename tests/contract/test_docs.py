"""What documents name is there: files, links and their headings, tasks of make."""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from gateway.config import Settings as GatewaySettings
from services.employee_exp.config import Settings as EmployeeSettings
from services.kit.config import OWNER_DATABASE_URL, ProcessSettings
from services.metrics.config import Settings as MetricsSettings
from services.profile.config import Settings as ProfileSettings
from services.survey.config import Settings as SurveySettings

ROOT = Path(__file__).parents[2]
TOPS = ("gateway", "services", "infra", "proto", "tests", "docs")
DOCUMENTS = sorted(
    path.relative_to(ROOT)
    for path in (*ROOT.glob("*.md"), *(p for top in TOPS for p in (ROOT / top).rglob("*.md")))
    if "node_modules" not in path.parts and path.name != "CHANGELOG.md"
)
MADE = ("build/", "FILE.", "processes.json")  # what a command or a task writes, by how it begins
LINK = re.compile(r"\]\((?!https?:)([^)]+)\)")
FILE = re.compile(r"(?<![\w/.-])((?:gateway|services|infra|proto|tests|docs)/[\w/.-]*\w)")
QUOTED = re.compile(r"`([^`\n]+)`")
NAME = re.compile(r"[\w./-]*\w\.(?:py|proto|md|toml|graphql|json|sql|js|csv)")
TASK = re.compile(r"`make ([a-z-]+)")
SETTING = re.compile(r"CXM_[A-Z0-9_]*[A-Z0-9]\b(?!_)|(?<=`)[._]*_[A-Z][A-Z_]+(?=`)")
PROCESSES: tuple[type[ProcessSettings], ...] = (
    ProfileSettings,
    SurveySettings,
    MetricsSettings,
    EmployeeSettings,
    GatewaySettings,
)
OTHERS = {"CXM_URL", "CXM_TOKEN", "CXM_TEST_DATA"}  # of the command, and of tests
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@cache
def names_below(root: Path) -> set[str]:
    """Every way to name a file of the tree: its path from the root, and that without folders before it."""
    paths = [path.relative_to(root) for path in root.glob("*")]
    for top in TOPS:
        for folder, folders, files in os.walk(root / top):
            if "node_modules" in folders:
                folders.remove("node_modules")
            paths += [Path(folder).relative_to(root) / name for name in (*folders, *files)]
    return {"/".join(path.parts[start:]) for path in paths for start in range(len(path.parts))}


def anchors(document: Path) -> set[str]:
    """What a link may name of a document: its headings, as GitHub makes anchors of them."""
    headings = HEADING.findall(document.read_text())
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(document: Path) -> list[str]:
    """Links to a file, or to a heading of one, that is not there."""
    broken = []
    for link in LINK.findall(document.read_text()):
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    return broken


def missing_files(document: Path, root: Path) -> list[str]:
    """Paths from the root, and quoted names of files, that are not there; a name may leave out folders before it."""
    text, files = document.read_text(), names_below(root)
    missing = {name for name in FILE.findall(text) if not (root / name).exists()}
    names = {name.lstrip("/") for quoted in QUOTED.findall(text) for name in NAME.findall(quoted)}
    for name in names:
        is_there = name in files or (document.parent / name).exists()
        if not is_there and not name.startswith(MADE):
            missing.add(name)
    return sorted(missing)


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_what_a_document_names_is_there(document: Path) -> None:
    path = ROOT / document
    tasks = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert broken_links(path) == []
    assert missing_files(path, ROOT) == []
    assert set(TASK.findall(path.read_text())) <= tasks


def test_what_is_not_there_is_found(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "here.md").write_text("# A heading\n")
    document = tmp_path / "README.md"
    document.write_text(
        "[one](docs/here.md#a-heading) [two](docs/here.md#another) [three](docs/gone.md)\n"
        "`here.md` `docs/gone.py` `gone.py` docs/gone/too\n"
    )

    assert broken_links(document) == ["docs/here.md#another", "docs/gone.md"]
    assert missing_files(document, tmp_path) == [
        "docs/gone.md",
        "docs/gone.py",
        "docs/gone/too",
        "gone.py",
    ]


def settings() -> set[str]:
    """Every variable that a process, a migration, the command or a test reads."""
    return OTHERS | {
        process.model_config.get("env_prefix", "") + name.upper()
        for process in PROCESSES
        for name in (*process.model_fields, OWNER_DATABASE_URL)
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_settings_are_named_whole(document: Path) -> None:
    named = set(SETTING.findall((ROOT / document).read_text()))

    assert named <= settings()


def test_a_part_of_a_name_is_found() -> None:
    text = "`CXM_GATEWAY_PORT`, `_HOST`, `..._RATE`, `CXM_SURVEY_*` and CXM_GATEWAY_PROT"

    found = set(SETTING.findall(text)) - settings()

    assert found == {"_HOST", "..._RATE", "CXM_GATEWAY_PROT"}
