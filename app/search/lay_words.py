"""The tables that staff edit: synonyms, and words that may name a warning sign."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.search.clause import Group, Wording
from app.search.models import Synonym, WarningTerm
from app.search.words import stems_of

MEANING = 0.9
LONGEST_PHRASE = 5


def find_synonyms(session: Session, stems: Sequence[str]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Return what the phrases in a row of stems mean, by phrase (1 statement)."""
    keys = {" ".join(phrase) for phrase in _phrases(stems)}
    found = session.execute(select(Synonym.key, Synonym.means).where(Synonym.key.in_(sorted(keys))))
    return {
        tuple(key.split()): [tuple(dict.fromkeys(stems_of(each))) for each in means.split("|")]
        for key, means in found
    }


def list_warning_stems(session: Session) -> set[str]:
    """Return every stem that stands in a warning term (1 statement)."""
    return {stem for key in session.scalars(select(WarningTerm.key)) for stem in key.split()}


def names_warning_sign(session: Session, stems: Sequence[str]) -> bool:
    """Say whether some stems hold all the words of a warning term, in any order (1 statement)."""
    given = set(stems)
    keys = session.scalars(select(WarningTerm.key))
    return any(given.issuperset(key.split()) for key in keys)


def group_phrases(
    stems: Sequence[str], meanings: dict[tuple[str, ...], list[tuple[str, ...]]]
) -> list[tuple[int, Group]]:
    """Divide stems into phrases that mean something, the longest first, and single words.

    Gives for each the number of stems that it takes.
    """
    groups, at = [], 0
    while at < len(stems):
        phrase = next((each for each in _phrases_at(stems, at) if each in meanings), (stems[at],))
        typed = Wording(tuple(dict.fromkeys(phrase)))
        meant = (Wording(each, MEANING) for each in meanings.get(phrase, []) if each and each != typed.stems)
        groups.append((len(phrase), Group((typed, *meant))))
        at += len(phrase)
    return groups


def _phrases(stems: Sequence[str]) -> list[tuple[str, ...]]:
    return [phrase for at in range(len(stems)) for phrase in _phrases_at(stems, at)]


def _phrases_at(stems: Sequence[str], at: int) -> list[tuple[str, ...]]:
    """Return the phrases that begin here, the longest first."""
    ends = range(min(len(stems), at + LONGEST_PHRASE), at, -1)
    return [tuple(stems[at:end]) for end in ends]
