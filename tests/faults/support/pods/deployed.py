"""Processes as the chart runs them: each with an address of its own, found by name, started and ended by its probes.

What Kubernetes does is done here: a pod is sent to when its probe says ready, and no more before it is asked to end.
"""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from infra.local import children, parts
from infra.local.children import Child, Program
from infra.local.parts import Deployment
from infra.roles import BY_SERVICE, GATEWAY, Role
from tests.faults.support.pods.names import Names
from tests.faults.support.pods.proxy import Proxy
from tests.support.probes import is_healthy

CHART = Path(__file__).parents[4] / "infra" / "helm" / "cxm"
RUNNING = (*BY_SERVICE.values(), GATEWAY)
START_SECONDS = 90.0  # a busy machine
POLL_SECONDS = 0.2
NOTICED_SECONDS = 1.0  # until proxies and names know of a change


@dataclass(frozen=True)
class InPods(Deployment):
    """A deployment whose services are found by name, all addresses of one behind it."""

    name_server: int = 0

    def address(self, service: str) -> str:
        role = BY_SERVICE[service]
        return f"dns://127.0.0.1:{self.name_server}/{host_of(role)}:{role.ports['grpc']}"


def host_of(role: Role) -> str:
    """The name of a role's headless Service."""
    return f"cxm-{role.name}.test"


@dataclass(frozen=True, slots=True)
class Times:
    """What the chart says of the end of pods, and of their probes."""

    pre_stop: float
    grace: float
    failures: Mapping[str, int]

    @classmethod
    def of_chart(cls) -> "Times":
        defaults = yaml.safe_load((CHART / "values.yaml").read_text())["defaults"]
        components = yaml.safe_load((CHART / "files/components.yaml").read_text())
        return cls(
            defaults["preStopSeconds"],
            defaults["terminationGracePeriodSeconds"],
            {
                name: component["probes"]["readiness"].get("failureThreshold", 3)
                for name, component in components.items()
            },
        )


READINESS_SECONDS = 5.0
"""Between two questions, as the chart has it."""


