"""Addresses that go on leading to a thing after it was renamed; they write themselves when a slug changes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sqlalchemy import (
    ColumnExpressionArgument,
    String,
    Table,
    UniqueConstraint,
    delete,
    event,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import clock
from app.db import Base, UTCDateTime, enum_column


class AddressKind(StrEnum):
    """What an address leads to; each kind has slugs of its own."""

    FAMILY = "family"
    PRODUCT = "product"
    GUIDE = "guide"


class Addressed:
    """A row with a page under its slug; the column must keep its history (`active_history`)."""

    ADDRESS_KIND: ClassVar[AddressKind]
    if TYPE_CHECKING:
        id: Mapped[int]
        slug: Mapped[str]


class SlugRedirect(Base):
    """A slug that a thing once had and that nothing else has now.

    It points at the thing and not at its next slug, so that a chain of renames is one step.
    """

    __tablename__ = "slug_redirects"
    __table_args__ = (UniqueConstraint("kind", "old_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AddressKind] = mapped_column(enum_column(AddressKind))
    old_slug: Mapped[str] = mapped_column(String(120))
    target_id: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


def find_new_slug(
    session: Session, model: type[Addressed], old_slug: str, *conditions: ColumnExpressionArgument[bool]
) -> str | None:
    """Return the slug of the thing that had this slug before and keeps the conditions (1 statement)."""
    statement = (
        select(model.slug)
        .join(SlugRedirect, SlugRedirect.target_id == model.id)
        .where(SlugRedirect.kind == model.ADDRESS_KIND, SlugRedirect.old_slug == old_slug, *conditions)
    )
    return session.scalar(statement)


class _Rename(NamedTuple):
    thing: Addressed
    old_slug: str


@event.listens_for(Session, "before_flush")
def _keep_old_addresses(session: Session, _context: object, _instances: object) -> None:
    renames = [rename for thing in session.dirty if (rename := _find_rename(thing))]
    added = [thing for thing in session.new if isinstance(thing, Addressed)]
    gone = [thing for thing in session.deleted if isinstance(thing, Addressed)]
    if not (renames or added or gone):
        return
    taken = _by_kind(
        (thing.ADDRESS_KIND, thing.slug) for thing in [*added, *(each.thing for each in renames)]
    )
    left = _by_kind((each.thing.ADDRESS_KIND, each.old_slug) for each in renames)
    _make_way(session, renames, taken)
    for kind in AddressKind:
        # Whatever has a slug now wins over whatever had it once.
        _forget(session, kind, SlugRedirect.old_slug, taken[kind] | left[kind])
        _forget(
            session, kind, SlugRedirect.target_id, {each.id for each in gone if kind == each.ADDRESS_KIND}
        )
    session.add_all(
        _redirect(each) for each in renames if each.old_slug not in taken[each.thing.ADDRESS_KIND]
    )


def _find_rename(thing: object) -> _Rename | None:
    if not isinstance(thing, Addressed):
        return None
    history = inspect(thing).attrs.slug.history
    return _Rename(thing, history.deleted[0]) if history.deleted else None


def _by_kind(pairs: Iterable[tuple[AddressKind, str]]) -> dict[AddressKind, set[str]]:
    slugs: dict[AddressKind, set[str]] = defaultdict(set)
    for kind, slug in pairs:
        slugs[kind].add(slug)
    return slugs


def _make_way(session: Session, renames: Iterable[_Rename], taken: dict[AddressKind, set[str]]) -> None:
    """Let go of slugs that others are about to get: two things that swap would else meet in one."""
    for thing, old_slug in renames:
        if old_slug in taken[thing.ADDRESS_KIND]:
            table = inspect(type(thing)).local_table
            if isinstance(table, Table):
                # No slug begins with a hyphen, and nobody sees this one: the flush goes on to the new slug.
                statement = update(table).where(table.c.id == thing.id).values(slug=f"-{thing.id}")
                session.execute(statement)


def _forget(session: Session, kind: AddressKind, column: Any, values: set[Any]) -> None:
    if values:
        session.execute(delete(SlugRedirect).where(SlugRedirect.kind == kind, column.in_(sorted(values))))


def _redirect(rename: _Rename) -> SlugRedirect:
    return SlugRedirect(
        kind=rename.thing.ADDRESS_KIND,
        old_slug=rename.old_slug,
        target_id=rename.thing.id,
        created_at=clock.now(),
    )
