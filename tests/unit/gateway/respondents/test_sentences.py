"""The page's own words: five languages, whole sentences, the same values in each."""

from string import Formatter

import pytest

from gateway.browsers.languages import LANGUAGES, wished_of
from gateway.respondents.sentences import _TABLE, Phrase


@pytest.mark.parametrize("sentence", list(Phrase))
def test_a_sentence_is_there_in_every_language_with_the_same_values(sentence: Phrase) -> None:
    said = _TABLE[sentence]
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in said]

    assert len(said) == len(LANGUAGES)
    assert len(set(said)) == len(said)
    assert all(each == fields[0] for each in fields)
    assert all(text == text.strip() for text in said)


@pytest.mark.parametrize(
    ("wishes", "offered", "found"),
    [
        ("lv-LV,en;q=0.8", ("en", "lv"), "lv"),
        ("de", ("en", "lv"), None),
        ("pt", ("pt-BR", "en"), "pt-BR"),
        ("en;q=0.1, mk;q=0.9", ("en", "mk"), "mk"),
        ("", ("en",), None),
    ],
)
def test_the_most_wanted_language_of_those_offered(
    wishes: str, offered: tuple[str, ...], found: str | None
) -> None:
    assert wished_of(wishes, offered) == found
