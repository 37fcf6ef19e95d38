"""Asks the full text of either database for candidates: SQLite's FTS5, PostgreSQL's tsvector.

Both are asked the same and answer the same rows in the same order. Which of them are best is worked out
afterwards, in one place for both.
"""

from dataclasses import dataclass

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

from app.search.clause import Clause
from app.search.models import EntryKind

# So many of the candidates are ranked; a search that finds more is too wide to be read to its end.
MOST_GUIDES = 40
MOST_PRODUCTS = 200

_COLUMNS = (
    "e.id, e.kind, e.ref_id, e.slug, e.title, e.title_stems, e.keyword_stems, e.body_stems, "
    "e.is_advised_against, e.position"
)
_PUBLISHED = {
    EntryKind.GUIDE: "EXISTS (SELECT 1 FROM guides WHERE guides.id = e.ref_id AND guides.is_published)",
    EntryKind.PRODUCT: "EXISTS "
    "(SELECT 1 FROM products WHERE products.id = e.ref_id AND products.is_published)",
}
# Guides are few, so each is asked for; products are many, so the index leads and is left at the limit.
_SQLITE = {
    EntryKind.GUIDE: "FROM search_entries e CROSS JOIN search_fulltext f ON f.rowid = e.id "
    "WHERE search_fulltext MATCH",
    EntryKind.PRODUCT: "FROM search_fulltext f CROSS JOIN search_entries e ON e.id = f.rowid "
    "WHERE search_fulltext MATCH",
}
_SQLITE_ORDER = {EntryKind.GUIDE: "e.id", EntryKind.PRODUCT: "f.rowid"}
_POSTGRESQL = "FROM search_entries e WHERE e.{name}_document @@"


@dataclass(frozen=True)
class Candidate:
    """An entry that may be an answer."""

    id: int
    kind: EntryKind
    ref_id: int
    slug: str
    title: str
    title_stems: tuple[str, ...]
    keyword_stems: frozenset[str]
    body_stems: tuple[str, ...]
    is_advised_against: bool
    position: int


def find_candidates(session: Session, clause: Clause, *, needs_all: bool, in_head: bool) -> list[Candidate]:
    """Return published entries with all of the groups, or any of them (1 statement).

    With `in_head` only titles and keywords are read. Else those whose head has them come first, so that what
    is cut off at the limit is the least.
    """
    if not clause.groups:
        return []
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    statement = _statement(is_sqlite, [True] if in_head else [True, False])
    words = {
        "head": _write(clause, needs_all, is_sqlite, True),
        "whole": _write(clause, needs_all, is_sqlite, False),
    }
    rows = session.execute(statement, {name: words[name] for name in (["head"] if in_head else words)})
    return list({row.id: _candidate(row) for row in rows}.values())


def _write(clause: Clause, needs_all: bool, is_sqlite: bool, in_head: bool) -> str:
    if not is_sqlite:
        return clause.matching(all_of="&", any_of="|", needs_all=needs_all)
    columns = "{title_stems keyword_stems}" if in_head else "{title_stems keyword_stems body_stems}"
    # In quotes a word is never one of FTS5's own.
    return f"{columns} : {clause.quoted().matching(all_of='AND', any_of='OR', needs_all=needs_all)}"


def _statement(is_sqlite: bool, heads: list[bool]) -> TextClause:
    limits = ((EntryKind.GUIDE, MOST_GUIDES), (EntryKind.PRODUCT, MOST_PRODUCTS))
    parts = []
    for name in ("head" if in_head else "whole" for in_head in heads):
        for kind, most in limits:
            source = _SQLITE[kind] if is_sqlite else _POSTGRESQL.format(name=name)
            match = f":{name}" if is_sqlite else f"CAST(:{name} AS tsquery)"
            order = _SQLITE_ORDER[kind] if is_sqlite else "e.id"
            where = f"{match} AND e.kind = '{kind.value}' AND {_PUBLISHED[kind]}"
            best = f"{source} {where} ORDER BY {order} LIMIT {most}"
            # Built of the constants above alone; the words are bound.
            parts.append(f"SELECT * FROM (SELECT {_COLUMNS} {best}) {name}_{kind.value}")  # noqa: S608
    return text(" UNION ALL ".join(parts))


def _candidate(row: Row[tuple[object, ...]]) -> Candidate:
    return Candidate(
        id=row.id,
        kind=EntryKind(row.kind),
        ref_id=row.ref_id,
        slug=row.slug,
        title=row.title,
        title_stems=tuple(row.title_stems.split()),
        keyword_stems=frozenset(row.keyword_stems.split()),
        body_stems=tuple(row.body_stems.split()),
        is_advised_against=bool(row.is_advised_against),
        position=row.position,
    )
