"""How long it takes to price 10,000 drawn years under five ways of paying, against a plain loop over the same years with numpy."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import median_ms
from domain.procurement.lines import lines_of
from domain.procurement.offers import Block, ByStage, FixedAndExtra, Hourly, Offer, PerCase
from domain.procurement.prices import amounts
from domain.procurement.simulate import cost_of, drawn_cases
from domain.procurement.volumes import DRAWS, Volumes
from domain.procurement.work import Work, work_of
from domain.services import SEND

ROUNDS = 3
_ENDED = (219, 9, 91, 36, 5, 270)
_EACH = (12050, 7500, 31025, 18000, 145000, 162575)
_MINUTES = (75, 30, 225, 126, 840, 978)
_RATE, _LATE = 8735, 40000
_BANDS = ((400, 30_000_000), (500, 36_000_000), (650, 43_000_000))


def _pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100


def _offers() -> tuple[Offer, ...]:
    keys = [line.key for line in lines_of(SEND)]
    return (
        ByStage(tuple(zip(keys, map(_pounds, _EACH), strict=True)), _pounds(_LATE), 0.05),
        FixedAndExtra(500, Decimal(400_000), Decimal("912.35")),
        PerCase(Decimal("805.55")),
        Hourly(
            _pounds(_RATE), tuple((key, Decimal(one) / 60) for key, one in zip(keys, _MINUTES, strict=True))
        ),
        Block(tuple((upto, _pounds(price)) for upto, price in _BANDS), Decimal(640)),
    )


def _work() -> Work:
    came = np.random.default_rng(1).negative_binomial(40, 40 / 670, size=(DRAWS, 1))
    return work_of(Volumes(202604, came, (630.0,), validated=True, rests_on="Drawn"), lines_of(SEND), _ENDED)


def _plainly(years: NDArray[np.int64], late: NDArray[np.int64]) -> list[int]:
    """The same five prices, year after year: what somebody would write first. Totals in pence."""
    each, minutes = np.array(_EACH), np.array(_MINUTES)
    totals = [0] * 5
    for counts, cancelled in zip(years, late, strict=True):
        cases = int(np.sum(counts))
        totals[0] += int(np.dot(counts, each)) + int(cancelled) * _LATE
        totals[1] += 40_000_000 + int(np.maximum(cases - 500, 0)) * 91_235
        totals[2] += cases * 80_555
        totals[3] += int(np.sum((counts * minutes * _RATE + 30) // 60))
        inside = [price for upto, price in _BANDS if cases <= upto]
        totals[4] += inside[0] if inside else _BANDS[-1][1] + (cases - _BANDS[-1][0]) * 64_000
    return totals


def measure_prices() -> dict[str, dict[str, object]]:
    """What `make bench` keeps of it, by name. Raises AssertionError where the two do not come to the same penny."""
    work, offers = _work(), _offers()
    cases = [drawn_cases(offer, work) for offer in offers]
    years, late = work.draws[:, 0], cases[0].late[:, 0]
    ours = [int(amounts(offer, one).sum()) for offer, one in zip(offers, cases, strict=True)]
    theirs = _plainly(years, late)
    if ours != theirs:
        raise AssertionError(f"The same years cost {ours} and {theirs} pence.")
    sums = median_ms(lambda: [amounts(offer, one) for offer, one in zip(offers, cases, strict=True)], ROUNDS)
    plain = median_ms(lambda: _plainly(years, late), ROUNDS)
    whole = median_ms(lambda: [cost_of(offer, work) for offer in offers], ROUNDS)
    against = f"a loop over the same {DRAWS:,} years with numpy"
    return {
        f"{DRAWS:,} years under {len(offers)} ways of paying": _row(sums, plain, against),
        "the same with limits, chances and late cancellations": _row(whole, plain, against),
    }


def _row(ours: float, theirs: float, against: str) -> dict[str, object]:
    return {
        "ratio": round(theirs / ours, 1),
        "against": against,
        "ours_ms": round(ours, 1),
        "theirs_ms": round(theirs, 1),
    }


if __name__ == "__main__":
    for name, row in measure_prices().items():
        print(f"{name:54} {row['ratio']:>7} times faster than {row['against']}")
