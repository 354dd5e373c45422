"""Rules on a return as a whole against the periods before: how many came, and how they are made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from domain.checks.checking import Checking, folded
from domain.checks.rule import Finding, Stage, rule
from domain.columns_used import columns_of
from domain.fields import Sheet, case_field
from domain.measures import Split, Table, measures_of
from domain.periods import Period, month_end, month_of, month_start, next_month
from domain.problem import Level
from domain.returns import Record
from domain.row_conditions import holds
from domain.statistics import newcombe_difference
from domain.usual import usual_range
from domain.vocabulary import absent_codes, rolled_up

PERIODS_NEEDED, PERIODS_TAKEN = 6, 8
"""With this one six are seven; fewer say little of what is usual. Of more the last eight are taken, so that a service that grows is not
asked about its growth in every return."""
FEWEST = 5
"""Of fewer referrals a period on average, limits of this kind say nothing."""
POINTS = 0.20
CONFIDENCE = 0.998
"""A share that moved by so many points is asked about, where that is more than chance would give; with limits as wide as these, since
every answer of every column is looked at."""
SHARE_PERIODS, SHARE_BASE = 2, 20
"""So many periods before, and so many answers on either side, are wanted to compare shares."""
_NEEDS = (Sheet.CASES, "service", "provider", "period")


def periods_before(checking: Checking) -> tuple[Period, ...]:
    """The periods of the same length just before this one that are wholly in from the sender as cases, the latest first."""
    period = checking.period
    if period is None:
        return ()
    sent = checking.known.of(checking.service or "", checking.provider or "")
    in_totals = checking.known.in_totals
    covered = {
        month
        for other in sent
        if other.end < period.start and (checking.service, checking.provider, other) not in in_totals
        for month in other.months
    }
    found, length, last = [], len(period.months), month_of(period.start - timedelta(days=1))
    while all(next_month(last, -back) in covered for back in range(length)):
        first = next_month(last, 1 - length)
        found.append(Period(month_start(first), month_end(last)))
        last = next_month(first, -1)
    return tuple(found)


def _too_few(wanted: int) -> str:
    return f"It compares with {wanted} periods of the same length just before, and there are fewer."


def _no_volumes(checking: Checking) -> str:
    before = periods_before(checking)
    if len(before) < PERIODS_NEEDED:
        return _too_few(PERIODS_NEEDED)
    counts = _counts(checking, before[:PERIODS_TAKEN])
    if sum(counts) < FEWEST * len(counts):
        return f"There were fewer than {FEWEST} referrals a period on average."
    return "" if len(set(counts)) > 1 else "The number of referrals was the same in every period before."


@rule(
    "V24",
    Level.CONFIRM,
    "There are about as many referrals as the periods before lead to expect",
    stage=Stage.WHOLE,
    needs=_NEEDS,
    unless=_no_volumes,
)
def volume_usual(checking: Checking) -> Iterable[Finding]:
    """Yield a number of referrals outside the limits that the periods before give."""
    assert checking.period is not None  # noqa: S101 - needed by the rule
    before, table = periods_before(checking)[:PERIODS_TAKEN], checking.found[Sheet.CASES]
    counts = _counts(checking, before)
    usual, now = usual_range(counts), _in_this(checking)
    if usual.holds(now):
        return
    low, high = max(0.0, usual.low), usual.high
    yield Finding(
        f"{now:,} {'case was' if now == 1 else 'cases were'} referred in the period; the {len(counts)} periods before had "
        f"{', '.join(f'{n:,}' for n in counts)}.",
        f"About {low:,.0f} to {high:,.0f} referrals, as far as the periods before can tell.",
        "Look whether rows are missing or stand twice, or confirm that the number is right.",
        table.name,
        None,
        table.header("referral_date", "Referral date"),
        fields=("referral_date",),
        general="The number of referrals is outside what the periods before lead to expect.",
    )


def _counts(checking: Checking, before: Sequence[Period]) -> list[int]:
    """Referrals of each period, the earliest first, as the current returns have them."""
    months = Counter(_months(checking.others().cases.values()))
    return [sum(months[month] for month in period.months) for period in reversed(before)]


def _months(cases: Iterable[Record]) -> Iterable[int]:
    return (month_of(day) for case in cases if isinstance(day := case.get("referral_date"), date))


def _in_this(checking: Checking) -> int:
    """Referrals of the period: of this return, and those that an earlier one had already."""
    assert checking.period is not None  # noqa: S101 - needed by the rules that ask
    here = {folded(r.values.get("case_ref")): r.values for r in checking.kept(checking.found[Sheet.CASES])}
    every = {**checking.others().cases, **here}
    months = Counter(_months(every.values()))
    return sum(months[month] for month in checking.period.months)


@rule(
    "V24",
    Level.CONFIRM,
    "Cases are made up much as in the periods before",
    stage=Stage.WHOLE,
    needs=_NEEDS,
    unless=lambda checking: "" if len(periods_before(checking)) >= SHARE_PERIODS else _too_few(SHARE_PERIODS),
)
def shares_usual(checking: Checking) -> Iterable[Finding]:
    """Yield, once a column, the answers whose share moved by more than 20 points, and by more than chance would give."""
    assert checking.period is not None  # noqa: S101 - needed by the rule
    table, before = checking.found[Sheet.CASES], periods_before(checking)
    span = Period(before[-1].start, before[0].end)
    earlier = list(checking.others().cases.values())
    now = [row.values for row in checking.kept(table)]
    for split in _splits(checking.service or ""):
        then_n, then_base = _answers(checking, split, earlier, span)
        now_n, now_base = _answers(checking, split, now, checking.period)
        if min(then_base, now_base) < SHARE_BASE or not table.has(split.field):
            continue
        codes = case_field(split.field).code_list_for(checking.service or "")
        moved = []
        for code in dict.fromkeys((*then_n, *now_n)):
            change = newcombe_difference(
                now_n[code], now_base, then_n[code], then_base, confidence=CONFIDENCE
            )
            if abs(change.value) > POINTS and change.clear:
                moved.append(
                    f"'{codes.label(code)}' {now_n[code] / now_base:.0%} ({now_n[code]:,} of {now_base:,}), before "
                    f"{then_n[code] / then_base:.0%} ({then_n[code]:,} of {then_base:,})"
                )
        if moved:
            label = case_field(split.field).label
            yield Finding(
                f"'{label}' differs much from the {len(before)} periods before: {'; '.join(moved)}.",
                "Shares within 20 points of those before, or a real change.",
                "Look whether the answers were understood and entered as before, or confirm that they are right.",
                table.name,
                None,
                table.header(split.field, label),
                fields=(split.field,),
                general=f"The answers to '{label}' differ by more than 20 points from the periods before.",
            )


def _splits(name: str) -> list[Split]:
    """The measures that show the answers of a column of the provider's cases side by side."""
    return [
        m
        for m in measures_of(name)
        if isinstance(m, Split) and m.table is Table.CASES and case_field(m.field).sheet is Sheet.CASES
    ]


