"""Changes to the tables that staff edit."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.services import touch_content
from app.search.models import SearchWord, Synonym, WarningTerm
from app.search.vocabulary import add_words
from app.search.words import key_of, split_words

Row = TypeVar("Row", Synonym, WarningTerm)


class PhraseWithoutWords(Exception):
    """A phrase in which no letter and no digit stands cannot be searched for."""


def put_synonym(session: Session, words: str, means: str, note: str = "") -> Synonym:
    """Let a phrase mean other words, instead of what it meant before; `|` stands between meanings."""
    key = _checked_key(words)
    if not key_of(means):
        raise PhraseWithoutWords(means)
    row = session.scalar(select(Synonym).where(Synonym.key == key)) or Synonym(key=key)
    row.words, row.means, row.note = words, means, note
    return _keep(session, row)


def put_warning_term(session: Session, words: str, note: str = "") -> WarningTerm:
    """Let a phrase lead to the page of warning signs first."""
    key = _checked_key(words)
    row = session.scalar(select(WarningTerm).where(WarningTerm.key == key)) or WarningTerm(key=key)
    row.words, row.note = words, note
    return _keep(session, row)


def drop(session: Session, row: Synonym | WarningTerm) -> None:
    """Take a phrase out of its table."""
    session.delete(row)
    session.flush()
    touch_content(session)


def _keep(session: Session, row: Row) -> Row:
    session.add(row)
    words = set(split_words(row.words))
    known = set(session.scalars(select(SearchWord.word).where(SearchWord.word.in_(sorted(words)))))
    add_words(session, dict.fromkeys(words - known, 0))
    session.flush()
    touch_content(session)
    return row


def _checked_key(words: str) -> str:
    key = key_of(words)
    if not key:
        raise PhraseWithoutWords(words)
    return key
