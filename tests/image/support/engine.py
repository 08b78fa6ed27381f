"""buildah and podman: the image built without a network, and containers of it that may do nothing but their work."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.image.support import bases

ROOT = Path(__file__).parents[3]
WORK = ROOT / "build" / "image"
STORAGE = (
    *("--root", f"{WORK}/storage", "--runroot", f"{WORK}/run"),
    *("--storage-driver", "overlay"),
)
PODMAN = ("podman", *STORAGE, "--runtime", "runc", "--cgroup-manager", "cgroupfs")
NAME = "localhost/cxm"
NPM = Path(sys.executable).with_name("npm")
SYFT = Path(sys.executable).with_name("syft")
TOOLS = ("buildah", "podman", "runc", "apt-get", "dpkg-deb", "unshare")
CONFINED = (
    *("--read-only", "--read-only-tmpfs=false", "--tmpfs", "/tmp"),
    *("--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "host"),
    *("--pids-limit", "0", "--ulimit", "nofile=1024:4096", "--ulimit", "nproc=4096:4096"),
)


def why_not() -> str | None:
    """Why no image can be built here; None where it can."""
    if os.geteuid() != 0:
        return "only root can build and run the image here"
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"missing: {', '.join(missing)}; apt-get install buildah podman runc"
    release = Path("/etc/os-release").read_text()
    return None if "VERSION_CODENAME=bookworm" in release else "needs packages of Debian 12"


def run(*command: str | Path, timeout: float = 900) -> str:
    """What a command prints, whole; fails with what it said on stderr."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout.strip()


def version() -> str:
    """Of this tree."""
    project: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project["version"]


def build(scratch: Path) -> str:
    """Build the image in a network namespace without a network; its name.

    Packages of Python are those in build/image/wheels, those of the pages are in npm's cache since they were installed.
    """
    bases.fetch(WORK / "debian")
    for name, packages in (("build", bases.WITH_SHELL), ("base", bases.WITHOUT_SHELL)):
        if subprocess.run([*PODMAN, "image", "exists", f"{NAME}-{name}"], check=False).returncode:
            bases.lay_out(packages, WORK / "debian", scratch / name)
            container = run("buildah", *STORAGE, "from", "scratch")
            run("buildah", *STORAGE, "add", "-q", container, scratch / name, "/")
            run("buildah", *STORAGE, "commit", "-q", "--rm", container, f"{NAME}-{name}")
    given = {
        "BUILD": f"{NAME}-build",
        "BASE": f"{NAME}-base",
        "VERSION": version(),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": "/wheels",
        "UV_FIND_LINKS": "/wheels",
        "UV_OFFLINE": "1",
        "npm_config_offline": "true",
        "npm_config_cache": "/npm",
    }
    arguments = [
        word for name, value in given.items() for word in ("--build-arg", f"{name}={value}")
    ]
    cache = run(NPM, "config", "get", "cache")
    folders = ("-v", f"{WORK}/wheels:/wheels:ro", "-v", f"{cache}:/npm")
    places = ("--isolation", "chroot", "--network", "host", *folders)
    file = ("-f", f"{ROOT}/infra/docker/Dockerfile", "--ignorefile", f"{ROOT}/.dockerignore")
    offline = ("unshare", "--net", "buildah", *STORAGE, "bud", "--layers", "-q")
    run(*offline, *places, *file, *arguments, "-t", NAME, ROOT)
    return NAME


def let_go() -> None:
    """Unmount what the engines leave mounted, else nobody could remove build/."""
    layers = WORK / "storage" / "overlay"
    if layers.is_mount():
        run("umount", "--recursive", layers)


@dataclass(frozen=True, slots=True)
class Container:
    """A container of the image, made and not started."""

    id: str

    def start(self) -> None:
        """Start it."""
        run(*PODMAN, "start", self.id)

    def terminate(self) -> None:
        """Ask it to end, as a rollout does."""
        run(*PODMAN, "kill", "-s", "TERM", self.id)

    def status(self) -> int:
        """The exit status, once it has ended."""
        return int(run(*PODMAN, "wait", self.id, timeout=30))

    def logs(self) -> str:
        """What it wrote."""
        done = subprocess.run(
            [*PODMAN, "logs", self.id], capture_output=True, text=True, check=True
        )
        return done.stdout + done.stderr

    def pid(self) -> int:
        """Of its first process, as this machine counts."""
        return int(run(*PODMAN, "inspect", "--format", "{{.State.Pid}}", self.id))

    def remove(self) -> None:
        """End it at once and forget it."""
        run(*PODMAN, "rm", "-f", "-t", "0", self.id)


def create(
    uid: int,
    command: Sequence[str],
    environment: Mapping[str, str],
    folders: Sequence[Path],
) -> Container:
    """A container that may do nothing but its work. `folders` are there under the same path."""
    variables = [f"--env={name}={value}" for name, value in environment.items()]
    mounts = [f"--volume={folder}:{folder}" for folder in folders]
    options = (*CONFINED, f"--user={uid}:0", *variables, *mounts)
    return Container(run(*PODMAN, "create", *options, NAME, *command))
