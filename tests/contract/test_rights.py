"""Every RPC of the contract names the right it needs."""

import pytest

from cxm.operate.v1.operate_pb2_grpc import OperateServiceServicer
from services.kit.errors import Denied, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Action, service_viewer
from services.kit.rpc.needs import Need, Scope, check_of, need_of, needs
from tests.contract.support.policy import promised, servicer_classes


def unnamed(servicer: type, rpc: str) -> str | None:
    """What is wrong with the right that a servicer's method names."""
    need = need_of(getattr(servicer, rpc))
    if need is None:
        return f"{servicer.__name__}.{rpc} names no right: declare it with needs()"
    if (need.action is None) != (need.scope is Scope.ANY_TOKEN):
        return f"{servicer.__name__}.{rpc}: an action and {need.scope.name} do not go together"
    return None


@pytest.mark.parametrize(("module", "service", "rpc"), list(promised()))
def test_an_rpc_names_the_right_it_needs(module: str, service: str, rpc: str) -> None:
    answering = servicer_classes(module, service)

    assert answering, f"nobody answers {service}"
    assert [problem for servicer in answering if (problem := unnamed(servicer, rpc))] == []


class Undeclared:
    def Ask(self) -> None: ...

    @needs(Action.REPLAY, Scope.ANY_TOKEN)
    def Contradict(self) -> None: ...

    @needs(Action.REPLAY, Scope.ORGANISATION)
    def Declare(self) -> None: ...


def test_a_servicer_without_a_declaration_is_found() -> None:
    assert "names no right" in (unnamed(Undeclared, "Ask") or "")
    assert "do not go together" in (unnamed(Undeclared, "Contradict") or "")
    assert unnamed(Undeclared, "Declare") is None
    assert "names no right" in (unnamed(OperateServiceServicer, "ReplayDeadLetters") or "")


def test_a_declaration_leaves_the_method_as_it_is() -> None:
    def method() -> None: ...

    assert needs(Action.COPY, Scope.ORGANISATION)(method) is method
    assert need_of(method) == Need(Action.COPY, Scope.ORGANISATION)


# Those that judge each item by what it brings with it: a public survey, an invitation, a receipt or secret, a link.
WITHOUT_A_TOKEN = {
    "GetForm",
    "SubmitResponses",
    "CorrectResponse",
    "WithdrawResponse",
    "FindBallot",
    "KeepBallot",
    "SendBallot",
}
# Which service calls which RPC in its own name; the reference the declarations are held against.
CALLS = {
    "BatchGetDepartments": {"survey", "metrics", "employee_exp"},
    "BatchGetTouchpoints": {"survey", "metrics", "employee_exp"},
    "ReadDirectory": {"survey", "metrics", "employee_exp"},
    "UpsertDepartments": {"survey", "employee_exp"},
    "ListHeads": {"employee_exp"},
    "BatchGetSurveys": {"metrics"},
    "GetWatermark": {"metrics"},
    "StreamControlTotals": {"metrics"},
    "StreamFacts": {"metrics"},
    "StartSession": {"gateway"},
    "UseSession": {"gateway"},
    "FindOpenSessions": {"gateway"},
    "EndSession": {"gateway"},
    "EndSessions": {"gateway"},
    "FindSite": {"gateway"},
    "LinkVisitor": {"gateway"},
}
PROCESSES = ("profile", "survey", "metrics", "employee_exp", "gateway", "stranger")


class Checked(Exception):
    """The caller came as far as the question what its role may do."""


class Directory:
    async def read_tree(self) -> None:
        raise Checked


def bound(module: str, service: str, rpc: str) -> object:
    """A servicer's method, of a servicer that has nothing but a directory."""
    (servicer,) = servicer_classes(module, service)
    made = type("Made", (servicer,), {"directory": Directory()})
    return getattr(object.__new__(made), rpc)


@pytest.mark.parametrize(("module", "service", "rpc"), list(promised()))
async def test_without_a_token_nothing_is_looked_up(module: str, service: str, rpc: str) -> None:
    check = check_of(bound(module, service, rpc))

    if check is None:
        assert rpc in WITHOUT_A_TOKEN
        return
    with pytest.raises(Unauthenticated):
        await check(ANONYMOUS)


@pytest.mark.parametrize(("module", "service", "rpc"), list(promised()))
async def test_a_service_calls_only_what_it_is_named_for(
    module: str, service: str, rpc: str
) -> None:
    check = check_of(bound(module, service, rpc))
    if check is None:
        return
    passed = set()
    for process in PROCESSES:
        try:
            await check(service_viewer(process))
        except Checked:
            passed.add(process)
        except Denied:
            continue
        else:
            passed.add(process)
    assert passed == CALLS.get(rpc, set())
