"""Who announces and who hears every fact, read off the table of streams and what consumes them."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from services.kit.events import streams
from services.kit.events.permissions import ANNOUNCED, HEARD
from tests.contract.support.policy import NoPolicy

SERVICES = Path(streams.__file__).parents[2]
SUBJECTS: Mapping[str, str] = {
    name: value
    for name, value in vars(streams).items()
    if isinstance(value, str) and value.startswith("cxm.")
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A subject, the process that announces it, and the places where it is heard: processes, or durables of them."""

    subject: str
    announced_by: tuple[str, ...]
    heard_by: tuple[str, ...]


def facts(
    subjects: Mapping[str, str] = SUBJECTS,
    durables: Sequence[streams.Durable] = streams.DURABLES,
) -> list[Fact]:
    """Every subject; NoPolicy for one that nobody announces or nobody hears."""
    found = []
    for subject in subjects.values():
        owners = [
            name.lower()
            for name, kept in streams.STREAMS.items()
            if any(matches(each, subject) for each in kept)
        ]
        owners += [process for process, announced in ANNOUNCED.items() if subject in announced]
        hearing = [durable.name for durable in durables if hears(durable, subject)]
        hearing += [process for process, heard in HEARD.items() if subject in heard]
        if not owners or not hearing:
            raise NoPolicy(f"{subject}: announced by {owners}, heard by {hearing}")
        found.append(Fact(subject, tuple(owners), tuple(hearing)))
    return found


def hears(durable: streams.Durable, subject: str) -> bool:
    """Whether facts of a subject come to this place."""
    return any(matches(each, subject) for each in durable.subjects)


def matches(pattern: str, subject: str) -> bool:
    """As the broker understands it; `>` is at the end only."""
    return fnmatchcase(subject, pattern.replace(">", "*"))


def unheard_handlers(
    folder: Path = SERVICES, durables: Sequence[streams.Durable] = streams.DURABLES
) -> list[str]:
    """Handlers of subjects that no durable of their process hears: the broker would give them nothing."""
    problems = []
    for file in sorted(folder.rglob("*.py")):
        process = file.relative_to(folder).parts[0]
        for name in _handled(file):
            mine = [d for d in durables if process == "kit" or d.name.startswith(f"{process}-")]
            if not any(hears(durable, SUBJECTS.get(name, "")) for durable in mine):
                problems.append(f"{file.relative_to(folder)} handles {name}, which it cannot hear")
    return problems


def _handled(file: Path) -> Iterator[str]:
    """Names of the subjects in tables of handlers."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                match key, value:
                    case ast.Name(id=name), ast.Call(func=ast.Name(id="Handler")):
                        yield name
