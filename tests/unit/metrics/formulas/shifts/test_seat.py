"""In which part a fall sits."""

from services.metrics.formulas.samples import Mean, Net, Sample, Share
from services.metrics.formulas.shifts.seat import seat_of


def whole(parts: dict[str, Net]) -> Net:
    sides = zip(*((p.best, p.worst, p.base) for p in parts.values()), strict=True)
    return Net(*map(sum, sides))


def nets(*given: tuple[str, int, int, int]) -> tuple[Sample, dict[str, Sample]]:
    parts = {key: Net(best, worst, base) for key, best, worst, base in given}
    return whole(parts), dict(parts)


BEFORE = nets(("phone", 500, 200, 1_000), ("shop", 500, 200, 1_000), ("web", 500, 200, 1_000))


def test_it_sits_where_it_fell_clearly_more_than_elsewhere() -> None:
    this = nets(("phone", 30, 50, 100), ("shop", 50, 20, 100), ("web", 50, 20, 100))

    assert seat_of(this, BEFORE) == "phone"


def test_it_sits_nowhere_where_all_fell_alike() -> None:
    this = nets(("phone", 35, 35, 100), ("shop", 34, 36, 100), ("web", 36, 34, 100))

    assert seat_of(this, BEFORE) is None


def test_a_part_of_few_answers_is_not_named() -> None:
    this = nets(("phone", 5, 20, 29), ("shop", 50, 20, 100), ("web", 50, 20, 100))

    assert seat_of(this, BEFORE) is None


def test_the_only_part_is_not_named() -> None:
    assert seat_of(nets(("phone", 30, 50, 100)), nets(("phone", 500, 200, 1_000))) is None


def test_a_part_that_rose_is_not_named_where_lower_is_worse() -> None:
    this = nets(("phone", 80, 5, 100), ("shop", 50, 20, 100), ("web", 50, 20, 100))

    assert seat_of(this, BEFORE) is None
    assert seat_of(this, BEFORE, higher_is_better=False) == "phone"


def test_shares_and_means_have_seats_too() -> None:
    shares = Share(120, 200), {"a": Share(40, 100), "b": Share(80, 100)}
    before = Share(1_600, 2_000), {"a": Share(800, 1_000), "b": Share(800, 1_000)}
    means = Mean(200, 900, 4_400, 6), {"a": Mean(100, 350, 1_400, 6), "b": Mean(100, 550, 3_000, 6)}
    means_before = (
        Mean(2_000, 11_000, 62_000, 6),
        {"a": Mean(1_000, 5_500, 31_000, 6), "b": Mean(1_000, 5_500, 31_000, 6)},
    )

    assert [seat_of(shares, before), seat_of(means, means_before)] == ["a", "a"]
