"""What fills the image, and what has no place in it."""

from collections import Counter
from pathlib import Path

PACKAGES = "opt/cxm/lib/python3.11/site-packages"
BYTECODE = "opt/cxm/bytecode"
OURS = ("gateway", "services", "infra", "cxm")
UNWANTED_FOLDERS = ("tests", "node_modules", "__pycache__", "pip", ".npm", ".git")
UNWANTED_ENDS = (".map", ".pyi", ".ts", ".tsx", ".whl", ".a", ".h")
SHELLS = ("sh", "bash", "dash", "busybox")


def sizes(root: Path) -> Counter[str]:
    """Bytes by package, its libraries and bytecode with it; what is not a package of Python is `base`."""
    found: Counter[str] = Counter()
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            found[_package(path.relative_to(root).as_posix())] += path.stat().st_size
    return found


def _package(path: str) -> str:
    inside = path.removeprefix(f"{BYTECODE}/")
    if not inside.startswith(f"{PACKAGES}/"):
        return "base" if inside == path else "bytecode of Python itself"
    name = inside.removeprefix(f"{PACKAGES}/").partition("/")[0].removesuffix(".libs").lstrip("_")
    return "cxm" if name in OURS else name.partition(".")[0].removesuffix("_runtime_32")


def table(found: Counter[str], most: int = 16) -> str:
    """The largest in megabytes, and the sum."""
    largest = found.most_common(most)
    others = found.total() - sum(size for _, size in largest)
    rows = [*largest, ("others", others), ("whole image", found.total())]
    return "\n".join(f"{size / 1e6:8.1f} MB  {name}" for name, size in rows)


def unwanted(root: Path) -> list[str]:
    """Files and folders that no role needs."""
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.name in UNWANTED_FOLDERS or path.name.endswith(UNWANTED_ENDS)
    ]


def shells(root: Path) -> list[str]:
    """What could run a command that somebody sends."""
    folders = [root / "usr/bin", root / "usr/sbin", root / "usr/local/bin"]
    return [name for name in SHELLS for folder in folders if (folder / name).exists()]


def without_bytecode(root: Path) -> list[str]:
    """Modules that each start would have to compile."""
    modules = root / PACKAGES
    compiled = root / BYTECODE / PACKAGES
    return [
        str(name)
        for name in (path.relative_to(modules) for path in modules.rglob("*.py"))
        if not (compiled / name.parent / f"{name.stem}.cpython-311.pyc").exists()
    ]