def _answers(
    checking: Checking, split: Split, cases: Iterable[Record], span: Period
) -> tuple[Counter[str], int]:
    """How many cases of a span gave each answer, and how many gave any.

    What is asked only of cases that have ended goes by the day they ended: those referred in the period that have ended already
    are the quickest, and unlike the others.
    """
    assert checking.period is not None  # noqa: S101 - needed by the rules that ask
    name, asked = checking.service or "", columns_of(split.among)
    when = "outcome_date" if "outcome" in asked else "referral_date"
    apart = {*split.leave_out, *split.unknown, *absent_codes()}
    codes = case_field(split.field).code_list_for(name)
    alike = Counter(
        (case.get(split.field), *(case.get(key) for key in asked))
        for case in cases
        if isinstance(day := case.get(when), date) and span.start <= day <= span.end
    )
    counted: Counter[str] = Counter()
    base = 0
    for (value, *others), number in alike.items():  # many cases, and few ways to answer
        given = value if isinstance(value, tuple) else (value,)
        answers = {rolled_up(codes, str(code)) for code in given if code is not None and code not in apart}
        row = dict(zip(asked, others, strict=True))
        if answers and holds(split.among, name, row, as_at=checking.period.end):
            base += number
            counted.update(dict.fromkeys(answers, number))
    return counted, base
