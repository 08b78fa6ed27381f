"""The command `cxm keys init`: the files of keys that the processes of a deployment need."""

import base64
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from infra.client.problem import Problem
from infra.local.keys import FILES, LOST, make

NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")

Directory = Annotated[Path, typer.Option(help="Where the files of the keys lie.")]
SecretName = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Print a Secret of this name with the keys that processes read.",
        show_default=False,
    ),
]
NewKeys = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="Make this key though others are there: what was stored by the one before is lost.",
        show_default=False,
    ),
]

keys = typer.Typer(help="Keys of a deployment.", no_args_is_help=True)


@keys.callback()
def group() -> None:
    """Keys of a deployment."""


@keys.command("init")
def init(
    directory: Directory = Path("keys"), kubernetes: SecretName = None, new: NewKeys = None
) -> None:
    """Make the files of keys that are missing; a key that is there is never changed.

    docs/keys.md says what each is for, and what is lost with it. A key by which data may be stored is made beside
    others only where --new names it.
    """
    if kubernetes is not None and not NAME.fullmatch(kubernetes):
        raise Problem(
            f"{kubernetes!r} cannot be the name of a Secret: lower-case letters, digits, - and ."
        )
    try:
        _check_new(directory, new or ())
        before = {name for name in FILES if (directory / name).exists()}
        make(directory, new or ())
    except OSError as error:
        raise Problem(f"{directory} cannot be used: {error.strerror}") from error
    made = len(FILES) - len(before)
    typer.echo(
        f"{directory}: {made} of {len(FILES)} files made, {len(before)} were there", err=True
    )
    if kubernetes is not None:
        print(secret(directory, kubernetes), end="")


def _check_new(directory: Path, names: Iterable[str]) -> None:
    for name in names:
        if name not in LOST:
            raise Problem(f"--new takes one of {', '.join(LOST)}")
        if (directory / name).exists():
            raise Problem(f"{directory / name} is there, and stays: move it away first")


def secret(directory: Path, name: str) -> str:
    """A Kubernetes Secret as YAML. The key of the issuer is not in it: no process reads it."""
    held = sorted(file for file, holders in FILES.items() if holders)
    data = "".join(
        f"  {file}: {base64.b64encode((directory / file).read_bytes()).decode()}\n" for file in held
    )
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\ntype: Opaque\ndata:\n{data}"
