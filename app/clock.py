"""The one source of the present time."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return the present time as aware UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day in UTC."""
    return now().date()
