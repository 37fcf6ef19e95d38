"""The one source of the present time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present time as aware UTC."""
    return datetime.now(UTC)
