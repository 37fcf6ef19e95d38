"""Synonyms and warning terms: from the seed folder once, and then the business of staff."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.seed_problem import SeedProblem
from app.jobs.seed import SEED_FOLDER
from app.search.lay_words import find_synonyms, names_warning_sign
from app.search.models import Synonym, WarningTerm
from app.search.seed import load_search, read_search
from app.search.services import PhraseWithoutWords, drop, put_synonym, put_warning_term
from app.search.words import stems_of


def test_the_files_of_the_shop_hold_no_fault() -> None:
    problems: list[SeedProblem] = []
    seed = read_search(SEED_FOLDER, problems)
    assert problems == []
    assert len(seed.synonyms) > 100
    assert len(seed.warning_terms) > 50


def test_faults_are_named_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "synonyms.csv").write_text("words,means,note\nlumbago,back pain,\nLumbago!,,\n")
    (tmp_path / "warning_terms.csv").write_text("words,note\n?,\n")
    problems: list[SeedProblem] = []
    read_search(tmp_path, problems)
    assert [(each.file, each.line, each.column) for each in problems] == [
        ("synonyms.csv", 3, "means"),
        ("synonyms.csv", 3, "words"),
        ("warning_terms.csv", 2, "words"),
    ]


def test_loading_twice_adds_nothing_and_keeps_what_staff_changed(session: Session) -> None:
    seed = read_search(SEED_FOLDER, [])
    assert load_search(session, seed).created == len(seed.synonyms) + len(seed.warning_terms)
    put_synonym(session, "lumbago", "heat wrap")
    assert load_search(session, seed).created == 0
    assert session.scalars(select(Synonym.means).where(Synonym.words == "lumbago")).one() == "heat wrap"


def test_a_synonym_of_staff_works_at_once_and_can_be_taken_back(session: Session) -> None:
    row = put_synonym(session, "Witch's shot", "new back pain | flare up")
    phrase = stems_of("witch shots")
    assert tuple(phrase) in find_synonyms(session, phrase)
    drop(session, row)
    assert find_synonyms(session, phrase) == {}


def test_a_warning_term_is_heard_in_any_order_of_its_words(session: Session) -> None:
    put_warning_term(session, "chest pain")
    assert names_warning_sign(session, stems_of("sudden pain in my chest"))
    assert not names_warning_sign(session, stems_of("chest of drawers"))
    assert session.scalars(select(WarningTerm.words)).all() == ["chest pain"]


@pytest.mark.parametrize("words", ["", "!?", "🦄"])
def test_a_phrase_without_words_is_refused(session: Session, words: str) -> None:
    with pytest.raises(PhraseWithoutWords):
        put_synonym(session, words, "heat")
    with pytest.raises(PhraseWithoutWords):
        put_synonym(session, "heat", words)
    with pytest.raises(PhraseWithoutWords):
        put_warning_term(session, words)
