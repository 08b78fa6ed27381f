"""`make judges`: clients that others wrote, against the platform. Needs node and npm."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.platform import START_SECONDS, eventually, up

HERE = Path(__file__).parent
BUILD = Path("build/judges").resolve()
JUDGES = ("graphql_http.js", "graphql_ws.js", "graphql_sse.js", "urql.js", "apollo.js")
SURVEY = """mutation { createSurvey(input: {key: "pulse", title: "Pulse", public: true,
    offers: {everything: true}, questions: [
  {key: "recommend", kind: NPS, text: "How likely ..."}]}) { userErrors { code } } }"""


def main() -> int:
    """The number of judges that are not content, as an exit status."""
    if not shutil.which("npm"):
        sys.stderr.write("npm is not here: install Node.js 20 or newer\n")
        return 1
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "submit.js", *JUDGES):
        shutil.copy(HERE / name, BUILD / name)
    install = ["npm", "install", "--silent", "--no-package-lock", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=BUILD, check=True)
    with tempfile.TemporaryDirectory() as folder:
        return _judge(Path(folder))


def _judge(folder: Path) -> int:
    with up(folder / "data", folder / "output", "--no-demo") as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        platform.ask(SURVEY)
        address = {
            "URL": f"{platform.url.replace('http', 'ws', 1)}/graphql",
            "HTTP": f"{platform.url}/graphql",
            "TOKEN": platform.token("admin"),
        }
        environment = {**os.environ, **address}
        ended = [
            subprocess.run(["node", judge], cwd=BUILD, env=environment, check=False).returncode
            for judge in JUDGES
        ]
        return sum(status != 0 for status in ended)


if __name__ == "__main__":
    sys.exit(main())
