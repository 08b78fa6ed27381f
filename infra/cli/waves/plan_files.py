"""Plans of waves in TOML files: all that is wrong with one at once, by its place in the file."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from infra.client.api import Json
from infra.client.problem import Problem
from services.kit.clock import instant_text
from services.kit.errors import printable

LARGEST_PLAN: Final = 1024**2
STANDARD: Final = "standard"
ONE_OR_OTHER: Final = (
    'it is one or the other: questions = "standard", or parts [[questions]] of your own'
)
LARGEST_NUMBER: Final = 2**31 - 1
"""Of the API."""
KINDS: Final = ("census", "pulse")
QUESTION_KINDS: Final = ("enps", "agreement", "burnout", "sensitive", "text")
MEANT: Final = {
    "audience": "departments",
    "department": "departments",
    "cuts": "dimensions",
    "attributes": "dimensions",
    "demographics": "dimensions",
    "threshold": "k",
    "starts_at": "opens_at",
    "ends_at": "closes_at",
    "id": "key",
    "title": "name",
    "type": "kind",
    "question": "text",
    "label": "text",
    "translations": "texts",
}
"""What people write, where its letters are not near to the name that is meant."""


@dataclass(slots=True)
class PlanReading:
    """What is wrong with a plan, as far as it was read: each with its place in the file."""

    plan: Json
    problems: list[str] = field(default_factory=list)

    def refuse(self, path: Sequence[str], message: str) -> None:
        """Note what is wrong, and read on."""
        place = place_in(self.plan, path)
        self.problems.append(f"{place}: {message}" if place else message)


Read = Callable[[PlanReading, Sequence[str], Any], Any]
"""A value of a plan as the API takes it; what is wrong with it is noted in the reading."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that may stand in a plan. `needed`: how to write it where it has to be there."""

    read: Read
    needed: str = ""


def read_plan(file: Path) -> Json:
    """A plan as the API takes it; its questions are "standard" where it asks those. Problem, with all that is wrong."""
    plan = _parse(file)
    reading = PlanReading(plan)
    draft: Json = _read_table(reading, [], plan, PLAN)
    if reading.problems:
        count = len(reading.problems)
        head = f"{file} has {count} problems" if count > 1 else f"{file} has a problem"
        raise Problem("\n  ".join([f"{head}:", *map(printable, reading.problems)]))
    return {"kind": "PULSE"} | draft


def place_in(plan: Mapping[str, Any], path: Iterable[str]) -> str:
    """A path of the API or of a plan as a person finds it in the file: `questions, number 2 (tools), text`."""
    words: list[str] = []
    at: Any = plan
    for part in path:
        name = re.sub("([A-Z])", lambda sign: f"_{sign[1].lower()}", part)
        if part.isdecimal() and isinstance(at, list) and int(part) < len(at):
            at = at[int(part)]
            words.append(f"number {int(part) + 1}{_called(at)}")
        else:
            at = at.get(name) if isinstance(at, dict) else None
            words.append(name)
    return ", ".join(words)


def _called(item: Any) -> str:
    """What somebody knows an item by, if anything."""
    if isinstance(item, dict):
        item = item.get("key") or item.get("language")
    return f" ({item})" if isinstance(item, str) else ""


