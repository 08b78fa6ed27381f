"""The process that weighs drivers, which never finds an end."""

from typing import Any

from services.metrics.drivers import weighing


def find(*_: Any) -> None:
    """Take all the time of a processor."""
    while True:
        pass


if __name__ == "__main__":
    weighing.find = find  # type: ignore[assignment]
    weighing.main()
