"""What the cells of a column are: numbers, dates, a few words, several choices in a cell, or texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from services.kit.imports.format.known_dates import DATE_FORMS, FORMS, fits, form_of
from services.kit.imports.suggesting.head import is_number
from services.kit.imports.suggesting.words import plain

MARKERS: Final = (
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "-",
    "--",
    ".",
    "NULL",
    "null",
    "NaN",
    "nan",
    "None",
    "none",
    "?",
)
NUMBER_FORMS: Final = (
    ("iso", 19_000_101, 21_001_231),
    ("epoch", 500_000_000, 2_500_000_000),
    ("epoch_ms", 500_000_000_000, 2_500_000_000_000),
    ("excel", 20_000, 60_000),
)
"""Numbers that are days: 20260301; seconds, milliseconds and days from about 1985 to 2050."""
SEPARATORS: Final = (";", "|", ", ", ",", "\n")
MOST_WORDS: Final = 12
STRAYS: Final = 10  # one of so many cells of a column of dates may be none
LEAST_USUAL: Final = 6  # cells with usual words, before others are taken for a person's own
LONGEST_WORD: Final = 60
LONGEST_CODE: Final = 40
LONGEST_TITLE: Final = 1_000
"""Characters of a title that is looked at: what it may mean is searched for from each of its words on."""


@dataclass(frozen=True)
class Shape:
    """A column by its title, its number from 1, and its cells."""

    title: str
    number: int
    raw: tuple[str, ...]
    """Every cell, a blank one as an empty text."""

    @cached_property
    def rows(self) -> int:
        return len(self.raw)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Those that are not blank."""
        return tuple(filter(None, self.raw))

    @cached_property
    def plain_title(self) -> str:
        """The title for comparison."""
        return plain(self.title)

    @cached_property
    def markers(self) -> tuple[str, ...]:
        """Words for "nothing" among cells that are otherwise numbers or dates."""
        found = tuple(marker for marker in MARKERS if marker in self.cells)
        others = [cell for cell in self.cells if cell not in found]
        is_known = others and (all(map(is_number, others)) or _forms(others))
        return found if is_known else ()

    @cached_property
    def values(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell not in self.markers)

    @cached_property
    def whole(self) -> tuple[int, ...] | None:
        """All as whole numbers; `9.0` and `9,0` are."""
        numbers = [_whole(cell) for cell in self.values]
        return (
            tuple(n for n in numbers if n is not None) if numbers and None not in numbers else None
        )

    @cached_property
    def is_numeric(self) -> bool:
        return bool(self.values) and all(map(is_number, self.values))

    @cached_property
    def has_decimal_comma(self) -> bool:
        return self.is_numeric and any("," in cell for cell in self.values)

    @cached_property
    def date_forms(self) -> tuple[str, ...]:
        """The fewest forms that read the cells, all but a few; none where it is no column of dates."""
        forms = () if self.is_numeric else _forms(self.values)
        days = _read_by(forms, self.values)
        others = _swapped(forms, days)
        return others if others and _span(others, days) < _span(forms, days) else forms

    @cached_property
    def no_days(self) -> tuple[str, ...]:
        """The few cells of a column of dates that are none."""
        days = set(_read_by(self.date_forms, self.values))
        return tuple(c for c in self.values if c not in days) if self.date_forms else ()

    @cached_property
    def day_forms(self) -> tuple[str, ...]:
        """As date_forms, of a column that is known to hold days; then numbers may be days too."""
        if self.whole is None:
            return self.date_forms
        low, high = min(self.whole), max(self.whole)
        for form, first, last in NUMBER_FORMS:
            if first <= low and high <= last:
                return (form,)
        return ()

    @cached_property
    def is_month_open(self) -> bool:
        """Whether days and months could be the other way round."""
        return bool(_swapped(self.date_forms, _read_by(self.date_forms, self.values)))

    @cached_property
    def words(self) -> Counter[str]:
        return Counter(self.values)

    @cached_property
    def is_few_words(self) -> bool:
        """Few different words, each of them more than once on average."""
        return _are_few(self.words) and len(self.words) * 2 <= len(self.values)

    @cached_property
    def usual_words(self) -> Counter[str]:
        """The few words of most cells, where longer ones came once each; none where there is no such tail."""
        usual = Counter({word: n for word, n in self.words.items() if n > 1})
        own = [word for word in self.words if word not in usual]
        if not own or not _are_few(usual) or max(map(len, usual)) >= min(map(len, own)):
            return Counter()
        is_most = usual.total() >= LEAST_USUAL and usual.total() >= 3 * len(own)
        return usual if is_most else Counter()

    @cached_property
    def are_codes(self) -> bool:
        """Short words with a digit in each, such as numbers of orders."""
        return bool(self.values) and all(
            len(cell) <= LONGEST_CODE and " " not in cell and any(map(str.isdigit, cell))
            for cell in self.values
        )

    @cached_property
    def is_unlike(self) -> bool:
        """Every row has a cell, and no two are the same."""
        return len(self.words) == len(self.cells) == self.rows > 0

    @cached_property
    def pieces(self) -> tuple[str, Counter[str], bool] | None:
        """The separator, the words between, and whether others came once; where cells are several choices."""
        for separator in SEPARATORS:
            parted = [
                [p.strip() for p in cell.split(separator) if p.strip()] for cell in self.values
            ]
            if all(len(pieces) < 2 or len(set(pieces)) < len(pieces) for pieces in parted):
                continue
            words = Counter(piece for pieces in parted for piece in pieces)
            is_once = all(len(set(pieces)) == len(pieces) for pieces in parted)
            if is_once and _are_few(words) and len(words) * 2 <= words.total():
                return separator, words, False
            usual = Counter({word: n for word, n in words.items() if n > 1})
            known = [[piece for piece in pieces if piece in usual] for pieces in parted]
            is_most = sum(map(bool, known)) * 4 >= 3 * len(parted) >= LEAST_USUAL
            if (
                _are_few(usual)
                and is_most
                and usual.total() >= 2 * (len(words) - len(usual))
                and all(len(set(pieces)) == len(pieces) for pieces in known)
            ):
                return separator, usual, True
        return None

    @cached_property
    def place(self) -> str | int:
        """How a mapping names the column."""
        return self.title or self.number


