"""`make judges`: programs that others wrote, against the schema and a running platform; one table of what they found.

With `--schema`: those that need no platform. Words: those whose names hold one of them.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.judges.judge import Judge, Verdict, ask, table
from tests.judges.seed import seed
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
    Judge("graphql-http audits", ("node", "clients/graphql_http.js")),
    Judge("graphql-ws", ("node", "clients/graphql_ws.js")),
    Judge("graphql-sse", ("node", "clients/graphql_sse.js")),
    Judge("urql", ("node", "clients/urql.js")),
    Judge("Apollo Client", ("node", "clients/apollo.js")),
    Judge("Relay", ("node", "relay/app.js")),
    Judge("attacks, default and hardened", (sys.executable, "-m", "tests.judges.attacks")),
    Judge("schemathesis", (sys.executable, "-m", "tests.judges.fuzzing")),
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
    sys.stdout.write(f"\n{table(verdicts)}\n")
    return sum(not verdict.is_content for verdict in verdicts)


def lay_out() -> None:
    """Put judges beside their packages, with the schema and what is given to frontend teams, as those would copy it."""
    for name in ("clients", "relay", "schema"):
        shutil.rmtree(BUILD / name, ignore_errors=True)
        shutil.copytree(HERE / name, BUILD / name)
    shutil.rmtree(BUILD / "frontend", ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "frontend", BUILD / "frontend")
    shutil.copy(HERE / "claims.js", BUILD / "claims.js")
    schema = ROOT / "gateway" / "schema.graphql"
    for place in (BUILD / "schema.graphql", BUILD / "frontend" / "schema.graphql"):
        shutil.copy(schema, place)
    shutil.copy(ROOT / "proto" / "released" / "schema.graphql", BUILD / "released.graphql")


def _judged_running(judges: Sequence[Judge], folder: Path) -> list[Verdict]:
    with up(folder / "data", folder / "output", "--no-demo") as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        seed(platform)
        address = address_of(platform)
        return [ask(judge, BUILD, address) for judge in judges]


def address_of(platform: Running) -> Mapping[str, str]:
    """Where judges find a platform, who they are there, and how many cases they make, where they make them."""
    return {
        "CASES": os.environ.get("CASES", str(SHORT_CASES)),
        "URL": f"{platform.url.replace('http', 'ws', 1)}/graphql",
        "HTTP": f"{platform.url}/graphql",
        "TOKEN": platform.token("admin"),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