@dataclass
class Pod:
    """A process with an address of its own, at the ports that the chart gives its role."""

    role: Role
    address: str
    child: Child
    watching: "asyncio.Task[None] | None" = None
    is_leaving: bool = False

    @property
    def name(self) -> str:
        return self.child.program.name

    async def is_so(self, about: str) -> bool:
        """What its probe says of this."""
        assert self.role.probe is not None
        where = f"{self.address}:{self.role.ports[self.role.probe.port]}"
        return await asyncio.to_thread(is_healthy, self.role.probe, about, where)

    async def is_ready(self) -> bool:
        assert self.role.probe is not None
        return await self.is_so(self.role.probe.ready)

    async def is_live(self) -> bool:
        assert self.role.probe is not None
        return await self.is_so(self.role.probe.live)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a pod ended, and how long after it was told."""

    status: int
    seconds: float


@dataclass
class Pods:
    """All pods of a deployment. `ended` says how each was ended that was replaced."""

    deployment: InPods
    names: Names
    proxy: Proxy
    times: Times = field(default_factory=Times.of_chart)
    running: dict[str, list[Pod]] = field(default_factory=lambda: defaultdict(list))
    serving: dict[str, list[Pod]] = field(default_factory=lambda: defaultdict(list))
    made: int = 0
    ending: "set[asyncio.Task[None]]" = field(default_factory=set)
    ended: list[Ended] = field(default_factory=list)

    @cached_property
    def network(self) -> str:
        """The first numbers of all addresses: of this machine, and hardly anybody else's."""
        return f"127.{random.randrange(1, 255)}.{random.randrange(1, 255)}"

    async def start(self, role: Role, noticed: float = NOTICED_SECONDS) -> Pod:
        """Start a pod and send to it once it is ready, and that was noticed."""
        self.made += 1
        address = f"{self.network}.{self.made}"
        program = self._program(role, address)
        pod = Pod(role, address, children.start(program))
        self.running[role.name].append(pod)
        deadline = time.monotonic() + START_SECONDS
        while not (await pod.is_live() and await pod.is_ready()):
            if pod.child.process.poll() is not None or time.monotonic() > deadline:
                children.kill(pod.child)
                raise children.failure_of(pod.child)
            await asyncio.sleep(POLL_SECONDS)
        self.serving[role.name].append(pod)
        await self._tell(role, noticed)
        pod.watching = asyncio.create_task(self._watch(pod))
        return pod

    async def roll(self, role: Role, count: int) -> None:
        """Replace so many pods of a role: one more is started, then an old one is asked to end, and nobody waits."""
        for pod in self.running[role.name][:count]:
            await self.start(role)
            self.end(pod)

    def end(self, pod: Pod) -> None:
        """Ask a pod to end: it is sent to no more, waits, and is told; killed when that takes too long."""
        self._spawn(self._end(pod))

    async def kill(self, pod: Pod) -> None:
        """End a pod at once, while it is sent to."""
        self.running[pod.role.name].remove(pod)
        self._forget(pod)
        children.kill(pod.child)
        await asyncio.sleep(self.times.pre_stop)
        await self._tell(pod.role)

    async def settle(self) -> None:
        """Wait until all pods that were asked to end have ended."""
        await asyncio.gather(*self.ending)

    async def stop(self) -> None:
        """End everything that runs, gateways first."""
        await asyncio.gather(*self.ending, return_exceptions=True)
        for role in reversed(RUNNING):
            for pod in self.running[role.name]:
                self._forget(pod)
            await asyncio.gather(
                *(children.stop(pod.child, grace_seconds=15) for pod in self.running[role.name])
            )

    async def _end(self, pod: Pod) -> None:
        self.running[pod.role.name].remove(pod)
        self._forget(pod)
        telling = asyncio.create_task(self._tell(pod.role))
        await asyncio.sleep(self.times.pre_stop)
        told = time.monotonic()
        await children.stop(pod.child, grace_seconds=self.times.grace - self.times.pre_stop)
        self.ended.append(Ended(pod.child.process.returncode, time.monotonic() - told))
        await telling

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.ending.add(task)
        task.add_done_callback(self.ending.discard)

    def _forget(self, pod: Pod) -> None:
        pod.is_leaving = True
        if pod.watching is not None:
            pod.watching.cancel()
        if pod in self.serving[pod.role.name]:
            self.serving[pod.role.name].remove(pod)

    async def _tell(self, role: Role, noticed: float = NOTICED_SECONDS) -> None:
        """Let the names and the proxy know where the pods of a role are, a moment later."""
        await asyncio.sleep(noticed)
        addresses = [pod.address for pod in self.serving[role.name]]
        if role is GATEWAY:
            self.proxy.send_to(addresses, role.ports["http"])
        else:
            self.names.addresses[host_of(role)] = addresses

    async def _watch(self, pod: Pod) -> None:
        """Send to a pod while its probe says ready, as often asked and as patiently as by the chart."""
        failed, serving = 0, self.serving[pod.role.name]
        while True:
            await asyncio.sleep(READINESS_SECONDS)
            failed = 0 if await pod.is_ready() else failed + 1
            if pod in serving and failed >= self.times.failures[pod.role.name]:
                serving.remove(pod)
            elif pod not in serving and not failed:
                serving.append(pod)
            else:
                continue
            await self._tell(pod.role)

    def _program(self, role: Role, address: str) -> Program:
        deployment = self.deployment
        if role is GATEWAY:
            program, prefix = parts.gateway_part(deployment).program, "CXM_GATEWAY_"
            own = {
                "HOST": address,
                "PORT": str(role.ports["http"]),
                "TRUSTED_PROXIES": "1",
                "SUBJECT_VALUES_RATE": "1000000",  # all share a token
            }
        else:
            service = next(name for name, one in BY_SERVICE.items() if one is role)
            program, prefix = parts.service_part(deployment, service).program, f"CXM_{service}_"
            own = {"LISTEN": f"{address}:{role.ports['grpc']}"}
        own["HEALTH_ADDRESS"] = f"{address}:{role.ports['health']}"
        name = f"{role.name}-{self.made}"
        told = {prefix.upper() + setting: value for setting, value in own.items()}
        environment = {**(program.environment or {}), **told}
        log = program.log.with_name(f"{name}.log")
        return replace(program, name=name, log=log, environment=environment)


@asynccontextmanager
async def deployed(
    deployment: InPods, names: Names, proxy: Proxy, replicas: int
) -> AsyncIterator[Pods]:
    """So many pods of every role."""
    pods = Pods(deployment, names, proxy)
    try:
        for role in RUNNING:
            await asyncio.gather(*(pods.start(role, 0) for _ in range(replicas)))
        yield pods
    finally:
        await pods.stop()
