"""How text becomes words, and how far words are apart."""

import pytest

from app.search.spelling import nearest, slips_between
from app.search.words import content_words, is_code, key_of, split_words, stem_of, stems_of, trigrams_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Drift Soft Foam-Roller", ["drift", "soft", "foam", "roller"]),
        ("can't", ["cant"]),
        ("can\u2019t", ["cant"]),
        ("the doctor's advice", ["the", "doctor", "advice"]),
        ("café 30 cm (12 in)", ["cafe", "30", "cm", "12", "in"]),
        ("", []),
        ("!?", []),
    ],
)
def test_text_is_cut_into_plain_words(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_words_that_say_nothing_are_left_out_unless_they_are_all_there_is() -> None:
    assert content_words("how do I use a foam roller") == ["foam", "roller"]
    assert content_words("how do I") == ["how", "do", "i"]


def test_plurals_and_forms_share_a_stem() -> None:
    assert {stem_of(word) for word in ("stretch", "stretches", "stretching", "stretched")} == {"stretch"}
    assert stems_of("massage balls") == stems_of("massaging ball")
    assert key_of("Hot water bottles") == key_of("hot water bottle")


def test_a_code_is_told_from_words() -> None:
    assert is_code("FR-DRF-30-TEA")
    assert not is_code("foam roller")


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("roller", "roller", 0),
        ("rollar", "roller", 1),
        ("rolelr", "roller", 1),
        ("rolller", "roller", 1),
        ("roler", "roller", 1),
        ("sciatika", "sciatica", 1),
        ("", "ab", 2),
        ("kitten", "sitting", 3),
    ],
)
def test_counts_slips_of_the_fingers(one: str, other: str, slips: int) -> None:
    assert slips_between(one, other, 5) == slips
    assert slips_between(other, one, 5) == slips


def test_a_short_word_is_put_right_by_one_slip_only() -> None:
    assert nearest("rollar", {"roller": 3, "ruler": 9}) == "roller"
    assert nearest("unicorn", {"union": 3}) is None
    assert nearest("physioterapits", {"physiotherapist": 1}) == "physiotherapist"
    assert nearest("fisioterapits", {"physiotherapist": 1}) is None


def test_of_equally_near_words_the_one_with_the_same_beginning_and_then_the_commonest_wins() -> None:
    assert nearest("bamd", {"lamd": 9, "band": 2, "bald": 1}) == "band"


def test_trigrams_mark_the_ends_of_a_word() -> None:
    assert trigrams_of("ab") == {"  a", " ab", "ab "}
