"""Every row of the never-list is caught in more than one form, and honest wording beside it is not."""

import pytest

from app.guidance.claims import find_banned_claims
from tests.claims_lint.never_list import CAUGHT, PASSES

ANSWERED = "### People say: it cures back pain\n\n**What we know:** it does not.\n"


@pytest.mark.parametrize("sentence", [each for row in CAUGHT.values() for each in row])
def test_a_sentence_that_claims_too_much_is_caught(sentence: str) -> None:
    assert find_banned_claims(sentence) != []


@pytest.mark.parametrize("sentence", [each for row in PASSES.values() for each in row])
def test_a_sentence_that_claims_nothing_passes(sentence: str) -> None:
    assert find_banned_claims(sentence) == []


@pytest.mark.parametrize("sentence", [each for row in CAUGHT.values() for each in row])
def test_a_claim_is_caught_in_the_middle_of_a_text(sentence: str) -> None:
    assert find_banned_claims(f"Some words first. {sentence} Some words after.") != []


def test_every_row_has_three_sentences_of_each_kind() -> None:
    assert CAUGHT.keys() == PASSES.keys()
    assert all(len(row) >= 3 for table in (CAUGHT, PASSES) for row in table.values())


def test_what_people_say_may_stand_where_the_next_line_answers_it() -> None:
    assert find_banned_claims(ANSWERED) == []
    assert find_banned_claims(ANSWERED.replace("### ", "").replace("**", "").replace("\n\n", "\n")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**What we know:** it does not.", ""),
        ("**What we know:**", "Read on.\n\n**What we know:**"),
        ("### People say:", "### Many say:"),
        ("it does not.", "it does, and it heals too."),
        ("### People say: it cures", "It cures pain. People say: it cures"),
    ],
)
def test_what_people_say_is_a_claim_where_nothing_answers_it_at_once(old: str, new: str) -> None:
    assert find_banned_claims(ANSWERED.replace(old, new)) != []


def test_what_may_not_be_denied_may_not_be_quoted() -> None:
    assert find_banned_claims("People say: it is doctor recommended\nWhat we know: nobody asked one.") != []
