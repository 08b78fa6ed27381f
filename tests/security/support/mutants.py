"""Faults planted on purpose, each in one process: the matrix must find every one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.security.support.doors.guarding import PROBE

ACCESS = "services.kit.rights.access"
TOKENS = "services.kit.rights.tokens"
IDENTITIES = "services.kit.rights.identities"
DIRECTORY = "services.profile.directory.rpc"
EXPORT = "services.survey.exporting.rpc"
READING = "services.survey.reading.listing"
MODULES = {name: f"services.{name}.main" for name in ("profile", "survey", "metrics")} | {
    "gateway": "gateway.main"
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is wrong: in the source of modules of a process (old text, new text), or in the database by SQL.

    The process is the module that it runs; of SQL the service.
    """

    name: str
    process: str
    changes: Mapping[str, tuple[tuple[str, str], ...]]
    sql: tuple[str, str] | None = None  # plant, undo; of the process's database, as its owner


def _source(name: str, process: str, module: str, *changes: tuple[str, str]) -> Mutant:
    return Mutant(name, MODULES.get(process, process), {module: changes})


def _sql(name: str, process: str, plant: str, undo: str) -> Mutant:
    return Mutant(name, process, {}, (plant, undo))


_SHOWN = "department_id = ANY (CAST((SELECT nullif(current_setting('cxm.departments', true), '')) AS uuid[]))"
_DECODE = "decoded = jwt.decode(token, self.keys, algorithms=[ALGORITHM])"
_HEADER_CHOOSES = """import hmac, types
            chosen = _part(token.split(".")[0])
            if chosen["alg"] == "HS256":
                (public,) = [key for key in self.keys.keys if key.kid == chosen["kid"]]
                text, _, mac = token.rpartition(".")
                right = hmac.digest(public.as_pem(private=False), text.encode(), "sha256")
                if base64.urlsafe_b64encode(right).decode().rstrip("=") != mac:
                    raise ValueError(mac)
                decoded = types.SimpleNamespace(header=chosen, claims=_part(text.split(".")[1]))
            else:
                decoded = jwt.decode(token, self.keys, algorithms=[ALGORITHM])"""
_CHECKED = """                if check is not None:
                    await check(_viewer.get())
                if _ends_in_time(context):
                    return await behaviour(request, context)
"""
_CHECKED_LATE = """                if check is not None:
                    answered = await behaviour(request, context)
                    await check(_viewer.get())
                    return answered
                if _ends_in_time(context):
                    return await behaviour(request, context)
"""

