"""When what a page shows last changed: rows that have a page, and rows that are a part of one."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import clock
from app.db import Base, UTCDateTime


class Dated:
    """A row with a page; the moment moves by itself when the row or a part of it really changes."""

    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=clock.now)


# Of each part: what it is a part of, and the attribute that holds the id of that.
_OWNERS: dict[type[Base], tuple[tuple[type[Base], str], ...]] = {}


def part_of(part: type[Base], *owners: tuple[type[Base], str]) -> None:
    """Say of which rows a row is a part, each with the attribute that holds its id."""
    _OWNERS[part] = owners


@event.listens_for(Session, "before_flush")
def _date_changed_pages(session: Session, _context: object, _instances: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    pages = {page for row in [*changed, *session.new, *session.deleted] for page in _find_pages(session, row)}
    moment = clock.now()
    for page in pages - set(session.deleted):
        page.changed_at = moment


def _find_pages(session: Session, row: object) -> Iterator[Dated]:
    if isinstance(row, Dated):
        yield row
    for owner, attribute in _OWNERS.get(type(row), ()):  # type: ignore[arg-type]  # any row may be asked for
        owner_id = getattr(row, attribute)
        # A part without the id yet is in a list of its owner, which has changed by that.
        found = session.get(owner, owner_id) if owner_id is not None else None
        if found is not None:
            yield from _find_pages(session, found)
