"""Days, as front matter and file names give them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from contentlint.patterns import pattern

_DATE = pattern(r"(\d{2,4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day(written: str) -> date | None:
    """The day that a date or point in time begins with; None if it begins with none."""
    match = _DATE.match(written)
    if match is None:
        return None
    year, month, number = map(int, match.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        return None


def has_offset(written: str) -> bool:
    """Whether it is a point in time in a zone, which another zone may put on another day."""
    return re.search(r":\d\d(?:\.\d+)?\s*(?:Z|[+-]\d{2}:?\d{2})$", written) is not None


def is_to_come(when: date | None) -> bool:
    """Whether a day lies ahead, whatever the time zone."""
    return when is not None and when > date.today() + timedelta(1)


def is_over(when: date | None) -> bool:
    """Whether a day has passed, whatever the time zone."""
    return when is not None and when < date.today() - timedelta(1)
