"""Guides and warning boxes stay within reach of most readers; the table is said at the end of the run."""

import pytest

from tests.telling import say

from .guide_files import read_guides, read_warning_boxes, text_of
from .plain_prose import reading_grade, sentences_of

HARDEST_GUIDE = 8
HARDEST_BOX = 6


def test_guides_read_at_grade_8_or_lower_and_warning_boxes_at_6(request: pytest.FixtureRequest) -> None:
    guides = {guide.slug: reading_grade(sentences_of(guide.guidance_prose)) for guide in read_guides()}
    boxes = {name: reading_grade(sentences_of(text_of(box))) for name, box in read_warning_boxes().items()}
    say(request.node, f"Reading grade of guides (at most {HARDEST_GUIDE}):")
    for name, grade in guides.items():
        say(request.node, f"  {name:34} {grade:4.1f}")
    say(request.node, f"Reading grade of warning boxes (at most {HARDEST_BOX}):")
    for name, grade in boxes.items():
        say(request.node, f"  {name:34} {grade:4.1f}")
    assert {name: grade for name, grade in guides.items() if grade > HARDEST_GUIDE} == {}
    assert {name: grade for name, grade in boxes.items() if grade > HARDEST_BOX} == {}
