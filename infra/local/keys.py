"""Signing keys of one deployment, and the tokens its embedded issuer signs."""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.client.problem import Problem
from infra.local import credentials
from infra.roles import SERVICES

if TYPE_CHECKING:
    from services.kit.rights.access import Role, Viewer
    from services.kit.rights.tokens import Signer

TOKEN_SECONDS = 24 * 60 * 60
LINK_SECONDS = 15 * 60
AVAILABLE = ("admin", "analyst", "department_head", "integration", "operator", "privacy_officer")
PLANNED = ("employee", "frontend")
LONGEST_KEY = 200


PROCESSES = (*SERVICES, "gateway")

FILES: dict[str, tuple[str, ...]] = {
    "issuer.jwk": (),
    "issuer.jwks": ("gateway",),
    "trusted.jwks": SERVICES,
    **{f"{process}.jwk": (process,) for process in PROCESSES},
    "customer.key": ("profile", "survey"),
    "import.key": ("employee_exp",),
    "seal.key": ("profile", "employee_exp"),
    "link.key": ("employee_exp",),
}
"""Every file of keys, and the processes that read it; the issuer's own is for who makes tokens, and for no process."""
LOST = {
    "customer.key": "customers are parted from their past, all that they are known by is new; "
    "receipts and codes of responses hold no longer; "
    "rows imported before are imported again",
    "import.key": "employees of files without ids are new ones at the next import",
    "seal.key": "addresses, languages and attributes of employees, identifiers and attributes of customers: "
    "nobody reads them again",
    "link.key": "of open waves: nobody is mailed or reminded any more",
}
"""Keys by which data are stored, and what is lost with each: another one does not do."""


class TokenRefused(Problem):
    """No token for this role, department or data dir."""


class KeyMissing(Problem):
    """A key is gone by which data are stored, or whose public half others still trust; or public ones are none."""


@dataclass(frozen=True)
class Keys:
    """The files of the keys. Private ones are single JWKs, public ones JWK sets."""

    directory: Path

    @property
    def issuer(self) -> Path:
        return self.directory / "issuer.jwk"

    @property
    def issuer_public(self) -> Path:
        return self.directory / "issuer.jwks"

    @property
    def trusted(self) -> Path:
        return self.directory / "trusted.jwks"

    @property
    def customers(self) -> Path:
        return self.directory / "customer.key"

    @property
    def imports(self) -> Path:
        return self.directory / "import.key"

    @property
    def seals(self) -> Path:
        return self.directory / "seal.key"

    @property
    def links(self) -> Path:
        return self.directory / "link.key"

    @property
    def waves(self) -> Path:
        """A directory; the service makes it, and the keys in it."""
        return self.directory / "waves"

    def process(self, name: str) -> Path:
        return self.directory / f"{name}.jwk"


def prepare(data_dir: Path, used: Collection[str] = ()) -> Keys:
    """The keys of the data dir; made on first use. KeyMissing for one that its data were stored by (`used`)."""
    directory = data_dir / "secrets"
    _demand(directory, (name for name in LOST if name in used))
    return _make(directory)


def make(directory: Path, anew: Collection[str] = ()) -> Keys:
    """Make the keys that are missing; what is there stays. The sets of public keys always fit the private ones.

    KeyMissing where a private key that a set of public keys names is not there, or one by which data may be stored,
    for others are there: that one is made only when it is named (`anew`).
    """
    if any((directory / name).exists() for name in FILES):
        _demand(directory, (name for name in LOST if name not in anew))
    return _make(directory)


def _demand(directory: Path, names: Iterable[str]) -> None:
    """KeyMissing where one of these is not there; nothing is made then."""
    missing = [name for name in names if not (directory / name).exists()]
    if not missing:
        return
    lost = "".join(f"\n{name}: {LOST[name]}" for name in missing)
    options = " ".join(f"--new {name}" for name in missing)
    raise KeyMissing(
        f"{', '.join(missing)} is not in {directory}, and data may be stored by it: put it back from a backup. "
        f"`cxm keys init --directory {directory} {options}` makes another one, and then is lost:{lost}"
    )


