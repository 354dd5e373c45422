"""The chart of a meeting's screen, made of any number of cases."""

from __future__ import annotations

from collections.abc import Sequence

from components.charts.share_rows import ShareRow
from domain.formats import number, share_of
from domain.pack import Chart, Form, Line, Series
from tests.unit.components.chart_figures import QUARTERS, met_of, parts


def pack_of(form: Form, n: int, *, share: bool = True, hide: Sequence[int] = ()) -> Chart:
    """The chart of a meeting's screen, by quarter; the first and fourth hidden where asked for."""
    share = share and form is not Form.COLUMNS
    bases = parts(n, len(QUARTERS))
    rows = [ShareRow("", "", met_of(base), base) for base in bases]
    shown = [None if place in hide or (share and not row.base) else row for place, row in enumerate(rows)]
    values = tuple(None if r is None else (r.met / r.base if share else float(r.base)) for r in shown)
    limits = [None if r is None else r.limits for r in shown] if share else []
    return Chart(
        form,
        tuple(label for _, label in QUARTERS),
        (
            Series(
                "Referrals",
                values,
                tuple(one and one[0] for one in limits),
                tuple(one and one[1] for one in limits),
            ),
        ),
        share,
        tuple("c" if r is None else share_of(r.met, r.base) if share else number(r.base) for r in shown),
        "What it shows.",
        unfinished=(len(QUARTERS) - 1,),
        hidden=tuple(hide),
        line=Line(0.85 if share else 3.0, "Target"),
    )


def fan_of(n: int) -> Chart:
    """Quarters that came, but for the last two, which are expected with their limits."""
    counts = parts(n, len(QUARTERS))
    came = len(QUARTERS) - 2
    expected = tuple(None if place < came else float(count) for place, count in enumerate(counts))
    wide, narrow = (
        (
            tuple(None if one is None else max(one - far, 0.0) for one in expected),
            tuple(None if one is None else one + far for one in expected),
        )
        for far in (9, 5)
    )
    return Chart(
        Form.FAN,
        tuple(label for _, label in QUARTERS),
        (
            Series(
                "Counted",
                tuple(float(count) if place < came else None for place, count in enumerate(counts)),
            ),
            Series("Expected, 95% limits", expected, *wide),
            Series("Expected, 80% limits", expected, *narrow),
        ),
        share=False,
        words=tuple(number(count) for count in counts),
        alt="What it shows.",
    )


def curves_of(n: int) -> Chart:
    """Two lines over a number of cases, and a mark on its own on the first of them."""
    at = (max(n, 1), 2 * max(n, 1), 3 * max(n, 1))
    return Chart(
        Form.CURVES,
        tuple(number(one) for one in at),
        (
            Series("Price per case", tuple(2.0 * one for one in at)),
            Series("Fixed price", (float(at[1]),) * 3),
            Series("Cases included", (None, 2.0 * at[1], None)),
        ),
        share=False,
        words=tuple(f"£{number(2 * one)}" for one in at),
        alt="What it shows.",
        unit="£",
    )
