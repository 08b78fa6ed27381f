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


def sums(responses: int, given: int = 0, total: int = 0) -> ControlTotals:
    return ControlTotals(responses, (AnswerTotals("q", "", given, total),) if given else ())


def found(before: Totals, counted: Totals, after: Totals) -> dict[ControlFigure, FigureDifference]:
    return dict(find_differences(before, counted, after))


def test_equal_books_do_not_differ() -> None:
    book = {MAY: sums(3, 2, 9), JUNE: sums(1)}

    assert found(book, dict(book), dict(book)) == {}


def test_what_did_not_change_must_be_equal() -> None:
    before = {MAY: sums(3, 2, 9), JUNE: sums(1)}

    assert found(before, {MAY: sums(3, 2, 8), JUNE: sums(1)}, before) == {
        ControlFigure(MAY, "q", "", Quantity.SUM): FigureDifference(9, 8)
    }


def test_what_changed_meanwhile_may_lie_between_and_nowhere_else() -> None:
    before, after = {MAY: sums(3, 2, 9)}, {MAY: sums(6, 4, 20)}

    for between in (before, {MAY: sums(4, 3, 15)}, after):
        assert found(before, between, after) == {}
    assert found(before, {MAY: sums(7, 4, 8)}, after) == {
        ControlFigure(MAY, "", "", Quantity.RESPONSES): FigureDifference(6, 7),
        ControlFigure(MAY, "q", "", Quantity.SUM): FigureDifference(20, 8),
    }


def test_of_a_key_that_changed_what_stayed_must_be_equal() -> None:
    before, after = {MAY: sums(3, 2, 9)}, {MAY: sums(4, 2, 9)}

    assert found(before, {MAY: sums(4, 1, 9)}, after) == {
        ControlFigure(MAY, "q", "", Quantity.ANSWERS): FigureDifference(2, 1)
    }


def test_a_key_that_one_book_lacks_is_nothing_there() -> None:
    assert found({}, {MAY: sums(1)}, {}) == {
        ControlFigure(MAY, "", "", Quantity.RESPONSES): FigureDifference(0, 1)
    }
    assert found({MAY: sums(1)}, {}, {MAY: sums(1)}) == {
        ControlFigure(MAY, "", "", Quantity.RESPONSES): FigureDifference(1, 0)
    }
    assert found({}, {MAY: sums(1)}, {MAY: sums(1)}) == {}
