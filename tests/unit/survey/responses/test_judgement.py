"""Judgements without a database: what is looked up is handed in."""

from typing import Any

import pytest

from services.kit.clock import new_id
from services.kit.imports.identity import FirstSeen
from services.kit.rights.access import ANONYMOUS, Viewer
from services.survey.attribution.submission import Answer
from services.survey.attribution.submitters import submit_scope
from services.survey.domain.refusal import Refusal
from services.survey.invitations.domain import Fixed, Invitation
from services.survey.responses.domain.judgement import (
    Accepted,
    Judged,
    Judgement,
    LateResponse,
)
from services.survey.responses.domain.outcome import (
    Fate,
    StoredBody,
    SubmissionOutcome,
    fate_of_repeated,
    foresee,
    outcomes_of,
)
from services.survey.surveys.domain.lifecycle import Life, State
from services.survey.surveys.domain.surveys import Survey
from tests.unit.survey.support.surveys import ID, NOW, make_submission, make_survey
from tests.unit.survey.support.tree import make_tree

TOKEN = Invitation(b"hash", "s1", NOW.replace(year=2027), b"r" * 16, Fixed())


def judge(survey: Survey, who: Viewer = ANONYMOUS, **fields: Any) -> Judged:
    scope, everybody = submit_scope(who, make_tree()), submit_scope(ANONYMOUS, make_tree())
    surveys, invited = {survey.key: survey}, {"token": TOKEN}
    judgement = Judgement(surveys, invited, scope, everybody, NOW, b"key", lambda: "new id")
    sent = make_submission(**fields)
    return judgement.judge(sent, sent)


def test_what_is_accepted_has_an_id_even_if_none_was_sent() -> None:
    named, unnamed = judge(make_survey()), judge(make_survey(), id=None)

    assert isinstance(named, Accepted)
    assert isinstance(unnamed, Accepted)
    assert (named.id, unnamed.id) == (ID, "new id")
    assert named.body_hash == unnamed.body_hash


def test_a_private_survey_looks_absent_without_an_invitation() -> None:
    private = make_survey(public=False)
    invited = judge(private, invitation="token", customer="c1")

    assert judge(private) == judge(make_survey(key="other"))
    assert isinstance(invited, Accepted)
    assert (invited.token_hash, invited.customer_ref) == (TOKEN.token_hash, TOKEN.customer_ref)


def test_an_invitation_to_another_survey_is_unknown() -> None:
    refused = judge(make_survey(id="s2"), invitation="token")

    assert isinstance(refused, list)
    assert [refusal.reason for refusal in refused] == ["INVITATION_UNKNOWN"]


def test_a_late_response_is_judged_in_full_first() -> None:
    closed = make_survey(life=Life(State.CLOSED))
    late, wrong = judge(closed), judge(closed, answers=(Answer("recommend", 11),))

    assert isinstance(late, LateResponse)
    assert late.refusal.reason == "SURVEY_CLOSED"
    assert isinstance(wrong, list)
    assert [refusal.reason for refusal in wrong] == ["SCORE_OUT_OF_RANGE"]


def test_outcomes_come_in_the_order_of_the_submissions() -> None:
    accepted = judge(make_survey())
    late = judge(make_survey(life=Life(State.CLOSED)))
    assert isinstance(accepted, Accepted)
    assert isinstance(late, LateResponse)
    refusal = Refusal(("id",), "INVALID_ID", "")
    submissions = [make_submission(), make_submission(id="no"), make_submission()]

    found = outcomes_of(
        submissions,
        [accepted, [refusal], late],
        [Fate.STORED],
        {ID: StoredBody(accepted.body_hash, None)},
    )
    unknown = outcomes_of(submissions[:1], [late], [], {})
    trusted = late._replace(response=late.response._replace(is_told=True))
    body = {ID: StoredBody(b"other", None)}
    other, alike = (outcomes_of(submissions[:1], [each], [], body) for each in (trusted, late))

    assert found == [
        SubmissionOutcome(ID, Fate.STORED),
        SubmissionOutcome("", None, [refusal]),
        SubmissionOutcome(ID, Fate.ALREADY_STORED),
    ]
    assert unknown == [SubmissionOutcome(ID, None, [late.refusal])]
    assert other == [SubmissionOutcome(ID, Fate.ID_CONFLICT)]
    assert alike == [SubmissionOutcome(ID, Fate.ALREADY_STORED)]


@pytest.mark.parametrize("is_told", [False, True])
@pytest.mark.parametrize("same", [False, True])
@pytest.mark.parametrize("sent", [None, b"secret", b"other"])
@pytest.mark.parametrize("stored", [None, b"secret"])
def test_only_who_holds_the_secret_is_known_again(
    is_told: bool, same: bool, sent: bytes | None, stored: bytes | None
) -> None:
    given = StoredBody(b"same" if same else b"different", sent)

    fate = fate_of_repeated(given, StoredBody(b"same", stored), is_told=is_told)

    holds = sent == stored == b"secret"
    assert (fate is Fate.PROVEN_REPEAT) == (holds and same)
    assert (fate is Fate.ID_CONFLICT) == ((holds or is_told) and not same)


@pytest.mark.parametrize("is_told", [False, True])
@pytest.mark.parametrize("secret", [None, b"secret"])
def test_of_what_was_withdrawn_nobody_is_told(is_told: bool, secret: bytes | None) -> None:
    sent = StoredBody(b"same", secret)

    assert fate_of_repeated(sent, StoredBody(None, secret), is_told=is_told) is Fate.ALREADY_STORED


def test_what_is_foreseen_is_what_storing_in_order_would_come_to() -> None:
    judged = judge(make_survey(), invitation="token")
    assert isinstance(judged, Accepted)
    first = judged._replace(is_told=True)
    other_body, other_id = first._replace(body_hash=b"other"), first._replace(id=new_id())
    bodies, spent = FirstSeen(), FirstSeen()

    fates = [
        foresee(each, {}, bodies.of, spent.of) for each in (first, first, other_body, other_id)
    ]

    assert fates == [Fate.STORED, Fate.ALREADY_STORED, Fate.ID_CONFLICT, Fate.INVITATION_SPENT]
