"""Options of every command that talks to a running platform."""

from typing import Annotated

import typer

DEFAULT_URL = "http://127.0.0.1:8000"

Url = Annotated[str, typer.Option(envvar="CXM_URL", help="Where the platform runs.")]
Token = Annotated[
    str,
    typer.Option(
        envvar="CXM_TOKEN",
        help="A bearer token of somebody who may do this; `cxm token` makes one.",
        show_default=False,
    ),
]
