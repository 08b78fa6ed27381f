from services.metrics.reconciliation.domain import (
    Answers,
    Book,
    Difference,
    Key,
    Place,
    Quantity,
    Sums,
    differences,
)

MAY: Key = ("d", "s", 12 * 2026 + 4)
JUNE: Key = ("d", "s", 12 * 2026 + 5)


def sums(responses: int, given: int = 0, total: int = 0) -> Sums:
    return Sums(responses, (Answers("q", "", given, total),) if given else ())


def found(before: Book, counted: Book, after: Book) -> dict[Place, Difference]:
    return dict(differences(before, counted, after))


def test_equal_books_do_not_differ() -> None:
    book = {MAY: sums(3, 2, 9), JUNE: sums(1)}

    assert found(book, dict(book), dict(book)) == {}


def test_what_did_not_change_must_be_equal() -> None:
    before = {MAY: sums(3, 2, 9), JUNE: sums(1)}

    assert found(before, {MAY: sums(3, 2, 8), JUNE: sums(1)}, before) == {
        Place(MAY, "q", "", Quantity.SUM): Difference(9, 8)
    }


def test_what_changed_meanwhile_may_lie_between_and_nowhere_else() -> None:
    before, after = {MAY: sums(3, 2, 9)}, {MAY: sums(6, 4, 20)}

    for between in (before, {MAY: sums(4, 3, 15)}, after):
        assert found(before, between, after) == {}
    assert found(before, {MAY: sums(7, 4, 8)}, after) == {
        Place(MAY, "", "", Quantity.RESPONSES): Difference(6, 7),
        Place(MAY, "q", "", Quantity.SUM): Difference(20, 8),
    }


def test_of_a_key_that_changed_what_stayed_must_be_equal() -> None:
    before, after = {MAY: sums(3, 2, 9)}, {MAY: sums(4, 2, 9)}

    assert found(before, {MAY: sums(4, 1, 9)}, after) == {
        Place(MAY, "q", "", Quantity.ANSWERS): Difference(2, 1)
    }


def test_a_key_that_one_book_lacks_is_nothing_there() -> None:
    assert found({}, {MAY: sums(1)}, {}) == {
        Place(MAY, "", "", Quantity.RESPONSES): Difference(0, 1)
    }
    assert found({MAY: sums(1)}, {}, {MAY: sums(1)}) == {
        Place(MAY, "", "", Quantity.RESPONSES): Difference(1, 0)
    }
    assert found({}, {MAY: sums(1)}, {MAY: sums(1)}) == {}
