"""Answers that are kept: found again, and gone with what they were made of."""

from dataclasses import dataclass

import pytest

from gateway.live import kept as module
from gateway.live.kept import KeptAnswers, Key

SECONDS = 60.0


@dataclass
class Watch:
    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def kept(watch: Watch) -> KeptAnswers:
    return KeptAnswers(SECONDS, watch)


def key(name: str) -> Key:
    return ((), False, name.encode())


def held(kept: KeptAnswers, *names: str) -> list[str]:
    return [name for name in names if kept.find(key(name)) is not None]


def keep(kept: KeptAnswers, name: str, *departments: str, content: bytes = b"{}") -> None:
    kept.keep(key(name), content, None, 1, departments)


def test_an_answer_is_kept_so_long_and_no_longer(kept: KeptAnswers, watch: Watch) -> None:
    keep(kept, "a")
    watch.at = SECONDS - 0.1
    assert held(kept, "a") == ["a"]

    watch.at = SECONDS
    assert held(kept, "a") == []
    assert kept.bytes == 0


def test_scores_of_a_department_take_with_them_what_was_made_of_them(kept: KeptAnswers) -> None:
    keep(kept, "both", "d1", "d2")
    keep(kept, "other", "d2")
    keep(kept, "names")

    kept.drop(["d1", "unknown"])

    assert held(kept, "both", "other", "names") == ["other", "names"]
    kept.drop_all()
    assert held(kept, "other", "names") == []
    assert (kept.bytes, dict(kept.by_department)) == (0, {})


def test_what_changes_while_it_is_read_is_not_current(kept: KeptAnswers) -> None:
    with kept.reading(key("ended")) as ended:
        pass
    with kept.reading(key("first")) as first, kept.reading(key("second")) as second:
        kept.drop(["d1"])

        assert not first.is_current({"d1", "d2"})
        assert second.is_current({"d2"})
        assert ended.is_current({"d1"})
        kept.drop_all()
        assert not second.is_current(())


def test_memory_is_bounded_and_the_least_recently_used_goes_first(
    kept: KeptAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 4 * module.OVERHEAD_BYTES)
    names = [f"n{number}" for number in range(3)]
    for name in names:
        keep(kept, name, "d")
    assert held(kept, "n0") == ["n0"]

    keep(kept, "n3", "d")

    assert held(kept, *names, "n3") == ["n0", "n2", "n3"]
    assert kept.bytes <= module.MOST_BYTES
    keep(kept, "large", content=b" " * (module.LARGEST_ANSWER + 1))
    assert held(kept, "large") == []


def test_the_same_request_again_takes_the_place_of_the_first(kept: KeptAnswers) -> None:
    keep(kept, "a", "d1")
    keep(kept, "a", "d2", content=b'{"data":{}}')

    kept.drop(["d1"])

    found = kept.find(key("a"))
    assert found is not None
    assert found.content == b'{"data":{}}'
    assert kept.bytes == found.size
