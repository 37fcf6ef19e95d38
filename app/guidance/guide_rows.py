"""The guides of the seed files, typed."""

from dataclasses import dataclass
from datetime import date

from app.guidance.models import Basis, Grade, Role
from app.guidance.taxonomy import PageType


@dataclass(frozen=True)
class ClaimRow:
    """One thing the evidence says; the sources are keys."""

    key: str
    about: str
    role: Role
    grade: Grade
    basis: Basis
    scope: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class LinkRow:
    """What a guide says that a product does, by the product's code, and the key of the claim it rests on."""

    code: str
    claim: str
    role: Role
    reason: str


@dataclass(frozen=True)
class ChangeRow:
    """What changed in a guide on a day, and why."""

    changed_on: date
    note: str


@dataclass(frozen=True)
class GuideRow:
    """One guide; the warning box and the sources are keys."""

    file: str
    slug: str
    title: str
    question: str
    answer: str
    description: str
    page_type: PageType
    position: int
    body: str
    when_to_see_someone: str
    warning_box: str
    written_by: str
    reviewed_by: str | None
    last_reviewed: date | None
    published_on: date
    next_review: date
    body_areas: tuple[str, ...]
    pain_stages: tuple[str, ...]
    goals: tuple[str, ...]
    evidence: tuple[ClaimRow, ...]
    sources: tuple[str, ...]
    products: tuple[LinkRow, ...]
    changes: tuple[ChangeRow, ...]
