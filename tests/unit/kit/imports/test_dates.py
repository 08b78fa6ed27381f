"""Dates: the whole cell fits a format, naive times have a zone, a date alone is a local day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.kit.imports.dates import Calendar, find_zone
from services.kit.imports.format.date_forms import check_format

RIGA, LONDON, AUCKLAND = (
    ZoneInfo("Europe/Riga"),
    ZoneInfo("Europe/London"),
    ZoneInfo("Pacific/Auckland"),
)


def calendar(*formats: str, naive: ZoneInfo = LONDON, local: ZoneInfo = RIGA) -> Calendar:
    return Calendar([check_format(text) for text in formats], naive=naive, local=local)


def test_formats_are_tried_in_order() -> None:
    both = calendar("%d/%m/%Y", "%m/%d/%Y")

    assert both.day("03/04/2024") == date(2024, 4, 3)
    assert both.day("03/14/2024") == date(2024, 3, 14)


@pytest.mark.parametrize("cell", ["2024-01-02 10:00", "x2024-01-02", "", "2024-13-01"])
def test_the_whole_cell_must_fit_but_for_blanks_around_it(cell: str) -> None:
    with pytest.raises(ValueError, match="fits none of the date formats %Y-%m-%d"):
        calendar("%Y-%m-%d").instant(cell)
    assert calendar("%Y-%m-%d").day(" 2024-01-02 ") == date(2024, 1, 2)


def test_naive_times_are_in_the_zone_of_the_mapping_all_year() -> None:
    london = calendar("%Y-%m-%d %H:%M:%S")

    assert london.instant("2024-01-15 09:30:00") == "2024-01-15T09:30:00Z"
    assert london.instant("2024-07-15 09:30:00") == "2024-07-15T08:30:00Z"


def test_where_clocks_change_the_earlier_instant_is_meant() -> None:
    london = calendar("%Y-%m-%d %H:%M")

    assert london.instant("2024-10-27 01:30") == "2024-10-27T00:30:00Z"  # twice that day
    assert london.instant("2024-03-31 01:30") == "2024-03-31T01:30:00Z"  # not at all that day


def test_an_offset_in_the_cell_wins() -> None:
    aware = calendar("%Y-%m-%dT%H:%M:%S%z")

    assert aware.instant("2024-07-15T09:30:00+0300") == "2024-07-15T06:30:00Z"
    assert aware.instant("2024-07-15T09:30:00Z") == "2024-07-15T09:30:00Z"


@pytest.mark.parametrize("day", ["2024-03-30", "2024-03-31", "2024-10-27", "2024-12-31"])
@pytest.mark.parametrize("zone", [RIGA, AUCKLAND, ZoneInfo("America/Los_Angeles")])
def test_a_date_alone_is_that_day_of_the_organisation(day: str, zone: ZoneInfo) -> None:
    instant = datetime.fromisoformat(calendar("%Y-%m-%d", local=zone).instant(day))

    assert instant.tzinfo == UTC
    assert instant.astimezone(zone).isoformat()[:13] == f"{day}T12"


def test_a_day_is_local_to_the_organisation() -> None:
    assert calendar("%Y-%m-%d %H:%M").day("2024-06-30 23:30") == date(2024, 7, 1)
    assert calendar("%Y-%m-%d").day("2024-06-30") == date(2024, 6, 30)


def test_dates_written_in_toml_need_no_format() -> None:
    plain = calendar("%d/%m/%Y")

    assert plain.instant(date(2024, 7, 1)) == "2024-07-01T09:00:00Z"
    assert plain.instant(datetime(2024, 7, 1, 8)) == "2024-07-01T07:00:00Z"
    assert plain.day(date(2024, 7, 1)) == date(2024, 7, 1)


def test_times_outside_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        calendar("%Y-%m-%d %H:%M", naive=AUCKLAND).instant("0001-01-01 00:00")


@pytest.mark.parametrize(
    "text",
    ["%Y-%m-%d", "%d.%m.%y", "%d %b %Y %I:%M %p", "%Y-%j", "%Y%m%d%H%M%S%z", "%A %d %B %Y 100%%"],
)
def test_formats_that_give_a_whole_date_are_good(text: str) -> None:
    assert check_format(text).text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must name a year"),
        ("%m/%d", "must name a year"),
        ("%Y-%m", "must name a year"),
        ("%c", "uses %c, which is none of"),
        ("%Y-%m-%d %", "uses %, which is none of"),
        ("%Y-%m-%d %I:%M", "must use %I and %p together"),
        ("%Y-%m-%d %M", "no hour"),
        ("%Y-%Y-%m-%d", "is no date format"),
    ],
)
def test_other_formats_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_format(text)


def test_zones_have_iana_names() -> None:
    assert find_zone("Europe/Riga").key == "Europe/Riga"
    for name in ("Riga", "../etc/passwd", "", "Europe", "a\0b"):
        with pytest.raises(ValueError, match="is no time zone"):
            find_zone(name)


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("2024/01/02", "%Y/%m/%d"),
        ("02.01.2024 10:30", "%d.%m.%Y %H:%M"),
        ("1/31/2024", "%m/%d/%Y"),
        ("2024-01-02T10:00Z", "iso"),
    ],
)
def test_a_form_that_files_often_have_is_named(cell: str, form: str) -> None:
    with pytest.raises(ValueError, match=f'name its form: \\[format\\] dates = \\["{form}"\\]$'):
        calendar("%d-%m-%Y").day(cell)


@pytest.mark.parametrize("cell", ["tomorrow", "31.02.2024", "x" * 90])
def test_what_is_no_date_is_not_taken_for_one_of_another_form(cell: str) -> None:
    with pytest.raises(ValueError, match=r"%Y$"):
        calendar("%d-%m-%Y").day(cell)
