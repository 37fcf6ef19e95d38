"""Moves products, families and guides to other addresses; the old ones lead on by themselves."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.addresses import Addressed
from app.catalog.cell_values import read_key
from app.catalog.services import touch_content

LONGEST_SLUG = 80


class SlugNotAllowed(Exception):
    """A slug cannot be given; the message says why."""


def rename(session: Session, thing: Addressed, slug: str) -> None:
    """Give a thing with a page another slug; raises SlugNotAllowed for nonsense and for one in use.

    The seed tells guides and families apart by slug: their files must be given the new one too, or the next
    load makes another of them under the old.
    """
    if slug == thing.slug:
        return
    try:
        read_key(LONGEST_SLUG)(slug)
    except ValueError as error:
        raise SlugNotAllowed(f'"{slug}" {error}') from error
    model = type(thing)
    if session.scalar(select(model.id).where(model.slug == slug)) is not None:
        raise SlugNotAllowed(f'"{slug}" is the address of another {thing.ADDRESS_KIND}')
    thing.slug = slug
    session.flush()
    touch_content(session)
