"""Which versions run beside each other, on which schemas, and by what clocks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from infra.cli.doctor.findings import CLOCK_SECONDS, CLOCKS, Finding, direction
from infra.client.api import Api, ApiRefused, Json
from infra.local.sockets import socket_dir
from infra.roles import SERVICES
from services.kit.config import VERSION

OLD: Final = "a version before 0.2.0"
SECONDS: Final = 3.0
SAID: Final = re.compile(r'^cxm_process_version\{[^}]*version="([^"]+)"', re.MULTILINE)
QUERY: Final = """query { processes {
  service version clockAheadSeconds databaseAheadSeconds schema neededSchema } }"""


@dataclass(frozen=True)
class Process:
    """What one of them says of itself; None: it does not say it. Seconds are the least by which clocks are apart."""

    name: str
    version: str | None = None
    ahead_of_gateway: float = 0.0
    database_ahead: float = 0.0
    schema: str | None = None
    needed_schema: str | None = None


def ask(api: Api) -> list[Finding]:
    """What is wrong between the processes of a deployment; a gateway of old cannot say it."""
    try:
        told = api.query(QUERY)["processes"]
    except ApiRefused as refused:
        wrong = f"it does not say which versions run: {refused}"
        return [Finding("gateway", wrong, f"it may be {OLD}: finish the upgrade")]
    return list(check(of_api(told or ())))


def of_api(told: Sequence[Json]) -> list[Process]:
    """From the answer to `QUERY`."""
    return [
        Process(
            (one["service"] or "gateway").lower(),
            one["version"],
            one["clockAheadSeconds"] or 0.0,
            one["databaseAheadSeconds"] or 0.0,
            one["schema"],
            one["neededSchema"],
        )
        for one in told
    ]


async def of_data_dir(data_dir: Path) -> list[Process]:
    """From the numbers of the processes of a data dir that answer; they have one clock, and schemas are looked at."""
    sockets = {"gateway": "gateway", **{name: f"{name}-health" for name in SERVICES}}
    found = []
    for name, file in sockets.items():
        path = str(socket_dir(data_dir) / f"{file}.sock")
        transport = httpx.AsyncHTTPTransport(uds=path, verify=False)
        async with httpx.AsyncClient(transport=transport, timeout=SECONDS) as client:
            try:
                numbers = (await client.get(f"http://{name}/metrics")).text
            except httpx.HTTPError:
                continue  # said elsewhere
        version = SAID.search(numbers)
        found.append(Process(name, version and version[1]))
    return found


def check(processes: Sequence[Process], own: str = VERSION) -> Iterator[Finding]:
    """What is wrong between them, and with this command beside them."""
    yield from _versions(processes, own)
    for one in processes:
        yield from _schema(one)
        yield from _clocks(one)
    yield from _between(processes)


def _versions(processes: Sequence[Process], own: str) -> Iterator[Finding]:
    by_version: dict[str, Counter[str]] = {}
    for one in processes:
        by_version.setdefault(one.version or OLD, Counter())[one.name] += 1
    if len(by_version) > 1:
        said = "; ".join(f"{_names(by_version[each])}: {each}" for each in sorted(by_version))
        remedy = "finish the upgrade, or turn it back: versions are made to run beside each other for minutes"
        yield Finding("versions", f"processes run different ones ({said})", remedy)
    elif by_version and own not in by_version:
        wrong = f"all processes run {next(iter(by_version))}, and this command is {own}"
        yield Finding("versions", wrong, "take the command of that version: it knows its schemas")


def _names(processes: Mapping[str, int]) -> str:
    return ", ".join(name if n == 1 else f"{n} of {name}" for name, n in sorted(processes.items()))


def _schema(one: Process) -> Iterator[Finding]:
    found, needed = one.schema, one.needed_schema
    if found is None or needed is None or found == needed:
        return
    wrong = f"its code ({one.version}) was written for schema {needed}, and its database has"
    if found > needed:
        remedy = "finish the upgrade, or leave it turned back: it runs on that one meanwhile"
        yield Finding(one.name, f"{wrong} the later {found}", remedy)
    else:
        remedy = f"run `python -m services.kit.db.migrate {one.name}` of its version"
        yield Finding(one.name, f"{wrong} the older {found}", remedy)


def _clocks(one: Process) -> Iterator[Finding]:
    if abs(one.ahead_of_gateway) > CLOCK_SECONDS:
        wrong = f"its clock is {direction(one.ahead_of_gateway)} that of the gateway"
        yield Finding(one.name, wrong, CLOCKS)
    if abs(one.database_ahead) > CLOCK_SECONDS:
        wrong = f"the clock of its database is {direction(one.database_ahead)} its own"
        yield Finding(one.name, wrong, CLOCKS)


def _between(processes: Sequence[Process]) -> Iterator[Finding]:
    """Clocks of which each is near enough to that of the gateway, and not to one another."""
    near = [one for one in processes if abs(one.ahead_of_gateway) <= CLOCK_SECONDS]
    by_clock = sorted(near, key=lambda one: one.ahead_of_gateway)
    if not by_clock:
        return
    slow, fast = by_clock[0], by_clock[-1]
    apart = fast.ahead_of_gateway - slow.ahead_of_gateway
    if apart > CLOCK_SECONDS:
        yield Finding(fast.name, f"its clock is {direction(apart)} that of {slow.name}", CLOCKS)
