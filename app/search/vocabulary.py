"""The words of the shop: which are known, what a beginning may mean, what a mistyped word was to be."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select, union_all, update
from sqlalchemy.orm import Session

from app.search.lay_words import list_warning_stems
from app.search.models import SearchTrigram, SearchWord
from app.search.spelling import nearest
from app.search.words import stem_of, trigrams_of

MOST_COMPLETIONS = 20
MOST_LOOKALIKES = 30
SHORTEST_BEGINNING = 2
SHORTEST_MISTYPED = 3


@dataclass(frozen=True)
class KnownWord:
    """A word of the shop and how many entries hold it."""

    word: str
    stem: str
    entries: int


def find_known(session: Session, words: Collection[str]) -> set[str]:
    """Return the stems of these words that the shop knows (1 statement)."""
    stems = sorted({stem_of(word) for word in words})
    return set(session.scalars(select(SearchWord.stem).where(SearchWord.stem.in_(stems)).distinct()))


def count_entries(session: Session, stems: Collection[str]) -> dict[str, int]:
    """Return how many entries hold each of these stems, about (1 statement)."""
    counts = (
        select(SearchWord.stem, func.sum(SearchWord.entries))
        .where(SearchWord.stem.in_(sorted(set(stems))))
        .group_by(SearchWord.stem)
    )
    return {stem: int(entries) for stem, entries in session.execute(counts)}


def complete(session: Session, beginnings: Collection[str]) -> dict[str, list[KnownWord]]:
    """Return the most frequent words that begin so, by beginning (1 statement, none without a beginning)."""
    wanted = [each for each in beginnings if len(each) >= SHORTEST_BEGINNING]
    if not wanted:
        return {}
    parts = [
        # The words hold letters and digits only, so nothing in them is a sign of the pattern.
        select(SearchWord.word, SearchWord.stem, SearchWord.entries)
        .where(SearchWord.word.like(f"{each}%"))
        .order_by(SearchWord.entries.desc(), func.length(SearchWord.word), SearchWord.word)
        .limit(MOST_COMPLETIONS)
        .subquery()
        for each in wanted
    ]
    rows = session.execute(union_all(*(select(part) for part in parts))).all()
    known = sorted({KnownWord(*row) for row in rows}, key=_commonest_first)
    return {
        each: [word for word in known if word.word.startswith(each)][:MOST_COMPLETIONS] for each in wanted
    }


def correct(session: Session, mistyped: Collection[str]) -> dict[str, KnownWord]:
    """Return what mistyped words were probably meant to be (2 statements, none without a word to correct).

    A word that may be a warning sign goes before others as near: to miss one is worse than to show one.
    """
    wanted = [word for word in mistyped if len(word) >= SHORTEST_MISTYPED and word.isalpha()]
    if not wanted:
        return {}
    parts = [
        select(SearchTrigram.word)
        .where(SearchTrigram.trigram.in_(sorted(trigrams_of(word))))
        .group_by(SearchTrigram.word)
        .order_by(func.count().desc(), func.length(SearchTrigram.word), SearchTrigram.word)
        .limit(MOST_LOOKALIKES)
        .subquery()
        for word in wanted
    ]
    alike = union_all(*(select(part.c.word) for part in parts)).subquery()
    rows = session.scalars(select(SearchWord).where(SearchWord.word.in_(select(alike.c.word)))).all()
    candidates = {row.word: row.entries for row in rows}
    known = {row.word: _known(row) for row in rows}
    urgent = list_warning_stems(session)
    urgent_words = {row.word for row in rows if row.stem in urgent}
    best = {word: nearest(word, candidates, urgent_words) for word in wanted}
    return {word: known[right] for word, right in best.items() if right is not None}


def learn(session: Session, counts: Mapping[str, int]) -> int:
    """Make these the words of the shop with their counts, and no others; returns how many rows differed."""
    present = {row.word: row.entries for row in session.scalars(select(SearchWord))}
    gone = present.keys() - counts.keys()
    changed = [word for word in present.keys() & counts.keys() if present[word] != counts[word]]
    new = counts.keys() - present.keys()
    for some in _in_portions(gone):
        session.execute(delete(SearchTrigram).where(SearchTrigram.word.in_(some)))
        session.execute(delete(SearchWord).where(SearchWord.word.in_(some)))
    if changed:
        session.execute(update(SearchWord), [{"word": word, "entries": counts[word]} for word in changed])
    add_words(session, {word: counts[word] for word in new})
    return len(gone) + len(changed) + len(new)


def add_words(session: Session, counts: Mapping[str, int]) -> None:
    """Add words that are not known yet."""
    if not counts:
        return
    words = [{"word": word, "stem": stem_of(word), "entries": counts[word]} for word in sorted(counts)]
    session.bulk_insert_mappings(SearchWord.__mapper__, words)
    pairs = [(trigram, word) for word in sorted(counts) for trigram in sorted(trigrams_of(word))]
    rows = [{"trigram": trigram, "word": word} for trigram, word in pairs]
    session.bulk_insert_mappings(SearchTrigram.__mapper__, rows)


def count_words(documents: Iterable[Iterable[str]]) -> dict[str, int]:
    """Count in how many documents each word stands."""
    return dict(Counter(word for words in documents for word in set(words)))


def _known(row: SearchWord) -> KnownWord:
    return KnownWord(row.word, row.stem, row.entries)


def _commonest_first(word: KnownWord) -> tuple[int, int, str]:
    return (-word.entries, len(word.word), word.word)


def _in_portions(words: Iterable[str], size: int = 500) -> Iterable[list[str]]:
    ordered = sorted(words)
    return (ordered[at : at + size] for at in range(0, len(ordered), size))