def _parse(file: Path) -> Json:
    try:
        if file.stat().st_size > LARGEST_PLAN:
            raise Problem(f"{file} is too large for a plan: at most {LARGEST_PLAN // 1024} KiB")
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        if _has_questions_twice(file.read_text(encoding="utf-8")):
            raise Problem(f"{file} has a problem:\n  questions: {ONE_OR_OTHER}") from error
        raise Problem(f"{file} is no TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise Problem(f"{file} is no TOML: {error}") from error


def _has_questions_twice(text: str) -> bool:
    """Whether both ways to name them are there: TOML refuses that without a word about questions."""
    return all(
        re.search(way, text, re.MULTILINE)
        for way in (r"^\s*questions\s*=", r"^\s*\[\[questions\]\]")
    )


def _read_table(
    reading: PlanReading, path: Sequence[str], given: Any, entries: Mapping[str, Entry]
) -> Any:
    if not isinstance(given, dict):
        reading.refuse(path, f"write a table with {', '.join(entries)}")
        return None
    found = {}
    for name, value in given.items():
        if name in entries:
            found[_wire_name(name)] = entries[name].read(reading, [*path, name], value)
        else:
            reading.refuse([*path, name], _unknown(name, entries))
    for name, entry in entries.items():
        if entry.needed and name not in given:
            reading.refuse([*path, name], f"this is missing; write {entry.needed}")
    return found


def _unknown(name: str, known: Mapping[str, Entry]) -> str:
    if name == "questions":
        return ONE_OR_OTHER
    if name in PLAN:
        return "this is of the whole wave: write it above the first [[questions]]"
    meant = MEANT.get(name.lower(), "")
    near = [meant] if meant in known else get_close_matches(name.lower(), known, 1)
    if near:
        return f"there is no such name here; do you mean {near[0]}?"
    return f"there is no such name here, but {', '.join(known)}"


def _wire_name(name: str) -> str:
    return re.sub("_(.)", lambda sign: sign[1].upper(), name)


def _read_text(reading: PlanReading, path: Sequence[str], given: Any) -> Any:
    if not isinstance(given, str):
        reading.refuse(path, 'write text in quotes: "..."')
    return given


def _read_number(reading: PlanReading, path: Sequence[str], given: Any) -> Any:
    if type(given) is not int or abs(given) > LARGEST_NUMBER:
        reading.refuse(path, "write a whole number, without quotes")
    return given


def _read_instant(reading: PlanReading, path: Sequence[str], given: Any) -> Any:
    """TOML has instants of its own; one without an offset would be anybody's guess."""
    at = given
    if isinstance(given, str):
        try:
            at = datetime.fromisoformat(given)
        except ValueError:
            at = None
    if isinstance(at, datetime) and at.tzinfo is not None:
        return instant_text(at)
    example = at.isoformat() if isinstance(at, date) else "2027-03-01"
    example = example if "T" in example else f"{example}T08:00:00"
    reading.refuse(
        path,
        f"this is no time with an offset from UTC; write {path[-1]} = {example}+02:00, or {example}Z for UTC",
    )
    return None


def _list_of(read: Read, example: str) -> Read:
    def read_list(reading: PlanReading, path: Sequence[str], given: Any) -> Any:
        if not isinstance(given, list):
            reading.refuse(path, f"write a list, e.g. {path[-1]} = {example}")
            return None
        return [read(reading, [*path, str(place)], each) for place, each in enumerate(given)]

    return read_list


def _one_of(kinds: Sequence[str]) -> Read:
    def read_kind(reading: PlanReading, path: Sequence[str], given: Any) -> Any:
        if isinstance(given, str) and given.lower() in kinds:
            return given.upper()
        near = get_close_matches(str(given).lower(), kinds, 1)
        asked = f"; do you mean {near[0]}?" if near else ""
        reading.refuse(path, f'"{given}" is none of {", ".join(kinds)}{asked}')
        return None

    return read_kind


def _table_of(entries: Mapping[str, Entry]) -> Read:
    return lambda reading, path, given: _read_table(reading, path, given, entries)


def _read_questions(reading: PlanReading, path: Sequence[str], given: Any) -> Any:
    return given if given == STANDARD else _read_own_questions(reading, path, given)


_read_names: Final = _list_of(_read_text, '["..."]')


def _read_departments(reading: PlanReading, path: Sequence[str], given: Any) -> Any:
    if given == []:
        reading.refuse(path, "this names nobody; leave the line out to ask everybody")
        return None
    return _read_names(reading, path, given)


TEXTS: Final = {
    "language": Entry(_read_text, 'language = "lv"'),
    "text": Entry(_read_text, 'text = "..."'),
}
_read_texts: Final = _list_of(_table_of(TEXTS), '[{language = "lv", text = "..."}]')
QUESTION: Final = {
    "key": Entry(_read_text, 'key = "tools"'),
    "kind": Entry(_one_of(QUESTION_KINDS), 'kind = "agreement"'),
    "text": Entry(_read_text, 'text = "I have the tools I need."'),
    "texts": Entry(_read_texts),
}
_read_own_questions: Final = _list_of(
    _table_of(QUESTION), '"standard", or a part [[questions]] for each'
)
PLAN: Final = {
    "key": Entry(_read_text, 'key = "spring-2027"'),
    "kind": Entry(_one_of(KINDS)),
    "name": Entry(_read_text, 'name = "Spring pulse"'),
    "names": Entry(_read_texts),
    "language": Entry(_read_text, 'language = "en"'),
    "languages": Entry(_list_of(_read_text, '["en", "lv"]')),
    "questions": Entry(_read_questions, 'questions = "standard", or a part [[questions]] for each'),
    "departments": Entry(_read_departments),
    "k": Entry(_read_number),
    "dimensions": Entry(_read_names),
    "opens_at": Entry(_read_instant),
    "closes_at": Entry(_read_instant),
    "reminders": Entry(_list_of(_read_number, "[7]")),
    "repeat_months": Entry(_read_number),
}
"""What a plan has, as it is written in a file."""
