"""Counts what people looked for and the shop does not have: the words alone, by month."""

import re
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.search.models import SearchMiss
from app.search.words import split_words

LONGEST = 60
# More than a few words are a story, and a story may be somebody's.
MOST_WORDS = 4
# Whoever sends nonsense to the search fills no more than this in a month.
MOST_ROWS = 5_000
_ADDRESS = re.compile(r"@|://|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"\d{3}")
_WORDS = re.compile(r"[a-z][a-z0-9]*(?: [a-z0-9]+)*")


def countable(typed: str) -> str | None:
    """Return what may be kept of a search that found nothing: a few plain words, else nothing.

    No address, no number of 3 digits or more, no more than 4 words or 60 letters.
    """
    words = split_words(typed)
    joined = " ".join(words)
    if _ADDRESS.search(typed) or _NUMBER.search(joined) or len(words) > MOST_WORDS or len(typed) > LONGEST:
        return None
    return joined if _WORDS.fullmatch(joined) else None


def count_miss(session: Session, words: str, today: date) -> bool:
    """Count words that found nothing; false when this month's list is full (2 statements)."""
    month = today.replace(day=1)
    listed = session.scalar(select(func.count()).where(SearchMiss.month == month)) or 0
    is_listed = _is(words, month)
    if listed >= MOST_ROWS and session.scalar(select(SearchMiss.times).where(is_listed)) is None:
        return False
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(SearchMiss).values(words=words, month=month, times=1)
    again = new.on_conflict_do_update(
        index_elements=[SearchMiss.words, SearchMiss.month], set_={"times": SearchMiss.times + 1}
    )
    session.execute(again)
    return True


def list_misses(session: Session, month: date) -> list[SearchMiss]:
    """Return what was not found in a month, the most wanted first."""
    of_month = select(SearchMiss).where(SearchMiss.month == month.replace(day=1))
    return list(session.scalars(of_month.order_by(SearchMiss.times.desc(), SearchMiss.words)))


def _is(words: str, month: date) -> ColumnElement[bool]:
    return (SearchMiss.words == words) & (SearchMiss.month == month)
