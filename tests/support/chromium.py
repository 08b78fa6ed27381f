"""Where a Chromium is: the system's, else the one of an npm package, which needs no root."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WEB = Path(__file__).parents[2] / "gateway" / "web"
# Alone with the pages under test: no sandbox (it needs rights of its own), no word to the outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
UNPACK = (
    "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"
)


def executable() -> str:
    """Path of a Chromium; FileNotFoundError where there is none."""
    named = os.environ.get("CXM_TEST_BROWSER")
    if named:
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    node = Path(sys.executable).with_name("node")
    if not (WEB / "node_modules" / "@sparticuz").exists():
        raise FileNotFoundError("no Chromium is here: install one, or run `make web`")
    run = subprocess.run([node, "-e", UNPACK], cwd=WEB, capture_output=True, text=True, check=True)
    return run.stdout.strip()
