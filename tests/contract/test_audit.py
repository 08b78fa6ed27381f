"""What changes something, or takes rows out, leaves an entry in the audit log, or says here why it does not."""

import ast
from pathlib import Path

from services.kit.rights.audit.entries import Deed
from tests.contract.support.policy import promised, servicer_classes

READS = ("Get", "BatchGet", "List", "Find", "Read", "Stream", "Preview")
# By RPC what it writes down.
WRITTEN: dict[str, set[Deed]] = {
    "UpsertDepartments": {
        Deed.DEPARTMENT_CREATED,
        Deed.DEPARTMENT_CHANGED,
        Deed.DEPARTMENT_MOVED,
        Deed.ROOT_NAMED,
    },
    "ImportDepartments": {
        Deed.DEPARTMENT_CREATED,
        Deed.DEPARTMENT_CHANGED,
        Deed.DEPARTMENT_MOVED,
        Deed.DEPARTMENT_CLOSED,
        Deed.TOUCHPOINT_CHANGED,
        Deed.ROOT_NAMED,
    },
    "MoveDepartment": {Deed.DEPARTMENT_MOVED},
    "CloseDepartment": {
        Deed.DEPARTMENT_CLOSED,
        Deed.DEPARTMENT_REOPENED,
        Deed.DEPARTMENT_MOVED,
        Deed.TOUCHPOINT_CHANGED,
    },
    "UpsertTouchpoints": {Deed.TOUCHPOINT_CREATED, Deed.TOUCHPOINT_CHANGED},
    "ImportTouchpoints": {Deed.TOUCHPOINT_CREATED, Deed.TOUCHPOINT_CHANGED},
    "UpsertGrants": {Deed.GRANT_GIVEN},
    "RevokeGrants": {Deed.GRANT_REVOKED, Deed.USER_REMOVED},
    "UpsertUsers": {Deed.USER_CHANGED},
    "StartSession": {Deed.SIGNED_IN, Deed.SIGNED_IN_BY_LINK, Deed.SESSION_DISPLACED},
    "UseSession": {Deed.SESSION_STOLEN},
    "EndSession": {Deed.SIGNED_OUT, Deed.SESSION_STOLEN},
    "EndSessions": {Deed.SESSION_ENDED_BY_PROVIDER},
    "RecordOwnUser": {Deed.USER_CHANGED},
    "CreateSite": {Deed.SITE_CREATED},
    "UpdateSite": {Deed.SITE_CHANGED},
    "RotateSiteSecret": {Deed.SITE_ROTATED},
    "LinkCustomers": {Deed.CUSTOMERS_LINKED},
    "UnlinkCustomers": {Deed.CUSTOMERS_UNLINKED},
    "SettleConflict": {Deed.CUSTOMER_CONFLICT_SETTLED, Deed.CUSTOMERS_FORCED},
    "RevealCustomer": {Deed.CUSTOMER_REVEALED},
    "WithdrawPurchases": {Deed.PURCHASES_WITHDRAWN},
    "RequestErasure": {Deed.ERASURE_REQUESTED},
    "DecideErasure": {
        Deed.ERASURE_APPROVED,
        Deed.ERASURE_REFUSED,
        Deed.ERASURE_DONE,
        Deed.ERASURE_REAPPLIED,
    },
    "AllowAgain": {Deed.CUSTOMER_ALLOWED_AGAIN},
    "UpsertIdentifierKinds": {Deed.IDENTIFIER_KIND_CHANGED},
    "WithdrawInteractions": {Deed.INTERACTIONS_WITHDRAWN},
    "UpsertInteractionKinds": {Deed.INTERACTION_KIND_CHANGED},
    "UpsertSegment": {Deed.SEGMENT_CHANGED},
    "RemoveSegment": {Deed.SEGMENT_REMOVED},
    "CreateSurvey": {Deed.SURVEY_CREATED, Deed.SURVEY_PUBLISHED},
    "UpdateSurvey": {Deed.SURVEY_CHANGED, Deed.SURVEY_PUBLISHED},
    "ChangeSurveyState": {Deed.SURVEY_STATE_CHANGED},
    "CreateInvitations": {Deed.INVITATIONS_CREATED},
    "CorrectResponse": {Deed.RESPONSE_CORRECTED},
    "WithdrawResponse": {Deed.RESPONSE_WITHDRAWN},
    "ImportResponses": {Deed.RESPONSES_IMPORTED, Deed.SURVEY_CREATED},
    "TakeBackImport": {Deed.IMPORT_TAKEN_BACK, Deed.RESPONSE_WITHDRAWN},
    "ListResponses": {Deed.RESPONSES_READ},
    "ListVerbatims": {Deed.RESPONSES_READ},
    "ListCustomerResponses": {Deed.RESPONSES_READ},
    "ExportResponses": {Deed.RESPONSES_EXPORTED},
    "ExportScores": {Deed.SCORES_EXPORTED},
    "RegisterMetric": {Deed.METRIC_REGISTERED},
    "SetTarget": {Deed.TARGET_SET},
    "RemoveTarget": {Deed.TARGET_REMOVED},
    "StartDriverAnalysis": {Deed.DRIVERS_STARTED},
    "CancelDriverAnalysis": {Deed.DRIVERS_CANCELLED},
    "AcknowledgeAlert": {Deed.ALERT_ACKNOWLEDGED},
    "StartReconciliation": {Deed.RECONCILIATION_STARTED},
    "StartRebuild": {Deed.REBUILD_STARTED},
    "UpsertEmployees": {Deed.EMPLOYMENT_CHANGED, Deed.EMPLOYEE_DETAILS_CHANGED},
    "SetEmployeeDetails": {Deed.EMPLOYEE_DETAILS_CHANGED},
    "EraseEmployee": {Deed.EMPLOYEE_ERASED},
    "ImportEmployees": {
        Deed.EMPLOYMENT_CHANGED,
        Deed.EMPLOYMENT_CORRECTED,
        Deed.EMPLOYEE_DETAILS_CHANGED,
    },
    "CorrectStint": {Deed.EMPLOYMENT_CORRECTED},
    "RemoveStint": {Deed.EMPLOYMENT_CORRECTED},
    "UpsertWave": {Deed.WAVE_CREATED, Deed.WAVE_CHANGED},
    "RemoveWave": {Deed.WAVE_REMOVED},
    "OpenWave": {Deed.WAVE_OPENED, Deed.WAVE_CREATED},
    "CloseWave": {Deed.WAVE_CLOSED},
    "ImportWave": {Deed.WAVE_IMPORTED},
    "ReplayDeadLetters": {Deed.DEAD_LETTERS_REPLAYED},
}
# By RPC why it writes nothing down.
SILENT = {
    "CountSegments": "nothing is changed, and what is told is numbers",
    "CountErasure": "nothing is changed, and what is told is numbers of rows",
    "LinkVisitor": "as UpsertCustomers: the link says by which site it was made",
    "UpsertCustomers": "the link is the record: it says who made it, when, and from which source",
    "ImportCustomers": "as UpsertCustomers",
    "ImportIdentities": "as UpsertCustomers",
    "RecordConsents": "the statement is the record: it says who recorded it, when, and from which source",
    "ImportConsents": "as RecordConsents",
    "RecordPoints": "the entry of the ledger is the record: it says who recorded it, when, and from which source",
    "ImportPoints": "as RecordPoints",
    "RecordPurchases": "the purchase is the record; a row more for each would cost what storing it costs",
    "ImportPurchases": "as RecordPurchases",
    "ImportInteractions": "as RecordInteractions",
    "RecordInteractions": "the interaction is the record; a row more for each would cost what storing it costs",
    "UpsertSubscriptions": "as RecordPurchases",
    "ImportSubscriptions": "as RecordPurchases",
    "KeepBallot": "an entry would say who began to answer",
    "SendBallot": "an entry would say who answered, and when",
    "SubmitResponses": "the response is the record; a row more for each would cost what storing it costs",
}


