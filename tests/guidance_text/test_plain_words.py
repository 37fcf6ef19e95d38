"""Guides and warning boxes are easy to read."""

from typing import Any

from .guide_files import Guide, text_of
from .plain_prose import cells_of, reading_grade, sentences_of, words_in

LONGEST_SENTENCE = 25
USUAL_SENTENCE = 20


def test_no_sentence_of_a_guide_is_over_25_words(guide: Guide) -> None:
    text = guide.published_text
    too_long = [s for s in sentences_of(text) + cells_of(text) if words_in(s) > LONGEST_SENTENCE]
    assert too_long == []


def test_no_line_of_a_warning_box_is_over_25_words(warning_box: dict[str, Any]) -> None:
    assert [s for s in sentences_of(text_of(warning_box)) if words_in(s) > LONGEST_SENTENCE] == []


def test_most_sentences_of_a_guide_are_under_20_words(guide: Guide) -> None:
    sentences = sentences_of(guide.body)
    short = [s for s in sentences if words_in(s) < USUAL_SENTENCE]
    assert len(short) >= 0.9 * len(sentences)


def test_a_hard_sentence_is_seen_as_hard() -> None:
    hard = ["Superficial thermotherapy facilitates symptomatic amelioration of musculoskeletal discomfort."]
    assert reading_grade(hard) > 8


def test_a_long_sentence_is_seen_as_long() -> None:
    assert words_in(sentences_of("- " + "word " * 30)[0]) == 30
