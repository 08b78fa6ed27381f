"""What employees are asked, when, and who of them; a draft, then open, closed and released, and never back."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum, auto
from typing import Final

from services.kit.errors import Conflict, NotFound

SMALLEST_K: Final = 5
LARGEST_K: Final = 100
SMALLEST_SHARED: Final = 10
"""People in a group that sees answers to a single question, or comments; more where k is."""
LANGUAGES: Final = ("en", "lv", "lt", "sl", "mk")
"""The respondent's page and our mails speak these."""
STEP: Final = 10
"""Links spent are told in steps of so many while a wave is open."""
FEWEST_SENT: Final = 100
"""And only where so many links were sent."""

Texts = tuple[tuple[str, str], ...]
"""The same in other languages: (tag, text), by tag."""


class WaveState(StrEnum):
    """Whether a wave takes answers."""

    DRAFT = auto()
    OPEN = auto()
    CLOSED = auto()
    RELEASED = auto()


class WaveKind(IntEnum):
    """Who is asked; names and numbers of the contract."""

    CENSUS = 1
    PULSE = 2


class WaveQuestionKind(IntEnum):
    """What employees can be asked; names and numbers of the contract. Whoever reads kinds reads them here."""

    ENPS = 1
    AGREEMENT = 2
    BURNOUT = 3
    SENSITIVE = 4
    TEXT = 5


SCORES: Final = {
    WaveQuestionKind.ENPS: range(0, 11),
    WaveQuestionKind.AGREEMENT: range(1, 6),
    WaveQuestionKind.BURNOUT: range(1, 6),
    WaveQuestionKind.SENSITIVE: range(0, 2),
    WaveQuestionKind.TEXT: range(0),
}
"""The scores that a question of a kind takes."""
LONGEST_VERBATIM: Final = 1_000
"""Characters of an answer to a TEXT question."""


@dataclass(frozen=True, slots=True)
class WaveQuestion:
    """One question; `kind` is a WaveQuestionKind once it was checked. `texts`: in the other languages."""

    key: str
    kind: int
    text: str
    texts: Texts = ()


@dataclass(frozen=True, slots=True)
class WaveDraft:
    """What an analyst plans. `departments`: keys, with all under them; none: the whole organisation."""

    kind: int
    language: str
    languages: tuple[str, ...]
    name: str
    questions: tuple[WaveQuestion, ...]
    k: int
    names: Texts = ()
    departments: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    """Attributes of employees by which results may be cut, one at a time."""
    opens_at: datetime | None = None
    """None: by hand."""
    closes_at: datetime | None = None
    reminders: tuple[int, ...] = ()
    """Days after opening, ascending."""
    repeat_months: int = 0


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """How a release came about: the numbers of its audit, never answers. Fields as in the contract."""

    answered: int
    departments: int
    released: int
    cuts: int
    dropped: int
    cells: int
    plan_hash: str
    lost: int = 0
    lost_because: str = ""
    ballots_end_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave as it stands. `reminded`: how many of its reminders were made due."""

    id: str
    key: str
    state: WaveState
    draft: WaveDraft
    revision: int
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    released_at: datetime | None = None
    closed_early_because: str = ""
    invited: int = 0
    reminded: int = 0
    links_sent: int = 0
    links_spent: int | None = None
    """While open as `spent_shown` has it; once closed the number itself."""
    report: ReleaseReport | None = None
    imported: bool = False


def spent_shown(spent: int, sent: int) -> int | None:
    """What is told of an open wave (R13): steps of ten, from 100 links sent on."""
    return spent - spent % STEP if sent >= FEWEST_SENT else None


def check_openable(wave: Wave, now: datetime) -> None:
    """Conflict unless the wave is a draft that closes later than now."""
    if wave.state is not WaveState.DRAFT:
        raise _no_draft(wave)
    closes_at = wave.draft.closes_at
    if closes_at is None:
        message = "say first when this wave closes: closes_at"
        raise Conflict(message, reason="CLOSES_AT_MISSING", field=["key"])
    if closes_at <= now:
        message = "this wave would be over already: give it a later closes_at first"
        raise Conflict(message, reason="CLOSES_AT_PAST", field=["key"])


def is_missed(wave: Wave, now: datetime) -> bool:
    """Whether a draft that opens by itself and repeats is over without having been open."""
    draft = wave.draft
    repeats = wave.state is WaveState.DRAFT and draft.opens_at is not None and draft.repeat_months
    return bool(repeats) and draft.closes_at is not None and draft.closes_at <= now


def check_draft_state(wave: Wave) -> None:
    """Conflict for what was opened or imported: nothing of it changes any more."""
    if wave.state is not WaveState.DRAFT:
        raise _no_draft(wave)


def check_closable(wave: Wave) -> None:
    """Conflict unless the wave is open."""
    if wave.state is not WaveState.OPEN:
        message = "this wave is not open: only an open one can be closed"
        raise Conflict(message, reason="WAVE_NOT_OPEN", field=["key"])


def check_people(invited: int, k: int) -> None:
    """Conflict where fewer would be asked than the smallest group that is shown."""
    if invited < k:
        message = (
            f"{invited} people would be asked, and results are shown for groups of {k}"
            " or more: ask more departments, or record who works in them first"
        )
        raise Conflict(message, reason="TOO_FEW_PEOPLE", field=["key"])


def unknown_wave() -> NotFound:
    return NotFound("there is no such wave", reason="UNKNOWN_WAVE", field=["key"])


def _no_draft(wave: Wave) -> Conflict:
    if wave.imported:
        message = "this wave was imported: it never changes, and cannot be opened or taken back"
        return Conflict(message, reason="WAVE_IMPORTED", field=["key"])
    message = (
        "this wave was opened: what people were promised stays as it was, so nobody changes, removes"
        " or opens it again; plan another one"
    )
    return Conflict(message, reason="WAVE_OPENED", field=["key"])
