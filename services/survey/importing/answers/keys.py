"""Keys of surveys and questions that a mapping names as people write them: `How likely?` is `how-likely`."""

from collections.abc import Collection
from dataclasses import replace

from services.kit.imports.identity import key_of
from services.kit.imports.mapping import Mapping
from services.kit.imports.sections import fail
from services.kit.letters import is_key
from services.survey.importing.answers.answer_columns import answers
from services.survey.surveys.domain.surveys import Survey


def made_key(name: str) -> str:
    """A name that is a key as it stands, else the key made from it; the name where none can be made."""
    return name if is_key(name) else key_of(name) or name


def with_keys(mapping: Mapping, survey: Survey | None) -> Mapping:
    """The mapping with keys in the place of names; what the survey has under the name itself keeps it.

    Raises MappingInvalid where two tables mean the same question.
    """
    known = [question.key for question in survey.questions] if survey else []
    tables: dict[str, str] = {}
    found = []
    for answer in answers(mapping):
        key = _key(answer.question, known)
        if key in tables:
            where = f"[answers.{answer.question}]"
            fail(where, f'is the question "{key}", as [answers.{tables[key]}] is: leave one out')
        tables[key] = answer.question
        text = None if answer.other_text is None else _key(answer.other_text, known)
        found.append(replace(answer, question=key, table=answer.question, other_text=text))
    keeping = set(tables)
    for answer in found:
        if answer.other_text is None:
            continue
        if answer.other_text in keeping:
            message = f'the question "{answer.other_text}" is answered by another table too: name one of its own'
            fail(f"[answers.{answer.table}] other_text", message)
        keeping.add(answer.other_text)
    key = survey.key if survey else made_key(mapping.constants["survey"])
    constants = {**mapping.constants, "survey": key}
    return replace(mapping, constants=constants, subtables=tuple(found))


def _key(name: str, known: Collection[str]) -> str:
    return name if name in known else made_key(name)
