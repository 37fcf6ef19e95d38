"""The facts that a message must hold to become a mail."""

from collections.abc import Iterable

from app.outbox.claim import Claim


class CannotBeWritten(Exception):
    """A message names nothing that a mail could be made of; the text says what is wrong."""


def require_facts(claim: Claim, names: Iterable[str]) -> None:
    """Refuse a message that does not say all of this; raises CannotBeWritten."""
    missing = [name for name in names if not claim.facts.get(name)]
    if missing:
        raise CannotBeWritten(f"the message does not say: {', '.join(missing)}")
