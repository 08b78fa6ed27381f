"""Own kinds of identifiers: at most 30, and unique for ever or never."""

from services.profile.customers.domain.kinds import (
    BUILT_IN,
    FIRST_OWN,
    MOST_KINDS,
    KindItem,
    Kinds,
    upsert_kinds,
)


def outcomes(known: Kinds, *items: KindItem) -> list[str]:
    """STORED, KNOWN or the reason of a refusal."""
    return [
        outcome.refusal.reason if outcome.refusal else "STORED" if outcome.is_changed else "KNOWN"
        for outcome in upsert_kinds(known, items).outcomes
    ]


def test_a_kind_is_made_renamed_and_keeps_its_number() -> None:
    made = upsert_kinds(Kinds(), [KindItem("APP", "App", True), KindItem("TILL", "Till", False)])
    known = Kinds(made.changed)

    assert [kind.number for kind in made.changed] == [FIRST_OWN, FIRST_OWN + 1]
    assert outcomes(known, KindItem("APP", "App", True)) == ["KNOWN"]
    [renamed] = upsert_kinds(known, [KindItem("APP", "The app", True)]).changed
    assert (renamed.number, renamed.name) == (FIRST_OWN, "The app")
    assert outcomes(known, KindItem("APP", "App", False)) == ["UNIQUE_FIXED"]
    assert known.unique == {1, 5, FIRST_OWN}


def test_what_no_kind_can_be_is_refused() -> None:
    wrong = [
        KindItem("EMAIL", "Mail", False),
        KindItem("app", "App", False),
        KindItem("", "App", False),
        KindItem("X" * 31, "App", False),
        KindItem("APP", "", False),
        KindItem("APP", "x" * 101, False),
    ]

    reasons = [
        "BUILT_IN",
        "INVALID_KEY",
        "INVALID_KEY",
        "INVALID_KEY",
        "INVALID_NAME",
        "INVALID_NAME",
    ]
    assert outcomes(Kinds(), *wrong) == reasons
    twice = [KindItem("APP", "App", False), KindItem("APP", "Other", False)]
    assert outcomes(Kinds(), *twice) == ["STORED", "REPEATED"]


def test_there_are_30_at_most() -> None:
    items = [KindItem(f"KIND_{number}", "x", False) for number in range(MOST_KINDS + 1)]

    assert outcomes(Kinds(), *items) == ["STORED"] * MOST_KINDS + ["TOO_MANY_KINDS"]
    full = Kinds(upsert_kinds(Kinds(), items).changed)
    assert outcomes(full, items[0], KindItem("MORE", "x", False)) == ["KNOWN", "TOO_MANY_KINDS"]
    assert len(list(full)) == MOST_KINDS + len(BUILT_IN)
