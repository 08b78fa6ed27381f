"""Who may use each field, RPC, door, fact, export and import is said in docs/rights.md; what it does not say fails."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import strawberry

from gateway.calls.exports import EXPORTS
from gateway.calls.imports import OWNERS
from gateway.request.context import Info
from gateway.schema import Schema, schema
from services.kit.events.streams import Durable
from tests.contract.support.events import facts, unheard_handlers
from tests.contract.support.policy import NoPolicy, fields, files, right
from tests.contract.support.rights_document import document, doors

ROOT = Path(__file__).parents[2]


def test_the_document_says_what_the_code_does() -> None:
    written = (ROOT / "docs" / "rights.md").read_text()

    assert written == document(), "make rights"


def test_the_right_of_a_field_is_found_at_all() -> None:
    rights = {f.name: right(rpc.need for rpc in f.rpcs) for f in fields(schema._schema)}

    assert rights["Query.department"] == "read directory"
    assert rights["Query.node"] == (
        "read directory, read surveys, read scores, find customers, read timelines"
    )
    assert rights["Query.auditLog"] == "read audit"
    assert rights["Mutation.submitResponse"] == "submit"
    assert rights["Subscription.scoreChanged"].startswith("read scores")
    assert rights["Department.scorecard"] == "read scores"


async def tell(info: Info) -> str:
    return info.context.viewer.subject


async def look_into_the_cache(info: Info) -> int:
    return len(info.context.cache.definitions)


@pytest.mark.parametrize("resolver", [tell, look_into_the_cache])
def test_a_field_of_the_root_that_asks_no_service_is_found(resolver: Any) -> None:
    @strawberry.type
    class Query:
        secret: str = strawberry.field(resolver=resolver)

    with pytest.raises(NoPolicy, match=r"Query\.secret"):
        fields(Schema(query=Query)._schema)


def test_an_export_or_import_without_a_right_is_found() -> None:
    nobody = SimpleNamespace(method=lambda clients: clients.channels)

    with pytest.raises(NoPolicy, match="Export of everything"):
        files({**EXPORTS, "everything": nobody}, "Export")
    with pytest.raises(NoPolicy, match="Import of everything"):
        files({**OWNERS, "everything": nobody}, "Import")
    with pytest.raises(NoPolicy, match="ExportScores"):
        files({"responses": EXPORTS["responses"]}, "Export")


def test_every_handler_hears_what_it_handles() -> None:
    assert unheard_handlers() == []


def test_a_fact_that_nobody_may_hear_or_announce_is_found(tmp_path: Path) -> None:
    with pytest.raises(NoPolicy, match=r"cxm\.survey\.person"):
        facts({"PERSON_ANSWERED": "cxm.survey.person.answered.v1"})
    with pytest.raises(NoPolicy, match=r"cxm\.gateway"):
        facts({"SEEN": "cxm.gateway.seen.v1"}, [Durable("GATEWAY", "x", ("cxm.gateway.>",))])

    handling = tmp_path / "employee_exp" / "events.py"
    handling.parent.mkdir()
    handling.write_text("HANDLERS = {RESPONSES_RECORDED: Handler(ResponsesRecorded, copy)}\n")
    assert unheard_handlers(tmp_path) == [
        "employee_exp/events.py handles RESPONSES_RECORDED, which it cannot hear"
    ]


def test_a_door_that_nobody_described_is_found(tmp_path: Path) -> None:
    assert "/graphql" in doors()

    (tmp_path / "main.py").write_text('app.router.routes += [Route("/debug", debug)]\n')
    with pytest.raises(NoPolicy, match="/debug"):
        doors(tmp_path)
    (tmp_path / "main.py").write_text("app.router.routes += [Route(DEBUG, debug)]\n")
    with pytest.raises(NoPolicy, match="no text"):
        doors(tmp_path)
