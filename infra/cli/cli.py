"""The command `cxm`."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text
from typer.exceptions import TyperException

from infra.cli.auditing import audit
from infra.cli.backups.command import backup, restore
from infra.cli.doctor.command import doctor
from infra.cli.exporting import export_file
from infra.cli.granting import grant
from infra.cli.importing.command import import_file
from infra.cli.importing.known import imports
from infra.cli.making_keys import keys
from infra.cli.operating import replay
from infra.cli.options import DEFAULT_URL, Url
from infra.cli.privacy import privacy
from infra.cli.reconciling import reconcile
from infra.cli.waves.command import waves
from infra.client.problem import Problem

DATA_DIR = Path(".cxm")

app = typer.Typer(
    help="Customer and employee experience on one department tree.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
DataDir = Annotated[
    Path, typer.Option("--data-dir", help="Where everything of this deployment is kept.")
]


Port = Annotated[int, typer.Option(min=1, max=65535, help="Port of the GraphQL API on 127.0.0.1.")]
NoDemo = Annotated[bool, typer.Option("--no-demo", help="Do not load the demo organisation.")]
Pulses = Annotated[
    int,
    typer.Option(
        "--demo-pulses",
        min=0,
        max=8,
        help="Quarters in which the demo asks its employees; each takes some seconds.",
    ),
]
TimeZone = Annotated[
    str | None,
    typer.Option(
        help="IANA name, e.g. Europe/Riga: the organisation's days and months. Fixed at the "
        "first start; UTC unless named then.",
        show_default=False,
    ),
]
OtlpEndpoint = Annotated[
    str | None,
    typer.Option(
        help="host:port of an OpenTelemetry collector (gRPC, no TLS) that gets the traces.",
        show_default=False,
    ),
]
OidcIssuer = Annotated[
    str | None,
    typer.Option(
        help="https:// address of an identity provider (OpenID Connect) whose tokens are taken too; what its "
        "people may do is given by `cxm grant`.",
        show_default=False,
    ),
]
Hardened = Annotated[
    bool,
    typer.Option(
        "--hardened",
        help="Run documents of manifests only, those of the pages and of this command among them; tell no schema.",
    ),
]
Documents = Annotated[
    list[Path] | None,
    typer.Option(
        help="A manifest of documents that are trusted, or a folder of some; may be given several times.",
        show_default=False,
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show the logs of every process.")]


@app.command()
def up(
    data_dir: DataDir = DATA_DIR,
    port: Port = 8000,
    no_demo: NoDemo = False,
    demo_pulses: Pulses = 8,
    time_zone: TimeZone = None,
    otlp_endpoint: OtlpEndpoint = None,
    oidc_issuer: OidcIssuer = None,
    hardened: Hardened = False,
    documents: Documents = None,
    verbose: Verbose = False,
) -> None:
    """Run the platform on this machine: PostgreSQL, NATS, four services and the GraphQL API.

    The second start goes on with the data of the first. Ctrl-C ends everything.
    """
    from infra.cli.documents import DOCUMENTS
    from infra.local.up import Options, run

    options = Options(
        data_dir,
        port,
        demo=not no_demo,
        pulses=demo_pulses,
        time_zone=time_zone,
        otlp_endpoint=otlp_endpoint,
        oidc_issuer=oidc_issuer,
        is_hardened=hardened,
        documents=tuple(documents or ()),
        commands=DOCUMENTS,
        verbose=verbose,
    )
    run(options, Console())


@app.command()
def token(
    role: Annotated[
        str,
        typer.Option(
            help="admin, analyst, department_head, integration, operator or privacy_officer."
        ),
    ],
    department: Annotated[
        str | None,
        typer.Option(help="Key: the role holds for it and all under it.", show_default=False),
    ] = None,
    as_link: Annotated[
        bool,
        typer.Option(
            "--link", help="A link by which a browser signs in, once, within 15 minutes, instead."
        ),
    ] = False,
    data_dir: DataDir = DATA_DIR,
    url: Url = DEFAULT_URL,
) -> None:
    """Print a bearer token for 24 hours. The platform need not be running."""
    from infra.local.keys import link, mint

    print(
        url.rstrip("/") + link(data_dir, role, department)
        if as_link
        else mint(data_dir, role, department)
    )


app.command("import")(import_file)
app.add_typer(replay, name="replay")
app.command("grant")(grant)
app.command("export")(export_file)
app.command("reconcile")(reconcile)
app.command("audit")(audit)
app.command("imports")(imports)
app.add_typer(waves, name="waves")
app.add_typer(keys, name="keys")
app.command("doctor")(doctor)
app.add_typer(privacy, name="privacy")
app.command("backup")(backup)
app.command("restore")(restore)


def main() -> None:
    """Run a command; a Problem is a message on stderr and its status."""
    try:
        sys.exit(app(prog_name="cxm", standalone_mode=False) or 0)
    except Problem as problem:
        _refuse(str(problem), problem.status)
    except typer.Abort:
        sys.exit(130)
    except TyperException as misuse:
        _explain(misuse)


def _explain(misuse: TyperException) -> NoReturn:
    """In one line; without a command there is none, for the help is printed already."""
    why = " ".join(misuse.format_message().split()).rstrip(".").replace("Value error, ", "")
    context = getattr(misuse, "ctx", None)
    help_of = context.command_path if context is not None else "cxm"
    if not why:
        sys.exit(1)
    _refuse(f"{why}; see `{help_of} --help`")


def _refuse(why: str, status: int = 1) -> NoReturn:
    text = Text(f"cxm: {why}", "red")
    Console(stderr=True).print(text, soft_wrap=True)
    sys.exit(status)
