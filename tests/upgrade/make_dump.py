"""Keep the data of this version, and what it answers, for later versions to read. `make release` calls it.

It needs nothing of that version but the command `cxm` beside the interpreter, the public API and the
layout of the data directory. Ids and times that the platform makes itself differ from run to run.
"""

import asyncio
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.support.platform import START_SECONDS, cxm, eventually, up
from tests.upgrade.support import dump, filling, questions


def make(folder: Path) -> None:
    """Fill a new platform, ask it, stop it, and write the dump into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with tempfile.TemporaryDirectory(prefix="cxm-upgrade-") as place:
        data_dir, output = Path(place) / "data", Path(place) / "output"
        with up(data_dir, output, "--no-demo", "--time-zone", filling.TIME_ZONE) as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            kept = filling.fill(platform)
            done = cxm("reconcile", "--url", platform.url, CXM_TOKEN=platform.token("operator"))
            assert done.returncode == 0, done.stdout + done.stderr
            write_json(folder / "kept.json", asdict(kept))
            write_json(folder / "answers.json", questions.ask(platform))
        asyncio.run(dump.write(data_dir, folder))


def write_json(path: Path, content: dict[str, object]) -> None:
    """One line for each key, so that a change is seen where it is."""
    lines = [
        f"{json.dumps(key)}: {json.dumps(content[key], ensure_ascii=False)}" for key in content
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")