def _are_few(words: Counter[str]) -> bool:
    return 1 < len(words) <= MOST_WORDS and max(map(len, words)) <= LONGEST_WORD


def shapes(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Shape]:
    """The columns of a table; one whose title another has too, or is too long, is named by its number."""
    titles = Counter(title.strip() for title in header)
    found = []
    for index, title in enumerate(header):
        cells = (row[index].strip() if index < len(row) else "" for row in rows)
        name = title.strip()
        name = name if titles[name] == 1 and len(name) <= LONGEST_TITLE else ""
        found.append(Shape(name, index + 1, tuple(cells)))
    return found


def _whole(cell: str) -> int | None:
    digits, _, rest = cell.replace(",", ".").partition(".")
    if rest.strip("0") or not digits.removeprefix("-").isdecimal() or len(digits) > 15:
        return None
    return int(digits)


def _forms(cells: Sequence[str]) -> tuple[str, ...]:
    left, found = list(dict.fromkeys(cells)), []
    for text, form in zip(DATE_FORMS, FORMS, strict=True):
        read = [cell for cell in left if fits(form, cell)]
        if read:
            found.append(text)
            left = [cell for cell in left if cell not in read]
        if not left:
            break
    unread = set(left)
    strays = sum(cell in unread for cell in cells)
    return tuple(found) if found and strays * STRAYS <= len(cells) else ()


def _read_by(forms: Sequence[str], cells: Sequence[str]) -> list[str]:
    read = [form_of(text) for text in forms]
    return [cell for cell in cells if any(fits(form, cell) for form in read)]


def _swapped(forms: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """The same forms with day and month the other way round; none where they do not read every cell."""
    others = tuple(
        form.replace("%d/%m", "%m/%d") if "%d/%m" in form else form.replace("%m/%d", "%d/%m")
        for form in forms
    )
    if others == tuple(forms) or not set(others) <= set(DATE_FORMS):
        return ()
    return others if all(any(fits(form_of(o), cell) for o in others) for cell in cells) else ()


def _span(forms: Sequence[str], cells: Sequence[str]) -> timedelta:
    """From the first day to the last: the right order of day and month mostly gives the shorter time."""
    days = []
    for cell in cells:
        read = next(form_of(text).read(cell) for text in forms if fits(form_of(text), cell))
        days.append(date(read.year, read.month, read.day))
    return max(days) - min(days)
