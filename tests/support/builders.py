"""Plain functions that make things with sensible defaults."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from cxm.profile.v1 import profile_pb2 as pb
from cxm.survey.v1 import surveys_pb2 as survey_pb
from cxm.survey.v1.events_pb2 import (
    DimensionSet,
    RecordedResponse,
    ResponsesRecorded,
    ScoredAnswer,
)
from services.kit.clock import day_number, new_id
from services.kit.db.database import Database


def id_of(key: str) -> str:
    """A stable id for a key, so that tests may name things by key."""
    return str(uuid5(NAMESPACE_OID, key))


def make_department(
    key: str, parent: str | None = "root", moves: Sequence[tuple[date, str]] = ()
) -> pb.Department:
    """A department under a parent since ever, moved under others from given days on."""
    parents: list[tuple[int | None, str | None]] = [(None, parent)]
    parents += [(day_number(day), name) for day, name in moves]
    ends: list[int | None] = [start for start, _ in parents[1:]]
    places = [
        pb.Placement(parent_id=None if name is None else id_of(name), from_day=start, to_day=end)
        for (start, name), end in zip(parents, [*ends, None], strict=True)
    ]
    return pb.Department(
        id=id_of(key), key=key, name=key.title(), revision=1 + len(moves), placements=places
    )


def make_touchpoint(
    key: str,
    department: str,
    *,
    stage: str = "",
    channel: str = "",
    owners: Sequence[tuple[date, str]] = (),
) -> pb.Touchpoint:
    """A touchpoint owned by a department since ever, and by others from given days on."""
    all_owners: list[tuple[int | None, str]] = [(None, department)]
    all_owners += [(day_number(day), name) for day, name in owners]
    ends: list[int | None] = [start for start, _ in all_owners[1:]]
    terms = [
        pb.Term(department_id=id_of(name), stage=stage, from_day=start, to_day=end)
        for (start, name), end in zip(all_owners, [*ends, None], strict=True)
    ]
    return pb.Touchpoint(
        id=id_of(f"touchpoint {key}"),
        key=key,
        name=key.title(),
        revision=1 + len(owners),
        channel=channel,
        terms=terms,
    )


async def fill_directory(
    database: Database,
    departments: Sequence[pb.Department] = (),
    touchpoints: Sequence[pb.Touchpoint] = (),
    *,
    time_zone: str = "UTC",
) -> None:
    """Write a service's copy of the directory: the root `root` and what is given; may be called again."""
    root = make_department("root", parent=None)
    rows = [(d.id, "department", d.revision, d.SerializeToString()) for d in (root, *departments)]
    rows += [(t.id, "touchpoint", t.revision, t.SerializeToString()) for t in touchpoints]
    await database.pool.executemany(
        "INSERT INTO directory_copy (id, kind, revision, state) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state",
        rows,
    )
    await database.pool.execute(
        "INSERT INTO directory_state AS s (version, time_zone, root_id) VALUES (1, $1, $2)"
        " ON CONFLICT (one) DO UPDATE SET version = s.version + 1",
        time_zone,
        root.id,
    )


_envelopes = count(1)


def make_survey(
    key: str = "relationship", kinds: Sequence[str] = ("NPS", "CSAT", "TEXT"), **fields: Any
) -> survey_pb.Survey:
    """A survey with a question of each kind, its key the kind in lower case."""
    questions = [
        survey_pb.Question(
            id=id_of(f"{key} {number} {kind}"),
            key=kind.lower(),
            kind=survey_pb.QuestionKind.Value(f"QUESTION_KIND_{kind}"),
            text=kind,
            dont_know=kind == "CSAT",
        )
        for number, kind in enumerate(kinds)
    ]
    return survey_pb.Survey(
        id=id_of(f"survey {key}"),
        key=key,
        title=key.title(),
        **{"in_scorecard": True, "version": 1, "revision": 1, **fields},
        version_id=id_of(f"version {key}"),
        questions=questions,
    )


def make_response(
    department: str,
    *,
    on: date,
    survey: str = "relationship",
    nps: int | None = None,
    csat: int | str | None = None,
    sign: int = 1,
    **dimensions: str,
) -> RecordedResponse:
    """A response as an event carries it; csat may be "DONT_KNOW"."""
    answers = []
    if nps is not None:
        answers.append(ScoredAnswer(question_id=id_of(f"{survey} 0 NPS"), score=nps))
    if csat == "DONT_KNOW":
        answers.append(ScoredAnswer(question_id=id_of(f"{survey} 1 CSAT"), dont_know=True))
    elif csat is not None:
        answers.append(ScoredAnswer(question_id=id_of(f"{survey} 1 CSAT"), score=int(csat)))
    if "touchpoint" in dimensions:
        dimensions["touchpoint_id"] = id_of(f"touchpoint {dimensions.pop('touchpoint')}")
    return RecordedResponse(
        response_id=new_id(),
        survey_id=id_of(f"survey {survey}"),
        survey_version_id=id_of(f"version {survey}"),
        department_id=id_of(department),
        local_day=day_number(on),
        dimensions=DimensionSet(**dimensions),
        answers=answers,
        sign=sign,
    )


def make_responses_recorded(
    responses: Sequence[RecordedResponse], envelope: int | None = None
) -> ResponsesRecorded:
    """An envelope with a number of its own."""
    return ResponsesRecorded(envelope=envelope or next(_envelopes), responses=responses)
