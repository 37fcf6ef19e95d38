"""Reads the lay words and the warning terms of the seed folder, and adds those that are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.change_tally import LoadReport
from app.catalog.csv_table import Record, read_table
from app.catalog.seed_problem import SeedProblem
from app.search.models import Synonym, WarningTerm
from app.search.services import put_synonym, put_warning_term
from app.search.words import key_of

SYNONYMS = "synonyms.csv"
SYNONYM_COLUMNS = ("words", "means", "note")
WARNING_TERMS = "warning_terms.csv"
WARNING_TERM_COLUMNS = ("words", "note")


@dataclass(frozen=True)
class Phrase:
    """A line of either table; a warning term means nothing but itself."""

    words: str
    means: str
    note: str

    @property
    def key(self) -> str:
        """The form in which it is looked up."""
        return key_of(self.words)


@dataclass(frozen=True)
class SearchSeed:
    """Both tables, checked."""

    synonyms: tuple[Phrase, ...]
    warning_terms: tuple[Phrase, ...]


def read_search(folder: Path, problems: list[SeedProblem]) -> SearchSeed:
    """Read both files; what is wrong is added to `problems`."""
    synonyms = read_table(folder / SYNONYMS, SYNONYM_COLUMNS, problems)
    warning_terms = read_table(folder / WARNING_TERMS, WARNING_TERM_COLUMNS, problems)
    return SearchSeed(_phrases(synonyms, has_meaning=True), _phrases(warning_terms, has_meaning=False))


def load_search(session: Session, seed: SearchSeed) -> LoadReport:
    """Add the phrases that are missing; what staff have changed stays as they left it."""
    synonyms = set(session.scalars(select(Synonym.key)))
    new_synonyms = [phrase for phrase in seed.synonyms if phrase.key not in synonyms]
    for phrase in new_synonyms:
        put_synonym(session, phrase.words, phrase.means, phrase.note)
    terms = set(session.scalars(select(WarningTerm.key)))
    new_terms = [phrase for phrase in seed.warning_terms if phrase.key not in terms]
    for phrase in new_terms:
        put_warning_term(session, phrase.words, phrase.note)
    created = len(new_synonyms) + len(new_terms)
    return LoadReport(created, 0, len(seed.synonyms) + len(seed.warning_terms) - created)


def _phrases(records: Sequence[Record], *, has_meaning: bool) -> tuple[Phrase, ...]:
    lines: dict[str, int] = {}
    phrases = []
    for record in records:
        phrase = Phrase(
            words=record.text("words", 80),
            means=record.text("means", 200) if has_meaning else "",
            note=record.optional_text("note", 300),
        )
        if lines.setdefault(phrase.key, record.line) != record.line:
            record.refuse("words", f"says the same as line {lines[phrase.key]}")
        if phrase.words and not phrase.key:
            record.refuse("words", "holds no word")
        phrases.append(phrase)
    return tuple(phrases)
