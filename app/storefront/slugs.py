"""The last part of an address, which names one thing."""

import re

from flask import abort

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 120


def checked_slug(text: str) -> str:
    """Return a slug that could exist; anything else is an unknown address, before a database sees it."""
    if len(text) > LONGEST or not SLUG.fullmatch(text):
        abort(404)
    return text
