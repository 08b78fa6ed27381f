"""The preview of a survey says what its respondents are told, in all languages."""

import json
from pathlib import Path

import pytest

from gateway.browsers.languages import LANGUAGES
from gateway.respondents.sentences import Phrase, say

ROOT = Path(__file__).parents[4]
WORDS = json.loads((ROOT / "gateway/web/src/pages/surveys/survey/words.json").read_text("utf-8"))
SAME = {
    "notLikely": Phrase.NOT_LIKELY,
    "likely": Phrase.LIKELY,
    "hard": Phrase.HARD,
    "easy": Phrase.EASY,
    "littleEffort": Phrase.LITTLE_EFFORT,
    "muchEffort": Phrase.MUCH_EFFORT,
    "lowest": Phrase.LOWEST,
    "highest": Phrase.HIGHEST,
    "level5": Phrase.VERY_SATISFIED,
    "level4": Phrase.SATISFIED,
    "level3": Phrase.NEITHER_SATISFIED,
    "level2": Phrase.DISSATISFIED,
    "level1": Phrase.VERY_DISSATISFIED,
    "dontKnow": Phrase.DONT_KNOW,
    "noNames": Phrase.NO_NAMES,
}


@pytest.mark.parametrize("name", SAME)
def test_the_preview_says_what_respondents_are_told(name: str) -> None:
    told = {language: say(SAME[name], language) for language in LANGUAGES}

    assert WORDS[name] == told
