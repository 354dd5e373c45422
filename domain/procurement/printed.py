"""The series of referrals that a source document prints, to go on from in place of the cases counted here."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

from domain.findings import findings
from domain.periods import time_key
from domain.procurement.history import History
from domain.published import DOCUMENTS, PublishedFigure, published_figures

_BY: Final = "financial_year"
_REFERRALS: Final = "referrals"


@lru_cache
def printed_history(service: str) -> History | None:
    """The years that a document about a service prints one after the other; None where none prints three.

    Examples
    --------
    >>> found = printed_history("send")
    >>> found.values, found.span
    ((195, 271, 429, 598, 636), 'Apr 2020 to Mar 2025')
    >>> printed_history("housing") is None
    True
    """
    for document in DOCUMENTS:
        if document.service != service:
            continue
        years = sorted(
            (one for one in published_figures(document.key) if _is_year(one)),
            key=lambda one: one.period.first_month if one.period else 0,
        )
        run = [one.period for one in years if one.period is not None]
        if len(run) < 3 or any(one.next() != other for one, other in pairwise(run)):
            continue
        noted = {one.check.check_id for one in years}
        return History(
            _BY,
            run[0].first_month,
            tuple(one.count for one in years if one.count is not None),
            left_out=tuple(one.finding.rstrip(".") for one in findings() if one.id in noted),
            rests_on=f"Referrals as printed by {document.title}",
            published=True,
        )
    return None


def _is_year(one: PublishedFigure) -> bool:
    """Whether it is the referrals of a whole financial year, all of them."""
    if one.measure != _REFERRALS or one.breakdown != _BY or one.count is None or one.period is None:
        return False
    months = one.period.months
    return len(months) == 12 and len({time_key(_BY, month) for month in months}) == 1
