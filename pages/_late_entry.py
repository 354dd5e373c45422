"""Counts by month with what is still expected of the newest ones, for what a page has chosen. Not a page."""

from __future__ import annotations

from components.late_entry import late_trend_panel
from components.panel import Panel
from data_access.late_entry import read_late_entry
from domain.disclosure import Released
from pages._desk import Desk


def over_time(desk: Desk, key: str, months: Released) -> Panel:
    """Referrals by month."""
    late = read_late_entry(desk.store, desk.viewer, desk.selection)
    return late_trend_panel(key, months, desk.settings, late=late, unfinished=desk.unfinished("month"))
