"""Blank returns that are quick to write and to read."""

import pytest

from data_access.spreadsheets import template


@pytest.fixture
def short_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prepare few rows of a blank return in place of a thousand, which nearly all of the time went to; others read the thousand."""
    monkeypatch.setattr(template, "ROWS", 20)
    monkeypatch.setattr(template, "_SPARE", 10)
