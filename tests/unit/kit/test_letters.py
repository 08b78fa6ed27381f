"""What looks alike is alike; what a respondent wrote stays, but for what nobody sees."""

import unicodedata

import pytest

from services.kit.letters import composed, find_alike, plain, with_composed, without_controls

NFC, NFD = "Ķegums", unicodedata.normalize("NFD", "Ķegums")


def test_letters_in_two_pieces_are_one() -> None:
    assert NFC != NFD
    assert composed(NFD) == composed(NFC) == plain(NFD) == NFC
    assert composed("plain ") == "plain "


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2007", "\u3000"])
def test_blanks_of_every_kind_are_blanks(blank: str) -> None:
    assert plain(f"{blank}net{blank}ā{blank}") == "net ā"
    assert plain("\ta\u00a0") == "a"


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u200e"])
def test_what_has_no_width_is_left_out(unseen: str) -> None:
    assert plain(f"{unseen}sco{unseen}re{unseen}") == "score"


def test_joiners_of_scripts_that_need_them_stay() -> None:
    assert plain("نمی\u200cخواهم") == "نمی\u200cخواهم"


def test_what_was_stored_decomposed_is_found_by_both_and_what_is_there_wins() -> None:
    for stored in (NFC, NFD):
        known = with_composed({stored: 1, "other": 2})
        assert [find_alike(known, sent) for sent in (NFC, NFD, "other", "absent")] == [
            1,
            1,
            2,
            None,
        ]
    both = with_composed({NFD: 1, NFC: 2})
    assert (find_alike(both, NFD), find_alike(both, NFC)) == (1, 2)


def test_controls_are_dropped_but_tab_and_line_breaks() -> None:
    kept = "two\r\nlines,\ta tab, \x7f and ā\u200b "
    assert without_controls(kept) is kept
    assert without_controls("a\x01b\x0b\x1fc\n") == "abc\n"
    assert without_controls("\0") == "\0"
