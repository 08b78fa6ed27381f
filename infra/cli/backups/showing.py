"""How far a backup or a restore is, on stderr."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)


class Shown:
    """Progress on a terminal; where there is none, a line for each part that is done."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)

    @contextmanager
    def bytes_of(self, what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """A function that is given how many bytes are done."""
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn())
        with Progress(*columns, TimeElapsedColumn(), console=self.console) as progress:
            bar = progress.add_task(what, total=total)
            done = 0

            def show(completed: int) -> None:
                nonlocal done
                done = completed
                progress.update(bar, completed=completed)

            yield show
            progress.update(bar, total=done, completed=done)
