"""What time it is. Nothing else reads the clock, so a test can set it."""

from datetime import UTC, date, datetime

from domain.returns_calendar import day_in_england


def now() -> datetime:
    """The moment, in UTC; that is how it is kept."""
    return datetime.now(UTC)


def today() -> date:
    """The day in England; from midnight to one in summer UTC is still at yesterday."""
    return day_in_england(now())
