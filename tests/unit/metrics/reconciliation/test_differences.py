from services.metrics.reconciliation.domain import (
    AnswerTotals,
    ControlFigure,
    ControlTotals,
    FigureDifference,
    Quantity,
    Totals,
    TotalsKey,
    find_differences,
)

MAY: TotalsKey = ("d", "s", 12 * 2026 + 4)
JUNE: TotalsKey = ("d", "s", 12 * 2026 + 5)


def make_totals(responses: int, given: int = 0, total: int = 0) -> ControlTotals:
    return ControlTotals(responses, (AnswerTotals("q", "", given, total),) if given else ())


def differ(before: Totals, counted: Totals, after: Totals) -> dict[ControlFigure, FigureDifference]:
    return dict(find_differences(before, counted, after))


def test_equal_totals_do_not_differ() -> None:
    totals = {MAY: make_totals(3, 2, 9), JUNE: make_totals(1)}

    assert differ(totals, dict(totals), dict(totals)) == {}


def test_what_did_not_change_must_be_equal() -> None:
    before = {MAY: make_totals(3, 2, 9), JUNE: make_totals(1)}

    assert differ(before, {MAY: make_totals(3, 2, 8), JUNE: make_totals(1)}, before) == {
        ControlFigure(MAY, "q", "", Quantity.SUM): FigureDifference(9, 8)
    }


def test_what_changed_meanwhile_may_lie_between_and_nowhere_else() -> None:
    before, after = {MAY: make_totals(3, 2, 9)}, {MAY: make_totals(6, 4, 20)}

    for between in (before, {MAY: make_totals(4, 3, 15)}, after):
        assert differ(before, between, after) == {}
    assert differ(before, {MAY: make_totals(7, 4, 8)}, after) == {
        ControlFigure(MAY, "", "", Quantity.RESPONSES): FigureDifference(6, 7),
        ControlFigure(MAY, "q", "", Quantity.SUM): FigureDifference(20, 8),
    }


def test_of_a_key_that_changed_what_stayed_must_be_equal() -> None:
    before, after = {MAY: make_totals(3, 2, 9)}, {MAY: make_totals(4, 2, 9)}

    assert differ(before, {MAY: make_totals(4, 1, 9)}, after) == {
        ControlFigure(MAY, "q", "", Quantity.ANSWERS): FigureDifference(2, 1)
    }


def test_a_key_that_one_side_lacks_is_nothing_there() -> None:
    assert differ({}, {MAY: make_totals(1)}, {}) == {
        ControlFigure(MAY, "", "", Quantity.RESPONSES): FigureDifference(0, 1)
    }
    assert differ({MAY: make_totals(1)}, {}, {MAY: make_totals(1)}) == {
        ControlFigure(MAY, "", "", Quantity.RESPONSES): FigureDifference(1, 0)
    }
    assert differ({}, {MAY: make_totals(1)}, {MAY: make_totals(1)}) == {}
