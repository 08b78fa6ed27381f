"""The collection of operations in docs/frontend, and each with variables that a frontend team would send."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse, print_ast

from services.kit.clock import new_id

FOLDER: Final = Path(__file__).parents[3] / "docs" / "frontend" / "operations"
SPREAD: Final = re.compile(r"\.\.\.\s*(\w+)")
WEEKS, A_WEEK, NOW = 14, 40, 30
PERIOD: Final = {"from": "2026-01-01", "to": "2120-01-01"}
IN_A_YEAR: Final = (datetime.now(UTC) + timedelta(days=365)).date().isoformat()
OF_CHILD: Final = {"department": "billing", "period": PERIOD}
OF_SCORE: Final = {**OF_CHILD, "metric": "nps"}
QUESTIONS: Final = [
    {"key": "recommend", "kind": "NPS", "text": "How likely is it that you recommend us?"},
    {"key": "satisfied", "kind": "CSAT", "text": "How satisfied are you?"},
    {"key": "fast", "kind": "CSAT", "text": "How satisfied are you with our speed?"},
    {"key": "why", "kind": "TEXT", "text": "Why?"},
]

Known = dict[str, Any]
"""Answers by the names of operations."""


@dataclass(frozen=True, slots=True)
class Asking:
    """An operation, and its variables, which may be made of what was answered before.

    `state`: of the request of erasure, for which it waits; empty where it waits for nothing.
    """

    name: str
    variables: Callable[[Known], Mapping[str, Any]]
    role: str = "admin"
    state: str = ""


def documents() -> dict[str, str]:
    """The text of each operation of the collection, with the fragments that it may use, by its name."""
    text = "\n".join(path.read_text() for path in sorted(FOLDER.glob("*.graphql")))
    whole = parse(text)
    fragments = {
        part.name.value: part
        for part in whole.definitions
        if isinstance(part, FragmentDefinitionNode)
    }
    operations = [part for part in whole.definitions if isinstance(part, OperationDefinitionNode)]
    assert all(part.name for part in operations)
    return {part.name.value: _with(part, fragments) for part in operations if part.name}


def _known_as(kind: str, value: str) -> Mapping[str, str]:
    return {"kind": kind, "value": value}


def _with(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> str:
    parts: list[FragmentDefinitionNode | OperationDefinitionNode] = [operation]
    for part in parts:
        spread = {name for name in SPREAD.findall(print_ast(part)) if name != "on"}
        parts += [fragments[name] for name in sorted(spread) if fragments[name] not in parts]
    return "\n\n".join(print_ast(part) for part in parts)


def responses() -> list[dict[str, Any]]:
    """Weeks of good answers, then a fall, enough for an alert."""
    today = datetime.now(UTC)
    usual = [
        (today - timedelta(weeks=week), 0 if number < A_WEEK // 4 else 9, number)
        for week in range(1, WEEKS + 1)
        for number in range(A_WEEK)
    ]
    fallen = [(today - timedelta(minutes=1), 0, number) for number in range(NOW)]
    return [_response(*one) for one in usual + fallen]


def _response(at: datetime, score: int, number: int) -> dict[str, Any]:
    return {
        "survey": "pulse",
        "touchpoint": "invoice",
        "channel": ("phone", "web")[number % 2],
        "occurredAt": at.isoformat(),
        "answers": [
            {"question": "recommend", "score": score},
            {"question": "satisfied", "score": 1 + (score + number) % 5},
            {"question": "fast", "score": 1 + number % 5},
            {"question": "why", "text": f"Because of {number}."},
        ],
    }


def _given(**variables: Any) -> Callable[[Known], Mapping[str, Any]]:
    return lambda _: variables


def _input(**fields: Any) -> Callable[[Known], Mapping[str, Any]]:
    return lambda _: {"input": fields}


ORGANISATION: Final = (
    Asking("Viewer", _given()),
    Asking(
        "UpsertDepartments",
        _input(
            departments=[
                {"key": key, "name": key.title(), "parent": "root"} for key in ("billing", "shop")
            ]
        ),
    ),
    Asking(
        "UpsertTouchpoints",
        _input(
            touchpoints=[
                {"key": "invoice", "name": "Invoice", "department": "billing", "stage": "purchase"}
            ]
        ),
    ),
    Asking(
        "CreateSurvey",
        _input(
            key="pulse",
            title="Pulse",
            public=True,
            offers={"everything": True},
            questions=QUESTIONS,
        ),
    ),
)
"""What there must be before anybody can answer or listen."""
LISTENING: Final = (
    Asking("ScoreChanged", _given(department="root", metrics=["nps"])),
    Asking("AlertRaised", _given(department="billing")),
)
ANSWERING: Final = (Asking("SubmitResponses", lambda _: {"input": {"responses": responses()}}),)
CUSTOMERS: Final = [
    {"identifiers": [_known_as("CUSTOMER", "C-1"), _known_as("EMAIL", "one@mail.example")]},
    {"identifiers": [_known_as("ACCOUNT", "shop-1")], "source": "webshop"},
    {"identifiers": [_known_as("CUSTOMER", "C-2"), _known_as("EMAIL", "one@mail.example")]},
    {"identifiers": [_known_as("CUSTOMER", "C-3")]},
]
POINTS: Final = {
    "identifier": _known_as("CUSTOMER", "C-1"),
    "id": "receipt 1",
    "at": "2026-03-01T09:00:00Z",
    "points": 100,
    "kind": "EARNED",
    "expiresOn": "2036-03-01",
}
SITE: Final = {
    "name": "Shop",
    "origins": ["https://shop.example"],
    "departments": ["root"],
    "factsAMinute": 60,
}
CONSENT: Final = {
    "identifier": _known_as("CUSTOMER", "C-1"),
    "purpose": "MARKETING",
    "status": "GIVEN",
    "at": "2026-03-01T09:00:00Z",
    "wording": "I want news by e-mail.",
    "givenFor": "100 points",
    "proof": "FORM",
}


def _number(known: Known, place: int) -> str:
    """The number of a customer that was said."""
    number: str = known["UpsertCustomers"]["upsertCustomers"]["results"][place]["key"]
    return number


def _accounts(known: Known) -> Mapping[str, Any]:
    numbers = (_number(known, 0), _number(known, 1))
    return {"input": {"a": numbers[0], "b": numbers[1], "reason": "the same person"}}


def _conflict(known: Known) -> Mapping[str, Any]:
    (conflict,) = known["CustomerConflicts"]["customerConflicts"]["conflicts"]
    return {"input": {"id": conflict["id"], "settlement": "APART", "reason": "a family"}}


def _called(_: Known) -> Mapping[str, Any]:
    """A call of a moment ago."""
    at = {"at": datetime.now(UTC).isoformat(), "kind": "CALLED", "department": "billing"}
    return {"input": {"interactions": [{"id": "call-1", "source": "crm", **at}]}}


def _call_withdrawn(_: Known) -> Mapping[str, Any]:
    """One that is not there."""
    return {"input": {"interactions": [{"id": "call-2", "at": "2026-01-31T09:30:00Z"}]}}


def _erasure(known: Known) -> str:
    """The id of the request that was made."""
    id_: str = known["RequestErasure"]["requestErasure"]["request"]["id"]
    return id_


REST: Final = (
    (
        Asking("UpsertCustomers", _input(customers=CUSTOMERS)),
        Asking("Departments", _given(search="bil")),
        Asking("Department", _given(key="root")),
        Asking(
            "Scorecard",
            _given(
                **OF_CHILD,
                compareTo={"from": "2025-01-01", "to": "2026-01-01"},
                filter={"channel": "web"},
            ),
        ),
        Asking("Trend", _given(**OF_SCORE, interval="MONTH")),
        Asking("Breakdown", _given(**OF_SCORE, by="CHANNEL")),
        Asking("Explanation", _given(**OF_SCORE)),
        Asking("ChildScorecards", _given(department="root", period=PERIOD)),
        Asking("Comments", _given(**OF_CHILD)),
        Asking("AnswersBehind", _given(**OF_SCORE)),
        Asking("Alerts", _given(department="billing")),
        Asking("Linkage", _given(department="root")),
        Asking(
            "StartDriverAnalysis",
            _input(
                department="billing",
                survey="pulse",
                metric="nps",
                drivers=["satisfied", "fast"],
                period=PERIOD,
            ),
        ),
        Asking(
            "RegisterMetric",
            _input(
                key="fast-share",
                name="Fast enough",
                item={"survey": "pulse", "question": "fast"},
                statistic="SHARE",
                answers=["4", "5"],
            ),
        ),
        Asking(
            "SetTarget",
            _input(department="billing", metric="nps", value=40, side="CUSTOMER", due=IN_A_YEAR),
        ),
        Asking("Surveys", _given(state="LIVE")),
        Asking("CreateInvitations", _input(survey="pulse", count=2)),
        Asking(
            "SubmitResponse",
            _input(
                id=new_id(),
                survey="pulse",
                department="shop",
                answers=[{"question": "recommend", "score": 9}],
            ),
        ),
        Asking(
            "UpsertWave",
            _input(
                key="autumn",
                kind="PULSE",
                name="Autumn",
                language="en",
                questions=[
                    {
                        "key": "recommend",
                        "kind": "ENPS",
                        "text": "Would you recommend working here?",
                    }
                ],
            ),
        ),
        Asking(
            "UpsertGrants",
            _input(
                grants=[{"subject": "head", "role": "DEPARTMENT_HEAD", "department": "billing"}]
            ),
        ),
        Asking("People", _given()),
        Asking("Imports", _given()),
        Asking("Health", _given()),
    ),
    (
        Asking("Customer", _given(externalId="C-1")),
        Asking("RuleNames", _given()),
        Asking("PreviewSegment", _input(rule='identifiers has "EMAIL"')),
        Asking("UpsertSegment", _input(key="all", name="All", rule="true", place=1)),
        Asking("RecordConsent", _input(statements=[CONSENT])),
        Asking("RecordPoints", _input(entries=[POINTS])),
        Asking("LinkCustomers", _accounts),
        Asking("CustomerConflicts", _given()),
        Asking("RequestErasure", _input(externalId="C-3", reason="asked by letter")),
        Asking("Refetch", lambda known: {"id": known["Department"]["department"]["id"]}),
        Asking(
            "AcknowledgeAlert",
            lambda known: {
                "input": {
                    "id": known["Alerts"]["department"]["alerts"]["edges"][0]["node"]["id"],
                    "action": "ACTING",
                }
            },
        ),
        Asking(
            "DriverAnalysis",
            lambda known: {
                "id": known["StartDriverAnalysis"]["startDriverAnalysis"]["analysis"]["id"]
            },
        ),
        Asking("Drivers", _given(department="billing")),
        Asking("MetricDefinitions", _given()),
        Asking("Targets", _given(department="billing")),
        Asking("UpdateSurvey", _input(key="pulse", title="Pulse of customers")),
        Asking(
            "CorrectResponse",
            lambda known: {
                "input": {
                    "id": known["SubmitResponse"]["submitResponse"]["response"]["id"],
                    "receipt": known["SubmitResponse"]["submitResponse"]["receipt"],
                    "answers": [{"question": "recommend", "score": 10}],
                }
            },
        ),
        Asking(
            "UpsertSubscriptions",
            _input(
                subscriptions=[
                    {
                        "id": "s1",
                        "customer": {"kind": "CUSTOMER", "value": "C-1"},
                        "plan": "Fibre",
                        "monthly": 2990,
                        "department": "billing",
                        "startedOn": "2026-01-01",
                    }
                ]
            ),
        ),
        Asking(
            "RecordPurchases",
            _input(
                purchases=[
                    {
                        "id": "r1",
                        "customer": {"kind": "CUSTOMER", "value": "C-1"},
                        "occurredAt": "2026-01-01T10:00:00Z",
                        "amount": 1250,
                        "department": "billing",
                    }
                ]
            ),
        ),
        Asking("Waves", _given()),
        Asking("WaveResults", _given(wave="autumn", department="billing")),
        Asking("Grants", _given()),
        Asking("AuditLog", _given(filter={"about": "billing"})),
    ),
    (
        Asking(
            "UpsertInteractionKinds",
            _input(
                kinds=[
                    {
                        "key": "TEST_DRIVE",
                        "name": "Test drive",
                        "direction": "BY_CUSTOMER",
                        "contact": True,
                        "details": ["car"],
                    }
                ]
            ),
        ),
        Asking("InteractionKinds", _given()),
        Asking("RecordInteractions", _called),
        Asking("WithdrawInteractions", _call_withdrawn),
        Asking("UnlinkCustomers", _accounts),
        Asking("SettleConflict", _conflict),
        Asking("CountErasure", lambda known: {"input": {"id": _erasure(known)}}),
        Asking("PrivacyRequest", lambda known: {"id": _erasure(known)}),
        Asking("PrivacyRequests", _given()),
        Asking(
            "RevealCustomer",
            lambda known: {
                "input": {"number": _number(known, 0), "reason": "the customer is on the phone"}
            },
        ),
        Asking("RemoveTarget", _input(department="billing", metric="nps")),
        Asking("Survey", _given(key="pulse")),
        Asking(
            "WithdrawResponse",
            lambda known: {
                "input": {
                    "id": known["SubmitResponse"]["submitResponse"]["response"]["id"],
                    "receipt": known["SubmitResponse"]["submitResponse"]["receipt"],
                }
            },
        ),
        Asking(
            "MoveDepartment", _input(department="shop", parent="billing", **{"from": "2026-01-01"})
        ),
    ),
    (
        Asking("CreateSite", _input(site=SITE)),
        Asking("Sites", _given()),
        Asking("CustomerHistory", lambda known: {"number": _number(known, 0)}),
        Asking("CustomerTimeline", lambda known: {"number": _number(known, 0)}),
        Asking("Segments", _given()),
        Asking("SegmentMembers", _given(key="all")),
        Asking("SegmentOfCustomer", lambda known: {"number": _number(known, 0)}),
        Asking("CustomerConsents", lambda known: {"number": _number(known, 0)}),
        Asking("CustomerPoints", lambda known: {"number": _number(known, 0)}),
        Asking("CustomerSubscriptions", lambda known: {"number": _number(known, 0)}),
        Asking("CustomerPurchases", lambda known: {"number": _number(known, 0)}),
        Asking("WithdrawPurchases", _input(purchases=[{"id": "r1"}])),
        Asking("ChangeSurveyState", _input(survey="pulse", state="CLOSED")),
        Asking(
            "DecidePrivacy",
            lambda known: {"input": {"id": _erasure(known), "decision": "APPROVE"}},
            role="privacy_officer",
            state="COUNTED",
        ),
    ),
    (
        Asking("RemoveSegment", _input(key="all")),
        Asking(
            "AllowAgain",
            _input(identifier=_known_as("CUSTOMER", "C-3"), reason="a customer again"),
            role="privacy_officer",
            state="DONE",
        ),
    ),
)
"""What else there is: of each group all at once, which needs what the groups before it were answered."""
