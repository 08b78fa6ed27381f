"""Filesystems of packages of Debian 12, laid out without a container engine: one with a shell, one without."""

import subprocess
from pathlib import Path

WITHOUT_SHELL = (
    "base-files netbase tzdata ca-certificates libc6 libgcc-s1 libstdc++6 libssl3 zlib1g libbz2-1.0 liblzma5 libffi8 "
    "libexpat1 libsqlite3-0 libuuid1 libcrypt1 libdb5.3 libtirpc3 libnsl2 libreadline8 libtinfo6 libncursesw6 "
    "libpython3.11-minimal libpython3.11-stdlib python3.11-minimal"
)
WITH_SHELL = (
    f"{WITHOUT_SHELL} python3.11 python3.11-venv python3-pip-whl python3-setuptools-whl dash coreutils findutils sed "
    "libacl1 libattr1 libgmp10 libselinux1 libpcre2-8-0"
)


def fetch(folder: Path) -> None:
    """Download the packages that are not in the folder yet."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in WITH_SHELL.split() if not list(folder.glob(f"{name}_*.deb"))]
    if missing:
        subprocess.run(["apt-get", "download", "-qq", *missing], cwd=folder, check=True)


def lay_out(packages: str, folder: Path, root: Path) -> None:
    """Unpack packages; what each is stands where a list of software is made from."""
    status = root / "var/lib/dpkg/status.d"
    for path in ("etc", "tmp", "proc", "sys", "dev", "run", "var/tmp", "var/lib/dpkg/status.d"):
        (root / path).mkdir(parents=True)
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")
    for path in ("tmp", "var/tmp"):
        (root / path).chmod(0o1777)
    for name in packages.split():
        (package,) = folder.glob(f"{name}_*.deb")
        files = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
        unpack = ["tar", "-x", "--keep-directory-symlink", "-C", str(root)]
        subprocess.run(unpack, stdin=files.stdout, check=True)
        assert files.wait() == 0
        fields = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, check=True)
        (status / name).write_bytes(fields.stdout)
