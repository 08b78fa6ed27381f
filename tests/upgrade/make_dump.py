"""`make upgrade-dump`: keep the data of this version, and what it answers, for later versions to read.

Run it on the version whose data are to be kept, e.g. before a release; it needs nothing of that
version but the command `cxm` beside the interpreter, the public API and the layout of the data
directory. Ids and times that the platform makes itself differ from run to run.
"""

import asyncio
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.support.platform import START_SECONDS, cxm, eventually, up
from tests.upgrade.support import dump, filling, questions

FOLDER = Path(__file__).parent / "last"


def main() -> None:
    """Fill a new platform, ask it, stop it, and write the dump."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory(prefix="cxm-upgrade-") as folder:
        data_dir, output = Path(folder) / "data", Path(folder) / "output"
        with up(data_dir, output, "--no-demo", "--time-zone", filling.TIME_ZONE) as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            kept = filling.fill(platform)
            done = cxm("reconcile", "--url", platform.url, CXM_TOKEN=platform.token("operator"))
            assert done.returncode == 0, done.stdout + done.stderr
            write_json("kept.json", asdict(kept))
            write_json("answers.json", questions.ask(platform))
        asyncio.run(dump.write(data_dir, FOLDER))


def write_json(name: str, content: dict[str, object]) -> None:
    """One line for each key, so that a change is seen where it is."""
    lines = [
        f"{json.dumps(key)}: {json.dumps(content[key], ensure_ascii=False)}" for key in content
    ]
    (FOLDER / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
