"""Commands for operators, through the public API: `cxm replay dead-letters`."""

from typing import Annotated, Any

import typer

from infra.cli.options import DEFAULT_URL, ConsumingService, Token, Url
from infra.client.api import Api

REPLAY = """mutation ($service: ConsumingService) {
  replayDeadLetters(service: $service) { service replayed failed } }"""

replay = typer.Typer(help="Do again what was given up.", no_args_is_help=True)


@replay.callback()
def group() -> None:
    """Do again what was given up."""


@replay.command("dead-letters")
def dead_letters(
    service: Annotated[
        ConsumingService | None,
        typer.Option(case_sensitive=False, help="All unless named.", show_default=False),
    ] = None,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> int:
    """Apply facts that services gave up once more. Status 2 if some cannot be applied still."""
    with Api(url, token) as api:
        variables: dict[str, Any] = {"service": service.upper() if service else None}
        replays = api.query(REPLAY, variables)["replayDeadLetters"]
    for service_replay in replays:
        name, failed = service_replay["service"].lower(), service_replay["failed"]
        print(f"{name}: {service_replay['replayed']} replayed, {failed} failed again")
    return 2 if any(service_replay["failed"] for service_replay in replays) else 0
