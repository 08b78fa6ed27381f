"""Every document that the commands send: `python -m infra.cli.documents FILE` writes their manifest."""

import sys
from pathlib import Path
from typing import Final

from infra.cli import auditing, granting, operating, reconciling
from infra.cli.doctor import api as doctor
from infra.cli.doctor import versions
from infra.cli.importing import known
from infra.cli.waves import command, reading
from infra.client.manifest import write_manifest

DOCUMENTS: Final = (
    auditing.LOG,
    command.CALLED,
    command.LIST,
    command.LOOK,
    command.STANDARD_QUESTIONS,
    *command.CHANGES.values(),
    doctor.HEALTH,
    granting.GIVE,
    granting.GRANTS,
    granting.REVOKE,
    granting.SAY,
    known.LIST,
    known.TAKE_BACK,
    operating.REPLAY,
    reading.COMMENTS,
    reading.DEPARTMENTS,
    reading.RESULTS,
    reading.WAVE,
    reconciling.REBUILD,
    reconciling.REBUILDING,
    reconciling.RECONCILE,
    reconciling.RECONCILIATION,
    versions.QUERY,
)

if __name__ == "__main__":
    write_manifest(Path(sys.argv[1]), DOCUMENTS)
