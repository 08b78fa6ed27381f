"""Tokens of the identity provider: what one that holds opens is the model's word, others open nothing."""

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

from tests.security.support.asking import Asking
from tests.security.support.building import ADMIN
from tests.security.support.cells import Cells
from tests.security.support.doors.filing import DAYS, DEPARTMENTS
from tests.security.support.doors.tokens import HOUR, listens
from tests.security.support.model import SEEN, Model, Viewer, World
from tests.security.support.small_world import OWN
from tests.support.identity_provider import CLIENT, TestProvider, rsa

SIGNED_IN = (
    "admin-whole",
    "department_head-own",
    "analyst-other",
    "integration-own",
    "department_head-ended",
    "nobody",
)
TRIED_WITH_BAD = SIGNED_IN[:2]
GIVE = """mutation ($grants: [GrantInput!]!) { upsertGrants(input: {grants: $grants}) {
  results { userErrors { message } } userErrors { message } } }"""


def subject_of(viewer: Viewer) -> str:
    return f"matrix-{viewer.name}"


def bad_tokens(provider: TestProvider, subject: str) -> Iterator[tuple[str, str]]:
    """Each kind once, of somebody who has grants."""
    now = int(time.time())
    yield "expired", provider.token(sub=subject, iat=now - 2 * HOUR, exp=now - HOUR)
    yield "no exp", provider.token(sub=subject, exp=None)
    yield "nbf ahead", provider.token(sub=subject, nbf=now + HOUR)
    yield "iat ahead", provider.token(sub=subject, iat=now + HOUR, exp=now + 2 * HOUR)
    yield "lives for two days", provider.token(sub=subject, exp=now + 48 * HOUR)
    yield "wrong aud", provider.token(sub=subject, aud="somebody")
    yield "aud of browsers", provider.token(sub=subject, aud=CLIENT)
    yield "no aud", provider.token(sub=subject, aud=None)
    yield "wrong iss", provider.token(sub=subject, iss="https://somebody.example")
    yield "unknown kid", provider.token(sub=subject, kid="unknown", key=rsa("unknown"))
    yield "other key", provider.token(sub=subject, key=rsa("one"))
    yield "alg none", provider.unsigned_token(sub=subject)
    yield "HS256 of the public key", provider.token_of_shared_secret(sub=subject)


async def try_provider(
    asking: Asking, cells: Cells, provider: TestProvider, world: World, some: Sequence[Viewer]
) -> None:
    """Some viewers sign in by the provider, with the grants of the model."""
    viewers = [viewer for viewer in some if viewer.name in SIGNED_IN]
    await _grant(asking, viewers)
    for viewer in viewers:
        subject = subject_of(viewer)
        token = provider.token(sub=subject)
        bad = [*bad_tokens(provider, subject)] if viewer.name in TRIED_WITH_BAD else []
        for door, (opens, expected) in _doors(asking, Model(world, viewer)).items():
            name = f"oidc {viewer.name}"
            cells.check(door, name, "valid", expected, await opens(token))
            for kind, other in bad:
                cells.check(door, name, kind, expected=False, observed=await opens(other))


async def _grant(asking: Asking, viewers: Sequence[Viewer]) -> None:
    grants = [
        {
            "subject": f"oidc:{subject_of(viewer)}",
            "role": grant.role.upper(),
            "department": grant.department,
            "from": grant.since and grant.since.isoformat(),
            "to": grant.to and grant.to.isoformat(),
        }
        for viewer in viewers
        for grant in viewer.grants
    ]
    answer = await asking.graphql(GIVE, asking.token(ADMIN), {"grants": grants})
    assert '"message"' not in answer.text, answer.text


Opens = Callable[[str], Awaitable[bool]]


def _doors(asking: Asking, model: Model) -> Mapping[str, tuple[Opens, bool]]:
    """Each with what the model says of it."""

    async def query(token: str) -> bool:
        answer = await asking.graphql(f'{{ department(key: "{OWN}") {{ key }} }}', token)
        return bool((answer.body.get("data") or {}).get("department"))

    async def export(token: str) -> bool:
        path = f"/exports/scores?department={OWN}&{DAYS}&metrics=nps"
        return (await asking.send("GET", path, token)).status == 200

    async def upload(token: str) -> bool:
        parts = {
            "mapping": (None, DEPARTMENTS.encode()),
            "file": ("x.csv", b"key,name,department\n"),
        }
        path = "/imports/departments?dryRun=true"
        return (await asking.send("POST", path, token, files=parts)).status == 200

    async def subscription(token: str) -> bool:
        return await listens(asking, token, OWN)

    return {
        "query": (query, model.on("directory", OWN) == SEEN),
        "export": (export, model.on("scores", OWN) == SEEN),
        "import": (upload, model.anywhere("departments+") == SEEN),
        "subscription": (subscription, model.on("scores", OWN) == SEEN),
    }