def unspoken(names: set[str]) -> list[str]:
    """RPCs that change something or take something out, of which neither list says a word."""
    return sorted(
        name
        for name in names
        if not name.startswith(READS) and name not in WRITTEN and name not in SILENT
    )


def deeds_in(package: str) -> set[Deed]:
    """The deeds that the code of a package names, its description of them apart."""
    found = set()
    for path in Path(package).rglob("*.py"):
        if path.name == "entries.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Attribute(value=ast.Name(id="Deed"), attr=name):
                    found.add(Deed[name])
    return found


def test_what_changes_something_is_written_down_or_says_why_not() -> None:
    names = {name for _, _, name in promised()}

    assert unspoken(names) == []
    assert WRITTEN.keys() | SILENT.keys() <= names
    assert WRITTEN.keys().isdisjoint(SILENT)
    assert unspoken({*names, "DeleteEverything", "ExportCustomers"}) == [
        "DeleteEverything",
        "ExportCustomers",
    ]


def test_every_deed_is_written_by_the_service_that_answers() -> None:
    missing = []
    for module, service, name in promised():
        for servicer in servicer_classes(module, service) if name in WRITTEN else ():
            package = "/".join(servicer.__module__.split(".")[:2])
            absent = WRITTEN[name] - deeds_in(package)
            missing += [f"{name}: {package} never writes {deed}" for deed in absent]

    assert missing == []
    assert set().union(*WRITTEN.values()) == set(Deed)
    assert Deed.GRANT_GIVEN not in deeds_in("services/survey")  # the control
