"""Dates as files have them: ISO 8601, numbers, names of months; no zone is ignored."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from services.kit.imports.format.date_forms import check_format, signs_of
from services.kit.imports.format.known_dates import DATE_FORMS
from services.kit.imports.format.months import FORMS, MONTHS
from tests.support.processor import allowed

RIGA_SUMMER = timezone(timedelta(hours=3))


def read(form: str, cell: str) -> date | datetime:
    return check_format(form).read(cell)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2025-07-09", date(2025, 7, 9)),
        ("20250709", date(2025, 7, 9)),
        ("2025-07-09T18:45", datetime(2025, 7, 9, 18, 45)),
        ("2025-07-09 18:45:30", datetime(2025, 7, 9, 18, 45, 30)),
        ("2025-07-09t18:45:30z", datetime(2025, 7, 9, 18, 45, 30, tzinfo=UTC)),
        ("2025-07-09 18:45Z", datetime(2025, 7, 9, 18, 45, tzinfo=UTC)),
        ("2025-07-09 18:45:30 UTC", datetime(2025, 7, 9, 18, 45, 30, tzinfo=UTC)),
        ("2025-07-09T18:45:30.5", datetime(2025, 7, 9, 18, 45, 30, 500_000)),
        ("2025-07-09T18:45:30,123456789", datetime(2025, 7, 9, 18, 45, 30, 123_456)),
        ("2025-07-09T18:45:30+03", datetime(2025, 7, 9, 18, 45, 30, tzinfo=RIGA_SUMMER)),
        ("2025-07-09T18:45:30+0300", datetime(2025, 7, 9, 18, 45, 30, tzinfo=RIGA_SUMMER)),
        ("2025-07-09 18:45:30.25 +03:00", datetime(2025, 7, 9, 18, 45, 30, 250_000, RIGA_SUMMER)),
        ("20250709T184530Z", datetime(2025, 7, 9, 18, 45, 30, tzinfo=UTC)),
    ],
)
def test_plain_forms_of_iso_8601_need_no_format(cell: str, meant: date) -> None:
    assert read("iso", cell) == meant
    assert type(read("iso", cell)) is type(meant)


@pytest.mark.parametrize(
    "cell",
    ["2025-7-9", "2025-07-09x18:45", "2025-07-09T25:00", "2025-02-30", "2025-W28", "09.07.2025"],
)
def test_what_is_not_iso_8601_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"ISO 8601|must be in|out of range"):
        read("iso", cell)


@pytest.mark.parametrize(
    ("form", "cell", "meant"),
    [
        ("epoch", "1752086730", datetime(2025, 7, 9, 18, 45, 30, tzinfo=UTC)),
        ("epoch", "1752086730.5", datetime(2025, 7, 9, 18, 45, 30, 500_000, UTC)),
        ("epoch", "1.75208673E9", datetime(2025, 7, 9, 18, 45, 30, tzinfo=UTC)),
        ("epoch", "-86400", datetime(1969, 12, 31, tzinfo=UTC)),
        ("epoch_ms", "1752086730250", datetime(2025, 7, 9, 18, 45, 30, 250_000, UTC)),
        ("excel", "45847", date(2025, 7, 9)),
        ("excel", "45847.0", date(2025, 7, 9)),
        ("excel", "45847,78125", datetime(2025, 7, 9, 18, 45)),
        ("excel", "45847.4166666667", datetime(2025, 7, 9, 10)),
        ("excel", "59", date(1900, 2, 28)),
        ("excel", "61", date(1900, 3, 1)),
        ("excel_1904", "44385", date(2025, 7, 9)),
    ],
)
def test_numbers_are_read_by_name(form: str, cell: str, meant: date) -> None:
    assert read(form, cell) == meant
    assert type(read(form, cell)) is type(meant)


@pytest.mark.parametrize(
    ("form", "cell", "message"),
    [
        ("epoch", "1752086730250", 'milliseconds are "epoch_ms"'),
        ("epoch_ms", "1752086730", 'seconds are "epoch"'),
        ("excel", "60", "is no day of a spreadsheet"),
        ("excel", "0.5", "is no day of a spreadsheet"),
        ("excel", "2025-07-09", "is no number"),
    ],
)
def test_a_number_of_another_unit_is_refused_and_named(form: str, cell: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(form, cell)


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("%d %B %Y", "9 July 2025"),
        ("%d %b %Y", "9 JUL 2025"),
        ("%Y. gada %d. %B", "2025. gada 9. jūlijs"),
        ("%Y. gada %d. %B", "2025. gada 9. jūlijā"),
        ("%d. %b %Y", "9. ju\u0304l. 2025"),
        ("%Y m. %B %d d.", "2025 m. liepos 9 d."),
        ("%Y-%b-%d", "2025-liep.-09"),
        ("%d.%b.%Y", "09.jul.2025"),
        ("%d. %B %Y", "9. julija 2025"),
        ("%d %B %Y", "9 јули 2025"),
        ("%d %b %Y г.", "09 јул. 2025 г."),
    ],
)
def test_months_have_names_in_five_languages(form: str, cell: str) -> None:
    assert read(form, cell) == date(2025, 7, 9)


def test_no_name_stands_for_two_months() -> None:
    named = {(name, at) for form in FORMS for at, name in enumerate(form.split(), 1) if name != "-"}

    assert {len(form.split()) for form in FORMS} == {12}
    assert len(MONTHS) == len(named)


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("%Y-%m-%d %H:%M:%S UTC", "2025-07-09 15:45:00 UTC"),
        ("%Y-%m-%dT%H:%M:%SZ", "2025-07-09T15:45:00Z"),
        ("%d.%m.%Y %H:%M+03:00", "09.07.2025 18:45+03:00"),
        ("%d.%m.%Y %H:%M GMT%z", "09.07.2025 18:45 GMT+03"),
    ],
)
def test_a_zone_in_the_format_is_kept(form: str, cell: str) -> None:
    assert read(form, cell) == datetime(2025, 7, 9, 15, 45, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["EET", "CEST", "MSK"])
def test_a_zone_that_cannot_be_told_is_refused_with_the_mapping(zone: str) -> None:
    with pytest.raises(ValueError, match=f'has "{zone}" in it.*would be ignored'):
        check_format(f"%Y-%m-%d %H:%M {zone}")
    assert check_format("%Y-%m-%dT%H:%M Uhr")


def test_fractions_of_seven_to_nine_digits_fit_a_format() -> None:
    assert read("%d/%m/%Y %H:%M:%S.%f", "09/07/2025 18:45:30.1234567") == datetime(
        2025, 7, 9, 18, 45, 30, 123_456
    )


def test_a_cell_is_parsed_only_by_formats_whose_signs_it_has() -> None:
    """Of 20 formats all but a few would be compiled anew for each cell."""
    cells = {"09.07.2025": {"%d.%m.%Y"}, "9 July 2025": {"%d %B %Y", "%d %b %Y"}, "nothing": set()}

    for cell, expected in cells.items():
        parsing = {text for text in DATE_FORMS[1:] if signs_of(text).fullmatch(cell)}
        assert parsing == expected, cell


@pytest.mark.parametrize(
    "form", ["%Y%m%d%I%p%a%A%b%B", "%Y%m%d%I%p!%a!%A!%b!%B", "%Y%m%d %b%a%%%B%A %I %p"]
)
def test_a_cell_of_many_letters_is_refused_at_once(form: str) -> None:
    """However many names a format has one after the other. The control is a cell that such a format reads."""
    day = datetime(2026, 3, 1, 0, tzinfo=UTC)
    cell = day.strftime(form)
    assert read(form, cell) == day.replace(tzinfo=None)
    for letters in ("x" * 80, "!" * 80):
        begun = time.thread_time()
        with pytest.raises(ValueError, match="signs"):
            read(form, f"2026030112{letters}1")
        assert time.thread_time() - begun < allowed(0.2)
