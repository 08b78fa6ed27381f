"""What is asked of a service in several calls at once."""

from gateway.graph.base.loaders import load_apart
from services.kit.errors import Failure, Invalid


async def test_a_call_that_fails_fails_its_own_keys_alone() -> None:
    refused = Invalid("the period has no days")
    asked: list[tuple[str, list[int]]] = []

    async def load(group: str, keys: list[int]) -> dict[int, str | Failure]:
        asked.append((group, keys))
        if group == "empty":
            raise refused
        return {key: f"{group} {key}" for key in keys}

    found = await load_apart({"january": [1, 2], "empty": [3, 4]}, load)

    assert found == {1: "january 1", 2: "january 2", 3: refused, 4: refused}
    assert asked == [("january", [1, 2]), ("empty", [3, 4])]