def _make(directory: Path) -> Keys:
    from services.kit.rights.tokens import EMBEDDED_ISSUER, GATEWAY

    keys = Keys(directory)
    _publish(keys.issuer_public, {keys.issuer: EMBEDDED_ISSUER})
    processes = {keys.process(name): f"service:{name}" for name in SERVICES}
    _publish(keys.trusted, {keys.process("gateway"): GATEWAY} | processes)
    for path in (keys.customers, keys.imports, keys.seals, keys.links):
        if not path.exists():
            credentials.keep(path, secrets.token_hex(32))
    return keys


def _publish(public: Path, private: Mapping[Path, str]) -> None:
    """Make private keys with these ids where they are missing, and the set of their public halves."""
    from services.kit.rights.tokens import public_keys

    named = _ids(public) if public.exists() else frozenset()
    for path, kid in private.items():
        if kid in named and not path.exists():
            raise KeyMissing(
                f"{path} is missing, and {public.name} names it: put it back, or remove {public.name} too "
                "and a new key is made, with which all that run have to be started again"
            )
    kept = [_private(path, kid) for path, kid in private.items()]
    fitting = json.dumps(public_keys(*kept))
    if not public.exists() or public.read_text() != fitting:
        credentials.keep(public, fitting)


def _ids(public: Path) -> frozenset[str]:
    """Of the keys in a set of public ones."""
    try:
        return frozenset(key["kid"] for key in json.loads(public.read_text())["keys"])
    except (ValueError, KeyError, TypeError) as error:
        raise KeyMissing(f"{public} holds no keys: remove it, and it is made anew") from error


def _private(path: Path, kid: str) -> dict[str, Any]:
    from services.kit.rights.tokens import new_key

    if not path.exists():
        credentials.keep(path, json.dumps(new_key(kid)))
    key: dict[str, Any] = json.loads(path.read_text())
    return key


def mint(data_dir: Path, role: str, department: str | None = None) -> str:
    """A bearer token for one role, 24 hours; works without a running platform."""
    from services.kit.rights.tokens import EMBEDDED_ISSUER, PUBLIC_AUDIENCE

    signer, viewer = _signer(data_dir, role, department)
    return signer.mint(
        viewer, issuer=EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE, seconds=TOKEN_SECONDS
    )


def link(data_dir: Path, role: str, department: str | None = None) -> str:
    """The path of a link by which a browser signs in, once, within 15 minutes; works without a running platform."""
    from services.kit.rights.tokens import EMBEDDED_ISSUER, LINK_AUDIENCE

    signer, viewer = _signer(data_dir, role, department)
    token = signer.mint(
        viewer, issuer=EMBEDDED_ISSUER, audience=LINK_AUDIENCE, seconds=LINK_SECONDS, is_unique=True
    )
    return f"/signin/link/{token}"


def _signer(data_dir: Path, role: str, department: str | None) -> "tuple[Signer, Viewer]":
    """The embedded issuer, and who is to be signed for; TokenRefused where nobody can be."""
    from services.kit.rights.access import Grant, Viewer
    from services.kit.rights.tokens import Signer

    granted = _role(role)
    _check_department(role, department)
    issuer = Keys(data_dir / "secrets").issuer
    if not issuer.exists():
        raise TokenRefused(
            f"there is no platform in {data_dir}: give the --data-dir of the one that runs, "
            "or start one with `make up`"
        )
    subject = f"{role}:{department}" if department else role
    return Signer.from_file(issuer), Viewer(subject, (Grant(granted, department),))


def _role(name: str) -> "Role":
    from services.kit.rights.access import Role

    if name in AVAILABLE:
        return Role(name)
    known = "is not built yet" if name in PLANNED else "is unknown"
    raise TokenRefused(f"the role {name} {known}; available: {', '.join(AVAILABLE)}")


def _check_department(role: str, department: str | None) -> None:
    if department is None and role == "department_head":
        raise TokenRefused("a department_head heads a department: add --department KEY")
    if department is not None and not 0 < len(department.strip()) <= LONGEST_KEY:
        raise TokenRefused(f"--department takes a department's key, 1 to {LONGEST_KEY} characters")
