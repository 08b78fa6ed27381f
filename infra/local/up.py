"""`cxm up`: start everything, load the demo, print the page, and wait for the end."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infra.client.api import Api, ApiRefused
from infra.client.manifest import write_manifest
from infra.client.problem import Problem
from infra.local import (
    children,
    datadir,
    keys,
    logs,
    nats,
    page,
    parts,
    postgres,
)
from infra.local.datadir import State
from infra.local.demo import loading
from infra.local.demo.documents import DOCUMENTS
from infra.local.parts import HOST, Deployment
from infra.local.supervising import after_full_disk, orphans
from infra.local.supervising.supervisor import Supervisor
from infra.roles import SERVICES
from services.kit.errors import NO_SPACE

READY_SECONDS = 90.0
PORT_PATIENCE_SECONDS = 12.0


class PortRefused(Problem):
    """The port for the gateway cannot be had."""


class DiskFull(Problem):
    """The data dir cannot be written."""


class NotReady(Problem):
    """Everything runs, but not all of it answers."""


@dataclass(frozen=True)
class Options:
    """The options of `cxm up`."""

    data_dir: Path
    port: int
    demo: bool
    pulses: int
    time_zone: str | None
    otlp_endpoint: str | None
    oidc_issuer: str | None
    is_hardened: bool
    documents: tuple[Path, ...]
    """Manifests of documents that are trusted."""
    commands: tuple[str, ...]
    """Documents that our own commands send."""
    verbose: bool


def run(options: Options, console: Console) -> None:
    """Run the platform until Ctrl-C or SIGTERM; raises Problem when it cannot go on."""
    data_dir = datadir.make(options.data_dir)
    try:
        with datadir.locked(data_dir, f"cxm up --port {options.port}") as abandoned:
            state = datadir.ensure_state(data_dir, options.time_zone)
            asyncio.run(_supervise(options, data_dir, state, console, abandoned))
    except OSError as error:
        if error.errno not in NO_SPACE:
            raise
        raise DiskFull(f"the disk of {data_dir} is full: make space and start again") from error


async def _supervise(
    options: Options, data_dir: Path, state: State, console: Console, abandoned: bool
) -> None:
    """Everything between the lock and its release: whatever happens, no process stays."""
    supervisor = Supervisor(lambda text: _notify(console, text), data_dir / "processes.json")
    stopped = _stop_on_signals(supervisor, console)
    await orphans.end(supervisor.records)
    await _claim_port(options.port, PORT_PATIENCE_SECONDS if abandoned else 0)
    work: list[Coroutine[Any, Any, object]] = [
        _work(options, data_dir, state, console, supervisor),
        supervisor.watch(),
        stopped.wait(),
        logs.keep_small(data_dir / "logs", lambda text: _notify(console, text)),
    ]
    if options.verbose:
        work.append(logs.follow(data_dir / "logs", sys.stderr))
    tasks = [asyncio.create_task(coroutine) for coroutine in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await supervisor.stop()


def _stop_on_signals(supervisor: Supervisor, console: Console) -> asyncio.Event:
    """Set at the first signal; a second one kills every process at once."""
    stopped = asyncio.Event()

    def stop() -> None:
        if stopped.is_set():
            supervisor.kill()
            return
        console.print("\nStopping ...")
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
            continue  # nohup
        asyncio.get_running_loop().add_signal_handler(number, stop)
    return stopped


async def _work(
    options: Options, data_dir: Path, state: State, console: Console, supervisor: Supervisor
) -> None:
    """Start, load, print; then look after the broker until cancelled."""
    deployment = await _start_stores(options, data_dir, state, console, supervisor)
    await _start_services(deployment, console, supervisor)
    if options.demo:
        state = await _load_demo(deployment, state, options.pulses, console)
    else:  # of a demo that was interrupted
        datadir.clock_file(data_dir).unlink(missing_ok=True)
    demo = state.demo is not None and state.demo.complete
    today = datetime.now(ZoneInfo(deployment.time_zone)).date()
    cxm = Path(sys.executable).with_name("cxm")
    page.show(console, url=deployment.url, cxm=cxm, data_dir=data_dir, today=today, demo=demo)
    await after_full_disk.follow(deployment.nats, supervisor)


async def _start_stores(
    options: Options, data_dir: Path, state: State, console: Console, supervisor: Supervisor
) -> Deployment:
    """NATS and PostgreSQL, with a database for every service."""
    made = keys.prepare(data_dir, state.keys)
    datadir.save_keys(data_dir, keys.LOST)
    broker, database = nats.prepare(data_dir), await postgres.prepare(data_dir)
    logs.rotate(data_dir / "logs")
    async with _phase(console, "NATS and PostgreSQL"):
        await supervisor.start(parts.nats_part(broker), parts.postgres_part(database))
        await nats.check_durable(broker)
        for service in SERVICES:
            await postgres.create_service(database, service)
    return Deployment(
        data_dir,
        options.port,
        state.time_zone,
        options.otlp_endpoint,
        database,
        broker,
        made,
        options.oidc_issuer,
        options.is_hardened,
        _manifests(options, data_dir),
    )


def _manifests(options: Options, data_dir: Path) -> tuple[Path, ...]:
    """Those that were named; hardened, also one of what commands, the demo and the printed page ask."""
    if not options.is_hardened:
        return options.documents
    own = data_dir / "documents.json"
    write_manifest(own, (*options.commands, *DOCUMENTS, *page.DOCUMENTS))
    return (own, *options.documents)


async def _start_services(deployment: Deployment, console: Console, supervisor: Supervisor) -> None:
    async with _phase(console, "database schemas"):
        await children.run_to_end(parts.migration(deployment))
    async with _phase(console, "profile"):
        await supervisor.start(parts.service_part(deployment, "profile"))
    async with _phase(console, "survey, metrics, employee_exp"):
        others = (name for name in SERVICES if name != "profile")
        await supervisor.start(*(parts.service_part(deployment, name) for name in others))
    async with _phase(console, "gateway"):
        await supervisor.start(parts.gateway_part(deployment))
        await _until_ready(deployment)
    for child in supervisor.running.values():
        for line in children.ignored_settings(child):
            _notify(console, f"{child.program.name}: {line}")


async def _until_ready(deployment: Deployment) -> None:
    """Wait for /readyz; NotReady names what is not ready after 90 s."""
    deadline = asyncio.get_running_loop().time() + READY_SECONDS
    while True:
        reply = await parts.ask_health(deployment, "readyz")
        if reply is not None and reply.is_success:
            return
        if asyncio.get_running_loop().time() > deadline:
            answer = reply.text if reply is not None else "no answer"
            full = children.describe_full(deployment.data_dir)
            raise NotReady(
                f"not ready after {READY_SECONDS:.0f} s{full}: {answer}; see {deployment.data_dir}/logs"
            )
        await asyncio.sleep(children.POLL_SECONDS)


async def _load_demo(deployment: Deployment, state: State, pulses: int, console: Console) -> State:
    """Load what is missing of the demo, unless the organisation has other data."""
    if state.demo is not None and state.demo.complete:
        return state
    try:
        with (
            Api(deployment.url, keys.mint(deployment.data_dir, "admin")) as api,
            Api(deployment.url, keys.mint(deployment.data_dir, "analyst")) as analyst,
            Api(deployment.url, keys.mint(deployment.data_dir, "privacy_officer")) as officer,
        ):
            callers = (api, analyst, officer)
            await asyncio.to_thread(_load, callers, deployment, state, pulses, console)
    except ApiRefused as error:
        raise Problem(f"the demo was not loaded: {error}") from error
    return datadir.find_state(deployment.data_dir) or state


def _load(
    callers: tuple[Api, Api, Api],
    deployment: Deployment,
    state: State,
    pulses: int,
    console: Console,
) -> None:
    if state.demo is None and not loading.is_empty(callers[0]):
        console.print("This organisation has data of its own: the demo is left out.")
        return
    columns = (TextColumn("demo organisation"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        demo = state.demo or loading.begin(datetime.now(UTC), pulses)
        plan = list(loading.steps(demo, deployment.time_zone))
        bar = progress.add_task("demo", total=sum(step.size for step in plan))
        loading.load(
            *callers,
            deployment.data_dir,
            demo,
            plan,
            lambda items: progress.advance(bar, items),
        )


@asynccontextmanager
async def _phase(console: Console, name: str) -> AsyncIterator[None]:
    """Print what starts now, and how long it took."""
    clock = asyncio.get_running_loop().time
    began = clock()
    with console.status(f"starting {name} ..."):
        yield
    console.print(f"[green]✓[/] {name} [dim]{clock() - began:.1f} s[/]")


async def _claim_port(port: int, patience_seconds: float) -> None:
    """Refuse a port that cannot be bound; wait when the killed process before us may still hold it."""
    deadline = asyncio.get_running_loop().time() + patience_seconds
    while True:
        why = _why_not(port)
        if why is None:
            return
        if asyncio.get_running_loop().time() >= deadline:
            raise PortRefused(
                f"port {port} on {HOST} cannot be used ({why}); choose another with --port"
            )
        await asyncio.sleep(children.POLL_SECONDS)


def _why_not(port: int) -> str | None:
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((HOST, port))
        except OSError as error:
            return error.strerror
    return None


def _notify(console: Console, text: str) -> None:
    with suppress(OSError):  # what it is printed to may be a file on the disk that is full
        console.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
