"""Counts that are smaller than what is stored for their rows: the surplus is withdrawn, or its row refused."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from services.kit.imports.batches import BATCH_ROWS
from services.kit.imports.format.remarks import Counted, Remarks
from services.survey.domain.refusal import Refusal
from services.survey.importing.counts.withdrawing import JudgedSurplus, Withdrawing
from services.survey.importing.row_names import ImportedRow

COUNT_SMALLER: Final = Refusal(
    ("count",),
    "COUNT_SMALLER",
    "more responses are stored for this row than its count says: use --update, which withdraws the surplus, with ids",
)
NOT_YOURS: Final = Refusal(
    ("id",),
    "NOT_YOUR_ROW",
    "more responses are stored for this row than its count says, and another subject stored them: an admin or an"
    " analyst withdraws them with --update",
)
WITHDRAWN: Final = "SURPLUS_WITHDRAWN"
MESSAGES: Final = {
    False: Counted(
        "response is withdrawn: the count of its row is smaller now",
        "responses are withdrawn: the counts of their rows are smaller now",
    ),
    True: Counted(
        "response would be withdrawn: the count of its row is smaller now",
        "responses would be withdrawn: the counts of their rows are smaller now",
    ),
}

Identify = Callable[[Sequence[ImportedRow]], Awaitable[Sequence[str]]]
"""Ids of responses."""
Look = Callable[[Sequence[str]], Awaitable[Mapping[str, bool]]]
"""Whether they are withdrawn, of ids that are stored."""
Stored = Mapping[int, tuple[str, bool]]
"""Of a row: ids of its responses that are stored, and whether they are withdrawn, by their number."""


class CountedRow(NamedTuple):
    """The numbers of a row's responses; how many count once they are stored, which withdrawn ones do not; why the row
    is refused; how many were withdrawn."""

    numbers: Sequence[int]
    counting: int
    refused: Refusal | None = None
    withdrawn: int = 0


Settle = Callable[[Sequence[ImportedRow]], Awaitable[list[CountedRow]]]


class CountChanges:
    """Compares counts with what is stored. `withdrawing`: None where an import does not update."""

    def __init__(
        self, identify: Identify, look: Look, withdrawing: Withdrawing | None, remarks: Remarks
    ) -> None:
        self.identify = identify
        self.look = look
        self.withdrawing = withdrawing
        self.remarks = remarks

    async def settle(self, rows: Sequence[ImportedRow]) -> list[CountedRow]:
        """What is to be stored of each row; its surplus is withdrawn then."""
        stored = await self._stored(rows)
        surplus = [
            _live(each)[row.times :] if len(_live(each)) > row.times else []
            for row, each in zip(rows, stored, strict=True)
        ]
        ids = [[each[n][0] for n in more] for each, more in zip(stored, surplus, strict=True)]
        if self.withdrawing is None:
            return [
                CountedRow(
                    range(row.times), _counting(row.times, each), COUNT_SMALLER if more else None
                )
                for row, each, more in zip(rows, stored, ids, strict=True)
            ]
        judged = await self.withdrawing.judge([*chain(*ids)]) if any(ids) else {}
        settled, wanted = [], list[JudgedSurplus]()
        for row, each, more in zip(rows, stored, ids, strict=True):
            refused = None if all(id_ in judged for id_ in more) else NOT_YOURS
            if refused is None:
                wanted += [judged[id_] for id_ in more]
            numbers = _numbers(row.times, each)
            settled.append(CountedRow(numbers, row.times, refused, len(more)))
        if wanted:
            withdrawn = await self.withdrawing.withdraw(wanted)
            message = MESSAGES[self.withdrawing.is_rehearsal]
            self.remarks.add(WITHDRAWN, message, withdrawn)
        return settled

    async def _stored(self, rows: Sequence[ImportedRow]) -> list[Stored]:
        """What is stored of rows: looked for up to one more than their counts, and further where that is there."""
        found: list[dict[int, tuple[str, bool]]] = [{} for _ in rows]
        windows = {place: range(row.times + 1) for place, row in enumerate(rows)}
        while windows:
            asked = [(place, number) for place, window in windows.items() for number in window]
            for start in range(0, len(asked), BATCH_ROWS):
                chunk = asked[start : start + BATCH_ROWS]
                ids = await self.identify([rows[place].one(number) for place, number in chunk])
                states = await self.look(ids)
                for (place, number), id_ in zip(chunk, ids, strict=True):
                    if id_ in states:
                        found[place][number] = (id_, states[id_])
            windows = {
                place: range(window.stop, window.stop + BATCH_ROWS)
                for place, window in windows.items()
                if window[-1] in found[place]
            }
        return list(found)


def _live(stored: Stored) -> list[int]:
    return sorted(number for number, (_, is_withdrawn) in stored.items() if not is_withdrawn)


def _counting(times: int, stored: Stored) -> int:
    """How many count once the first so many are stored; none of those that were withdrawn comes back."""
    new = sum(number not in stored for number in range(times))
    return min(times, len(_live(stored)) + new)


def _numbers(times: int, stored: Stored) -> list[int]:
    """Those that count, and new ones where they are too few: what was withdrawn does not come back."""
    live = _live(stored)[:times]
    new = max(stored, default=-1) + 1
    return [*live, *range(new, new + times - len(live))]
