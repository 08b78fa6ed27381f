"""`make judges`: programs that others wrote, against the schema and running platforms; one table of what they found.

Clients are asked in both modes: what they send in default mode is the manifest of the hardened platform.

With `--schema`: those that need no platform. Words: those whose names hold one of them.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from infra.local.keys import Keys
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import EMBEDDED_ISSUER, PUBLIC_AUDIENCE, Signer
from tests.judges.judge import Judge, Verdict, ask, table
from tests.judges.seed import seed
from tests.judges.trusted import write_manifest
from tests.support.platform import START_SECONDS, Running, eventually, up

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
SHORT_CASES: Final = 168
"""Of schemathesis: three for each field of Query and Mutation."""
BUILD: Final = ROOT / "build" / "judges"
OF_THE_SCHEMA: Final = (
    Judge("graphql-inspector", ("node", "schema/inspector.js")),
    Judge("graphql-codegen, tsc --strict", ("node", "schema/codegen.js")),
    Judge("relay-compiler", ("node", "relay/compiler.js")),
)
OF_THE_PLATFORM: Final = (
    Judge("graphql-http audits", ("node", "clients/graphql_http.js"), is_client=True),
    Judge("graphql-ws", ("node", "clients/graphql_ws.js"), is_client=True),
    Judge("graphql-sse", ("node", "clients/graphql_sse.js"), is_client=True),
    Judge("urql", ("node", "clients/urql.js"), is_client=True),
    Judge("Apollo Client", ("node", "clients/apollo.js"), is_client=True),
    Judge("Relay", ("node", "relay/app.js"), is_client=True),
    Judge("attacks, default and hardened", (sys.executable, "-m", "tests.judges.attacks")),
    Judge(
        "schemathesis",
        (sys.executable, "-m", "tests.judges.fuzzing"),
        not_hardened="it makes its documents as it goes, and none of them is trusted",
    ),
)


def main(words: list[str]) -> int:
    """The number of judges that are not content, as an exit status."""
    lay_out()
    names = [word.lower() for word in words if word != "--schema"]
    static, running = (
        [
            judge
            for judge in judges
            if not names or any(name in judge.name.lower() for name in names)
        ]
        for judges in (OF_THE_SCHEMA, () if "--schema" in words else OF_THE_PLATFORM)
    )
    verdicts = [ask(judge, BUILD, {}) for judge in static]
    if running:
        with tempfile.TemporaryDirectory() as folder:
            verdicts += _judged_running(running, Path(folder))
            verdicts += _judged_hardened(running, Path(folder))
    sys.stdout.write(f"\n{table(verdicts)}\n")
    return sum(not verdict.is_content for verdict in verdicts)


def lay_out() -> None:
    """Put judges beside their packages, with the schema and what is given to frontend teams, as those would copy it."""
    for name in ("clients", "relay", "schema"):
        shutil.rmtree(BUILD / name, ignore_errors=True)
        shutil.copytree(HERE / name, BUILD / name)
    shutil.rmtree(BUILD / "frontend", ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "frontend", BUILD / "frontend")
    for name in ("claims.js", "recording.js"):
        shutil.copy(HERE / name, BUILD / name)
    schema = ROOT / "gateway" / "schema.graphql"
    for place in (BUILD / "schema.graphql", BUILD / "frontend" / "schema.graphql"):
        shutil.copy(schema, place)
    shutil.copy(ROOT / "proto" / "released" / "schema.graphql", BUILD / "released.graphql")


def _judged_running(judges: Sequence[Judge], folder: Path) -> list[Verdict]:
    """Verdicts in default mode; what clients send is recorded."""
    with _platform(folder / "default") as platform:
        address = address_of(platform, "default")
        return [
            ask(_recorded(judge), BUILD, {**address, "RECORD": str(_recording(judge, folder))})
            if judge.is_client
            else ask(judge, BUILD, address)
            for judge in judges
        ]


def _judged_hardened(judges: Sequence[Judge], folder: Path) -> list[Verdict]:
    """Verdicts of clients in hardened mode, where all that they sent in default mode is trusted."""
    clients = [judge for judge in judges if judge.is_client]
    if not clients:
        return []
    manifest = folder / "documents.json"
    schema = (BUILD / "schema.graphql").read_text()
    write_manifest(manifest, schema, [_recording(judge, folder) for judge in clients])
    with _platform(folder / "hardened", "--hardened", "--documents", str(manifest)) as platform:
        address = address_of(platform, "hardened")
        return [
            ask(replace(judge, name=f"{judge.name}, hardened"), BUILD, address) for judge in clients
        ]


def _recording(judge: Judge, folder: Path) -> Path:
    """Where the documents of a client are written down."""
    return folder / f"{judge.name}.json"


def _recorded(judge: Judge) -> Judge:
    node, *rest = judge.command
    return replace(judge, command=(node, "--import", "./recording.js", *rest))


@contextmanager
def _platform(folder: Path, *arguments: str) -> Iterator[Running]:
    folder.mkdir()
    with up(folder / "data", folder / "output", "--no-demo", *arguments) as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        seed(platform)
        yield platform


def address_of(platform: Running, mode: str) -> Mapping[str, str]:
    """Where judges find a platform, who they are there, and how many cases they make, where they make them."""
    return {
        "CASES": os.environ.get("CASES", str(SHORT_CASES)),
        "MODE": mode,
        "URL": f"{platform.url.replace('http', 'ws', 1)}/graphql",
        "HTTP": f"{platform.url}/graphql",
        "TOKEN": _token(platform),
    }


def _token(platform: Running) -> str:
    """Of somebody who may do everything that people may: what is refused for want of a right tells judges little."""
    signer = Signer.from_file(Keys(platform.data_dir / "secrets").issuer)
    viewer = Viewer("judge", (Grant(Role.ADMIN), Grant(Role.PRIVACY_OFFICER)))
    return signer.mint(viewer, issuer=EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE, seconds=3_600)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
