"""The display rule: what a page may say of a grade."""

import re
from itertools import product

import pytest

from app.guidance.evidence import evidence_line
from app.guidance.models import Basis, Grade

SCOPE = "New back pain only."
HEADLINES = {
    (Grade.A, Basis.DIRECT): "Good evidence it helps a bit (A).",
    (Grade.B, Basis.DIRECT): "Some evidence (B).",
    (Grade.C, Basis.DIRECT): "Weak or mixed evidence (C).",
    (Grade.D, Basis.DIRECT): "Not enough evidence (D).",
    (Grade.AGAINST, Basis.DIRECT): "Guidelines advise against routine use.",
    (Grade.A, Basis.INDIRECT): "Not tested itself.",
    (Grade.B, Basis.INDIRECT): "Not tested itself.",
    (Grade.C, Basis.INDIRECT): "Not tested for back pain.",
    (Grade.D, Basis.INDIRECT): "Not tested for back pain.",
    (Grade.AGAINST, Basis.INDIRECT): "Guidelines advise against routine use.",
}


@pytest.mark.parametrize(("grade", "basis"), list(product(Grade, Basis)))
def test_says_every_grade_in_its_own_words(grade: Grade, basis: Basis) -> None:
    assert evidence_line(grade, basis, SCOPE).headline == HEADLINES[grade, basis]


@pytest.mark.parametrize("grade", list(Grade))
def test_shows_no_letter_for_what_was_not_tested_itself(grade: Grade) -> None:
    line = evidence_line(grade, Basis.INDIRECT, SCOPE)
    assert not re.search(r"\b[A-D]\b", line.headline)


@pytest.mark.parametrize(("grade", "basis"), list(product(Grade, Basis)))
def test_never_shows_a_grade_without_its_scope(grade: Grade, basis: Basis) -> None:
    assert evidence_line(grade, basis, SCOPE).scope == SCOPE


@pytest.mark.parametrize(("grade", "basis"), list(product(Grade, Basis)))
def test_marks_only_what_guidelines_advise_against(grade: Grade, basis: Basis) -> None:
    assert evidence_line(grade, basis, SCOPE).is_against is (grade is Grade.AGAINST)
