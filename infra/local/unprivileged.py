"""PostgreSQL refuses to run as root: the user that runs it instead."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.client.problem import Problem
from infra.local.children import Account


class NoUnprivilegedUser(Problem):
    """No ordinary user may enter the directories PostgreSQL needs."""


@dataclass(frozen=True)
class RunAs:
    """How a program is started so that it is not root."""

    prefix: tuple[str, ...] = ()
    account: Account | None = None


def choose(home: Path, shared: tuple[Path, ...], binaries: Path) -> RunAs:
    """The way to run PostgreSQL on the data in `home`; `shared` is handed to the same user.

    An ordinary user runs it as is. Root runs it as the owner of existing data, else in a user
    namespace (in which root's files belong to an ordinary user), else, where namespaces are
    refused, as a system user.
    """
    if os.geteuid() != 0:
        return RunAs()
    owner = home.stat()
    if owner.st_uid != 0:
        return _as_account(Account(owner.st_uid, owner.st_gid), home, shared, binaries)
    namespace = RunAs(prefix=_namespace())
    if namespace.prefix and _may_work(namespace, "-w", home, binaries):
        return namespace
    return _as_account(_system_account(), home, shared, binaries)


def _as_account(account: Account, home: Path, shared: tuple[Path, ...], binaries: Path) -> RunAs:
    run_as = RunAs(account=account)
    home.parent.chmod(home.parent.stat().st_mode | 0o011)  # enter, not read
    if not _may_work(run_as, "-x", home.parent, binaries):
        name = pwd.getpwuid(account.uid).pw_name
        raise NoUnprivilegedUser(
            f"PostgreSQL must not run as root, and the user {name} may not enter "
            f"{home} or {binaries}; run this as an ordinary user, or move both to directories that "
            "everybody may enter"
        )
    for path in (home, *home.rglob("*"), *shared):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    return run_as


def _may_work(run_as: RunAs, right: str, directory: Path, binaries: Path) -> bool:
    """Whether that user has the right (-w, -x) to the directory and can run PostgreSQL."""
    account = run_as.account
    script = 'test "$1" "$2" && "$3" --version'
    tried = subprocess.run(
        [*run_as.prefix, "sh", "-c", script, "sh", right, directory, binaries / "postgres"],
        capture_output=True,
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    return tried.returncode == 0


def _namespace() -> tuple[str, ...]:
    """A command prefix: root's files belong to an ordinary user; initdb wants one with a name."""
    unshare = shutil.which("unshare")
    account = _system_account()
    if unshare is None:
        return ()
    return (unshare, "--user", f"--map-user={account.uid}", f"--map-group={account.gid}")


def _system_account() -> Account:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ("postgres", "nobody", *known):
        entry = known.get(name)
        if entry is not None and entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise NoUnprivilegedUser(
        "PostgreSQL must not run as root, and this system has no other user; add one"
    )
