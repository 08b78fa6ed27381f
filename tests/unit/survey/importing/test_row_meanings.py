"""What a row without an id is known by."""

from services.survey.attribution.submission import Answer, Submission
from services.survey.importing.row_names import FIELDS, meaning


def means(*answers: Answer) -> bytes:
    return meaning(Submission("", "visits", answers), [None] * len(FIELDS))


def test_line_breaks_and_the_order_of_choices_are_no_difference() -> None:
    """The control are other words."""
    one = means(Answer("why", "slow\r\nand dear"), Answer("use", ("web", "phone")))
    two = means(Answer("use", ("phone", "web")), Answer("why", "slow\nand dear "))

    assert one == two
    assert one != means(Answer("why", "slow and dear"), Answer("use", ("web", "phone")))
