"""proto/README.md names every gRPC service and every event."""

from pathlib import Path

from services.kit.events import streams
from tests.contract.support.policy import promised

README = (Path(__file__).parents[2] / "proto" / "README.md").read_text()


def test_every_service_is_in_the_table() -> None:
    modules = {(module, service) for module, service, _ in promised()}
    names = [f"{module.rpartition('.')[0]}.{service}" for module, service in sorted(modules)]

    assert names
    assert [name for name in names if f"| `{name}` |" not in README] == []


def test_every_event_is_in_the_table() -> None:
    subjects = [v for v in vars(streams).values() if isinstance(v, str) and v.endswith(".v1")]

    assert len(subjects) >= 7
    assert [subject for subject in subjects if f"| `{subject}` |" not in README] == []
