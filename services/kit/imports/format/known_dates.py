"""Forms of dates that files often have, for advice: none of them is read without being named."""

from typing import Final

from services.kit.imports.format.date_forms import DateFormat, check_format

LONGEST: Final = 40  # characters of a cell that advice is given for
DATE_FORMS: Final = (
    "iso", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y.", "%d/%m/%Y", "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p",
    "%d-%m-%Y", "%d-%m-%Y %H:%M", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d", "%Y.%m.%d.", "%d %B %Y", "%d. %B %Y",
    "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y. gada %d. %B", "%d.%m.%y", "%d/%m/%y",
    "%Y/%m/%d %I:%M:%S %p %Z", "%d.%m.%Y %H:%M:%S %Z", "%Y-%m-%d %H:%M:%S %Z", "%Y/%m/%d %H:%M", "%Y/%m/%d %I:%M:%S %p",
)  # fmt: skip
FORMS: Final = tuple(check_format(text) for text in DATE_FORMS)


def form_of(text: str) -> DateFormat:
    """One of the forms by its text."""
    return FORMS[DATE_FORMS.index(text)]


def fits(form: DateFormat, cell: str) -> bool:
    """Whether a form reads a cell."""
    try:
        form.read(cell)
    except (ValueError, OverflowError):
        return False
    return True


def find_form(cell: str) -> str | None:
    """The first form that reads a cell."""
    if len(cell) > LONGEST:
        return None
    return next((form.text for form in FORMS if fits(form, cell)), None)
