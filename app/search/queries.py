"""Searches the shop: one ranked list of guides and products, the same on both databases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.models import Guide
from app.search.clause import Clause, Group, Wording
from app.search.full_text import Candidate, find_candidates
from app.search.lay_words import find_synonyms, group_phrases, names_warning_sign
from app.search.models import EntryKind, SearchEntry
from app.search.ranking import Ranked, rank
from app.search.vocabulary import KnownWord, complete, correct, count_entries, find_known
from app.search.words import content_words, is_code, join_code, stem_of

# More words than anybody searches for; the rest is not read.
MOST_WORDS = 10
# Fewer answers than this, or fewer products, and answers to part of the words are looked for too.
THIN = 3
COMPLETED = 0.7
CORRECTED = 0.8


@dataclass(frozen=True)
class Hit:
    """One answer."""

    kind: EntryKind
    ref_id: int
    slug: str
    title: str
    is_advised_against: bool
    has_all_words: bool


@dataclass(frozen=True)
class Results:
    """What a search found, the best first; `corrections` pairs a word as typed with what it was taken for.

    When the words name a warning sign, the page of warning signs stands first and `is_warning` is true.
    """

    hits: list[Hit]
    is_warning: bool
    corrections: tuple[tuple[str, str], ...]

    def of_kind(self, kind: EntryKind) -> list[Hit]:
        """Return the hits of one kind in their order."""
        return [hit for hit in self.hits if hit.kind is kind]


def search(session: Session, typed: str) -> Results:
    """Find guides and products for what somebody typed.

    Takes 5 statements; 1 more for words that are nowhere in the shop, 2 more when those look mistyped, 1
    more when few entries have all words, and 1 more when they name a warning sign. The number of products
    does not matter.
    """
    return _search(session, _words(session, typed), is_being_typed=False)


def suggest(session: Session, typed: str, most: int = 8) -> list[Hit]:
    """Find what somebody may want who is still typing, by titles and keywords; 9 statements at most."""
    return _search(session, _words(session, typed), is_being_typed=True).hits[:most]


def _words(session: Session, typed: str) -> list[str]:
    code = join_code(typed) if is_code(typed) else ""
    return [code] if code and find_known(session, [code]) else content_words(typed)[:MOST_WORDS]


def _search(session: Session, words: Sequence[str], *, is_being_typed: bool) -> Results:
    if not words:
        return Results([], False, ())
    asked = _understand(session, words, is_being_typed)
    meanings = find_synonyms(session, asked.stems)
    is_warning = names_warning_sign(session, asked.stems)
    clause = Clause(tuple(asked.widen(group_phrases(asked.stems, meanings))))
    hits = [_hit(each.candidate, each.has_all) for each in _find(session, clause, is_being_typed)]
    if is_warning:
        hits = _safety_first(session, hits)
    return Results(hits, is_warning, asked.corrections)


@dataclass(frozen=True)
class _Asked:
    """The words as they were understood: the stem of each, and what it may be the beginning of."""

    stems: list[str]
    wider: list[tuple[Wording, ...]]
    corrections: tuple[tuple[str, str], ...]

    def widen(self, phrases: Iterable[tuple[int, Group]]) -> Iterable[Group]:
        """Add to each group of a single word what its word may be the beginning of."""
        at = 0
        for length, group in phrases:
            yield Group(group.wordings + (self.wider[at] if length == 1 else ()))
            at += length


def _understand(session: Session, words: Sequence[str], is_being_typed: bool) -> _Asked:
    known = find_known(session, words)
    unknown = [word for word in words if stem_of(word) not in known]
    begun = dict.fromkeys([*unknown, *(words[-1:] if is_being_typed else [])])
    completions = complete(session, begun) if begun else {}
    strange = [word for word in unknown if not completions.get(word)]
    corrections = correct(session, strange) if strange else {}
    right = {word: corrections[word].stem if word in corrections else stem_of(word) for word in words}
    return _Asked(
        stems=[right[word] for word in words],
        wider=[_begun_by(completions.get(word, []), right[word]) for word in words],
        corrections=tuple((word, corrections[word].word) for word in words if word in corrections),
    )


def _begun_by(completions: Sequence[KnownWord], stem: str) -> tuple[Wording, ...]:
    stems = dict.fromkeys(word.stem for word in completions if word.stem != stem)
    return tuple(Wording((each,), COMPLETED) for each in stems)


def _find(session: Session, clause: Clause, is_being_typed: bool) -> list[Ranked]:
    entries = count_entries(session, clause.stems())
    candidates = find_candidates(session, clause, needs_all=True, in_head=is_being_typed)
    if _is_thin(candidates) and (is_being_typed or len(clause.groups) > 1):
        candidates += find_candidates(session, clause, needs_all=is_being_typed, in_head=False)
    by_id = {each.id: each for each in candidates}
    return rank(clause, list(by_id.values()), entries)


def _is_thin(candidates: Sequence[Candidate]) -> bool:
    products = sum(each.kind is EntryKind.PRODUCT for each in candidates)
    return min(len(candidates), products) < THIN


def _safety_first(session: Session, hits: list[Hit]) -> list[Hit]:
    statement = (
        select(SearchEntry)
        .join(Guide, Guide.id == SearchEntry.ref_id)
        .where(SearchEntry.kind == EntryKind.GUIDE, SearchEntry.is_safety, Guide.is_published)
        .order_by(SearchEntry.position, SearchEntry.slug)
    )
    first = [
        Hit(entry.kind, entry.ref_id, entry.slug, entry.title, False, True)
        for entry in session.scalars(statement)
    ]
    return first + [hit for hit in hits if hit.slug not in {each.slug for each in first}]


def _hit(candidate: Candidate, has_all: bool) -> Hit:
    one = candidate
    return Hit(one.kind, one.ref_id, one.slug, one.title, one.is_advised_against, has_all)
