"""The Cluster of CloudNativePG: what was acknowledged is on more than one server, where there are more."""

import pytest

from tests.deploy.support.helm import Object, objects_of, of_kind


def synchronous(*values: str) -> Object | None:
    """How many servers have to have a commit, as the operator takes it."""
    (cluster,) = of_kind(objects_of("production", *values), "Cluster").values()
    found: Object | None = cluster["spec"]["postgresql"].get("synchronous")
    return found


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), {"method": "any", "number": 1}),
        (
            ("cloudNativePG.instances=5", "cloudNativePG.synchronous=2"),
            {"method": "any", "number": 2},
        ),
        (("cloudNativePG.instances=1",), None),
        (("cloudNativePG.synchronous=0",), None),
    ],
)
def test_a_commit_is_acknowledged_when_other_servers_have_it(
    values: tuple[str, ...], expected: Object | None
) -> None:
    assert synchronous(*values) == expected
