"""Signing keys of one deployment, and the tokens its embedded issuer signs."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.client.problem import Problem
from infra.local import SERVICES, credentials

if TYPE_CHECKING:
    from services.kit.rights.access import Role, Viewer
    from services.kit.rights.tokens import Signer

TOKEN_SECONDS = 24 * 60 * 60
LINK_SECONDS = 15 * 60
AVAILABLE = ("admin", "analyst", "department_head", "integration", "operator", "privacy_officer")
PLANNED = ("employee", "frontend")
LONGEST_KEY = 200


class TokenRefused(Problem):
    """No token for this role, department or data dir."""


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


def prepare(data_dir: Path) -> Keys:
    """The keys of the data dir; made on first use."""
    from services.kit.rights.tokens import EMBEDDED_ISSUER, GATEWAY, public_keys

    keys = Keys(data_dir / "secrets")
    issuer = _private(keys.issuer, EMBEDDED_ISSUER)
    processes = [_private(keys.process("gateway"), GATEWAY)]
    processes += [_private(keys.process(name), f"service:{name}") for name in SERVICES]
    credentials.keep(keys.issuer_public, json.dumps(public_keys(issuer)))
    credentials.keep(keys.trusted, json.dumps(public_keys(*processes)))
    for path in (keys.customers, keys.imports, keys.seals, keys.links):
        if not path.exists():
            credentials.keep(path, secrets.token_hex(32))
    return keys


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
