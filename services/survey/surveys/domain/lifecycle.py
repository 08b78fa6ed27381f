"""Whether a survey takes responses, and how that may change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from services.survey.domain.refusal import Refusal


class State(IntEnum):
    """The numbers of the contract."""

    DRAFT = 1
    SCHEDULED = 2
    LIVE = 3
    PAUSED = 4
    CLOSED = 5
    ARCHIVED = 6


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SCHEDULED, State.LIVE, State.ARCHIVED}),
    State.SCHEDULED: frozenset({State.DRAFT, State.SCHEDULED, State.LIVE, State.ARCHIVED}),
    State.LIVE: frozenset({State.LIVE, State.PAUSED, State.CLOSED}),
    State.PAUSED: frozenset({State.LIVE, State.CLOSED}),
    State.CLOSED: frozenset({State.LIVE, State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
}
FIRST = frozenset({State.DRAFT, State.SCHEDULED, State.LIVE})
UNOPENED = frozenset({State.DRAFT, State.SCHEDULED})
PUBLISHED = frozenset({State.SCHEDULED, State.LIVE})


@dataclass(frozen=True, slots=True)
class Life:
    """The state that was set, and the instants at which it changes by itself."""

    state: State = State.LIVE
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def at(self, now: datetime) -> State:
        """The state at an instant: opened at opens_at, closed at closes_at, which is too late itself."""
        state = self.state
        if state is State.SCHEDULED and self.opens_at is not None and now >= self.opens_at:
            state = State.LIVE
        ends = state in (State.LIVE, State.PAUSED)
        if ends and self.closes_at is not None and now >= self.closes_at:
            return State.CLOSED
        return state


LIVE = Life()


def change_life(
    life: Life, wanted: State, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> Life | Refusal:
    """The life after a change at an instant; a closing time that is not given is kept while it is ahead."""
    state = life.at(now)
    if wanted is state and (opens_at, closes_at) == (None, None):
        return life
    if wanted not in TRANSITIONS[state]:
        return refused_transition(state, wanted)
    if not_taken := refuse_times_of(wanted, opens_at, closes_at):
        return not_taken
    if wanted is State.CLOSED:
        return replace(life, state=wanted, closes_at=now)
    if wanted not in (State.SCHEDULED, State.LIVE):
        return replace(life, state=wanted)
    if closes_at is None and life.closes_at is not None and life.closes_at > now:
        closes_at = life.closes_at
    if wanted is State.LIVE:
        opened = life.opens_at if state not in UNOPENED and life.opens_at else now
        return refuse_times(None, closes_at, now) or Life(wanted, opened, closes_at)
    opens_at = opens_at or life.opens_at
    if opens_at is None:
        return OPENING_REQUIRED
    return refuse_times(opens_at, closes_at, now) or Life(wanted, opens_at, closes_at)


def refuse_times_of(
    wanted: State, opens_at: datetime | None, closes_at: datetime | None
) -> Refusal | None:
    """Why a change to a state has no such times: only a scheduled survey opens later, and what is over has ended."""
    if opens_at is not None and wanted is not State.SCHEDULED:
        message = "only SCHEDULED takes a time of opening: leave it out, or schedule the survey"
        return Refusal(("opens_at",), "TIME_NOT_TAKEN", message)
    if closes_at is not None and wanted not in (State.SCHEDULED, State.LIVE):
        message = f"only SCHEDULED and LIVE take a time of closing, not {wanted.name}: leave it out"
        return Refusal(("closes_at",), "TIME_NOT_TAKEN", message)
    return None


def refuse_times(
    opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> Refusal | None:
    """Why a survey cannot open and close then."""
    if opens_at is not None and opens_at <= now:
        return Refusal(("opens_at",), "TIME_IS_PAST", "a survey is scheduled to open in the future")
    if closes_at is not None and closes_at <= (opens_at or now):
        return Refusal(
            ("closes_at",), "TIME_IS_PAST", "a survey closes in the future, and after it opens"
        )
    return None


def refused_transition(state: State, wanted: State) -> Refusal:
    ways = ", ".join(sorted(target.name for target in TRANSITIONS[state]))
    message = f"a survey that is {state.name} cannot become {wanted.name}: "
    message += f"it can become {ways}" if ways else "it stays so"
    return Refusal(("state",), "STATE_NOT_REACHABLE", message)


def refuse_edit(state: State) -> Refusal | None:
    """Why a survey in this state cannot be edited."""
    if state is State.CLOSED:
        return Refusal((), "SURVEY_CLOSED", "the survey is closed: open it again to edit it")
    if state is State.ARCHIVED:
        message = "the survey is archived: make another one under another key"
        return Refusal((), "SURVEY_ARCHIVED", message)
    return None


OPENING_REQUIRED = Refusal(
    ("opens_at",), "OPENING_REQUIRED", "say when the survey opens: a time in the future"
)
