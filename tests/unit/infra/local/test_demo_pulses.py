"""The demo's pulses: when they are, whom they find, and what is answered."""

from collections import Counter
from datetime import date, timedelta

import pytest

from infra.local.demo import organisation, people
from infra.local.demo.languages import LANGUAGES
from infra.local.demo.pulses import rounds, words
from infra.local.demo.staff import stints
from services.employee_exp.waves.domain.standard import standard_questions
from services.employee_exp.waves.domain.wave import WaveQuestionKind

TODAY = date(2026, 11, 29)
QUESTIONS = (
    {"key": "recommend", "kind": "ENPS"},
    {"key": "heard", "kind": "AGREEMENT"},
    {"key": "worn-out", "kind": "BURNOUT"},
    {"key": "keep", "kind": "TEXT"},
    {"key": "change", "kind": "TEXT"},
)
SCORES = {"recommend": range(11), "heard": range(1, 6), "worn-out": range(1, 6)}


@pytest.mark.parametrize("today", [TODAY, date(2026, 10, 23), date(2026, 10, 24), date(2026, 1, 1)])
def test_there_is_one_pulse_a_quarter_and_all_are_over(today: date) -> None:
    found = rounds.pulses(today)

    assert [pulse.number for pulse in found] == list(range(rounds.PULSES))
    quarters = [pulse.opens_at.year * 4 + (pulse.opens_at.month - 1) // 3 for pulse in found]
    assert quarters == list(range(quarters[0], quarters[0] + rounds.PULSES))
    assert found[-1].closes_at.date() < today
    assert found[-1].closes_at.date() > today - timedelta(days=92 + 24)


def test_a_staff_list_of_a_day_knows_nothing_of_later_days() -> None:
    worked = stints(1, TODAY)
    day = rounds.pulses(TODAY)[0].opens_at.date()
    known = rounds.known_at(worked, day)

    assert all(stint["startedOn"] <= day.isoformat() for stint in known)
    assert all(stint["leftOn"] is None or stint["leftOn"] <= day.isoformat() for stint in known)
    assert 500 < sum(stint["leftOn"] is None for stint in known) < len(worked)


def test_heads_work_where_they_lead() -> None:
    worked = stints(1, TODAY)
    heads = people.heads(worked)
    leading = {right.subject: right.department for right in people.RIGHTS}

    assert len(heads) == len(
        {right.subject for right in people.RIGHTS if right.role == people.HEAD}
    )
    departments = {stint["id"]: stint["department"] for stint in worked if stint["id"] in heads}
    assert all(leading[subject] for subject in heads.values())
    assert set(departments) == set(heads)


def test_answers_fit_their_questions_and_most_take_part() -> None:
    pulse = rounds.pulses(TODAY)[-1]
    answered = [
        rounds.answering(1, pulse, f"E{number:04}", "chat", QUESTIONS) for number in range(500)
    ]
    taken = [each for each in answered if each is not None]

    assert 0.7 < len(taken) / len(answered) < 0.86
    assert 0.2 < sum(each.waits for each in taken) / len(taken) < 0.4
    for each in taken:
        for key, answer in each.answers.items():
            assert key in words.WRITTEN or answer in SCORES[key]
    assert answered == [
        rounds.answering(1, pulse, f"E{number:04}", "chat", QUESTIONS) for number in range(500)
    ]


def test_people_write_what_was_asked_in_their_language_and_the_worsening_department_worsens() -> (
    None
):
    first, last = rounds.pulses(TODAY)[0], rounds.pulses(TODAY)[-1]
    means = []
    for pulse in (first, last):
        counts: Counter[int] = Counter()
        for number in range(800):
            employee = f"E{number:04}"
            each = rounds.answering(1, pulse, employee, organisation.WORSENING, QUESTIONS)
            if each is None:
                continue
            counts[int(each.answers.get("heard", 3))] += 1
            language = rounds.language_of(employee)
            for question, written in words.WRITTEN.items():
                assert each.answers.get(question) in (None, *written[language])
        means.append(sum(score * n for score, n in counts.items()) / counts.total())
    assert means[1] < means[0] - 0.3


def test_every_standard_question_that_takes_words_has_its_own() -> None:
    asked = {one.key for one in standard_questions() if one.kind is WaveQuestionKind.TEXT}

    assert asked == words.WRITTEN.keys()
    assert all(by_language.keys() == set(LANGUAGES) for by_language in words.WRITTEN.values())
    texts = [text for each in words.WRITTEN.values() for some in each.values() for text in some]
    assert len(set(texts)) == len(texts)
