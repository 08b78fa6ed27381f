"""Kinds of interactions: what is built in, and limits."""

from services.profile.interactions.domain.kinds import (
    BUILT_IN,
    FIRST_OWN,
    MOST_KINDS,
    SEGMENT,
    Direction,
    InteractionKind,
    InteractionKindItem,
    InteractionKinds,
    upsert_kinds,
)

BY = Direction.BY_CUSTOMER


def item(key: str, name: str = "x", details: tuple[str, ...] = ()) -> InteractionKindItem:
    return InteractionKindItem(key, name, BY, is_contact=False, details=details)


def test_24_kinds_are_built_in_from_need_to_complaint() -> None:
    assert len(BUILT_IN) == 24
    assert (BUILT_IN[0].key, BUILT_IN[-1].key) == ("NEED", "COMPLAINED")
    assert {kind.direction for kind in BUILT_IN} == set(Direction)
    assert BUILT_IN[-1].number < FIRST_OWN


def test_names_of_segment_mean_kinds_in_any_case() -> None:
    kinds = InteractionKinds()

    assert all(kinds.find(key) is not None for key in SEGMENT.values())
    found = [kinds.find(name) for name in ("Order Completed", "order completed", "ORDERED")]
    assert {kind and kind.key for kind in found} == {"ORDERED"}
    assert kinds.find("ordered") is None


def test_there_are_200_own_kinds_at_most() -> None:
    own = [InteractionKind(FIRST_OWN + n, f"K{n}", BY, is_contact=False) for n in range(MOST_KINDS)]

    upserted = upsert_kinds(InteractionKinds(own), [item("K0", "other"), item("NEW")])

    first, second = upserted.outcomes
    assert first.is_changed
    assert second.refusal is not None
    assert second.refusal.reason == "TOO_MANY_KINDS"


def test_keys_of_details_are_added_and_never_taken_away() -> None:
    own = [InteractionKind(FIRST_OWN, "DRIVE", BY, is_contact=False, details=("car",), name="x")]
    more = upsert_kinds(InteractionKinds(own), [item("DRIVE", details=("car", "place"))])
    less = upsert_kinds(InteractionKinds(own), [item("DRIVE", details=("place",))])

    assert more.changed[0].details == ("car", "place")
    assert less.outcomes[0].refusal is not None
    wrong = upsert_kinds(
        InteractionKinds(), [item("A", details=("a b",)), item("B", details=("a", "a"))]
    )
    assert [each.refusal and each.refusal.reason for each in wrong.outcomes] == [
        "DETAILS",
        "DETAILS",
    ]
