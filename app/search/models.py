"""What the search knows: entries, their words, synonyms, warning terms, and what was not found."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, enum_column
from app.search.words import LONGEST_WORD


class EntryKind(StrEnum):
    """What an entry leads to."""

    GUIDE = "guide"
    PRODUCT = "product"


class SearchEntry(Base):
    """A published product or guide as the search sees it, in stems.

    Both databases keep their own full-text index of the three columns of stems: SQLite in the table
    `search_fulltext`, by triggers, PostgreSQL in the columns `head_document` and `whole_document`.
    """

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("kind", "ref_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    ref_id: Mapped[int]
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    title_stems: Mapped[str] = mapped_column(Text)
    keyword_stems: Mapped[str] = mapped_column(Text)
    body_stems: Mapped[str] = mapped_column(Text)
    # Guidelines advise against it: found by its name and kind, never put above others by anything else.
    is_advised_against: Mapped[bool]
    # The page of warning signs, which goes first when the words name one.
    is_safety: Mapped[bool]
    position: Mapped[int]


class SearchWord(Base):
    """A word as it is written somewhere in the shop, with its stem and how many entries hold it."""

    __tablename__ = "search_words"

    word: Mapped[str] = mapped_column(String(LONGEST_WORD), primary_key=True)
    stem: Mapped[str] = mapped_column(String(LONGEST_WORD), index=True)
    # 0 for a word that stands only in the tables of synonyms and warning terms.
    entries: Mapped[int]


class SearchTrigram(Base):
    """Three signs in a row of a word, by which a mistyped word finds the right one."""

    __tablename__ = "search_trigrams"

    trigram: Mapped[str] = mapped_column(String(3), primary_key=True)
    word: Mapped[str] = mapped_column(
        ForeignKey("search_words.word", ondelete="CASCADE"), primary_key=True, index=True
    )


class Synonym(Base):
    """What people write, and the words by which the shop knows it; `|` stands between several meanings."""

    __tablename__ = "search_synonyms"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    words: Mapped[str] = mapped_column(String(80))
    means: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300), default="")


class WarningTerm(Base):
    """Words that may name a warning sign, in any order: the page of warning signs then goes first."""

    __tablename__ = "search_warning_terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    words: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(300), default="")


class SearchMiss(Base):
    """Words that found nothing and how often in a month; nobody's name, and no day or hour."""

    __tablename__ = "search_misses"
    __table_args__ = (CheckConstraint("times > 0", name="times_positive"),)

    words: Mapped[str] = mapped_column(String(60), primary_key=True)
    # The first day of the month.
    month: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int]