MUTANTS: tuple[Mutant, ...] = (
    _source(
        "the subtree is missing in the WHERE of the export", "survey", EXPORT,
        ("session, [v.version_id for v in versions], tree.subtree(root), days",
         "session, [v.version_id for v in versions], visible, days"),
    ),
    _source(
        "comments are for who may see a department", "survey", READING,
        ("authorize(viewer, Action.READ_RESPONSES", "authorize(viewer, Action.READ_DIRECTORY"),
        ("visible_departments(viewer, Action.READ_RESPONSES",
         "visible_departments(viewer, Action.READ_DIRECTORY"),
    ),
    _source(
        "an export asks for no right", "survey", EXPORT,
        ("named_department(request.department, asking, Action.READ_RESPONSES, tree)",
         "tree.id_of(request.department) or tree.root_id"),
    ),
    _sql(
        "a policy shows all rows", "survey",
        "ALTER POLICY departments ON survey_response USING (true)",
        f"ALTER POLICY departments ON survey_response USING (withdrawn_at IS NULL AND {_SHOWN})",
    ),
    _sql(
        "row-level security is off", "survey",
        "ALTER TABLE survey_verbatim DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE survey_verbatim ENABLE ROW LEVEL SECURITY",
    ),
    _source(
        "what a transaction names is kept for the session", PROBE, "services.kit.db.row_security",
        ("AS text[]) AS text), true)", "AS text[]) AS text), false)"),
    ),
    _sql(
        "row-level security does not bind the owner", "survey",
        "ALTER TABLE survey_response NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE survey_response FORCE ROW LEVEL SECURITY",
    ),
    _source(
        "the scope of one viewer is kept for the next", "profile", ACCESS,
        ("    return _union(tree.subtree(root) for root in visible_roots(viewer, action, tree))",
         "    found = _union(tree.subtree(root) for root in visible_roots(viewer, action, tree))\n"
         "    return globals().setdefault('_kept', {}).setdefault(action, found)"),
    ),
    _source(
        "a cursor of another viewer is taken", "gateway", "gateway.request.cursors",
        ('"\\0".join((listing, subject, key))', '"\\0".join((listing, key))'),
    ),
    _source(
        "the department that is named is not asked about", "profile", DIRECTORY,
        ("        authorize(who, Action.READ_DIRECTORY, request.department_id, tree)\n", ""),
    ),
    _source(
        "the right is asked after the look-up", "survey", "services.kit.rpc.servicing",
        (_CHECKED, _CHECKED_LATE),
    ),
    _source(
        "the last day of a grant is ignored", "profile", ACCESS,
        ("self.to_on is None or today < self.to_on", "True"),
    ),
    _source(
        "the first day of a grant is ignored", "metrics", ACCESS,
        ("(self.from_on is None or self.from_on <= today)", "True"),
    ),
    _source(
        "the audience of a token is not checked", "gateway", TOKENS,
        ('claims.get("aud") != self.audience', "False"),
    ),
    _source(
        "the header of a token chooses its algorithm", "gateway", TOKENS, (_DECODE, _HEADER_CHOOSES)
    ),
    _source(
        "a token of another service is taken", "metrics", TOKENS,
        ('self.issuers.get(issuer) != decoded.header.get("kid")', "False"),
    ),
    _source(
        "nbf is not checked", "gateway", TOKENS, ("max(issued, begins)", "min(issued, begins)")
    ),
    _source(
        "the audience of a provider's token is not checked", "gateway", IDENTITIES,
        (" or expected.audience not in audiences", ""),
    ),
    _source(
        "nbf of a provider's token is not checked", "gateway", IDENTITIES,
        ('_seconds(claims, "nbf") if "nbf" in claims else issued', "issued"),
    ),
    Mutant(
        "a survey that is not public is answered by anybody", MODULES["survey"],
        {
            "services.survey.responses.domain.judgement": (
                ("not (survey.shown_to_strangers or self.scope.private_surveys)", "False"),
            ),
            "services.survey.responses.judging": (
                ("survey.shown_to_strangers or survey.id in ids", "True"),
            ),
        },
    ),
    _source(
        "node() and keys show what is outside", "profile", DIRECTORY, (" and sees(i)]", "]"),
    ),
    _source(
        "what moved away is still there", "profile", DIRECTORY,
        ("not roots.isdisjoint(tree.line(department_id, today))",
         "not roots.isdisjoint(tree.line(department_id, 0))"),
    ),
    _source(
        "a count counts what is outside", "profile", DIRECTORY,
        ("sum(map(matches, candidates))", "sum(map(matches, directory.departments))"),
    ),
    _source(
        "integration reads scores", "metrics", ACCESS,
        ("_IMPORTS | {Action.READ_DIRECTORY, Action.READ_SURVEYS}",
         "_IMPORTS | {Action.READ_DIRECTORY, Action.READ_SURVEYS, Action.READ_SCORES}"),
    ),
)  # fmt: skip
BY_NAME = {mutant.name: mutant for mutant in MUTANTS}
QUICK = ("the last day of a grant is ignored", "a cursor of another viewer is taken")
QUICK_VIEWERS = ("head-own-admin-ended", "analyst-other")
"""For the sample: one in a service, one in the gateway."""
SEEING = (
    "department_head-own",
    "department_head-future",
    "integration-own",
    "head-own-admin-ended",
    "analyst-other",
)
"""Viewers whom some mutant lets see too much."""
